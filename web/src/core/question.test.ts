import { describe, expect, it } from 'vitest';
import { answerAddress, askedOf, type Question } from './question.ts';
import type { View } from './state.ts';

const of = (id: string, ...parameters: string[]): Question => ({
  id,
  vraag: { nl: id, en: id },
  parameters: [...parameters, 'niveau', 'jaar', 'binnen', 'codes', 'taal'],
});
const view = {
  indicator: 'leefbaarheid',
  niveau: 'buurten',
  jaar: 2024,
  sinds: 2014,
  binnen: 'GM0363',
  selectie: null,
  taal: 'nl',
} as View;

describe('a question about what the map shows', () => {
  it('takes topic, level, year and place, and nothing that it does not know', () => {
    expect(answerAddress(of('kloof', 'indicator'), view)).toBe(
      '/analyse/kloof?indicator=leefbaarheid&niveau=buurten&jaar=2024&binnen=GM0363',
    );
    expect(askedOf(of('verandering', 'indicator', 'sinds'), view)).toMatchObject({ sinds: 2014 });
  });

  it('of several topics names neither topic nor year', () => {
    expect(answerAddress(of('menging'), view)).toBe(
      '/analyse/menging?niveau=buurten&binnen=GM0363',
    );
  });

  it('is about the own selection where there is one, and in the language of the page', () => {
    const own = { ...view, selectie: 'BU03630000,BU03630001', taal: 'en' } as View;
    const asked = askedOf(of('kloof', 'indicator'), own);
    expect(asked).toMatchObject({ binnen: null, codes: 'BU03630000,BU03630001', taal: 'en' });
  });
});
