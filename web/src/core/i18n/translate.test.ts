import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en as sharedEn } from './en.ts';
import { nl as sharedNl } from './nl.ts';
import { plannerEn } from './planner-en.ts';
import { plannerNl } from './planner-nl.ts';
import { translator } from './translate.ts';

const nl = { ...sharedNl, ...plannerNl };
const en = { ...sharedEn, ...plannerEn };
const src = fileURLToPath(new URL('../..', import.meta.url));

/** The files that a file is made of, but for those of texts. */
function madeOf(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || file.includes('i18n')) return known;
  known.add(file);
  const code = readFileSync(file, 'utf8');
  const imports =
    /^(?:import|export)\s+(?!type\b)(?:[^;]*?from\s+)?'(\.[^']+\.ts)'|import\('(\.[^']+\.ts)'\)/gm;
  for (const [, one, other] of code.matchAll(imports))
    madeOf(join(file, '..', one ?? other!), known);
  return known;
}

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
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.includes('i18n'),
    );
    const code = files.map((name) => readFileSync(join(src, name), 'utf8')).join('\n');
    const composed =
      /^(one|many|One|method|explain|reason|flag|change|count|above|below|measure|reference|lowest|highest|same)_|^(lower|higher)/;
    const unsaid = Object.keys(nl).filter(
      (key) => !composed.test(key) && !code.includes(`'${key}'`),
    );
    expect(unsaid).toEqual([]);
  });
  it('of the planner alone are asked for by nothing in a frame', () => {
    const files = [...madeOf(join(src, 'embed/main.ts'))];
    expect(files.length).toBeGreaterThan(60);
    const code = files.map((name) => readFileSync(name, 'utf8')).join('\n');
    const asked = Object.keys(plannerNl).filter((key) => code.includes(`t('${key}'`));
    const chosen = Object.keys(plannerNl).filter((key) => code.includes(`'${key}'`));
    expect(asked).toEqual([]);
    expect(chosen).toEqual([]);
    // Of what is composed a frame has all.
    const composed = /^(one|many|method|reason|flag|change|count|same|lowest|highest)_|Few$/;
    expect(Object.keys(plannerNl).filter((key) => composed.test(key))).toEqual([]);
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
