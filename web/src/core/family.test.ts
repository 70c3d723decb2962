import { describe, expect, it } from 'vitest';
import type { AreaDetail, AreaValue, Catalogue, Indicator } from './api.ts';
import { familyOf, others, shortName, yearsKnown } from './family.ts';
import { indicator } from './fixture.ts';

const theme = { nl: 'Leefbaarheid tot 2016', en: '' };
const score = indicator('lb', { wijken: [2014] }, { thema: theme });
const classes = indicator('lb-klasse', { wijken: [2002, 2014] }, { thema: theme, soort: 'klasse' });
const deviation = indicator('lb-afwijking', { wijken: [2014] }, { thema: theme, soort: 'klasse' });
const part = indicator('lb-woningen', { wijken: [2014] }, { thema: theme, onderdeelVan: ['lb'] });
const change: Indicator = {
  ...indicator('lb-ontwikkeling-klasse', { wijken: [2014] }, { thema: theme, soort: 'klasse' }),
};
change.niveaus[0]!.jaren[0]!.sinds = 2002;
const newer = indicator('lb-3', { wijken: [2024] }, { thema: { nl: 'Leefbaarheid', en: '' } });
const catalogue: Catalogue = {
  versie: '1',
  fictief: true,
  indicatoren: [score, classes, deviation, part, change, newer],
};
const value = (jaar: number, waarde: number | null = 1): AreaValue => ({
  jaar,
  sinds: null,
  waarde,
  klasse: 1,
  klassenaam: null,
  reden: null,
  interval: null,
  rang: [],
});
const detail = {
  waarden: {
    lb: [value(2012), value(2014)],
    'lb-klasse': [value(2002), value(2014)],
    'lb-afwijking': [value(2014)],
    'lb-woningen': [value(2014)],
    'lb-ontwikkeling-klasse': [{ ...value(2014), sinds: 2002 }],
  },
} as unknown as AreaDetail;

describe('a family', () => {
  it('gathers the forms around the score, from whichever of them is shown', () => {
    for (const one of [score, classes, deviation]) {
      const family = familyOf(one, catalogue);
      expect(family.base).toBe(score);
      expect(family.classes).toBe(classes);
      expect(family.forms).toEqual([deviation]);
    }
  });
  it('leaves out parts, changes and other versions', () => {
    for (const one of [part, change, newer]) expect(familyOf(one, catalogue).base).toBe(one);
  });
  it('knows the years of all its forms', () => {
    expect(yearsKnown(familyOf(score, catalogue), detail)).toEqual([2002, 2012, 2014]);
  });
});

describe('other topics', () => {
  it('name a score once, without its forms', () => {
    const names = others(catalogue, detail, new Set(['lb-woningen'])).map(({ id }) => id);
    expect(names).toEqual(['lb', 'lb-ontwikkeling-klasse']);
  });
  it('name a form where the score itself has nothing for the area', () => {
    const bare = { waarden: { 'lb-klasse': [value(2002)] } } as unknown as AreaDetail;
    expect(others(catalogue, bare, new Set()).map(({ id }) => id)).toEqual(['lb-klasse']);
  });
});

it('leaves out of a name what the name beside it says too', () => {
  const named = (nl: string) => indicator('x', {}, { naam: { nl, en: nl } });
  const whole = named('Leefbaarheid, versie 2.0');
  expect(shortName(named('Woningen, versie 2.0'), whole, 'nl')).toBe('Woningen');
  expect(shortName(named('Woningen'), whole, 'nl')).toBe('Woningen');
  expect(shortName(named('Woningen, versie 3.0'), whole, 'nl')).toBe('Woningen, versie 3.0');
});
