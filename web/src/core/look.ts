/** What each area of a layer looks like: its colour and its pattern, by ordinal. */

import type { Layer } from './layer.ts';
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
  const { column, coverage } = layer;
  const { redenen, vlaggen, legenda } = column.description;
  const classes = legenda.klassen.length;
  // Class tones from the lowest on, then what is no class.
  const tones = [...legenda.klassen].reverse().map(({ kleur }) => kleur);
  const toneOf = (colour: string) => tones.push(colour) - 1;
  const [water, land, blank] = [toneOf(own.water), toneOf(own.land), toneOf(own.blank)];
  const missing = redenen.map((reason) => {
    const name = hatchOf(reason);
    return {
      tone: toneOf(HATCHES[name].ground ?? own.blank),
      hatch: 1 + HATCH_ORDER.indexOf(name),
    };
  });
  const bitOf = (flag: string) => (vlaggen.includes(flag) ? 1 << vlaggen.indexOf(flag) : 0);
  const isWater = bitOf('water');
  const isSparse = bitOf('nauwelijks-woongebied');
  const sparse = 1 + HATCH_ORDER.indexOf('nauwelijks-woongebied');
  const tone = new Uint8Array(coverage.total).fill(land);
  const hatch = new Uint8Array(coverage.total);
  for (const ordinal of layer.ordinals) {
    const painted = column.painted[ordinal]!;
    const flags = column.flags[ordinal]!;
    if (flags & isWater) tone[ordinal] = water;
    else if (filter && !filter.shows(ordinal)) tone[ordinal] = blank;
    else if (painted < classes) {
      tone[ordinal] = circles ? blank : painted;
      if (flags & isSparse && !circles) hatch[ordinal] = sparse;
    } else {
      const why = missing[255 - painted];
      tone[ordinal] = why?.tone ?? blank;
      hatch[ordinal] = why?.hatch ?? 0;
    }
  }
  return { tone, tones, hatch };
}
