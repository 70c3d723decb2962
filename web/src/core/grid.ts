/** A small country for tests: squares in rows, each a buurt. */
// @ts-expect-error plain JavaScript without types
import { encodeBorders, encodeColumn } from '../../test/mock/compact.mjs';
import type { Legend } from './api.ts';
import { decodeBorders } from './borders.ts';
import { decodeColumn } from './columns.ts';
import { coverageOf } from './coverage.ts';
import { Layer } from './layer.ts';

export const legend = {
  klassen: [
    { nummer: 2, kleur: '#2f76b0', van: 0, tot: null, naam: null, gebieden: 0, inwoners: null },
    { nummer: 1, kleur: '#e6782a', van: null, tot: 0, naam: null, gebieden: 0, inwoners: null },
  ],
  redenen: [],
  vlaggen: [],
} as unknown as Legend;

export interface Cell {
  code: string;
  value?: number | null;
  reason?: string;
  flags?: string[];
}
/** In rows from the south-west: five hundredths of a degree wide, as high on the map. */
export const STEP = 0.05;

export function shapesOf(cells: Cell[], columns: number) {
  return cells.map(({ code }, at) => {
    const [x, y] = [5 + STEP * (at % columns), 52 + 0.6 * STEP * Math.floor(at / columns)];
    const [e, n] = [x + STEP, y + 0.6 * STEP];
    const round = (one: number) => Number(one.toFixed(6));
    const ring = [
      [x, y],
      [e, y],
      [e, n],
      [x, n],
      [x, y],
    ].map((place) => place.map(round));
    return {
      code,
      naam: `naam ${code}`,
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    };
  });
}

export const bordersOf = (cells: Cell[], columns: number, more = {}): Uint8Array =>
  encodeBorders(shapesOf(cells, columns), { year: 2024, name: 'buurten', ...more });

export const valuesOf = (cells: Cell[], more = {}): Uint8Array =>
  encodeColumn({
    year: 2024,
    level: 'buurten',
    codes: cells.map(({ code }) => code),
    values: cells.map(({ value = null }) => value),
    classes: cells.map(({ value = null }) => (value !== null && value > 0 ? 1 : 0)),
    reasons: cells.map(({ value = null, reason }) =>
      value === null ? (reason ?? 'geen_score') : null,
    ),
    flags: cells.map(({ flags = [] }) => flags),
    legend,
    ...more,
  });

export function layerOf(cells: Cell[], columns: number, binnen: string | null = null): Layer {
  const coverage = coverageOf(decodeBorders(bordersOf(cells, columns)));
  const names = new Map([['GM0001', 'Stad']]);
  return new Layer(coverage, decodeColumn(valuesOf(cells)), binnen, names);
}
