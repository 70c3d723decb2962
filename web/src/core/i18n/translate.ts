import type { Language } from '../language.ts';
import { en } from './en.ts';
import { type Key, nl } from './nl.ts';

export type { Key };
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

export function translator(language: Language): Translate {
  const texts: Record<Key, string> = language === 'en' ? en : nl;
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Whether a composed key (a reason, a method) has a text. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(nl, key);
}
