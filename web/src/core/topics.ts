/** Topics by theme, and those that hold words in their name or explanation. */
import type { Indicator } from './api.ts';
import { bare } from './find.ts';
import { type Language, say } from './language.ts';

/** In the order of the catalogue. */
export function themed(list: Indicator[], language: Language): Map<string, Indicator[]> {
  const groups = new Map<string, Indicator[]>();
  for (const one of list) {
    const theme = say(one.thema, language);
    groups.set(theme, [...(groups.get(theme) ?? []), one]);
  }
  return groups;
}

/** Those that may be shown on other sites: what is sensitive stays on its own. */
export const framed = (list: Indicator[]): Indicator[] => list.filter((one) => !one.gevoelig);

/** Topics that have every word; those that have them in the name stand first. */
export function findTopics(list: Indicator[], q: string, language: Language): Indicator[] {
  const words = bare(q).split(/\s+/).filter(Boolean);
  if (words.length === 0) return list;
  const holds = (text: string) => words.every((word) => bare(text).includes(word));
  const inName = list.filter((one) => holds(say(one.naam, language)));
  const inAll = list.filter(
    (one) =>
      !inName.includes(one) &&
      holds(
        [one.naam, one.omschrijving, one.thema, one.bron]
          .map((text) => say(text, language))
          .join(' '),
      ),
  );
  return [...inName, ...inAll];
}
