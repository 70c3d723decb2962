/** From ids to colours: one look-up a dot, and a mean where areas meet. */
import { PERIOD } from '../core/palette.ts';
import type { Tile } from './tile.ts';

/** What each area looks like. Colours are packed as `packed` does. */
export interface Table {
  /** By id: 0 is no area. */
  colours: Uint32Array;
  /** By id: 0, or one more than the place of the pattern over the colour. */
  hatches: Uint8Array;
  patterns: Uint32Array[];
  /** Dots for each pixel of the patterns. */
  ratio: number;
  /** Lines between areas and between gemeenten. */
  line: number;
  border: number;
}

/** Fills a picture of `tile.side` × `tile.side` dots. Linear in dots, whatever the number of areas. */
export function paint(tile: Tile, table: Table, out: Uint32Array): void {
  const { ids, spans, mixed, quarters, inked, side } = tile;
  const { colours, hatches, line, border } = table;
  out.fill(0);
  let last = -1;
  let colour = 0;
  let isPlain = true;
  for (let row = 0; row < side; row++) {
    for (let at = spans[2 * row]!; at < spans[2 * row + 1]!; at++) {
      const id = ids[at]!;
      if (id !== last) {
        last = id;
        colour = colours[id]!;
        isPlain = hatches[id] === 0;
      }
      out[at] = isPlain ? colour : hatched(table, id, at, side);
    }
  }
  for (let i = 0, q = 0; i < mixed.length; i++, q += 4) {
    const at = mixed[i]!;
    const a = quarters[q]!;
    const b = quarters[q + 1]!;
    const c = quarters[q + 2]!;
    const d = quarters[q + 3]!;
    // Spelled out: this is done a hundred thousand times for each change of colours.
    const one = hatches[a] === 0 ? colours[a]! : hatched(table, a, at, side);
    let mixture = one;
    if (a !== b || a !== c || a !== d) {
      const two = hatches[b] === 0 ? colours[b]! : hatched(table, b, at, side);
      const three = hatches[c] === 0 ? colours[c]! : hatched(table, c, at, side);
      const four = hatches[d] === 0 ? colours[d]! : hatched(table, d, at, side);
      mixture = mean(one, two, three, four);
    }
    const ink = inked[i]!;
    if (ink & 15) mixture = inkedBy(mixture, line, ink & 15);
    if (ink >> 4) mixture = inkedBy(mixture, border, ink >> 4);
    out[at] = mixture;
  }
}

/** A line over some quarters of a dot. */
function inkedBy(ground: number, line: number, quarters: number): number {
  if (quarters === 4 && line >>> 24 === 255) return line;
  if ((ground & line) >>> 24 !== 255) return over(ground, line, quarters / 4);
  const rest = 4 - quarters;
  const low = (ground & 0xff00ff) * rest + (line & 0xff00ff) * quarters;
  const green = (ground & 0xff00) * rest + (line & 0xff00) * quarters;
  return (0xff000000 | ((low >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00)) >>> 0;
}

function hatched(
  { colours, hatches, patterns, ratio }: Table,
  id: number,
  at: number,
  side: number,
) {
  const period = PERIOD * ratio;
  const row = ((at / side) | 0) % period;
  const dot = patterns[hatches[id]! - 1]![row * period + ((at % side) % period)]!;
  return dot >>> 24 === 0 ? colours[id]! : over(colours[id]!, dot, 1);
}

function mean(a: number, b: number, c: number, d: number): number {
  if ((a & b & c & d) >>> 24 === 255) {
    const low = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
    const green = (a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00);
    return (0xff000000 | ((low >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00)) >>> 0;
  }
  // What is transparent has a say in the opacity and none in the colour.
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (const one of [a, b, c, d]) {
    const weight = one >>> 24;
    red += (one & 255) * weight;
    green += ((one >> 8) & 255) * weight;
    blue += ((one >> 16) & 255) * weight;
    opacity += weight;
  }
  if (opacity === 0) return 0;
  return bytes(red / opacity, green / opacity, blue / opacity, opacity / 4);
}

/** One colour over another, for a part. */
export function over(ground: number, top: number, part: number): number {
  const share = ((top >>> 24) / 255) * part;
  if (share <= 0) return ground;
  const under = (ground >>> 24) / 255;
  const opacity = share + under * (1 - share);
  const mix = (shift: number) =>
    (((top >> shift) & 255) * share + ((ground >> shift) & 255) * under * (1 - share)) / opacity;
  return bytes(mix(0), mix(8), mix(16), opacity * 255);
}

function bytes(red: number, green: number, blue: number, opacity: number): number {
  const round = Math.round;
  return ((round(opacity) << 24) | (round(blue) << 16) | (round(green) << 8) | round(red)) >>> 0;
}
