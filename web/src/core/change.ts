/** How a figure changed between two years on one division, where the source does not say it itself. */
import type { Catalogue, Indicator, Text, YearEntry } from './api.ts';
import type { ValueColumn } from './columns.ts';
import { BELOW_TO_ABOVE, canDeviate } from './deviation.ts';
import { canShowOn, divisionShown } from './division.ts';
import { say } from './language.ts';
import type { Layer } from './layer.ts';
import type { Level } from './level.ts';
import { worstOf } from './origin.ts';
import { missingIn, rankedOf, recounted } from './recount.ts';
import { divisionOf, type View } from './state.ts';

/** Why two years cannot be compared. */
export type Hindrance =
  | { kind: 'division'; from: number; to: number }
  | { kind: 'break'; year: number };

export interface Begin {
  year: number;
  /** Null where the years can be compared. */
  hindrance: Hindrance | null;
  /** Whether its figures are then read on another division than their own. */
  isConverted: boolean;
}

const entriesOf = ({ niveaus }: Indicator, level: Level): YearEntry[] =>
  niveaus.find(({ niveau }) => niveau === level)?.jaren ?? [];

/** Whether the page computes changes of an indicator: not those of changes, classes and counts. */
export const canChange = (indicator: Indicator): boolean =>
  canDeviate(indicator) &&
  !indicator.niveaus.some(({ jaren }) => jaren.some(({ sinds }) => sinds !== null));

/** The earlier years of an indicator, ascending, and what stands in the way of each. */
export function earlierYears(
  indicator: Indicator,
  view: Pick<View, 'niveau' | 'jaar' | 'indeling'>,
): Begin[] {
  const { niveau, jaar: year } = view;
  const entries = canChange(indicator) ? entriesOf(indicator, niveau) : [];
  if (entries.every(({ jaar }) => jaar !== year)) return [];
  const to = divisionShown(indicator, view);
  const hindranceOf = ({ jaar, indeling }: YearEntry): Hindrance | null => {
    if (!canShowOn(indicator, niveau, jaar, to)) return { kind: 'division', from: indeling, to };
    const broken = indicator.reeksbreuken.find(({ vanaf }) => jaar < vanaf && vanaf <= year);
    return broken ? { kind: 'break', year: broken.vanaf } : null;
  };
  return entries
    .filter(({ jaar }) => jaar < year)
    .map((entry) => ({
      year: entry.jaar,
      hindrance: hindranceOf(entry),
      isConverted: divisionOf(indicator, niveau, entry.jaar) !== to,
    }));
}

/** The scores of version 2.0 lie around the mean of the country in each year. */
export const isRelative = ({ id }: Pick<Indicator, 'id'>): boolean =>
  /^leefbaarheid-2(-|$)/.test(id) && !id.includes('ontwikkeling');

/** The topic in which the publisher itself gives the change of another, and its first years. */
export function delivered(
  indicator: Indicator,
  catalogue: Catalogue,
  level: Level,
  year: number,
): { indicator: Indicator; begins: number[] } | null {
  const { id } = indicator;
  const names = [`${id}-ontwikkeling`, id.replace(/^(leefbaarheid-2)(-|$)/, '$1-ontwikkeling$2')];
  const found = catalogue.indicatoren.find((one) => one.id !== id && names.includes(one.id));
  if (!found || found.soort === 'klasse') return null;
  const begins = entriesOf(found, level)
    .flatMap(({ jaar, sinds }) => (jaar === year && sinds !== null ? [sinds] : []))
    .sort((a, b) => a - b);
  return begins.length > 0 ? { indicator: found, begins } : null;
}

/** Limits for "about the same": those of the Leefbaarometer are those of its own scales. */
const SCORE_BAND = 0.0392;
const OLD_SCORE_BAND = 0.0665;

/** Half of what is called a change: up to here, up or down, it is about the same. */
export function bandOf(indicator: Indicator, changes: Float64Array): number {
  if (isRelative(indicator)) return OLD_SCORE_BAND;
  if (indicator.soort === 'score') return SCORE_BAND;
  const mean = changes.reduce((sum, one) => sum + one, 0) / Math.max(1, changes.length);
  const squares = changes.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const spread = Math.sqrt(squares / Math.max(1, changes.length));
  const unit = 10 ** -indicator.decimalen;
  return Math.max(unit, Math.round(spread / 2 / unit) * unit);
}

const both = (nl: string, en: string): Text => ({ nl, en });
const NAMES = [
  both('sterk gedaald', 'fell sharply'),
  both('gedaald', 'fell'),
  both('iets gedaald', 'fell a little'),
  both('ongeveer gelijk', 'about the same'),
  both('iets gestegen', 'rose a little'),
  both('gestegen', 'rose'),
  both('sterk gestegen', 'rose sharply'),
];
/** Bounds of the classes in bands. */
const STEPS = [-4, -2, -1, 1, 2, 4];

export interface Change {
  layer: Layer;
  indicator: Indicator;
  /** What is called about the same. */
  band: number;
}

/** Later less earlier. A figure that is missing in either year is missing, with its reason. */
export function changeOf(
  layer: Layer,
  earlier: ValueColumn,
  indicator: Indicator,
  since: number,
): Change {
  const { column } = layer;
  const precision = 10 ** Math.max(indicator.decimalen, 6);
  const values = column.values.map(
    (value, at) => Math.round((value - earlier.values[at]!) * precision) / precision,
  );
  const band = bandOf(indicator, rankedOf({ ...column, values }));
  const bounds = STEPS.map((part) => Number((part * band).toFixed(6)));
  const missing = missingIn(column, earlier);
  const painted = new Uint8Array(values.length);
  values.forEach((value, at) => {
    const code = missing.codeAt(at);
    const place = bounds.findIndex((bound) => value <= bound);
    painted[at] = code ?? (place < 0 ? bounds.length : place);
  });
  const colours = indicator.richting === 'laag' ? BELOW_TO_ABOVE.toReversed() : BELOW_TO_ABOVE;
  const classes = NAMES.map((naam, at) => ({
    naam,
    van: bounds[at - 1] ?? null,
    tot: bounds[at] ?? null,
    kleur: colours[at]!,
  }));
  // A change of a score is small beside the score.
  const decimalen = indicator.decimalen + (indicator.soort === 'score' ? 1 : 0);
  const points = say(indicator.eenheid, 'nl').trim() === '%';
  const eenheid = points ? both('procentpunt', 'percentage points') : indicator.eenheid;
  const relative = isRelative(indicator);
  const naam = both(
    `${say(indicator.naam, 'nl')}, verandering${relative ? ' ten opzichte van het land' : ''}`,
    `${say(indicator.naam, 'en')}, change${relative ? ' relative to the country' : ''}`,
  );
  const made = recounted(
    layer,
    { values, painted, classes, missing },
    { naam, sinds: since, eenheid, decimalen },
    worstOf(column.origin, earlier.origin),
  );
  return { layer: made, indicator: { ...indicator, naam, eenheid, decimalen }, band };
}
