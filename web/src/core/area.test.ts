import { describe, expect, it } from 'vitest';
import type { Layer } from './api.ts';
import type { Area } from './area.ts';
import { areasOf, boundsAround, lacksGemeente } from './area.ts';
import { nearest, neighbour } from './neighbour.ts';
import { perspective } from './perspective.ts';
import { choose, sort } from './row.ts';

const area = (code: string, value: number | null, more: Partial<Area> = {}): Area => ({
  code,
  name: code,
  gemeente: 'Stad',
  value,
  reason: value === null ? 'geen_score' : null,
  class: value === null ? null : Math.ceil(value),
  className: null,
  flags: [],
  interval: null,
  rank: null,
  fill: null,
  geometry: null,
  middle: [5, 52],
  bounds: [5, 52, 5, 52],
  ...more,
});

describe('the gemeente of an area', () => {
  const layer = (niveau: Layer['niveau'], code: string): Layer => ({
    type: 'FeatureCollection',
    indicator: 'x',
    jaar: 2016,
    niveau,
    versie: '1',
    features: [
      {
        type: 'Feature',
        id: code,
        geometry: null,
        properties: {
          code,
          naam: 'Wijk 00',
          niveau,
          gemeente: null,
          waarde: null,
          reden: null,
          klasse: null,
          klassenaam: null,
          vlaggen: [],
        },
      },
    ],
  });
  it('is read from the code where the layer leaves it out, and is never its own name', () => {
    const wijken = layer('wijken', 'WK036300');
    expect(lacksGemeente(wijken)).toBe(true);
    expect(areasOf(wijken, new Map([['GM0363', 'Amsterdam']]))[0]?.gemeente).toBe('Amsterdam');
    expect(areasOf(wijken)[0]?.gemeente).toBe('GM0363');
  });
  it('is itself for a gemeente', () => {
    const gemeenten = layer('gemeenten', 'GM0363');
    expect(lacksGemeente(gemeenten)).toBe(false);
    expect(areasOf(gemeenten)[0]?.gemeente).toBe('Wijk 00');
  });
});

describe('the box around areas', () => {
  const square: Area['geometry'] = { type: 'Polygon', coordinates: [] };
  it('holds all that are drawn', () => {
    const one = area('a', 1, { geometry: square, bounds: [4, 51, 5, 52] });
    const two = area('b', 1, { geometry: square, bounds: [4.5, 50, 6, 51] });
    expect(boundsAround([one, area('c', 1), two])).toEqual([4, 50, 6, 52]);
    expect(boundsAround([area('c', 1)])).toBeNull();
  });
});

describe('areasOf', () => {
  it('takes the middle of the largest part', () => {
    const square = (x: number, y: number, size: number) => [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
        [x, y],
      ],
    ];
    const [one] = areasOf({
      type: 'FeatureCollection',
      indicator: 'x',
      jaar: 2024,
      niveau: 'buurten',
      versie: '1',
      features: [
        {
          type: 'Feature',
          id: 'BU00010001',
          geometry: { type: 'MultiPolygon', coordinates: [square(5, 52, 0.1), square(6, 53, 0.3)] },
          properties: {
            code: 'BU00010001',
            naam: 'A',
            niveau: 'buurten',
            gemeente: 'B',
            waarde: null,
            reden: 'geen_score',
            klasse: null,
            klassenaam: null,
            vlaggen: null,
          },
        },
      ],
    });
    expect(one?.middle[0]).toBeCloseTo(6.15);
    expect(one?.middle[1]).toBeCloseTo(53.15);
    expect(one?.bounds).toEqual([5, 52, 6.3, 53.3]);
  });
});

describe('perspective', () => {
  const many = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((value) => area(`a${value}`, value));
  it('counts the areas above, over all that count', () => {
    expect(perspective(many[2]!, many)).toEqual({ kind: 'lower', share: 0.7, count: 7, n: 10 });
    expect(perspective(many[7]!, many)).toEqual({ kind: 'higher', share: 0.7, count: 7, n: 10 });
  });
  it('names the ends', () => {
    expect(perspective(many[0]!, many)).toEqual({ kind: 'lowest', n: 10 });
    expect(perspective(many[9]!, many)).toEqual({ kind: 'highest', n: 10 });
  });
  it('leaves out water, flagged areas and missing values', () => {
    const noise = [
      area('w', 99, { flags: ['water'] }),
      area('f', -99, { flags: ['nauwelijks-woongebied'] }),
      area('m', null),
    ];
    expect(perspective(many[2]!, [...many, ...noise])).toEqual(perspective(many[2]!, many));
    expect(perspective(noise[1]!, [...many, ...noise])).toEqual({ kind: 'none' });
  });
  it('does not compare one area with itself, nor call a tie the lowest', () => {
    expect(perspective(many[0]!, [many[0]!])).toEqual({ kind: 'alone' });
    const tie = [area('a', 1), area('b', 1), area('c', 2)];
    expect(perspective(tie[0]!, tie)).toMatchObject({ kind: 'lower', count: 1, n: 3 });
  });
});

describe('neighbour', () => {
  const grid = [0, 1, 2, 3].flatMap((y) =>
    [0, 1, 2, 3].map((x) =>
      area(`${x}${y}`, 1, { middle: [5 + x * 0.02 + y * 0.001, 52 + y * 0.01 - x * 0.001] }),
    ),
  );
  const at = (code: string) => grid.find((one) => one.code === code)!;
  it('goes to the area beside', () => {
    expect(neighbour(at('11'), grid, 'right')?.code).toBe('21');
    expect(neighbour(at('11'), grid, 'left')?.code).toBe('01');
    expect(neighbour(at('11'), grid, 'up')?.code).toBe('12');
    expect(neighbour(at('11'), grid, 'down')?.code).toBe('10');
  });
  it('stops at the edge', () => {
    expect(neighbour(at('33'), grid, 'up')).toBeNull();
  });
  it('reaches every area', () => {
    const seen = new Set<Area>([grid[0]!]);
    const queue = [grid[0]!];
    for (let one = queue.pop(); one; one = queue.pop()) {
      for (const direction of ['up', 'down', 'left', 'right'] as const) {
        const next = neighbour(one, grid, direction);
        if (next && !seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    expect(seen.size).toBe(grid.length);
  });
  it('finds the area at a place', () => {
    expect(nearest(grid, 5.04, 52.02)?.code).toBe('22');
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
