import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { pairing } from '../../test/mock/pair.mjs';
import { indicator } from '../core/fixture.ts';
import { type Cell, layerOf } from '../core/grid.ts';
import { pairLegend, thirds } from './pair.ts';

const one = indicator(
  'leefbaarheid',
  { buurten: [2024] },
  { naam: { nl: 'Leefbaarheid', en: 'Liveability' } },
);
const other = indicator(
  'huur',
  { buurten: [2024] },
  {
    naam: { nl: 'Huur (sociaal)', en: 'Rent (social)' },
    richting: 'laag',
    soort: 'aandeel',
    onderdeelVan: ['leefbaarheid'],
  },
);
const cells = (values: (number | null)[]): Cell[] =>
  values.map((value, at) => ({
    code: `BU000${1 + (at % 2)}${1000 + at}`,
    value,
    flags: at === 5 ? ['water'] : at === 8 ? ['nauwelijks-woongebied'] : [],
  }));

describe('thirds', () => {
  it('lie between figures, never split equal ones and leave some above', () => {
    expect(thirds([1, 2, 3, 4])).toEqual([2, 3]);
    expect(thirds([5, 5, 5, 5, 5])).toEqual([]);
    expect(thirds([0, 0, 0, 0, 0, 1])).toEqual([0]);
    expect(thirds([3, 1])).toEqual([1]);
    const [low, high] = thirds([0, 1, 2, 3, 4, 5]);
    expect(low).toBeCloseTo(5 / 3, 12);
    expect(high).toBeCloseTo(10 / 3, 12);
  });
});

describe('the legend of two topics on a site', () => {
  const a = cells([3, 1, 4, 1, 5, 9, 2, 6, 5, null, 5, 8, 9, 7]);
  const b = cells([2, 7, 1, 8, 2, 8, null, 8, 4, 5, 9, 0, 4, 5]);
  const [first, second] = [layerOf(a, 5), layerOf(b, 5)];
  /** As a site delivers it, with its level and year. */
  const delivered = ({ column }: typeof first) => {
    const legenda = { ...column.description.legenda, niveau: 'buurten' as const, jaar: 2024 };
    return { ...column, description: { ...column.description, legenda } };
  };
  const people = layerOf(cells(a.map(() => 10)), 5).column;
  const made = (binnen: string | null) =>
    pairLegend(
      a.map(({ code }) => code),
      binnen,
      { indicator: one, column: delivered(first) },
      { indicator: other, column: delivered(second) },
      people,
    );
  const areas = a.map((cell, at) => ({ ...cell, at, vlaggen: cell.flags! }));
  const of = (list: Cell[]) => (area: { at: number }) => ({
    waarde: list[area.at]!.value,
    reden: 'geen_score',
  });
  const counted = pairing(areas, [one, of(a)], [other, of(b)]);

  it.each([null, 'GM0001'])('counts what counting finds, within %s', async (binnen) => {
    const legend = await made(binnen);
    [legend.rijen, legend.kolommen].forEach(({ grenzen }, axis) => {
      const expected: number[] = counted.axis(axis, 2024).grenzen;
      expect(grenzen.length).toBe(expected.length);
      grenzen.forEach((bound, at) => {
        expect(bound).toBeCloseTo(expected[at]!, 12);
      });
    });
    const dry = areas.filter(
      ({ code, vlaggen }) =>
        !vlaggen.includes('water') && (binnen === null || code.startsWith('BU0001')),
    );
    for (const { klasse, gebieden, inwoners } of legend.cellen) {
      const own = dry.filter((area) => counted.cellOf(area)?.klasse === klasse).length;
      expect([gebieden, inwoners], `cell ${klasse}`).toEqual([own, 10 * own]);
    }
    const known = dry.filter((area) => counted.cellOf(area)).length;
    expect(legend.dekking).toMatchObject({ gebieden: dry.length, metWaarde: known });
  });
  it('names its cells and warns where one is made of the other', async () => {
    const legend = await made(null);
    expect(legend.cellen[8]).toMatchObject({
      klasse: 9,
      naam: { nl: 'leefbaarheid laag, aandeel huur hoog' },
      kleur: '#1d2c0b',
    });
    expect(legend.letOp).not.toBeNull();
  });
});
