/** A selection of areas by their codes, and what it comes to inside and outside. */

import type { ValueColumn } from './columns.ts';
import type { Layer } from './layer.ts';
import { ancestor, isOf, isStatistical, type Level, levelOf } from './level.ts';

/** More codes than this make an address that not every program takes. */
export const MOST_CODES = 500;
/** Areas that are compared side by side. */
export const MOST_PINS = 5;

/**
 * The codes in a text, each once, in their order; what is none is counted. On an own level also
 * those of its areas, which keep their small letters.
 */
export function readCodes(
  text: string,
  level: Level = 'buurten',
): { codes: string[]; strange: string[] } {
  const parts = text.split(/[\s,;|"']+/).filter((part) => part !== '');
  const codes = new Set<string>();
  const strange = new Set<string>();
  for (const part of parts) {
    const upper = part.toUpperCase();
    if (levelOf(upper) !== null) codes.add(upper);
    else if (!isStatistical(level) && isOf(part, level)) codes.add(part);
    else strange.add(upper);
  }
  return { codes: [...codes], strange: [...strange] };
}

/** The ordinals of the layer that a selection holds: a wijk or gemeente holds all of its own. */
export function selectedOrdinals(layer: Layer, codes: string[]): Set<number> {
  const wanted = new Set(codes);
  const found = new Set<number>();
  if (wanted.size === 0) return found;
  const { coverage } = layer;
  // Without coarser codes nothing has to be gone through.
  if (codes.every((code) => levelOf(code) === coverage.description.niveau)) {
    const own = codes.flatMap((code) => layer.find(code)?.ordinal ?? []);
    return new Set(own.sort((a, b) => a - b));
  }
  for (const ordinal of layer.ordinals) {
    const code = coverage.codes[ordinal]!;
    const holds = (level: 'gemeenten' | 'wijken') => wanted.has(ancestor(code, level) ?? '');
    if (wanted.has(code) || holds('wijken') || holds('gemeenten')) found.add(ordinal);
  }
  return found;
}

export interface Totals {
  areas: number;
  /** Areas with a figure. */
  counted: number;
  missing: number;
  /** Marked: hardly anybody lives there in the ordinary way. They count here, and in no ranking. */
  marked: number;
  residents: number | null;
  residentsCounted: number | null;
  /** The mean of the figures, each as heavy as its residents; of a count the sum. */
  figure: number | null;
}

/** What areas come to together. Missing figures are in no total. */
export function totalsOf(
  { column, coverage }: Layer,
  ordinals: Iterable<number>,
  residents: ValueColumn | null,
  isCount: boolean,
): Totals {
  const { values, flags, description } = column;
  const known = residents && residents.order === coverage.order ? residents.values : null;
  const water = description.vlaggen.includes('water')
    ? 1 << description.vlaggen.indexOf('water')
    : 0;
  const total: Totals = {
    areas: 0,
    counted: 0,
    missing: 0,
    marked: 0,
    residents: known ? 0 : null,
    residentsCounted: known ? 0 : null,
    figure: null,
  };
  let [sum, weight] = [0, 0];
  for (const ordinal of ordinals) {
    if (flags[ordinal]! & water) continue;
    const people = known?.[ordinal] ?? Number.NaN;
    const value = values[ordinal]!;
    total.areas += 1;
    if (total.residents !== null && !Number.isNaN(people)) total.residents += people;
    if (flags[ordinal] !== 0) total.marked += 1;
    if (Number.isNaN(value)) total.missing += 1;
    else {
      total.counted += 1;
      if (total.residentsCounted !== null && !Number.isNaN(people))
        total.residentsCounted += people;
      const own = isCount ? 1 : known ? (Number.isNaN(people) ? 0 : people) : 1;
      sum += value * own;
      weight += own;
    }
  }
  if (total.counted > 0) total.figure = isCount ? sum : weight > 0 ? sum / weight : null;
  return total;
}
