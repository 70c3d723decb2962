/** How areas lie from what they are compared with, in classes around it. */
import type { Indicator, LegendReason, Text } from './api.ts';
import type { ValueColumn } from './columns.ts';
import { say } from './language.ts';
import type { Layer } from './layer.ts';
import { placeOf } from './perspective.ts';
import { type BareClass, type Missing, missingIn, rankedOf, recounted } from './recount.ts';
import type { Measure, Reference } from './reference.ts';

/** From far below to far above, tested for colour blindness with the palettes of the server. */
export const BELOW_TO_ABOVE = [
  '#b8460b',
  '#e6782a',
  '#fdb47a',
  '#f2efe6',
  '#b3d1e6',
  '#6aa5cf',
  '#2f76b0',
];
/** Bounds in standard deviations; the middle class is "around it". */
export const STEPS = [-1.5, -1, -0.5, 0.5, 1, 1.5];
/** Bounds of places in the row: fifths, and the colours of the scale that they take. */
export const FIFTHS = [20, 40, 60, 80];
const OF_FIFTHS = [0, 2, 3, 4, 6];
/** Among fewer areas than this a place from 0 to 100 would be more exact than it is. */
export const FEWEST = 10;

const both = (nl: string, en: string): Text => ({ nl, en });
const DISTANCES = [
  both('ver onder', 'far below'),
  both('onder', 'below'),
  both('iets onder', 'a little below'),
  both('ongeveer gelijk', 'about the same'),
  both('iets boven', 'a little above'),
  both('boven', 'above'),
  both('ver boven', 'far above'),
];
const PLACES = [
  both('laagste vijfde', 'lowest fifth'),
  both('onder het midden', 'below the middle'),
  both('rond het midden', 'around the middle'),
  both('boven het midden', 'above the middle'),
  both('hoogste vijfde', 'highest fifth'),
];

/** Whether differences of an indicator say something: those of classes and of counts do not. */
export const canDeviate = ({ soort, weergave }: Indicator): boolean =>
  soort !== 'klasse' && soort !== 'aantal' && weergave === 'vlak';

