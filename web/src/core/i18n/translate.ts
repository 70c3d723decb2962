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

export function translator(language: Language): Translate {
  const texts = known[language] ?? known.nl;
  return (key, values = {}) =>
    (texts[key] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
}

/** Whether a composed key (a reason, a method) has a text. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(known.nl, key);
}
