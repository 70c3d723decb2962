import type { OwnLevelEntry } from '../api.ts';
import type { Language } from '../language.ts';
import { type Key, nl } from './nl.ts';

export type { Key };
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

/** A frame has a part of them, and asks for no other: `translate.test.ts` sees to that. */
type Texts = Partial<Record<Key, string>>;

const known: { nl: Texts } & Partial<Record<Language, Texts>> = { nl };

/** Makes the texts of a language known: a frame loads no more languages than it speaks. */
export function speak(language: Language, texts: Texts): void {
  known[language] = texts;
}

/** What own levels are called, by key: their names stand beside those of the three. */
const levels: Record<Language, Record<string, string>> = { nl: {}, en: {} };

export function nameLevels(entries: OwnLevelEntry[] = []): void {
  const initial = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  for (const { id, een, meer } of entries)
    for (const language of ['nl', 'en'] as const)
      Object.assign(levels[language], {
        [`one_${id}`]: een[language],
        [`One_${id}`]: initial(een[language]),
        [`many_${id}`]: meer[language],
        [`count_${id}`]: initial(meer[language]),
      });
}

export function translator(language: Language): Translate {
  const texts = known[language] ?? known.nl;
  return (key, values = {}) =>
    (texts[key] ?? levels[language][key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
}

/** Whether a composed key (a reason, a method) has a text. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(known.nl, key);
}
