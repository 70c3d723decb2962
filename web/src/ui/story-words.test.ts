import { expect, it } from 'vitest';
import { STORY_TEXTS, storyWords } from './story-words.ts';

it('are there in both languages, with the same holes, and judge nobody', () => {
  const { nl, en } = STORY_TEXTS;
  expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  for (const key of Object.keys(nl) as (keyof typeof nl)[])
    expect(holes(en[key]), key).toEqual(holes(nl[key]));
  const all = [...Object.values(nl), ...Object.values(en)].join(' ').toLowerCase();
  for (const word of ['probleem', 'slecht', 'bewijs', 'effect']) expect(all).not.toContain(word);
  expect(storyWords('nl')('link', { host: 'voorbeeld.nl' })).toBe('Lees meer op voorbeeld.nl');
});
