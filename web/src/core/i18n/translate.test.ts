import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { nl } from './nl.ts';
import { translator } from './translate.ts';

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();

describe('texts', () => {
  it('fill in the same values in both languages', () => {
    for (const key of Object.keys(nl) as (keyof typeof nl)[]) {
      expect(holes(en[key]), key).toEqual(holes(nl[key]));
    }
  });
  it('are there in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  });
  it('are all said somewhere', () => {
    const src = fileURLToPath(new URL('../..', import.meta.url));
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.includes('i18n'),
    );
    const code = files.map((name) => readFileSync(join(src, name), 'utf8')).join('\n');
    const composed =
      /^(one|many|One|method|explain|reason|flag|change|count|above|below|deviation|reference|lowest|highest|same)_|^(lower|higher)/;
    const unsaid = Object.keys(nl).filter(
      (key) => !composed.test(key) && !code.includes(`'${key}'`),
    );
    expect(unsaid).toEqual([]);
  });
  it('never judge a neighbourhood', () => {
    const all = [...Object.values(nl), ...Object.values(en)].join(' ').toLowerCase();
    for (const word of ['slechtste', 'probleemwijk', 'percentiel', 'worst', 'afglijd']) {
      expect(all).not.toContain(word);
    }
  });
});

describe('translator', () => {
  it('fills in and leaves unknown holes visible', () => {
    expect(translator('nl')('rows', { n: '1.234' })).toBe('1.234 rijen');
    expect(translator('en')('rows')).toBe('{n} rows');
  });
});
