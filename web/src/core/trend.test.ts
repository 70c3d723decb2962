import { expect, it } from 'vitest';
import type { AreaDetail, AreaValue } from './api.ts';
import { hasSameOutline } from './outline.ts';
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

it('joins divisions of an area whose border stayed, and never over a break or a gap', () => {
  const own = [value(2020, 3), value(2022, 4)];
  const there = [value(2016, 1), value(2018, 2), value(2020, 9)];
  const yearsOf = (dots: { year: number }[][]) => dots.map((one) => one.map(({ year }) => year));
  const found = trend(own, 100, 40, [], there)!;
  expect(yearsOf(found.runs)).toEqual([
    [2016, 2018],
    [2020, 2022],
  ]);
  expect(yearsOf(found.joins)).toEqual([[2018, 2020]]);
  expect(yearsOf(found.sides)).toEqual([[2016, 2018, 2020, 2022]]);
  // The figure of the division at hand goes before that of another.
  expect(found.joins[0]![1].value).toBe(3);
  const broken = trend(own, 100, 40, [{ vanaf: 2020, tekst: '' }], there)!;
  expect(broken.joins).toEqual([]);
  expect(broken.breaks).toHaveLength(1);
  const gap = trend(own, 100, 40, [], [value(2016, 1), value(2018, null)])!;
  expect(gap.joins).toEqual([]);
});

it('lets an estimate stand by itself, with a dashed line to it on either side', () => {
  const read = (jaar: number, waarde: number | null, geschat: boolean) => ({
    ...value(jaar, waarde),
    geschat,
  });
  const own = [value(2020, 3), value(2022, 4)];
  const there = [read(2012, 1, true), read(2014, 2, true), read(2016, 2, false)];
  const yearsOf = (dots: { year: number }[][]) => dots.map((one) => one.map(({ year }) => year));
  const found = trend(own, 100, 40, [], there)!;
  expect(yearsOf(found.runs)).toEqual([[2012], [2014], [2016], [2020, 2022]]);
  expect(yearsOf(found.joins)).toEqual([
    [2012, 2014],
    [2014, 2016],
    [2016, 2020],
  ]);
  expect(found.runs.flat().map(({ isEstimate }) => isEstimate)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  // What cannot be converted is a gap, and no zero.
  const gap = trend(own, 100, 40, [], [read(2016, 5, true), read(2018, null, true)])!;
  expect(gap.joins).toEqual([]);
  expect(gap.runs.flat()).toHaveLength(3);
});

it('takes an area for the same by its box and the length of its border', () => {
  const area = (more: object) =>
    ({
      omvang: [5, 52, 5.1, 52.1],
      buren: [{ grens: 900 }, { grens: 100 }],
      ...more,
    }) as AreaDetail;
  expect(hasSameOutline(area({}), area({}))).toBe(true);
  // Neighbours may have been merged, lengths are rounded.
  expect(hasSameOutline(area({}), area({ buren: [{ grens: 1001 }] }))).toBe(true);
  expect(hasSameOutline(area({}), area({ buren: [{ grens: 1100 }] }))).toBe(false);
  expect(hasSameOutline(area({}), area({ omvang: [5, 52, 5.1, 52.1001] }))).toBe(false);
  // Nothing is known of the border of an island.
  expect(hasSameOutline(area({ buren: [] }), area({ buren: [] }))).toBe(false);
});

it('draws nothing from one figure, and no zero where it lies outside', () => {
  expect(trend([value(2012, 1), value(2014, null)], 100, 40)).toBeNull();
  expect(trend([value(2012, 1), value(2014, 2)], 100, 40)?.zero).toBeNull();
  expect(trend([value(2014, 1, 2012), value(2016, 2, 2014)], 100, 40)).toBeNull();
});
