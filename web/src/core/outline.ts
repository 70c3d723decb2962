/** Whether an area of two divisions has the same border, by what the server tells of each. */
import type { AreaDetail } from './api.ts';

/** Degrees to five decimals: a rounding apart is the same place. */
const PLACE = 1.5e-5;

/**
 * The same box, and as many metres along neighbours. Neighbours may have other codes, and each
 * length is rounded to a metre. An area that moved its border inside its box changes that length.
 */
export function hasSameOutline(one: AreaDetail, other: AreaDetail): boolean {
  const [here, there] = [one.buren ?? [], other.buren ?? []];
  if (here.length === 0 || there.length === 0) return false;
  const length = (list: typeof here) => list.reduce((sum, { grens }) => sum + grens, 0);
  const isNear = one.omvang.every((side, at) => Math.abs(side - other.omvang[at]!) <= PLACE);
  return isNear && Math.abs(length(here) - length(there)) <= here.length + there.length;
}

/** An area as an earlier or later division had it. */
export interface Elsewhere {
  detail: AreaDetail;
  /** Whether its border was the same there. */
  isSame: boolean;
}
