/** Where an area stands among the areas at hand, with the denominator. */
import { type Area, counts } from './area.ts';

export type Perspective =
  | { kind: 'none' }
  | { kind: 'alone' }
  | { kind: 'lowest' | 'highest' | 'equal'; n: number }
  /** The share of all `n` areas that lie above (`lower`) or below (`higher`) this one. */
  | { kind: 'lower' | 'higher'; share: number; count: number; n: number };

/** `ranked` are the values of all areas that take part, ascending. */
export function perspective(area: Area, ranked: Float64Array): Perspective {
  if (!counts(area) || area.value === null) return { kind: 'none' };
  const n = ranked.length;
  const below = placeOf(ranked, area.value, false);
  const above = n - placeOf(ranked, area.value, true);
  if (n < 2) return { kind: 'alone' };
  if (above === 0 && below === 0) return { kind: 'equal', n };
  if (below === 0 && above === n - 1) return { kind: 'lowest', n };
  if (above === 0 && below === n - 1) return { kind: 'highest', n };
  return above >= below
    ? { kind: 'lower', share: above / n, count: above, n }
    : { kind: 'higher', share: below / n, count: below, n };
}

/** How many values lie below one, or at it too. */
export function placeOf(ranked: Float64Array, value: number, isAt: boolean): number {
  let [low, high] = [0, ranked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const own = ranked[middle]!;
    if (own < value || (isAt && own === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
