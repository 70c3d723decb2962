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
  interval: null,
  rang: [],
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

it('ends the line at a break in the series, and keeps its sides apart', () => {
  const at = { vanaf: 2020, tekst: 'anders geteld' };
  const years = [2014, 2018, 2020, 2022, 2024].map((year) => value(year, year - 2000));
  const found = trend(years, 100, 40, [at])!;
  const yearsOf = (dots: { year: number }[][]) => dots.map((one) => one.map(({ year }) => year));
  expect(yearsOf(found.runs)).toEqual([
    [2014, 2018],
    [2020, 2022, 2024],
  ]);
  expect(found.breaks).toEqual([{ at, x: 50 }]);
  // A gap on one side is no break; before the first year and after the last there is none.
  const gap = trend([value(2020, 1), value(2022, null), value(2024, 2)], 100, 40, [at])!;
  expect(yearsOf(gap.sides)).toEqual([[2020, 2024]]);
  expect(gap.breaks).toEqual([]);
});

it('draws nothing from one figure, and no zero where it lies outside', () => {
  expect(trend([value(2012, 1), value(2014, null)], 100, 40)).toBeNull();
  expect(trend([value(2012, 1), value(2014, 2)], 100, 40)?.zero).toBeNull();
  expect(trend([value(2014, 1, 2012), value(2016, 2, 2014)], 100, 40)).toBeNull();
});
