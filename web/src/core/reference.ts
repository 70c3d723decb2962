/** What values are compared with, and in what measure: as the address has it, and what is offered. */
import type { Catalogue, Indicator } from './api.ts';
import { divisionShown } from './division.ts';
import { hasExtent, isOf } from './level.ts';
import { yearBeside } from './pair.ts';
import type { View } from './state.ts';

export const KINDS = [
  'land',
  'gemeente',
  'stedelijkheid',
  'gelijkend',
  'selectie',
  'norm',
] as const;
export type Kind = (typeof KINDS)[number];
/** A kind; of a norm with its number, `norm:12.5`. */
export type Reference = Exclude<Kind, 'norm'> | `norm:${number}`;

/** In the unit of the topic, in standard deviations, or as a place in the row from 0 to 100. */
export const MEASURES = ['verschil', 'sd', 'percentiel'] as const;
export type Measure = (typeof MEASURES)[number];

export const kindOf = (reference: Reference): Kind =>
  reference.startsWith('norm:') ? 'norm' : (reference as Kind);

export const normOf = (reference: Reference): number | null =>
  reference.startsWith('norm:') ? Number(reference.slice('norm:'.length)) : null;

/** The measures that say something: of ten areas, a selection or a norm there is no row to stand in. */
export const measuresOf = (kind: Kind): readonly Measure[] =>
  kind === 'land' || kind === 'gemeente' || kind === 'stedelijkheid'
    ? MEASURES
    : MEASURES.filter((one) => one !== 'percentiel');

/** What a norm may be: of a share 0 to 100, of anything else twelve digits; six decimals. */
export const MOST_NORM = 999_999_999_999;

export function limitsOf({ soort, eenheid }: Indicator): [low: number, high: number] {
  const unit = typeof eenheid === 'string' ? eenheid : eenheid.nl;
  return soort === 'aandeel' && unit.trim() === '%' ? [0, 100] : [-MOST_NORM, MOST_NORM];
}

/** The reference of a norm; null where it is none for the topic. */
export function writeNorm(norm: number, indicator: Indicator): Reference | null {
  const [low, high] = limitsOf(indicator);
  if (!(norm >= low && norm <= high)) return null;
  const rounded = Number(norm.toFixed(6)) + 0;
  // Below a millionth a number is written in another way, which the address does not have.
  return Math.abs(rounded) > 0 && Math.abs(rounded) < 1e-6 ? null : `norm:${rounded}`;
}

/** What an address asks for; null where it is nothing that there is. A comma is a point. */
export function readReference(text: string, indicator: Indicator): Reference | null {
  const norm = /^norm:(-?\d{1,12}(?:[.,]\d{1,6})?)$/.exec(text)?.[1];
  if (norm !== undefined) return writeNorm(Number(norm.replace(',', '.')), indicator);
  return (KINDS.find((one) => one === text && one !== 'norm') as Reference) ?? null;
}

/** The topic whose classes say how urban an area is. */
export const urbanityIn = ({ indicatoren }: Catalogue): Indicator | null =>
  indicatoren.find(({ id, soort }) => id === 'stedelijkheid' && soort === 'klasse') ?? null;

/** The year of the urbanity beside a figure: of the same division, the nearest within three years. */
export function urbanityYear(
  catalogue: Catalogue,
  indicator: Indicator,
  view: Pick<View, 'niveau' | 'jaar' | 'indeling'>,
): number | null {
  const topic = urbanityIn(catalogue);
  return topic && yearBeside(topic, view.niveau, view.jaar, divisionShown(indicator, view));
}

export type Lack = 'level' | 'urbanity' | 'area' | 'selection';

/** Why a kind is not offered; null where it is. */
export function lackOf(
  kind: Kind,
  view: Pick<View, 'niveau' | 'jaar' | 'indeling' | 'gebied' | 'selectie'>,
  indicator: Indicator,
  catalogue: Catalogue,
): Lack | null {
  switch (kind) {
    case 'gemeente':
      return hasExtent(view.niveau) ? null : 'level';
    case 'stedelijkheid':
      return urbanityYear(catalogue, indicator, view) === null ? 'urbanity' : null;
    case 'gelijkend':
      return view.gebied === null || !isOf(view.gebied, view.niveau) ? 'area' : null;
    case 'selectie':
      return view.selectie === null ? 'selection' : null;
    default:
      return null;
  }
}
