/** Looks up the class of a value in a legend. Classes are right-closed; null is an open end. */
import type { LegendClass } from './api.ts';

export function classOf(value: number, classes: LegendClass[]): LegendClass | null {
  return (
    classes.find(
      (one) => (one.van === null || value > one.van) && (one.tot === null || value <= one.tot),
    ) ?? null
  );
}

/** Highest number on top, whatever the order in which they came. */
export function topDown(classes: LegendClass[]): LegendClass[] {
  return [...classes].sort((a, b) => b.nummer - a.nummer);
}
