import type { Words } from './api.ts';

export type Language = 'nl' | 'en';

/** A text in the language of the page; a text that comes in one language stays as it is. */
export function say(words: Words | null | undefined, language: Language): string {
  if (words === null || words === undefined) return '';
  if (typeof words === 'string') return words;
  return words[language] || words.nl || '';
}
