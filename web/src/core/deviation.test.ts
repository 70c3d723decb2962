import { describe, expect, it } from 'vitest';
import type { Indicator } from './api.ts';
import { type Against, deviate, FIFTHS, placesOf } from './deviation.ts';
import { indicator } from './fixture.ts';
import { type Cell, layerOf } from './grid.ts';
import type { Layer } from './layer.ts';
import type { Measure, Reference } from './reference.ts';

/** Numbers that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Buurten of several gemeenten, with ties, gaps and marks. */
function country(count: number, seed: number): Cell[] {
  const next = numbers(seed);
  return Array.from({ length: count }, (_, at): Cell => {
    const gemeente = String(1 + Math.floor(next() * 5)).padStart(4, '0');
    const code = `BU${gemeente}${String(1000 + at)}`;
    const isMissing = next() < 0.1;
    const flags = next() < 0.1 ? ['nauwelijks-woongebied'] : next() < 0.05 ? ['water'] : [];
    return { code, value: isMissing ? null : Math.round(next() * 40) / 4, flags };
  }).sort((a, b) => (a.code < b.code ? -1 : 1));
}

const CELLS = country(300, 7);
const layer = layerOf(CELLS, 20);
const URBAN = CELLS.map(
  ({ code }, at): Cell => ({ code, value: at % 17 === 0 ? null : 1 + (at % 5) }),
);
const urban = layerOf(URBAN, 20).column;
const topic = indicator('cijfer', { buurten: [2024] }, { soort: 'gemiddelde', decimalen: 2 });

const made = (
  reference: Reference,
  measure: Measure = 'verschil',
  more: Partial<Against> = {},
  of: Layer = layer,
  one: Indicator = topic,
) =>
  deviate(of, one, {
    reference,
    measure,
    key: JSON.stringify([reference, measure, more]),
    ...more,
  });

const counted = (keep: (at: number) => boolean) =>
  CELLS.flatMap(({ value, flags }, at) =>
    value != null && flags!.length === 0 && keep(at) ? [value] : [],
  );
const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
const gemeenteOf = (at: number) => CELLS[at]!.code.slice(0, 6);

describe('a reference', () => {
  it('is the plain mean of the areas that count, of the country and of each gemeente', () => {
    const whole = mean(counted(() => true));
    const country = made('land')!;
    const own = made('gemeente')!;
    CELLS.forEach(({ value }, at) => {
      const found = country.layer.area(at).value;
      if (value == null) expect(found).toBeNull();
      else expect(found).toBeCloseTo(value - whole, 5);
      const around = mean(counted((other) => gemeenteOf(other) === gemeenteOf(at)));
      if (value != null) expect(own.layer.area(at).value).toBeCloseTo(value - around, 5);
    });
    expect(country.groups.get(0)!.count).toBe(counted(() => true).length);
    expect([...own.groups.values()].reduce((sum, { count }) => sum + count, 0)).toBe(
      counted(() => true).length,
    );
  });

  it('is of urbanity the mean of the own class, and missing with a reason without a class', () => {
    const found = made('stedelijkheid', 'verschil', { classes: urban })!;
    expect(found.groups.size).toBe(5);
    CELLS.forEach(({ value }, at) => {
      const own = URBAN[at]!.value;
      const area = found.layer.area(at);
      if (value == null || own == null) {
        expect(area.value).toBeNull();
        expect(area.class).toBeNull();
        expect(area.reason).not.toBeNull();
        return;
      }
      const list = counted((other) => URBAN[other]!.value === own);
      expect(found.groupOf(at)).toMatchObject({ key: own, count: list.length });
      expect(area.value).toBeCloseTo(value - mean(list), 5);
    });
  });

  it('is of chosen areas their mean, and of a norm the norm', () => {
    const chosen = [3, 14, 15, 92, 65];
    const found = made('selectie', 'verschil', { areas: chosen })!;
    const list = counted((at) => chosen.includes(at));
    expect(found.groupOf(0)).toMatchObject({ count: list.length, mean: mean(list) });
    const norm = made('norm:4.5', 'verschil', { norm: 4.5 })!;
    CELLS.forEach(({ value }, at) => {
      if (value != null) expect(norm.layer.area(at).value).toBeCloseTo(value - 4.5, 9);
    });
  });

  it('is none where no area of it has a figure that counts', () => {
    const none = CELLS.flatMap(({ value }, at) => (value == null ? [at] : []));
    expect(made('selectie', 'verschil', { areas: none })).toBeNull();
    expect(made('selectie', 'verschil', { areas: [] })).toBeNull();
  });

  it('leaves a gemeente that has marked areas alone without a mean, and says why', () => {
    const lonely = layerOf(
      [
        { code: 'BU00010001', value: 1 },
        { code: 'BU00010002', value: 3 },
        { code: 'BU00020001', value: 9, flags: ['nauwelijks-woongebied'] },
      ],
      3,
    );
    const found = made('gemeente', 'verschil', {}, lonely)!;
    expect(found.layer.areas.map(({ value }) => value)).toEqual([-1, 1, null]);
    expect(found.layer.areas[2]!.reason).toBe('te_weinig_gebieden');
  });
});

