/** How areas lie from what they are compared with, in classes around it. */
import type { Indicator, LegendReason, Text } from './api.ts';
import type { ValueColumn } from './columns.ts';
import { say } from './language.ts';
import type { Layer } from './layer.ts';
import { placeOf } from './perspective.ts';
import { type BareClass, type Missing, missingIn, recounted } from './recount.ts';
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
export function meanOf(layer: Layer, ordinals: ArrayLike<number> = layer.ordinals): number | null {
  const { values, flags } = layer.column;
  let sum = 0;
  let count = 0;
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at]!;
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
  if (measure === 'percentiel') return both('0 tot 100', '0 to 100');
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
  const differences = differencesOf(own, groups, keys, 10 ** Math.max(indicator.decimalen, 6));
  // That of the whole country, so that a colour means the same in each extent.
  const spread = spreadOf(differences, column.flags);
  if (measure === 'sd' && spread === 0) return null;
  const values = measure === 'percentiel' ? placesOf(column, keys) : differences;
  if (measure === 'sd') for (let at = 0; at < values.length; at++) values[at]! /= spread;
  if (measure === 'percentiel' && values.every(Number.isNaN)) return null;
  const { bounds, decimals, names } = scaleOf(measure, spread, indicator);
  const missing = missingOf(column, grouping);
  const alone = 255 - missing.redenen.indexOf(ALONE.reden);
  const painted = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    let place = 0;
    while (place < bounds.length && value > bounds[place]!) place++;
    painted[at] = Number.isNaN(value) ? (missing.codeAt(at) ?? alone) : place;
  }
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
    painted,
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

/** Rounded, so that what is equal to the eye falls in the same class. */
function differencesOf(
  own: Float64Array,
  groups: Map<number, Group>,
  keys: ArrayLike<number> | null,
  precision: number,
): Float64Array {
  const found = new Float64Array(own.length);
  const all = keys ? null : groups.get(0)!.mean;
  for (let at = 0; at < own.length; at++) {
    const mean = all ?? groups.get(keys![at]!)?.mean ?? Number.NaN;
    found[at] = Math.round((own[at]! - mean) * precision) / precision;
  }
  return found;
}

/** The standard deviation of all that count, around their own mean. */
function spreadOf(values: Float64Array, flags: Uint8Array): number {
  let [n, mean, squares] = [0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (Number.isNaN(value) || flags[at] !== 0) continue;
    n += 1;
    const off = value - mean;
    mean += off / n;
    squares += off * (value - mean);
  }
  return Math.sqrt(squares / Math.max(1, n));
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
  const rows = rowsOf(values, flags, keys);
  const found = new Float64Array(values.length).fill(Number.NaN);
  for (let at = 0; at < values.length; at++) {
    const row = rows.get(keys ? keys[at]! : 0);
    const value = values[at]!;
    if (!row || Number.isNaN(value)) continue;
    const { sorted, places } = row;
    if (flags[at] === 0) found[at] = places.get(value)!;
    else {
      const below = placeOf(sorted, value, false);
      const equal = placeOf(sorted, value, true) - below;
      found[at] = (100 * (below + equal / 2)) / sorted.length;
    }
  }
  return found;
}

interface Row {
  /** The figures of a group that count, ascending. */
  sorted: Float64Array;
  /** By figure its place among the others. */
  places: Map<number, number>;
}

/** The groups with enough areas to stand in a row. */
function rowsOf(
  values: Float64Array,
  flags: Uint8Array,
  keys: ArrayLike<number> | null,
): Map<number, Row> {
  const lists = new Map<number, number[]>();
  for (let at = 0; at < values.length; at++) {
    const key = keys ? keys[at]! : 0;
    const value = values[at]!;
    if (Number.isNaN(value) || Number.isNaN(key) || flags[at] !== 0) continue;
    const list = lists.get(key);
    if (list) list.push(value);
    else lists.set(key, [value]);
  }
  const rows = new Map<number, Row>();
  for (const [key, list] of lists) {
    if (list.length < FEWEST) continue;
    const sorted = Float64Array.from(list).sort();
    const places = new Map<number, number>();
    for (let from = 0; from < sorted.length; ) {
      let to = from + 1;
      while (to < sorted.length && sorted[to] === sorted[from]) to++;
      places.set(sorted[from]!, (100 * (from + (to - from - 1) / 2)) / (sorted.length - 1));
      from = to;
    }
    rows.set(key, { sorted, places });
  }
  return rows;
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
