/** Whether an area and a drawn polygon share ground. */
import { ringOf, ringsOf } from '../core/borders.ts';
import { type Coverage, holds } from '../core/coverage.ts';

type Place = [number, number];

/** `ring` in units of the coverage, its last vertex the first. */
export function meets(coverage: Coverage, area: number, ring: Place[]): boolean {
  const [west, north, east, south] = coverage.boxes.subarray(4 * area, 4 * area + 4);
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const isApart =
    Math.max(...xs) < west! ||
    Math.min(...xs) > east! ||
    Math.max(...ys) < north! ||
    Math.min(...ys) > south!;
  if (isApart) return false;
  // One lies in the other, or their borders cross.
  if (ring.some(([x, y]) => holds(coverage, area, x, y))) return true;
  for (const number of ringsOf(coverage, area)) {
    const flat = ringOf(coverage, number);
    for (let i = 0; i < flat.length; i += 2) {
      const next = i + 2 < flat.length ? i + 2 : 0;
      const from: Place = [flat[i]!, flat[i + 1]!];
      const to: Place = [flat[next]!, flat[next + 1]!];
      if (isInside(ring, from)) return true;
      for (let k = 0; k + 1 < ring.length; k++) {
        if (cross(from, to, ring[k]!, ring[k + 1]!)) return true;
      }
    }
  }
  return false;
}

function isInside(ring: Place[], [x, y]: Place): boolean {
  let inside = false;
  for (let k = 0; k + 1 < ring.length; k++) {
    const [[ax, ay], [bx, by]] = [ring[k]!, ring[k + 1]!];
    if (ay > y !== by > y && x >= ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

const side = ([ax, ay]: Place, [bx, by]: Place, [x, y]: Place): number =>
  Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));

/** Whether two segments cross in the inside of both. */
function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
