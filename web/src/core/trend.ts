/** Lays a row of yearly figures out on a small plane. */
import type { AreaValue } from './api.ts';

export interface Dot {
  year: number;
  value: number;
  x: number;
  y: number;
}
export interface Trend {
  /** Runs of years without a gap; a missing year breaks the line. */
  runs: Dot[][];
  /** Where zero lies, when figures lie on both sides of it. */
  zero: number | null;
}

export function trend(values: AreaValue[], width: number, height: number): Trend | null {
  const row = values.filter((one) => one.sinds === null).sort((a, b) => a.jaar - b.jaar);
  const known = row.flatMap((one) => (one.waarde === null ? [] : [one.waarde]));
  const first = row[0]?.jaar;
  const last = row.at(-1)?.jaar;
  if (known.length < 2 || first === undefined || last === undefined || first === last) return null;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || 1;
  const xOf = (year: number) => ((year - first) / (last - first)) * width;
  const yOf = (value: number) => (high === low ? height / 2 : ((high - value) / span) * height);
  const runs: Dot[][] = [[]];
  for (const { jaar, waarde } of row) {
    if (waarde === null) runs.push([]);
    else runs.at(-1)!.push({ year: jaar, value: waarde, x: xOf(jaar), y: yOf(waarde) });
  }
  return {
    runs: runs.filter((run) => run.length > 0),
    zero: low < 0 && high > 0 ? yOf(0) : null,
  };
}
