/** Which area each pixel lies in: scanlines at pixel centres, even-odd, from arcs that neighbours share. */
import type { Coverage } from '../core/coverage.ts';

/** A part of the world in pixels: the whole world is `world` pixels wide. */
export interface Window {
  world: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The most areas of a level that two bytes can tell apart, with 0 for none. */
export const MOST_AREAS = 65_534;

/** Crossings of one area, as a sorted list for each row. Grows; never shrinks. */
let xs = new Float64Array(4096);
let onward = new Int32Array(4096);
let heads = new Int32Array(0);
let used = 0;

/**
 * By pixel one more than the ordinal of the area that its centre lies in; 0 outside. A centre on a
 * border belongs to the area east of it. Neighbours see the same crossings, since each arc is walked
 * in its own direction for both: no pixel between them is left out or painted twice. Linear in the
 * vertices of the areas that meet the window and in the rows that these cross.
 */
export function rasterise(sources: Coverage[], window: Window): Uint16Array {
  const ids = new Uint16Array(window.width * window.height);
  if (heads.length < window.height) heads = new Int32Array(window.height).fill(-1);
  for (const source of sources) {
    const { boxes, ordinals, bits } = source;
    const scale = window.world / 2 ** bits;
    const west = window.left / scale;
    const north = window.top / scale;
    const east = (window.left + window.width) / scale;
    const south = (window.top + window.height) / scale;
    for (let area = 0; area < ordinals.length; area++) {
      const at = 4 * area;
      if (boxes[at]! > east || boxes[at + 2]! < west) continue;
      if (boxes[at + 1]! > south || boxes[at + 3]! < north) continue;
      fill(source, area, scale, window, ids, ordinals[area]! + 1);
    }
  }
  return ids;
}

function fill(
  source: Coverage,
  area: number,
  scale: number,
  { left, top, width, height }: Window,
  ids: Uint16Array,
  id: number,
): void {
  const { x, y, arcEnds, refs, ringEnds, polygonEnds, areaEnds } = source;
  const polygon = area === 0 ? 0 : areaEnds[area - 1]!;
  const polygonEnd = areaEnds[area]!;
  const ring = polygon === 0 ? 0 : polygonEnds[polygon - 1]!;
  const ringEnd = polygonEnd === 0 ? 0 : polygonEnds[polygonEnd - 1]!;
  let ref = ring === 0 ? 0 : ringEnds[ring - 1]!;
  const refEnd = ringEnd === 0 ? 0 : ringEnds[ringEnd - 1]!;
  let first = height;
  let last = -1;
  used = 0;
  for (; ref < refEnd; ref++) {
    const arc = refs[ref]! < 0 ? ~refs[ref]! : refs[ref]!;
    let at = arc === 0 ? 0 : arcEnds[arc - 1]!;
    const end = arcEnds[arc]!;
    let ax = x[at]! * scale - left;
    let ay = y[at]! * scale - top;
    for (at++; at < end; at++) {
      const bx = x[at]! * scale - left;
      const by = y[at]! * scale - top;
      // The rows whose centre lies between the two, the higher end in and the lower one out.
      const from = Math.max(0, Math.ceil(Math.min(ay, by) - 0.5));
      const to = Math.min(height, Math.ceil(Math.max(ay, by) - 0.5));
      for (let row = from; row < to; row++) {
        note(row, ax + ((row + 0.5 - ay) * (bx - ax)) / (by - ay));
      }
      if (from < to) {
        if (from < first) first = from;
        if (to > last) last = to;
      }
      ax = bx;
      ay = by;
    }
  }
  for (let row = first; row < last; row++) {
    let crossing = heads[row]!;
    heads[row] = -1;
    while (crossing >= 0) {
      const other = onward[crossing]!;
      if (other < 0) break;
      const from = Math.max(0, Math.ceil(xs[crossing]! - 0.5));
      const to = Math.min(width, Math.ceil(xs[other]! - 0.5));
      if (from < to) ids.fill(id, row * width + from, row * width + to);
      crossing = onward[other]!;
    }
  }
}

/** Puts a crossing in its place among those of its row. */
function note(row: number, x: number): void {
  if (used === xs.length) {
    const [moreXs, moreOnward] = [new Float64Array(2 * used), new Int32Array(2 * used)];
    moreXs.set(xs);
    moreOnward.set(onward);
    xs = moreXs;
    onward = moreOnward;
  }
  xs[used] = x;
  let before = -1;
  let after = heads[row]!;
  while (after >= 0 && xs[after]! < x) {
    before = after;
    after = onward[after]!;
  }
  onward[used] = after;
  if (before < 0) heads[row] = used;
  else onward[before] = used;
  used++;
}
