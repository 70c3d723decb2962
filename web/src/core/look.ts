/** What each area of a layer looks like: its colour and its pattern, by ordinal. */

import type { ValueColumn } from './columns.ts';
import type { Layer } from './layer.ts';
import { estimateAt } from './origin.ts';
import { HATCHES, type HatchName, hatchOf } from './palette.ts';

/** The map's own colours, `#rrggbb`. */
export interface Tones {
  water: string;
  /** Land outside the extent. */
  land: string;
  /** An area without a fill of its own: under circles, or left out by a filter. */
  blank: string;
}

export interface Look {
  /** By ordinal: a place in `tones`, the colours that occur. */
  tone: Uint8Array;
  /** By ordinal: the pattern over it, by name; null for none. */
  tones: string[];
  hatch: Uint8Array;
}

export const HATCH_ORDER = Object.keys(HATCHES) as HatchName[];

/** Which areas keep their colour: by class, by value. */
export interface Filter {
  shows(ordinal: number): boolean;
}

/** Linear in the areas, without making one of them. */
export function lookOf(layer: Layer, own: Tones, circles: boolean, filter: Filter | null): Look {
  const { column, coverage, ordinals } = layer;
  const { redenen, vlaggen, legenda } = column.description;
  const bitOf = (flag: string) => (vlaggen.includes(flag) ? 1 << vlaggen.indexOf(flag) : 0);
  // Class tones from the lowest on, then what is no class.
  const tones = [...legenda.klassen].reverse().map(({ kleur }) => kleur);
  const classes = tones.length;
  const toneOf = (colour: string) => tones.push(colour) - 1;
  const [water, land, blank] = [toneOf(own.water), toneOf(own.land), toneOf(own.blank)];
  const sparse = 1 + HATCH_ORDER.indexOf('nauwelijks-woongebied');

  // What follows from the code of an area alone, by that code.
  const ofCode = new Uint8Array(256).fill(blank);
  const hatchOfCode = new Uint8Array(256);
  const sparseOfCode = new Uint8Array(256);
  for (let code = 0; code < classes && !circles; code++) {
    ofCode[code] = code;
    sparseOfCode[code] = sparse;
  }
  redenen.forEach((reason, place) => {
    const name = hatchOf(reason);
    ofCode[255 - place] = toneOf(HATCHES[name].ground ?? own.blank);
    hatchOfCode[255 - place] = 1 + HATCH_ORDER.indexOf(name);
    sparseOfCode[255 - place] = hatchOfCode[255 - place]!;
  });

  const tone = new Uint8Array(coverage.total).fill(land);
  const hatch = new Uint8Array(coverage.total);
  paint(tone, ordinals, column, ofCode);
  paint(hatch, ordinals, column, hatchOfCode);
  if (column.origin && !circles) markEstimates(hatch, ordinals, column);
  paint(hatch, ordinals, column, sparseOfCode, bitOf('nauwelijks-woongebied'));
  if (filter) leaveOut(tone, hatch, ordinals, filter, blank);
  const isWater = bitOf('water');
  paint(tone, ordinals, column, new Uint8Array(256).fill(water), isWater);
  paint(hatch, ordinals, column, new Uint8Array(256), isWater);
  return { tone, tones, hatch };
}

// Loops of their own, over plain arrays of bytes: a browser compiles these once and keeps what it
// compiled, whatever the layers.

/** By code; with `mark` only areas that have one of these bits. */
function paint(
  to: Uint8Array,
  ordinals: Uint32Array,
  { painted, flags }: ValueColumn,
  by: Uint8Array,
  mark = -1,
): void {
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at]!;
    if (mark === -1 || flags[ordinal]! & mark) to[ordinal] = by[painted[ordinal]!]!;
  }
}

/** Under the marks of what is hardly residential, which say more. */
function markEstimates(hatch: Uint8Array, ordinals: Uint32Array, column: ValueColumn): void {
  const mark = 1 + HATCH_ORDER.indexOf('geschat');
  for (const ordinal of ordinals)
    if (hatch[ordinal] === 0 && estimateAt(column.origin, ordinal)) hatch[ordinal] = mark;
}

function leaveOut(
  tone: Uint8Array,
  hatch: Uint8Array,
  ordinals: Uint32Array,
  filter: Filter,
  blank: number,
): void {
  for (let at = 0; at < ordinals.length; at++) {
    const ordinal = ordinals[at]!;
    if (filter.shows(ordinal)) continue;
    tone[ordinal] = blank;
    hatch[ordinal] = 0;
  }
}
