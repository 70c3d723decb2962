/** What follows from the borders of a level: extents, middles, neighbours, and which area is where. */
import type { Bounds } from './api.ts';
import { type Borders, ringOf, ringsOf } from './borders.ts';

/** Borders with what is asked of them often. By area means by place in the file. */
export interface Coverage extends Borders {
  /** By area: west, north, east, south, in units of the grid. */
  boxes: Int32Array;
  /** By area: x and y of the centre of gravity of its largest part, in units. */
  middles: Float64Array;
  /** The neighbours of all areas, one area after the other, and where those of each end. */
  neighbours: Int32Array;
  neighbourEnds: Uint32Array;
  /** By area: a number that areas of the same gemeente have in common, from 1. */
  groups: Uint16Array;
}

export function coverageOf(borders: Borders): Coverage {
  const count = borders.codes.length;
  const boxes = new Int32Array(4 * count);
  const middles = new Float64Array(2 * count);
  for (let area = 0; area < count; area++) measure(borders, area, boxes, middles);
  return { ...borders, boxes, middles, ...meetings(borders), groups: groupsOf(borders) };
}

function measure(borders: Borders, area: number, boxes: Int32Array, middles: Float64Array): void {
  let [west, north, east, south] = [2 ** 31 - 1, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31)];
  let largest = -1;
  for (const ring of ringsOf(borders, area)) {
    const vertices = ringOf(borders, ring);
    let [doubled, sumX, sumY] = [0, 0, 0];
    const [x0 = 0, y0 = 0] = vertices;
    for (let i = 0; i < vertices.length; i += 2) {
      const [x, y] = [vertices[i]!, vertices[i + 1]!];
      west = Math.min(west, x);
      north = Math.min(north, y);
      east = Math.max(east, x);
      south = Math.max(south, y);
      const next = i + 2 < vertices.length ? i + 2 : 0;
      const [ax, ay] = [x - x0, y - y0];
      const [bx, by] = [vertices[next]! - x0, vertices[next + 1]! - y0];
      const cross = ax * by - bx * ay;
      doubled += cross;
      sumX += (ax + bx) * cross;
      sumY += (ay + by) * cross;
    }
    if (Math.abs(doubled) <= largest) continue;
    largest = Math.abs(doubled);
    middles[2 * area] = doubled === 0 ? x0 : x0 + sumX / (3 * doubled);
    middles[2 * area + 1] = doubled === 0 ? y0 : y0 + sumY / (3 * doubled);
  }
  if (largest >= 0) boxes.set([west, north, east, south], 4 * area);
}

/** Who shares an arc with whom, each named once. */
function meetings({ sides, codes }: Borders): Pick<Coverage, 'neighbours' | 'neighbourEnds'> {
  const lists: number[][] = codes.map(() => []);
  for (let arc = 0; 2 * arc < sides.length; arc++) {
    const [left, right] = [sides[2 * arc]!, sides[2 * arc + 1]!];
    if (left < 0 || right < 0 || left === right || lists[left]!.includes(right)) continue;
    lists[left]!.push(right);
    lists[right]!.push(left);
  }
  const neighbourEnds = new Uint32Array(lists.length);
  let end = 0;
  lists.forEach((list, area) => {
    end += list.length;
    neighbourEnds[area] = end;
  });
  return { neighbours: Int32Array.from(lists.flat()), neighbourEnds };
}

/** The digits of the gemeente; where a code has none, each area is a group of its own. */
function groupsOf({ codes, ordinals }: Borders): Uint16Array {
  return Uint16Array.from(codes, (code, area) => {
    const digits = /^(?:GM|WK|BU)(\d{4})/.exec(code)?.[1];
    return digits === undefined ? 1 + ordinals[area]! : 1 + Number(digits);
  });
}

/** The neighbours of an area. */
export function neighboursOf({ neighbours, neighbourEnds }: Coverage, area: number): Int32Array {
  return neighbours.subarray(area === 0 ? 0 : neighbourEnds[area - 1]!, neighbourEnds[area]!);
}

/** Longitude and latitude of a place on a grid of 2^bits units. */
export function lonLat(bits: number, x: number, y: number): [number, number] {
  const world = 2 ** bits;
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world)));
  return [(x / world) * 360 - 180, (lat * 180) / Math.PI];
}

/** The same the other way round. */
export function unitsOf(bits: number, lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [(lon / 360 + 0.5) * 2 ** bits, y * 2 ** bits];
}

export function boundsOf({ bits, boxes }: Coverage, area: number): Bounds {
  const [west, north, east, south] = boxes.subarray(4 * area, 4 * area + 4);
  const [w, n] = lonLat(bits, west!, north!);
  const [e, s] = lonLat(bits, east!, south!);
  return [w, s, e, n];
}

export function middleOf({ bits, middles }: Coverage, area: number): [number, number] {
  return lonLat(bits, middles[2 * area]!, middles[2 * area + 1]!);
}

/** The area at a place in units; -1 where there is none. A border belongs to the east, else the south. */
export function areaAt(coverage: Coverage, x: number, y: number): number {
  const { boxes, codes } = coverage;
  for (let area = 0; area < codes.length; area++) {
    const at = 4 * area;
    if (x < boxes[at]! || y < boxes[at + 1]! || x > boxes[at + 2]! || y > boxes[at + 3]!) continue;
    if (holds(coverage, area, x, y)) return area;
  }
  return -1;
}

/** Whether an odd number of an area's edges lies straight west of a place. */
export function holds(borders: Borders, area: number, x: number, y: number): boolean {
  let inside = false;
  for (const ring of ringsOf(borders, area)) {
    const vertices = ringOf(borders, ring);
    for (let i = 0; i < vertices.length; i += 2) {
      const next = i + 2 < vertices.length ? i + 2 : 0;
      const [ax, ay] = [vertices[i]!, vertices[i + 1]!];
      const [bx, by] = [vertices[next]!, vertices[next + 1]!];
      if (ay > y !== by > y && x >= ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}
