/** How figures came to areas of another division than the one they were delivered on. */
import type { ConversionWay, Words } from './api.ts';
import type { ValueColumn } from './columns.ts';

/** By ordinal; null in a column is: all figures stand on their own division. */
export interface Origin {
  /** The ways that occur, the surest first. */
  ways: ConversionWay[];
  /** 0 for none, else 1 more than a place in `ways`. */
  way: Uint8Array;
  /** Whole percents of the area that are known. */
  known: Uint8Array;
}

/** What is told of a figure that is an estimate. */
export interface Estimate {
  /** Such as "geschat naar adressen". */
  how: Words;
  /** Which part of the area is known, from 0 to 1. */
  known: number;
}

/** `keys` are all ways there are, in the order of the plane; `told` those that have a name. */
export function originOf(
  keys: string[],
  told: ConversionWay[],
  way: Uint8Array,
  known: Uint8Array,
): Origin {
  const ways = keys.map(
    (wijze) =>
      told.find((one) => one.wijze === wijze) ?? { wijze, naam: '', geschat: false, gebieden: 0 },
  );
  return { ways, way, known };
}

/** Null where the figure is no estimate. */
export function estimateAt(origin: Origin | null, ordinal: number): Estimate | null {
  const way = origin?.ways[origin.way[ordinal]! - 1];
  return way?.geschat ? { how: way.naam, known: origin!.known[ordinal]! / 100 } : null;
}

/** How many of some areas have an estimate in place of a figure; water counts nowhere. */
export function estimatesAmong(
  { origin, values, flags, description }: ValueColumn,
  ordinals: Uint32Array,
): number {
  if (!origin) return 0;
  const { vlaggen } = description;
  const water = vlaggen.includes('water') ? 1 << vlaggen.indexOf('water') : 0;
  let count = 0;
  for (const one of ordinals)
    if (!Number.isNaN(values[one]) && !(flags[one]! & water) && estimateAt(origin, one)) count += 1;
  return count;
}

/** Of a figure that is made of two: of each area that which is known least surely. */
export function worstOf(one: Origin | null, other: Origin | null): Origin | null {
  if (!one || !other) return one ?? other;
  const ways = one.ways.map((way, at) => (way.geschat ? way : (other.ways[at] ?? way)));
  return {
    ways,
    way: one.way.map((way, at) => Math.max(way, other.way[at]!)),
    known: one.known.map((known, at) => Math.min(known, other.known[at]!)),
  };
}
