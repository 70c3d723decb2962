import { describe, expect, it } from 'vitest';
import { catalogue, config, indicator } from './fixture.ts';
import { announcement, figure, headline, perspectiveText, range } from './headline.ts';
import { translator } from './i18n/translate.ts';
import { settle } from './settle.ts';

const nl = translator('nl');
const en = translator('en');
const { view } = settle({}, config, catalogue);
const topic = indicator('leefbaarheid', { buurten: [2024] });
const area = {
  ordinal: 0,
  code: 'BU03630001',
  name: 'Centrum',
  gemeente: 'Lindestad',
  value: -0.156874,
  reason: null,
  class: 5,
  flags: [] as string[],
  estimate: null,
  fill: null,
  middle: [0, 0] as [number, number],
  bounds: [0, 0, 0, 0] as [number, number, number, number],
};

describe('headline', () => {
  it('says topic, year, level and place', () => {
    expect(headline(view, topic, 'Lindestad', config, nl)).toBe(
      'leefbaarheid 2024, per buurt in Lindestad',
    );
    expect(headline(view, topic, 'Lindestad', config, nl, '2012 tot 2024')).toContain(
      '2012 tot 2024, per buurt',
    );
    expect(headline({ ...view, niveau: 'gemeenten' }, topic, null, config, nl)).toBe(
      'leefbaarheid 2024, per gemeente',
    );
    expect(headline({ ...view, niveau: 'wijken', taal: 'en' }, topic, null, config, en)).toContain(
      'the whole country',
    );
  });
});

describe('announcement', () => {
  it('never names an area without its gemeente', () => {
    expect(announcement(area, topic, null, 'nl', nl)).toBe('Centrum, Lindestad: −0,157, klasse 5');
  });
  it('says of an estimate how it was made, and how much of the area is known', () => {
    const how = { nl: 'geschat naar adressen', en: 'estimated by addresses' };
    const guessed = { ...area, estimate: { how, known: 0.98 } };
    expect(announcement(guessed, topic, null, 'nl', nl)).toBe(
      'Centrum, Lindestad: −0,157, klasse 5, geschat naar adressen; 98% van het gebied bekend',
    );
  });
  it('says why there is no figure', () => {
    const missing = {
      ...area,
      value: null,
      class: null,
      reason: 'te_weinig_inwoners',
    };
    expect(announcement(missing, topic, null, 'nl', nl)).toBe(
      'Centrum, Lindestad: te weinig inwoners',
    );
    expect(announcement({ ...missing, reason: 'iets_nieuws' }, topic, null, 'nl', nl)).toContain(
      'onbekend',
    );
  });
  it('does not give water a figure', () => {
    expect(figure({ ...area, flags: ['water'] }, topic, null, 'nl', nl)).toMatchObject({
      figure: 'water',
      known: false,
    });
  });
});

describe('range', () => {
  const legend = { decimalen: 3, eenheid: { nl: '', en: '' }, methode: 'publicatie' };
  it('keeps bounds apart that rounding would join', () => {
    expect(range({ van: -0.354, tot: -0.2815 }, legend, 'nl', nl)).toBe('−0,354 tot −0,2815');
    expect(range({ van: null, tot: 10 }, { ...legend, decimalen: 0, eenheid: '%' }, 'nl', nl)).toBe(
      'tot en met 10%',
    );
    expect(range({ van: null, tot: null }, legend, 'nl', nl)).toBe('');
  });
  it('gives bounds that were computed no more decimals than the figures', () => {
    const own = { ...legend, methode: 'eigen' };
    expect(range({ van: 0.5, tot: 1.234567 }, own, 'nl', nl)).toBe('0,500 tot 1,234567');
    const computed = { decimalen: 1, eenheid: '%', methode: 'kwantielen' };
    expect(range({ van: 9.376, tot: 11.319 }, computed, 'nl', nl)).toBe('9,4% tot 11,3%');
  });
});

describe('perspectiveText', () => {
  it('states the denominator and the place', () => {
    const text = perspectiveText(
      { kind: 'lower', share: 0.861, count: 62, n: 72 },
      view,
      topic,
      'nl',
      nl,
    );
    expect(text).toBe('Lager dan 86% van de buurten met een score in deze gemeente (n = 72).');
  });
  it('counts instead of giving per cents of a handful', () => {
    const text = perspectiveText(
      { kind: 'higher', share: 0.75, count: 3, n: 4 },
      view,
      topic,
      'en',
      en,
    );
    expect(text).toBe('Higher than 3 of the 4 neighbourhoods with a score in this municipality.');
  });
  it.each([
    ['score', 'De hoogste score', 'dezelfde score', 'The highest score'],
    ['klasse', 'De hoogste klasse', 'dezelfde klasse', 'The highest class'],
    ['aantal', 'Het hoogste aantal', 'hetzelfde aantal', 'The highest number'],
    ['aandeel', 'Het hoogste cijfer', 'hetzelfde cijfer', 'The highest figure'],
    ['gemiddelde', 'Het hoogste cijfer', 'hetzelfde cijfer', 'The highest figure'],
  ] as const)('has the article of a %s', (soort, highest, same, english) => {
    const one = { ...topic, soort };
    const say = (kind: 'highest' | 'lowest' | 'equal', t: typeof nl) =>
      perspectiveText({ kind, n: 12 }, view, one, t === nl ? 'nl' : 'en', t);
    expect(say('highest', nl)).toBe(`${highest} van de buurten in deze gemeente (n = 12).`);
    expect(say('lowest', nl)).toBe(
      `${highest.replace('hoogste', 'laagste')} van de buurten in deze gemeente (n = 12).`,
    );
    expect(say('equal', nl)).toBe(`Alle buurten in deze gemeente hebben ${same} (n = 12).`);
    expect(say('highest', en)).toBe(
      `${english} of the neighbourhoods in this municipality (n = 12).`,
    );
  });
});
