import { describe, expect, it } from 'vitest';
import { type Area, counts } from './area.ts';
import { perspective } from './perspective.ts';
import { choose, sort } from './row.ts';

const area = (code: string, value: number | null, more: Partial<Area> = {}): Area => ({
  ordinal: 0,
  code,
  name: code,
  gemeente: 'Stad',
  value,
  reason: value === null ? 'geen_score' : null,
  class: value === null ? null : Math.ceil(value),
  flags: [],
  estimate: null,
  fill: null,
  middle: [5, 52],
  bounds: [5, 52, 5, 52],
  ...more,
});

describe('perspective', () => {
  const many = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => area(`a${value}`, value));
  const among = (areas: Area[]) =>
    Float64Array.from(areas.filter(counts), ({ value }) => value!).sort();
  it('counts the areas above, over all that count', () => {
    expect(perspective(many[2]!, among(many))).toEqual({
      kind: 'lower',
      share: 0.7,
      count: 7,
      n: 10,
    });
    expect(perspective(many[7]!, among(many))).toEqual({
      kind: 'higher',
      share: 0.7,
      count: 7,
      n: 10,
    });
  });
  it('names the ends', () => {
    expect(perspective(many[0]!, among(many))).toEqual({ kind: 'lowest', n: 10 });
    expect(perspective(many[9]!, among(many))).toEqual({ kind: 'highest', n: 10 });
  });
  it('leaves out water, flagged areas and missing values', () => {
    const noise = [
      area('w', 99, { flags: ['water'] }),
      area('f', -99, { flags: ['nauwelijks-woongebied'] }),
      area('m', null),
    ];
    expect(perspective(many[2]!, among([...many, ...noise]))).toEqual(
      perspective(many[2]!, among(many)),
    );
    expect(perspective(noise[1]!, among([...many, ...noise]))).toEqual({ kind: 'none' });
  });
  it('does not compare one area with itself, nor call a tie the lowest', () => {
    expect(perspective(many[0]!, among([many[0]!]))).toEqual({ kind: 'alone' });
    const tie = [area('a', 1), area('b', 1), area('c', 2)];
    expect(perspective(tie[0]!, among(tie))).toMatchObject({ kind: 'lower', count: 1, n: 3 });
  });
});

describe('rows', () => {
  const areas = [
    area('Wijk 10', 3),
    area('Wijk 9', null),
    area('Éénhoorn', -1),
    area('Meer', null, { flags: ['water'] }),
  ];
  it('sorts names as a reader does', () => {
    const names = sort(areas, { column: 'name', descending: false }, 'nl').map((one) => one.name);
    expect(names).toEqual(['Éénhoorn', 'Meer', 'Wijk 9', 'Wijk 10']);
  });
  it('keeps missing figures last in both directions', () => {
    for (const descending of [false, true]) {
      const values = sort(areas, { column: 'value', descending }, 'nl').map((one) => one.value);
      expect(values).toEqual(descending ? [3, -1, null, null] : [-1, 3, null, null]);
    }
  });
  it('ranks a flagged area after those that are compared, in both directions', () => {
    const all = [
      area('vlag', 9, { flags: ['nauwelijks-woongebied'] }),
      area('laag', -9),
      area('geen', null),
      area('hoog', 8),
    ];
    const names = (descending: boolean) =>
      sort(all, { column: 'value', descending }, 'nl').map((one) => one.name);
    expect(names(true)).toEqual(['hoog', 'laag', 'vlag', 'geen']);
    expect(names(false)).toEqual(['laag', 'hoog', 'vlag', 'geen']);
  });
  it('does not count water as missing', () => {
    expect(choose(areas, 'missing').map((one) => one.name)).toEqual(['Wijk 9']);
    expect(choose(areas, 'water').map((one) => one.name)).toEqual(['Meer']);
    expect(choose(areas, 3).map((one) => one.name)).toEqual(['Wijk 10']);
  });
});
