import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { encodeBorders } from '../../test/mock/compact.mjs';
import { decodeBorders } from './borders.ts';
import {
  areaAt,
  boundsOf,
  coverageOf,
  holds,
  lonLat,
  middleOf,
  neighboursOf,
  unitsOf,
} from './coverage.ts';

/** A square of longitude and latitude, anticlockwise, with holes the other way round. */
const square = (x: number, y: number, size: number, hole?: [number, number, number]) => {
  const ring = (left: number, low: number, wide: number) => [
    [left, low],
    [left + wide, low],
    [left + wide, low + wide],
    [left, low + wide],
    [left, low],
  ];
  return [ring(x, y, size), ...(hole ? [ring(...hole).reverse()] : [])];
};
const area = (code: string, ...coordinates: number[][][][]) => ({
  code,
  naam: `naam ${code}`,
  geometry: { type: 'MultiPolygon', coordinates },
});
/** Two beside each other; in the second a hole with a third in it; the first has an island too. */
const level = [
  area('BU00010001', square(5, 52, 1), square(8, 54, 0.5)),
  area('BU00010002', square(6, 52, 1, [6.4, 52.4, 0.2])),
  area('BU00020001', square(6.4, 52.4, 0.2)),
];
const read = (more = {}) =>
  coverageOf(decodeBorders(encodeBorders(level, { year: 2024, name: 'buurten', ...more })));

describe('a coverage', () => {
  const coverage = read();

  it('knows who meets whom, and each once', () => {
    const met = level.map((_, at) => [...neighboursOf(coverage, at)]);
    expect(met).toEqual([[1], [0, 2], [1]]);
  });

  it('has boxes and the middle of the largest part', () => {
    const rounded = (all: number[]) => all.map((one) => Number(one.toFixed(3)));
    expect(rounded(boundsOf(coverage, 0))).toEqual([5, 52, 8.5, 54.5]);
    const [lon, lat] = middleOf(coverage, 0);
    expect(lon).toBeCloseTo(5.5, 3);
    // On the map of the web the middle of a degree lies a little north.
    expect(lat).toBeCloseTo(52.5, 1);
  });

  it('finds the area at a place, in holes and on islands too', () => {
    const at = (lon: number, lat: number) => areaAt(coverage, ...unitsOf(coverage.bits, lon, lat));
    expect(at(5.5, 52.5)).toBe(0);
    expect(at(8.2, 54.2)).toBe(0);
    expect(at(6.1, 52.1)).toBe(1);
    expect(at(6.5, 52.5)).toBe(2);
    expect(at(7.5, 54.2)).toBe(-1);
    expect(holds(coverage, 1, ...unitsOf(coverage.bits, 6.5, 52.5))).toBe(false);
  });

  it('tells gemeenten apart by their digits, in whichever file', () => {
    expect([...coverage.groups]).toEqual([2, 2, 3]);
    const part = read({ shows: ({ code }: { code: string }) => code.startsWith('BU0002') });
    expect([...part.ordinals]).toEqual([2]);
    expect([...part.groups]).toEqual([3]);
    expect(part.order).toBe(coverage.order);
  });

  it('goes from the grid to degrees and back', () => {
    for (const [lon, lat] of [
      [3.2, 50.7],
      [7.3, 53.6],
    ] as const) {
      const [x, y] = unitsOf(20, lon, lat);
      const back = lonLat(20, x, y);
      expect(back[0]).toBeCloseTo(lon, 9);
      expect(back[1]).toBeCloseTo(lat, 9);
    }
  });
});
