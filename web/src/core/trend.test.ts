import { expect, it } from 'vitest';
import type { AreaValue } from './api.ts';
import { trend } from './trend.ts';

const value = (jaar: number, waarde: number | null, sinds: number | null = null): AreaValue => ({
  jaar,
  sinds,
  waarde,
  klasse: null,
  klassenaam: null,
  reden: waarde === null ? 'geen_score' : null,
});

it('places years by time and breaks the line at a missing one', () => {
  const found = trend(
    [value(2012, 1), value(2014, 3), value(2016, null), value(2022, -1)],
    100,
    40,
  )!;
  expect(found.runs.map((run) => run.map(({ year }) => year))).toEqual([[2012, 2014], [2022]]);
  expect(found.runs[0]![1]).toMatchObject({ x: 20, y: 0 });
  expect(found.runs[1]![0]).toMatchObject({ x: 100, y: 40 });
  expect(found.zero).toBe(30);
});

it('draws nothing from one figure, and no zero where it lies outside', () => {
  expect(trend([value(2012, 1), value(2014, null)], 100, 40)).toBeNull();
  expect(trend([value(2012, 1), value(2014, 2)], 100, 40)?.zero).toBeNull();
  expect(trend([value(2014, 1, 2012), value(2016, 2, 2014)], 100, 40)).toBeNull();
});
