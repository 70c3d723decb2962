/** Legends of what the page computes itself: its own classes, counted over the areas of the extent. */
import type { Legend, LegendClass, LegendReason } from './api.ts';
import { reasonAt, type ValueColumn } from './columns.ts';
import type { Layer } from './layer.ts';
import type { Origin } from './origin.ts';

/** A class before its areas are counted; the lowest first. */
export type BareClass = Pick<LegendClass, 'naam' | 'van' | 'tot' | 'kleur'>;

/** Why either of two figures is missing: that of the first goes before that of the second. */
export interface Missing {
  redenen: string[];
  entries: LegendReason[];
  /** The code of `ValueColumn.painted`, or null where both figures are there. */
  codeAt(ordinal: number): number | null;
}

export function missingIn(one: ValueColumn, other: ValueColumn): Missing {
  const redenen = [...new Set([...one.description.redenen, ...other.description.redenen])];
  const known = [...one.description.legenda.redenen, ...other.description.legenda.redenen];
  const entries = redenen.flatMap((reason) => known.find(({ reden }) => reden === reason) ?? []);
  const code = (column: ValueColumn, ordinal: number) => {
    const at = redenen.indexOf(reasonAt(column, ordinal) ?? '');
    // Without a reason there is still no figure: 255 less a place that no reason has.
    return at < 0 ? 255 - redenen.length : 255 - at;
  };
  return {
    redenen,
    entries,
    codeAt: (ordinal) =>
      Number.isNaN(one.values[ordinal])
        ? code(one, ordinal)
        : Number.isNaN(other.values[ordinal])
          ? code(other, ordinal)
          : null,
  };
}

export interface Computed {
  values: Float64Array;
  painted: Uint8Array;
  classes: BareClass[];
  missing: Missing;
}

/** The layer with computed figures and classes, and a legend that counts them. */
export function recounted(
  layer: Layer,
  { values, painted, classes, missing }: Computed,
  more: Partial<Legend> = {},
  origin: Origin | null = layer.column.origin,
): Layer {
  const { column } = layer;
  const { vlaggen } = column.description;
  const water = vlaggen.includes('water') ? 1 << vlaggen.indexOf('water') : 0;
  const counts = countsOf(layer.ordinals, painted, column.flags, water);
  const sum = (list: Uint32Array) => list.reduce((total, one) => total + one, 0);
  const legenda: Legend = {
    ...column.description.legenda,
    methode: 'eigen',
    klassen: classes
      .map((one, at) => ({ ...one, nummer: at + 1, gebieden: counts[at]!, inwoners: null }))
      .reverse(),
    redenen: missing.entries.map((entry) => ({
      ...entry,
      gebieden: counts[255 - missing.redenen.indexOf(entry.reden)]!,
      inwoners: null,
    })),
    dekking: {
      gebieden: sum(counts),
      metWaarde: sum(counts.subarray(0, classes.length)),
      inwoners: null,
      inwonersMetWaarde: null,
    },
    ...more,
  };
  // Marks are counted once, by the areas themselves.
  legenda.vlaggen = legenda.vlaggen.map((flag) => ({
    ...flag,
    gebieden: countFlag(layer, 1 << vlaggen.indexOf(flag.vlag)),
    inwoners: null,
  }));
  const description = { ...column.description, redenen: missing.redenen, legenda };
  return layer.with({ ...column, values, painted, description, origin });
}

/** Areas by their code, without those that are water. */
function countsOf(
  ordinals: Uint32Array,
  painted: Uint8Array,
  flags: Uint8Array,
  water: number,
): Uint32Array {
  const counts = new Uint32Array(256);
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at]!;
    if (!(flags[ordinal]! & water)) counts[painted[ordinal]!]! += 1;
  }
  return counts;
}

function countFlag({ column: { flags }, ordinals }: Layer, bit: number): number {
  let count = 0;
  for (let at = 0; at < ordinals.length; at++) if (flags[ordinals[at]!]! & bit) count += 1;
  return count;
}

/** The figures of a whole level that take part in comparisons, ascending. */
export function rankedOf({ values, flags }: ValueColumn): Float64Array {
  return values.filter((value, at) => !Number.isNaN(value) && flags[at] === 0).sort();
}
