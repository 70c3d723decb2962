import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { pairing, thirdsOf } from '../../test/mock/pair.mjs';
import type { Legend, PairLegend } from './api.ts';
import { Crossing, cellAt, NINE, placeOn } from './crossing.ts';
import { difference } from './difference.ts';
import { indicator } from './fixture.ts';
import { type Cell, layerOf } from './grid.ts';
import { translator } from './i18n/translate.ts';

const one = indicator('leefbaarheid', { buurten: [2024] }, { decimalen: 1 });
const other = indicator('huur', { buurten: [2022] }, { richting: 'laag', decimalen: 0 });

/** Legends as a server makes them: some bounds, and words that tell cells apart. */
function keyOf(low: number[], high: number[]): PairLegend {
  const axis = (of: typeof one, jaar: number, grenzen: number[], omgekeerd: boolean) => ({
    indicator: of.id,
    naam: of.naam,
    eenheid: '',
    jaar,
    grenzen,
    omgekeerd,
    klassen: [],
  });
  const cellen = NINE.flatMap((colours, row) =>
    colours.map((kleur, column) => ({
      klasse: cellAt(row + 1, column + 1),
      rij: row + 1,
      kolom: column + 1,
      kleur,
      naam: `rij ${row + 1}, kolom ${column + 1}`,
      gebieden: 1,
      inwoners: null,
    })),
  );
  const dekking = { gebieden: 9, metWaarde: 9, inwoners: null, inwonersMetWaarde: null };
  return {
    jaar: 2024,
    metJaar: 2022,
    rijen: axis(one, 2024, low, true),
    kolommen: axis(other, 2022, high, false),
    cellen,
    redenen: [],
    dekking,
  } as unknown as PairLegend;
}

function crossingOf(a: Cell[], b: Cell[], key: PairLegend) {
  const [first, second] = [layerOf(a, 5), layerOf(b, 5)];
  const side = (of: typeof one, layer: typeof first) => ({
    indicator: of,
    legend: layer.column.description.legenda as Legend,
    exact: layer.column,
  });
  return {
    first,
    crossing: new Crossing(first, side(one, first), second.column, side(other, second), key),
  };
}
const cells = (values: (number | null)[], more: Partial<Cell>[] = []): Cell[] =>
  values.map((value, at) => ({ code: `BU0001${1000 + at}`, value, ...more[at] }));

describe('a place on an axis', () => {
  const axis = (grenzen: number[], omgekeerd: boolean) =>
    ({ grenzen, omgekeerd }) as PairLegend['rijen'];
  it.each([
    [[10, 20], false, 10, 1],
    [[10, 20], false, 10.001, 2],
    [[10, 20], false, 20, 2],
    [[10, 20], false, 21, 3],
    [[10, 20], true, 10, 3],
    [[10, 20], true, 20, 2],
    [[10, 20], true, 21, 1],
    [[10], false, 10, 1],
    [[10], false, 11, 2],
    [[], false, 5, 1],
    [[], true, 5, 3],
  ])('between %j, turned %s: %d is %d', (grenzen, omgekeerd, value, place) => {
    expect(placeOn(axis(grenzen, omgekeerd), value)).toBe(place);
  });
});

describe('two topics', () => {
  /** Whole numbers in no order, with many that are equal. */
  const roll = (count: number, seed: number, most: number) => {
    let state = seed;
    return Array.from({ length: count }, () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      const value = Math.floor(state / 65536) % (most + 1);
      return value === most ? null : value;
    });
  };

  it.each([
    [60, 7, 5],
    [200, 3, 40],
    [9, 11, 3],
    [40, 5, 2],
  ])('are in the cells that counting finds, %d areas', (count, seed, most) => {
    const [a, b] = [roll(count, seed, most), roll(count, seed + 1, most)];
    const areas = a.map((value, at) => ({ at, value, other: b[at]!, vlaggen: [] }));
    const of = (key: 'value' | 'other') => (area: (typeof areas)[number]) => ({
      waarde: area[key],
      reden: area[key] === null ? 'geen_score' : null,
    });
    const counted = pairing(areas, [one, of('value')], [other, of('other')]);
    const known = areas.filter((area) => area.value !== null && area.other !== null);
    const low = thirdsOf(known.map(({ value }) => value));
    const high = thirdsOf(known.map((area) => area.other));
    const { crossing } = crossingOf(cells(a), cells(b), keyOf(low, high));
    for (const area of areas) {
      expect(crossing.drawn.area(area.at).class, `${area.value}, ${area.other}`).toBe(
        counted.cellOf(area)?.klasse ?? null,
      );
    }
  });

  it('have a colour for each cell, and the reason of the first before that of the second', () => {
    const a = cells([1, 9, null, 5], [{}, {}, { reason: 'geen_score' }]);
    const b = cells(
      [9, 1, null, null],
      [{}, {}, { reason: 'te_weinig_inwoners' }, { reason: 'te_weinig_inwoners' }],
    );
    const { first, crossing } = crossingOf(a, b, keyOf([3, 6], [3, 6]));
    const drawn = first.areas.map(({ ordinal }) => crossing.drawn.area(ordinal));
    expect(drawn.map((area) => area.class)).toEqual([9, 1, null, null]);
    expect(drawn.map(({ fill }) => fill)).toEqual([NINE[2][2], NINE[0][0], null, null]);
    expect(drawn.map(({ reason }) => reason)).toEqual([
      null,
      null,
      'geen_score',
      'te_weinig_inwoners',
    ]);
    // What it shows of the first topic stays as it was.
    expect(first.areas[3]!.value).toBe(5);
  });

  it('say both figures and the cell, or why there is none', () => {
    const nl = translator('nl');
    const { first, crossing } = crossingOf(cells([1, 5]), cells([9, null]), keyOf([3, 6], [3, 6]));
    const [known, missing] = first.areas;
    expect(crossing.told(known!, 'nl', nl)).toEqual({
      own: { topic: 'leefbaarheid 2024', figure: '1,0', known: true },
      other: { topic: 'huur 2022', figure: '9', known: true },
      cell: 'rij 3, kolom 3',
      known: true,
    });
    expect(crossing.spoken(known!, 'nl', nl)).toBe(
      'naam BU00011000, Stad: leefbaarheid 2024 1,0; huur 2022 9; rij 3, kolom 3',
    );
    expect(crossing.told(missing!, 'nl', nl)).toMatchObject({
      known: false,
      cell: 'geen score in deze bron',
    });
    expect(crossing.spoken(missing!, 'nl', nl)).toBe(
      'naam BU00011001, Stad: leefbaarheid 2024 5,0; huur 2022 geen score in deze bron',
    );
  });

  it('have colours that can be told apart', () => {
    const all = NINE.flat();
    for (const a of all)
      for (const b of all) if (a !== b) expect(difference(a, b)).toBeGreaterThan(10);
  });
});
