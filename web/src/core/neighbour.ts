/** Walks over the map by arrow key: the nearest area in a direction. */
import type { Area } from './area.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

const HEADING: Record<Direction, [number, number]> = {
  up: [0, 1],
  down: [0, -1],
  left: [-1, 0],
  right: [1, 0],
};

/** The nearest area within 45 degrees of the direction; straight ahead goes before aside. */
export function neighbour(from: Area, areas: Area[], direction: Direction): Area | null {
  const [hx, hy] = HEADING[direction];
  const narrow = Math.cos((from.middle[1] * Math.PI) / 180);
  let best: Area | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const area of areas) {
    if (area === from) continue;
    const dx = (area.middle[0] - from.middle[0]) * narrow;
    const dy = area.middle[1] - from.middle[1];
    const ahead = dx * hx + dy * hy;
    const aside = Math.abs(dx * hy - dy * hx);
    if (ahead <= 0 || aside > ahead) continue;
    const distance = ahead + 1.5 * aside;
    if (distance < least) {
      least = distance;
      best = area;
    }
  }
  return best;
}

/** The area whose middle lies nearest to a place. */
export function nearest(areas: Area[], lon: number, lat: number): Area | null {
  const narrow = Math.cos((lat * Math.PI) / 180);
  let best: Area | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const area of areas) {
    const distance = ((area.middle[0] - lon) * narrow) ** 2 + (area.middle[1] - lat) ** 2;
    if (distance < least) {
      least = distance;
      best = area;
    }
  }
  return best;
}
