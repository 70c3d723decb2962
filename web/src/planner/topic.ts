/** Which topic shows an area that the topic at hand may lack. */

import type { Catalogue, Indicator } from '../core/api.ts';
import type { Level } from '../core/level.ts';
import { nearestYear } from '../core/settle.ts';
import type { View } from '../core/state.ts';

/** What there is to choose from. */
export interface Choice {
  view: View;
  /** The topic at hand: that of the view. */
  own: Indicator;
  catalogue: Catalogue;
  /** The id of the topic to try first after it. */
  preferred: string;
}

/**
 * What to show an area of a level and division with: nothing new where the topic at hand has it,
 * else another topic. Null where the topic at hand has the division, but not at this level. Own levels
 * have one division, which need not be said.
 */
export function topicOf(
  level: Level,
  division: number | null,
  { view, own, catalogue, preferred }: Choice,
): Partial<View> | null {
  const entries = (one: Indicator, at: Level) =>
    (one.niveaus.find(({ niveau }) => niveau === at)?.jaren ?? []).filter(
      ({ indeling }) => division === null || indeling === division,
    );
  const years = entries(own, level).map(({ jaar }) => jaar);
  const isRead = view.indeling === division && view.niveau === level;
  if (years.includes(view.jaar) || isRead) return {};
  if (years.length > 0) return { jaar: nearestYear(years, view.jaar) };
  if (level === 'wijken' && entries(own, 'buurten').length > 0) return null;
  const first = catalogue.indicatoren.find(({ id }) => id === preferred);
  const other = [...(first ? [first] : []), ...catalogue.indicatoren].find(
    (one) => entries(one, level).length > 0,
  );
  const newest = other && entries(other, level).at(-1);
  return newest
    ? { indicator: other.id, jaar: newest.jaar, methode: null, aantalKlassen: null }
    : {};
}
