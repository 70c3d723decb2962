import { describe, expect, it } from 'vitest';
import { decodeBorders } from './borders.ts';
import { decodeColumn } from './columns.ts';
import { coverageOf } from './coverage.ts';
import { bordersOf, type Cell, layerOf, STEP, valuesOf } from './grid.ts';
import { Layer, Mismatch } from './layer.ts';
import { HATCH_ORDER, lookOf } from './look.ts';
import { type Direction, nearest, neighbour } from './neighbour.ts';

const cells: Cell[] = [
  { code: 'BU00010000', value: 3 },
  { code: 'BU00010001', value: -2 },
  { code: 'BU00010100', value: null, reason: 'te_weinig_inwoners' },
  { code: 'BU00020000', value: 0 },
  { code: 'BU00020001', value: 9, flags: ['nauwelijks-woongebied'] },
  { code: 'BU00020002', value: null, flags: ['water'] },
];
const tones = { water: '#0000ff', land: '#111111', blank: '#eeeeee' };

describe('a layer', () => {
  it('joins names, values and classes by ordinal', () => {
    const layer = layerOf(cells, 3);
    expect(layer.areas.map(({ code, value, class: number }) => [code, value, number])).toEqual([
      ['BU00010000', 3, 2],
      ['BU00010001', -2, 1],
      ['BU00010100', null, null],
      ['BU00020000', 0, 1],
      ['BU00020001', 9, 2],
      ['BU00020002', null, null],
    ]);
    expect(layer.area(2)).toMatchObject({ reason: 'te_weinig_inwoners', fill: null });
    expect(layer.area(0)).toMatchObject({ fill: '#2f76b0', gemeente: 'Stad', ordinal: 0 });
    // A gemeente without a known name is called by its code, never by the area's own name.
    expect(layer.area(3).gemeente).toBe('GM0002');
  });

  it('holds the areas of its extent alone', () => {
    const layer = layerOf(cells, 3, 'WK000100');
    expect(layer.areas.map(({ code }) => code)).toEqual(['BU00010000', 'BU00010001']);
    expect(layer.find('BU00020000')).toBeNull();
    expect(layer.find('BU00010001')?.ordinal).toBe(1);
    expect(layer.at(5 + 1.5 * STEP, 52.01)?.code).toBe('BU00010001');
    expect(layer.at(5 + 0.5 * STEP, 52.04)).toBeNull();
    const [w, s, e, n] = layer.bounds!;
    expect([w, s, e, n].map((one) => Math.round(one * 1000))).toEqual([5000, 52000, 5100, 52030]);
  });

  it('is refused where borders and values are not of the same areas in the same order', () => {
    const coverage = coverageOf(decodeBorders(bordersOf(cells, 3)));
    const other = decodeColumn(valuesOf(cells, { codes: cells.map(({ code }) => code).reverse() }));
    expect(() => new Layer(coverage, other, null, new Map())).toThrow(Mismatch);
    const old = decodeColumn(valuesOf(cells, { year: 2016 }));
    expect(() => new Layer(coverage, old, null, new Map())).toThrow(Mismatch);
    const part = coverageOf(
      decodeBorders(bordersOf(cells, 3, { shows: ({ code }: Cell) => code.startsWith('BU0001') })),
    );
    expect(() => new Layer(part, decodeColumn(valuesOf(cells)), null, new Map())).toThrow(Mismatch);
  });
});

describe('the look of a layer', () => {
  const colours = (layer: Layer, circles = false, shows?: (one: number) => boolean) => {
    const look = lookOf(layer, tones, circles, shows ? { shows } : null);
    return Array.from(look.tone, (tone, at) => [
      look.tones[tone],
      look.hatch[at] ? HATCH_ORDER[look.hatch[at]! - 1] : null,
    ]);
  };
  it('has a colour for each class, a pattern for each lack, and water apart', () => {
    expect(colours(layerOf(cells, 3))).toEqual([
      ['#2f76b0', null],
      ['#e6782a', null],
      ['#eeeeee', 'verborgen'],
      ['#e6782a', null],
      ['#2f76b0', 'nauwelijks-woongebied'],
      ['#0000ff', null],
    ]);
  });
  it('paints what lies outside the extent as land', () => {
    const found = colours(layerOf(cells, 3, 'GM0001'));
    expect(found.slice(3).map(([colour]) => colour)).toEqual(['#111111', '#111111', '#111111']);
    expect(found[0]?.[0]).toBe('#2f76b0');
  });
  it('fills no count, and takes the colour of what a filter leaves out', () => {
    expect(colours(layerOf(cells, 3), true)[0]?.[0]).toBe('#eeeeee');
    const found = colours(layerOf(cells, 3), false, (one) => one === 0);
    expect(found.map(([colour]) => colour)).toEqual([
      '#2f76b0',
      ...Array(4).fill('#eeeeee'),
      '#0000ff',
    ]);
    expect(found[2]?.[1]).toBeNull();
  });
});

describe('walking', () => {
  const grid = layerOf(
    Array.from({ length: 20 }, (_, at) => ({ code: `BU0001${1000 + at}`, value: 1 })),
    4,
  );
  const step = (at: number, direction: Direction) =>
    neighbour(grid.area(at), grid, direction)?.ordinal;
  it('goes to the area beside, and stops at the edge', () => {
    expect([step(5, 'right'), step(5, 'left'), step(5, 'up'), step(5, 'down')]).toEqual([
      6, 4, 9, 1,
    ]);
    expect(step(16, 'up')).toBeUndefined();
    expect(step(3, 'right')).toBeUndefined();
  });
  it('reaches every area', () => {
    const seen = new Set([0]);
    const queue = [0];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const direction of ['up', 'down', 'left', 'right'] as const) {
        const next = step(at, direction);
        if (next === undefined || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    expect(seen.size).toBe(20);
  });
  it('crosses to an area that nothing meets', () => {
    // The corners are of one gemeente, all between them of another.
    const codes = Array.from({ length: 9 }, (_, at) =>
      [0, 2, 6, 8].includes(at) ? `BU0000${1000 + at}` : `BU0001${1000 + at}`,
    );
    const islands = layerOf(
      codes.map((code) => ({ code, value: 1 })),
      3,
      'GM0000',
    );
    expect(neighbour(islands.area(0), islands, 'right')?.ordinal).toBe(2);
    expect(neighbour(islands.area(0), islands, 'up')?.ordinal).toBe(6);
    expect(neighbour(islands.area(8), islands, 'left')?.ordinal).toBe(6);
  });
  it('starts at the nearest', () => {
    expect(nearest(grid, 5 + 2.4 * STEP, 52 + 0.6 * STEP * 1.4)?.ordinal).toBe(6);
  });
});
