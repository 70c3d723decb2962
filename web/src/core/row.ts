/** The rows of the table: filtered and sorted. */
import { type Area, isWater } from './area.ts';
import type { Language } from './language.ts';

export type Column = 'name' | 'gemeente' | 'value' | 'compared' | 'second' | 'class';
export interface Order {
  column: Column;
  descending: boolean;
}
/** All rows, those of one class, those without a figure, or water. */
export type Choice = 'all' | 'missing' | 'water' | 'selection' | number;

export function choose(areas: Area[], choice: Choice): Area[] {
  if (choice === 'all' || choice === 'selection') return areas;
  if (choice === 'water') return areas.filter(isWater);
  if (choice === 'missing') return areas.filter((area) => area.value === null && !isWater(area));
  return areas.filter((area) => area.class === choice && !isWater(area));
}

/**
 * By figure, an area that takes no part in comparisons stands after those that do. A missing
 * figure stands last in either direction: it is neither low nor high. `drawn` is an area as the map
 * shows it: with its difference for a figure, and the class of that. `other` is it with the figure
 * of a second topic.
 */
export function sort(
  areas: Area[],
  order: Order,
  language: Language,
  drawn: (area: Area) => Area = (area) => area,
  other: (area: Area) => Area = (area) => area,
): Area[] {
  const collator = new Intl.Collator(language, { numeric: true });
  const sign = order.descending ? -1 : 1;
  const figure = (area: Area) => {
    if (order.column === 'value') return area.value;
    if (order.column === 'second') return other(area).value;
    const { class: number, value } = drawn(area);
    return order.column === 'class' ? number : value;
  };
  const byName = (a: Area, b: Area) =>
    collator.compare(a.name, b.name) || collator.compare(a.code, b.code);
  return [...areas].sort((a, b) => {
    if (order.column === 'name') return sign * byName(a, b);
    if (order.column === 'gemeente') {
      return sign * collator.compare(a.gemeente, b.gemeente) || byName(a, b);
    }
    const left = figure(a);
    const right = figure(b);
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || byName(a, b);
    }
    const apart = Number(a.flags.length > 0) - Number(b.flags.length > 0);
    return (
      apart || sign * (left - right) || sign * ((a.value ?? 0) - (b.value ?? 0)) || byName(a, b)
    );
  });
}
