/** How values are spread: counts in equal steps, with what lies far out in the outermost. */
import type { Layer } from './layer.ts';
import { classOf } from './scale.ts';

export interface Bin {
  from: number;
  to: number;
  count: number;
  /** Of the class that its middle lies in. */
  colour: string | null;
}
export interface Histogram {
  low: number;
  high: number;
  bins: Bin[];
  most: number;
}

const BINS = 40;
/** The part of the values on either side that may lie beyond the ends. */
const TAIL = 0.005;

/** Of the areas of the extent that have a value and no mark; null where these are too few. */
export function histogram(layer: Layer): Histogram | null {
  const { description } = layer.column;
  const known = layer.ranked;
  const low = known[Math.floor(TAIL * known.length)];
  const high = known[Math.ceil((1 - TAIL) * known.length) - 1];
  if (low === undefined || high === undefined || known.length < 3 || low === high) return null;
  const width = (high - low) / BINS;
  const bins = Array.from({ length: BINS }, (_, at): Bin => {
    const from = low + at * width;
    const colour = classOf(from + width / 2, description.legenda.klassen)?.kleur ?? null;
    return { from, to: from + width, count: 0, colour };
  });
  const counts = countsIn(known, low, width);
  for (const [at, bin] of bins.entries()) bin.count = counts[at]!;
  return { low, high, bins, most: Math.max(...bins.map(({ count }) => count)) };
}

function countsIn(known: Float64Array, low: number, width: number): Uint32Array {
  const counts = new Uint32Array(BINS);
  for (let at = 0; at < known.length; at++) {
    const bin = Math.floor((known[at]! - low) / width);
    counts[Math.min(BINS - 1, Math.max(0, bin))]! += 1;
  }
  return counts;
}