describe('classes', () => {
  it('lie around zero, hold each area once, and hold it by its bounds', () => {
    for (const measure of ['verschil', 'sd'] as const) {
      const { klassen } = made('land', measure)!.layer.column.description.legenda;
      const { layer: drawn } = made('land', measure)!;
      expect(klassen).toHaveLength(7);
      const bounds = klassen.flatMap(({ tot }) => (tot === null ? [] : [tot])).reverse();
      expect(bounds.map((one) => -one).reverse()).toEqual(bounds);
      const isWater = (at: number) => CELLS[at]!.flags!.includes('water');
      for (const one of klassen) {
        const inside = drawn.areas.filter(
          ({ value, ordinal }) =>
            value !== null &&
            !isWater(ordinal) &&
            (one.van === null || value > one.van) &&
            (one.tot === null || value <= one.tot),
        );
        expect(one.gebieden, `${measure} ${one.nummer}`).toBe(inside.length);
        expect(inside.every((area) => area.class === one.nummer)).toBe(true);
      }
    }
  });

  it('have the bounds that the legend writes', () => {
    const { decimals, layer: drawn } = made('land')!;
    for (const { tot } of drawn.column.description.legenda.klassen)
      if (tot !== null) expect(Number(tot.toFixed(decimals))).toBe(tot);
  });

  it('turn their colours round where low is good', () => {
    const low = { ...topic, richting: 'laag' } as const;
    const colours = (one: Indicator) =>
      made(
        'land',
        'verschil',
        { key: one.richting },
        layer,
        one,
      )!.layer.column.description.legenda.klassen.map(({ kleur }) => kleur);
    expect(colours(low)).toEqual(colours(topic).reverse());
  });

  it('part those on a norm from the others where all figures are equal', () => {
    const equal = layerOf(
      Array.from({ length: 4 }, (_, at) => ({ code: `BU0001000${at}`, value: 5 })),
      2,
    );
    const on = made('norm:5', 'verschil', { norm: 5 }, equal)!;
    expect(on.layer.areas.map((area) => area.class)).toEqual([4, 4, 4, 4]);
    const above = made('norm:1', 'verschil', { norm: 1 }, equal)!;
    expect(above.layer.areas.map((area) => area.class)).toEqual([7, 7, 7, 7]);
    expect(made('norm:1', 'sd', { norm: 1 }, equal)).toBeNull();
  });
});

describe('standard deviations', () => {
  it('are those of the differences of all areas that count', () => {
    const list = counted(() => true);
    const spread = Math.sqrt(mean(list.map((one) => (one - mean(list)) ** 2)));
    expect(made('land', 'sd')!.spread).toBeCloseTo(spread, 5);
    // A norm moves all differences alike, and their spread not at all.
    expect(made('norm:40', 'sd', { norm: 40 })!.spread).toBeCloseTo(spread, 5);
    const within = counted(() => true).length;
    const squares = CELLS.flatMap(({ value, flags }, at) =>
      value != null && flags!.length === 0
        ? [(value - mean(counted((other) => gemeenteOf(other) === gemeenteOf(at)))) ** 2]
        : [],
    );
    const own = made('gemeente', 'sd')!;
    expect(own.spread).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b, 0) / within), 5);
    CELLS.forEach(({ value }, at) => {
      if (value != null)
        expect(made('land', 'sd')!.layer.area(at).value).toBeCloseTo(
          (value - mean(list)) / spread,
          4,
        );
    });
  });
});

describe('places', () => {
  /** By counting each of the others. */
  const place = (at: number, keep: (other: number) => boolean) => {
    const { value } = CELLS[at]!;
    const others = counted((other) => other !== at && keep(other));
    const lower = others.filter((one) => one < value!).length;
    const equal = others.filter((one) => one === value).length;
    return (100 * (lower + equal / 2)) / others.length;
  };

  it('are the share of other areas that lie lower, equal ones for half', () => {
    const found = made('land', 'percentiel')!;
    const own = made('gemeente', 'percentiel')!;
    CELLS.forEach(({ value }, at) => {
      if (value == null) {
        expect(found.layer.area(at).value).toBeNull();
        return;
      }
      expect(found.layer.area(at).value).toBeCloseTo(
        place(at, () => true),
        9,
      );
      const isNear = (other: number) => gemeenteOf(other) === gemeenteOf(at);
      expect(own.layer.area(at).value).toBeCloseTo(place(at, isNear), 9);
    });
    const { klassen } = found.layer.column.description.legenda;
    expect(klassen.flatMap(({ tot }) => (tot === null ? [] : [tot])).reverse()).toEqual(FIFTHS);
  });

  it('go from 0 to 100, and are 50 where all are equal', () => {
    const row = (list: number[]) => [
      ...placesOf(
        layerOf(
          list.map((value, at) => ({ code: `BU0001${1000 + at}`, value })),
          10,
        ).column,
        null,
      ),
    ];
    const ten = [...Array(10).keys()];
    expect(row(ten)[0]).toBe(0);
    expect(row(ten)[9]).toBe(100);
    expect(row(ten.map(() => 3))).toEqual(ten.map(() => 50));
    // Fewer make no row.
    expect(row(ten.slice(1)).every(Number.isNaN)).toBe(true);
  });

  it('do not count marked areas, and do not move by them', () => {
    const plain = CELLS.map((cell) => (cell.flags!.length > 0 ? { ...cell, value: 1000 } : cell));
    const moved = made('land', 'percentiel', { key: 'moved' }, layerOf(plain, 20))!;
    const found = made('land', 'percentiel')!;
    CELLS.forEach(({ flags }, at) => {
      if (flags!.length === 0) expect(moved.layer.area(at).value).toBe(found.layer.area(at).value);
    });
  });
});

it('is reckoned once for the figures, whatever the extent', () => {
  const part = layerOf(CELLS, 20, 'GM0001');
  const whole = part.whole;
  expect(made('land', 'sd', {}, part)!.spread).toBe(made('land', 'sd', {}, whole)!.spread);
  expect(made('land', 'sd', {}, part)!.layer.column.values).toBe(
    made('land', 'sd', {}, whole)!.layer.column.values,
  );
});