/** The plain mean of the areas that take part in comparisons; null where there are none. */
export function meanOf(layer: Layer, ordinals: Iterable<number> = layer.ordinals): number | null {
  const { values, flags } = layer.column;
  let sum = 0;
  let count = 0;
  for (const ordinal of ordinals) {
    const value = values[ordinal]!;
    if (Number.isNaN(value) || flags[ordinal] !== 0) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** What a comparison is made with, once all of it is there. */
export interface Against {
  reference: Reference;
  measure: Measure;
  /** Equal for what is the same comparison of the same figures. */
  key: string;
  /** The number that all areas are compared with. */
  norm?: number | null;
  /** The classes by which areas are grouped; without them and without `areas`: see `reference`. */
  classes?: ValueColumn | null;
  /** The areas whose mean all others are compared with. */
  areas?: readonly number[] | null;
}

/** Areas that are compared with one number. */
export interface Group {
  /** Of a gemeente its place in `Coverage.groups`, of a class its number, else 0. */
  key: number;
  mean: number;
  /** How many areas the mean is made of; 0 for a norm. */
  count: number;
}

/** What follows from the figures of a level, whatever the extent. */
interface Figures {
  values: Float64Array;
  painted: Uint8Array;
  classes: BareClass[];
  missing: Missing;
  groups: Map<number, Group>;
  /** By ordinal the key of the group. */
  keys: ArrayLike<number> | null;
  /** The standard deviation of the differences, in the unit of the topic. */
  spread: number;
  decimals: number;
}

export interface Deviation extends Pick<Figures, 'groups' | 'spread' | 'decimals'> {
  reference: Reference;
  measure: Measure;
  /** The layer with differences or places for values, and classes of its own. */
  layer: Layer;
  /** What an area is compared with; null where there is nothing. */
  groupOf(ordinal: number): Group | null;
}

const MOST = 12;
const figures = new WeakMap<ValueColumn, Map<string, Figures | null>>();

/** Null where there is nothing to compare with, or no spread to measure by. */
export function deviate(layer: Layer, indicator: Indicator, against: Against): Deviation | null {
  const known = figures.get(layer.column) ?? new Map<string, Figures | null>();
  figures.set(layer.column, known);
  let found = known.get(against.key);
  if (found === undefined) {
    found = figuresOf(layer, indicator, against);
    known.set(against.key, found);
    for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
  }
  if (!found) return null;
  const { groups, keys, spread, decimals } = found;
  const made = recounted(layer, found, {
    methode: 'standaarddeviatie',
    decimalen: decimals,
    eenheid: unitOf(indicator, against.measure),
  });
  const { reference, measure } = against;
  const groupOf = (ordinal: number) => groups.get(keys ? keys[ordinal]! : 0) ?? null;
  return { reference, measure, layer: made, groups, spread, decimals, groupOf };
}

/** What a difference is counted in. */
export function unitOf({ eenheid }: Indicator, measure: Measure): Indicator['eenheid'] {
  if (measure === 'sd') return both('standaardafwijkingen', 'standard deviations');
  if (measure === 'percentiel') return both('plaats van 0 tot 100', 'place from 0 to 100');
  const unit = say(eenheid, 'nl').trim();
  if (unit === '%') return both('procentpunt', 'percentage points');
  return unit === '' ? both('punten', 'points') : eenheid;
}

function figuresOf(layer: Layer, indicator: Indicator, against: Against): Figures | null {
  const { column, coverage } = layer;
  const { values: own } = column;
  const { measure, classes: grouping = null } = against;
  const keys =
    against.reference === 'gemeente' ? coverage.groups : grouping ? grouping.values : null;
  const groups = groupsOf(layer, against, keys);
  if (groups.size === 0) return null;
  const precision = 10 ** Math.max(indicator.decimalen, 6);
  const differences = own.map((value, at) => {
    const group = groups.get(keys ? keys[at]! : 0);
    return group ? Math.round((value - group.mean) * precision) / precision : Number.NaN;
  });
  // That of the whole country, so that a colour means the same in each extent.
  const spread = deviationOf(rankedOf({ ...column, values: differences }));
  if (measure === 'sd' && spread === 0) return null;
  const values =
    measure === 'percentiel'
      ? placesOf(column, keys)
      : measure === 'sd'
        ? differences.map((one) => one / spread)
        : differences;
  if (measure === 'percentiel' && values.every(Number.isNaN)) return null;
  const { bounds, decimals, names } = scaleOf(measure, spread, indicator);
  const missing = missingOf(column, grouping);
  const painted = values.map((value, at) => {
    if (Number.isNaN(value))
      return missing.codeAt(at) ?? 255 - missing.redenen.indexOf(ALONE.reden);
    const place = bounds.findIndex((bound) => value <= bound);
    return place < 0 ? bounds.length : place;
  });
  const scale =
    measure === 'percentiel' ? OF_FIFTHS.map((at) => BELOW_TO_ABOVE[at]!) : BELOW_TO_ABOVE;
  const colours = indicator.richting === 'laag' ? scale.toReversed() : scale;
  const classes = colours.map((kleur, at): BareClass => {
    return {
      naam: names?.[at] ?? null,
      van: bounds[at - 1] ?? null,
      tot: bounds[at] ?? null,
      kleur,
    };
  });
  return {
    values,
    painted: Uint8Array.from(painted),
    classes,
    missing,
    groups,
    keys,
    spread,
    decimals,
  };
}

/** Why a figure has nothing to be compared with. */
const ALONE: LegendReason = {
  reden: 'te_weinig_gebieden',
  naam: both('te weinig gebieden om mee te vergelijken', 'too few areas to compare with'),
  arcering: 'geen-cijfer',
  kleur: '#d9d9d9',
  gebieden: 0,
  inwoners: null,
};

function missingOf(column: ValueColumn, grouping: ValueColumn | null): Missing {
  const found = missingIn(column, grouping ?? column);
  return {
    ...found,
    // A figure that is missing without a reason has the place after those that are known.
    redenen: [...found.redenen, 'onbekend', ALONE.reden],
    entries: [...found.entries, ALONE],
  };
}

/** By group its plain mean: of areas with a figure and without a mark. */
function groupsOf(
  { column: { values, flags } }: Layer,
  { norm = null, areas = null }: Against,
  keys: ArrayLike<number> | null,
): Map<number, Group> {
  if (norm !== null) return new Map([[0, { key: 0, mean: norm, count: 0 }]]);
  const groups = new Map<number, Group>();
  const add = (ordinal: number, key: number) => {
    const value = values[ordinal]!;
    if (Number.isNaN(value) || Number.isNaN(key) || flags[ordinal] !== 0) return;
    const group = groups.get(key);
    if (group) {
      group.mean += value;
      group.count += 1;
    } else groups.set(key, { key, mean: value, count: 1 });
  };
  if (areas) for (const ordinal of areas) add(ordinal, 0);
  else for (let at = 0; at < values.length; at++) add(at, keys ? keys[at]! : 0);
  for (const group of groups.values()) group.mean /= group.count;
  return groups;
}

/** Of the whole population, around its own mean. */
function deviationOf(known: Float64Array): number {
  const n = Math.max(1, known.length);
  const mean = known.reduce((sum, one) => sum + one, 0) / n;
  return Math.sqrt(known.reduce((sum, one) => sum + (one - mean) ** 2, 0) / n);
}

/**
 * How many of 100 other areas of its group lie lower, of those with a figure and without a mark;
 * equal ones count for half. A marked area is no other area of anybody, and gets the place that it
 * would have. Missing where there are fewer than ten.
 */
export function placesOf(
  { values, flags }: ValueColumn,
  keys: ArrayLike<number> | null,
): Float64Array {
  const lists = new Map<number, number[]>();
  for (let at = 0; at < values.length; at++) {
    const key = keys ? keys[at]! : 0;
    if (Number.isNaN(values[at]) || Number.isNaN(key) || flags[at] !== 0) continue;
    const list = lists.get(key);
    if (list) list.push(values[at]!);
    else lists.set(key, [values[at]!]);
  }
  const rows = new Map(
    [...lists].flatMap(([key, list]) =>
      list.length < FEWEST ? [] : [[key, Float64Array.from(list).sort()] as const],
    ),
  );
  return values.map((value, at) => {
    const row = rows.get(keys ? keys[at]! : 0);
    if (!row || Number.isNaN(value)) return Number.NaN;
    const isIn = flags[at] === 0 ? 1 : 0;
    const below = placeOf(row, value, false);
    const equal = placeOf(row, value, true) - below - isIn;
    return (100 * (below + equal / 2)) / (row.length - isIn);
  });
}

/** The bounds of the classes, and how exactly they and the values are written. */
function scaleOf(
  measure: Measure,
  spread: number,
  { decimalen }: Indicator,
): { bounds: number[]; decimals: number; names: Text[] | null } {
  if (measure === 'percentiel') return { bounds: FIFTHS, decimals: 0, names: PLACES };
  if (measure === 'sd') return { bounds: STEPS, decimals: 1, names: DISTANCES };
  // Where all are equal, a unit of the last decimal parts those on the norm from the others.
  const unit = spread > 0 ? spread : 10 ** -decimalen;
  for (let decimals = decimalen; ; decimals++) {
    const bounds = STEPS.map((part) => Number((part * unit).toFixed(decimals)) + 0);
    const isApart = bounds.every((one, at) => one !== 0 && one !== bounds[at - 1]);
    if (isApart || decimals >= decimalen + 3) return { bounds, decimals, names: null };
  }
}
