/** Lays a row of yearly figures out on a small plane. */
import type { AreaValue, SeriesBreak, SeriesYear } from './api.ts';

/** What is drawn of a year. */
export type Yearly = Pick<AreaValue, 'jaar' | 'sinds' | 'waarde'> &
  Partial<Pick<SeriesYear, 'geschat'>>;

export interface Dot {
  year: number;
  value: number;
  /** Whether it is of another division than the rest. */
  isElsewhere: boolean;
  /** Whether it is an estimate: such a dot stands by itself. */
  isEstimate: boolean;
  x: number;
  y: number;
}
export interface Trend {
  /** Runs of years that can be compared without a gap; a missing year or a break ends the line. */
  runs: Dot[][];
  /** The dots on each side of each break: what may be compared. */
  sides: Dot[][];
  /** Dots on both sides of a change of division, or of which one is an estimate. */
  joins: [Dot, Dot][];
  /** Where the series breaks between two years. */
  breaks: { at: SeriesBreak; x: number }[];
  /** Where zero lies, when figures lie on both sides of it. */
  zero: number | null;
  /** The years at both ends of the plane. */
  from: number;
  to: number;
}

export function trend(
  values: Yearly[],
  width: number,
  height: number,
  breaks: SeriesBreak[] = [],
  elsewhere: Yearly[] = [],
): Trend | null {
  const plain = (list: Yearly[]) => list.filter(({ sinds }) => sinds === null);
  const own = plain(values);
  const others = new Set(
    plain(elsewhere).filter((one) => own.every(({ jaar }) => jaar !== one.jaar)),
  );
  const row = [...own, ...others].sort((a, b) => a.jaar - b.jaar);
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
  const sides: Dot[][] = [[]];
  const broken: Trend['breaks'] = [];
  let before: number | null = null;
  const joins: Trend['joins'] = [];
  for (const one of row) {
    const { jaar, waarde } = one;
    const from = before;
    const at = breaks.find(({ vanaf }) => from !== null && from < vanaf && vanaf <= jaar);
    if (at && from !== null) {
      broken.push({ at, x: (xOf(from) + xOf(jaar)) / 2 });
      runs.push([]);
      sides.push([]);
    }
    before = jaar;
    if (waarde === null) {
      runs.push([]);
      continue;
    }
    const isElsewhere = others.has(one);
    const isEstimate = one.geschat ?? false;
    const place = { x: xOf(jaar), y: yOf(waarde) };
    const dot = { year: jaar, value: waarde, isElsewhere, isEstimate, ...place };
    const last = runs.at(-1)!.at(-1);
    if (last && (isEstimate || last.isEstimate || last.isElsewhere !== isElsewhere)) {
      joins.push([last, dot]);
      runs.push([]);
    }
    runs.at(-1)!.push(dot);
    sides.at(-1)!.push(dot);
  }
  return {
    runs: runs.filter((run) => run.length > 0),
    sides: sides.filter((side) => side.length > 0),
    breaks: broken,
    joins,
    zero: low < 0 && high > 0 ? yOf(0) : null,
    from: first,
    to: last,
  };
}
