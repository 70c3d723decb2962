/** Where an area stands among the areas at hand, with the denominator. */
import { type Area, counts } from './area.ts';

export type Perspective =
  | { kind: 'none' }
  | { kind: 'alone' }
  | { kind: 'lowest' | 'highest' | 'equal'; n: number }
  /** The share of all `n` areas that lie above (`lower`) or below (`higher`) this one. */
  | { kind: 'lower' | 'higher'; share: number; count: number; n: number };

export function perspective(area: Area, areas: Area[]): Perspective {
  if (!counts(area) || area.value === null) return { kind: 'none' };
  const value = area.value;
  let above = 0;
  let below = 0;
  let n = 0;
  for (const other of areas) {
    if (!counts(other) || other.value === null) continue;
    n += 1;
    if (other.value > value) above += 1;
    if (other.value < value) below += 1;
  }
  if (n < 2) return { kind: 'alone' };
  if (above === 0 && below === 0) return { kind: 'equal', n };
  if (below === 0 && above === n - 1) return { kind: 'lowest', n };
  if (above === 0 && below === n - 1) return { kind: 'highest', n };
  return above >= below
    ? { kind: 'lower', share: above / n, count: above, n }
    : { kind: 'higher', share: below / n, count: below, n };
}
