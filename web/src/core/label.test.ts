import { expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { encodeBorders } from '../../test/mock/compact.mjs';
import { decodeBorders, ringOf, ringsOf } from './borders.ts';
import { type Coverage, coverageOf, holds } from './coverage.ts';
import { labelOf } from './label.ts';

const shapes: Record<string, [number, number][][]> = {
  square: [
    [
      [5, 52],
      [6, 52],
      [6, 53],
      [5, 53],
      [5, 52],
    ],
  ],
  // Its centre of gravity lies outside of it.
  horseshoe: [
    [
      [5, 52],
      [6, 52],
      [6, 53],
      [5.8, 53],
      [5.8, 52.2],
      [5.2, 52.2],
      [5.2, 53],
      [5, 53],
      [5, 52],
    ],
  ],
  // And here in the hole.
  ring: [
    [
      [5, 52],
      [6, 52],
      [6, 53],
      [5, 53],
      [5, 52],
    ],
    [
      [5.2, 52.2],
      [5.2, 52.9],
      [5.7, 52.9],
      [5.7, 52.2],
      [5.2, 52.2],
    ],
  ],
  sliver: [
    [
      [5, 52],
      [6, 52.001],
      [6, 52.003],
      [5, 52.002],
      [5, 52],
    ],
  ],
};

/** The distance from a place to the nearest edge, spelled out. */
function distance(coverage: Coverage, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const ring of ringsOf(coverage, 0)) {
    const all = ringOf(coverage, ring);
    for (let i = 0; i < all.length; i += 2) {
      const next = (i + 2) % all.length;
      // Many points of the edge in place of a formula.
      for (let part = 0; part <= 200; part++) {
        const share = part / 200;
        const px = all[i]! + share * (all[next]! - all[i]!);
        const py = all[i + 1]! + share * (all[next + 1]! - all[i + 1]!);
        least = Math.min(least, Math.hypot(px - x, py - y));
      }
    }
  }
  return least;
}

it.each(Object.entries(shapes))(
  'is the roomiest place of a %s, as a grid finds it',
  (name, rings) => {
    const geometry = { type: 'MultiPolygon', coordinates: [rings] };
    const level = [{ code: 'BU00010001', naam: name, geometry }];
    const coverage = coverageOf(
      decodeBorders(encodeBorders(level, { year: 2024, name: 'buurten' })),
    );
    const label = labelOf(coverage, 0)!;
    expect(holds(coverage, 0, label.x, label.y)).toBe(true);
    // Points of an edge lie a little farther than the edge.
    expect(label.room).toBeLessThanOrEqual(distance(coverage, label.x, label.y) + 1e-6);
    const [west, north, east, south] = coverage.boxes;
    let best = 0;
    const STEPS = 40;
    for (let i = 1; i < STEPS; i++) {
      for (let j = 1; j < STEPS; j++) {
        const x = west! + ((east! - west!) * i) / STEPS;
        const y = north! + ((south! - north!) * j) / STEPS;
        if (holds(coverage, 0, x, y)) best = Math.max(best, distance(coverage, x, y));
      }
    }
    expect(label.room).toBeGreaterThan(0.9 * best);
  },
);

it('is nowhere in an area without a shape', () => {
  const geometry = { type: 'MultiPolygon', coordinates: [] };
  const level = [{ code: 'BU00010001', naam: 'leeg', geometry }];
  const coverage = coverageOf(decodeBorders(encodeBorders(level, { year: 2024, name: 'buurten' })));
  expect(labelOf(coverage, 0)).toBeNull();
});
