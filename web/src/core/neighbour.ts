/** Walks over the map by arrow key: to a neighbour in a direction, else over water or land to the next. */
import type { Area } from './area.ts';
import { neighboursOf, unitsOf } from './coverage.ts';
import type { Layer } from './layer.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** East and south, as the grid runs. */
const HEADING: Record<Direction, [number, number]> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
};
/** The cosine of how far off an arrow a neighbour may lie, and any other area. */
const WIDE = 0.5;
const NARROW = Math.SQRT1_2;

/** The area that an arrow leads to; null at the edge of the extent. */
export function neighbour(from: Area, layer: Layer, direction: Direction): Area | null {
  const { coverage } = layer;
  const near = Array.from(neighboursOf(coverage, from.ordinal)).filter((one) => layer.has(one));
  const to = ahead(layer, from, near, direction, WIDE);
  if (to >= 0) return layer.area(to);
  // None meets it there: an island, or the far side of water outside the extent.
  const far = ahead(layer, from, layer.ordinals, direction, NARROW);
  return far >= 0 ? layer.area(far) : null;
}

/** Of several areas the nearest by its middle; what lies straight ahead goes before what lies aside. */
function ahead(
  { coverage: { middles } }: Layer,
  { ordinal: from }: Area,
  among: Iterable<number>,
  direction: Direction,
  least: number,
): number {
  const [hx, hy] = HEADING[direction];
  let best = -1;
  let shortest = Number.POSITIVE_INFINITY;
  for (const one of among) {
    if (one === from) continue;
    const dx = middles[2 * one]! - middles[2 * from]!;
    const dy = middles[2 * one + 1]! - middles[2 * from + 1]!;
    const length = Math.hypot(dx, dy) || 1;
    const straight = (dx * hx + dy * hy) / length;
    if (straight < least) continue;
    const distance = length * (2 - straight);
    if (distance < shortest) {
      shortest = distance;
      best = one;
    }
  }
  return best;
}

/** The area whose middle lies nearest to a place. */
export function nearest(layer: Layer, lon: number, lat: number): Area | null {
  const { bits, middles } = layer.coverage;
  const [x, y] = unitsOf(bits, lon, lat);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const ordinal of layer.ordinals) {
    const distance = Math.hypot(middles[2 * ordinal]! - x, middles[2 * ordinal + 1]! - y);
    if (distance < least) {
      least = distance;
      best = ordinal;
    }
  }
  return best < 0 ? null : layer.area(best);
}
