/** The look of a layer as the painter takes it. */
import type { Look } from '../core/look.ts';
import { HATCH_NAMES, packed, patternOf } from '../raster/hatch.ts';
import type { Table } from '../raster/paint.ts';
import type { Ink } from './ink.ts';

const patterns = new Map<number, Uint32Array[]>();

export function tableOf({ tone, tones, hatch }: Look, ink: Ink, ratio: number): Table {
  const dots = patterns.get(ratio) ?? HATCH_NAMES.map((name) => patternOf(name, ratio));
  patterns.set(ratio, dots);
  const hatches = new Uint8Array(tone.length + 1);
  hatches.set(hatch, 1);
  return {
    colours: coloursOf(
      tone,
      Uint32Array.from(tones, (colour) => packed(colour)),
    ),
    hatches,
    patterns: dots,
    ratio,
    line: packed(ink.line),
    border: packed(ink.border),
  };
}

/** A place for no area, then one for each. */
function coloursOf(tone: Uint8Array, known: Uint32Array): Uint32Array {
  const colours = new Uint32Array(tone.length + 1);
  for (let ordinal = 0; ordinal < tone.length; ordinal++)
    colours[ordinal + 1] = known[tone[ordinal]!]!;
  return colours;
}
