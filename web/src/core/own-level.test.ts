import { beforeAll, describe, expect, it } from 'vitest';
import { chosen } from './choice.ts';
import { ownCatalogue as catalogue, config, ownConfig, stadsdelen } from './fixture.ts';
import { allOf, headline, perspectiveText, placeName } from './headline.ts';
import { nameLevels, translator } from './i18n/translate.ts';
import { lackOf } from './reference.ts';
import { readCodes } from './selection.ts';
import { settle, wishOf } from './settle.ts';
import { readAddress, type View, writeAddress } from './state.ts';

const open = (address: string, of = ownConfig) => {
  const [path = '', search = ''] = address.split('?');
  return settle(readAddress(path, search), of, catalogue);
};
const topic = catalogue.indicatoren[0]!;
const choose = (view: View, part: Partial<View>) =>
  settle(wishOf(chosen(view, part, catalogue)), ownConfig, catalogue);

describe('an own level in the address', () => {
  it.each([
    '/kaart/leefbaarheid?niveau=stadsdelen',
    '/kaart/leefbaarheid?niveau=stadsdelen&gebied=N',
    '/kaart/leefbaarheid?jaar=2020&niveau=stadsdelen&gebied=zuid-oost',
    '/kaart/leefbaarheid?niveau=stadsdelen&vergelijk=N,zuid-oost&selectie=N,M',
    '/kaart/leefbaarheid?niveau=stadsdelen&afwijking=land&maat=sd',
  ])('comes back as it was: %s', (address) => {
    const { view, changes } = open(address);
    expect(changes).toEqual([]);
    expect(view).toMatchObject({ niveau: stadsdelen, binnen: null });
    expect(writeAddress(view, ownConfig, topic)).toBe(address);
    expect(settle(wishOf(view), ownConfig, catalogue).view).toEqual(view);
  });
  it('is refused where the configuration has none', () => {
    const { view, changes } = open('/kaart/leefbaarheid?niveau=stadsdelen&gebied=N', config);
    expect(view).toMatchObject({ niveau: 'buurten', gebied: null });
    expect(changes.map(({ what }) => what)).toEqual(['gebied', 'niveau']);
    expect(open('/kaart/leefbaarheid?niveau=rayons').changes[0]?.what).toBe('niveau');
  });
  it('is not guessed from a code, which may be that of several levels', () => {
    const { view, changes } = open('/kaart/leefbaarheid?gebied=N');
    expect(view).toMatchObject({ niveau: 'buurten', gebied: null });
    expect(changes.map(({ what }) => what)).toEqual(['gebied']);
  });
  it('has no areas of other levels, and is part of none', () => {
    const { view, changes } = open('/kaart/leefbaarheid?niveau=stadsdelen&gebied=BU03630001');
    expect(view).toMatchObject({ niveau: stadsdelen, gebied: null });
    expect(changes.map(({ what }) => what)).toEqual(['gebied']);
    expect(
      open('/kaart/leefbaarheid?niveau=stadsdelen&afwijking=gemeente').view.afwijking,
    ).toBeNull();
  });
  it('gives way to buurten for a topic that it lacks', () => {
    const { view, changes } = open('/kaart/geluid?niveau=stadsdelen');
    expect(view.niveau).toBe('buurten');
    expect(changes.map(({ what }) => what)).toEqual(['niveauOnderwerp']);
  });
});

describe('a choice', () => {
  const own = open(
    '/kaart/leefbaarheid?niveau=stadsdelen&gebied=N&vergelijk=N&selectie=N&z=12/52/5',
  );
  it('of another level lets go of own areas, and of where the map was, unsaid', () => {
    const { view, changes } = choose(own.view, { niveau: 'wijken' });
    expect(changes).toEqual([]);
    expect(view).toMatchObject({ gebied: null, vergelijk: null, selectie: null, zicht: null });
  });
  it('of an own level lets go of where the map was', () => {
    const { view } = open('/kaart/leefbaarheid?gebied=BU03630001&selectie=BU03630001&z=12/52/5');
    const next = choose(view, { niveau: stadsdelen }).view;
    expect(next).toMatchObject({ gebied: null, zicht: null, selectie: 'BU03630001' });
  });
  it('of a year keeps all', () => {
    const next = choose(own.view, { jaar: 2020 }).view;
    expect(next).toEqual({ ...own.view, jaar: 2020 });
  });
});

describe('codes', () => {
  it('keep their small letters on an own level alone', () => {
    expect(readCodes('zuid, N bu00141000', stadsdelen).codes).toEqual(['zuid', 'N', 'BU00141000']);
    expect(readCodes('zuid BU00141000')).toEqual({ codes: ['BU00141000'], strange: ['ZUID'] });
  });
});

describe('words', () => {
  beforeAll(() => nameLevels(ownConfig.eigenNiveaus));
  const t = translator('nl');
  const { view } = open('/kaart/leefbaarheid?niveau=stadsdelen');
  it('come from the configuration, in both languages', () => {
    expect(t(`many_${stadsdelen}`)).toBe('stadsdelen');
    expect(t(`One_${stadsdelen}`)).toBe('Stadsdeel');
    expect(translator('en')(`count_${stadsdelen}`)).toBe('City parts');
    expect(headline(view, topic, null, ownConfig, t)).toBe('leefbaarheid 2024, per stadsdeel');
  });
  it('speak of this map, not of a country that these areas do not fill', () => {
    expect(allOf(stadsdelen, t)).toBe('alle stadsdelen');
    expect(allOf('buurten', t)).toBe('alle buurten van het land');
    const standing = { kind: 'lower', share: 0.5, count: 3, n: 6 } as const;
    expect(perspectiveText(standing, view, topic, 'nl', t)).toBe(
      'Lager dan 3 van de 6 stadsdelen met een score op deze kaart.',
    );
  });
  it('name an area alone where it lies in no one gemeente', () => {
    expect(placeName({ name: 'Noord', gemeente: '' })).toBe('Noord');
    expect(placeName({ name: 'Noord', gemeente: 'Ergens' })).toBe('Noord, Ergens');
  });
});

it('offers no mean of a gemeente, which an own area need not lie in', () => {
  const { view } = open('/kaart/leefbaarheid?niveau=stadsdelen&gebied=N');
  expect(lackOf('gemeente', view, topic, catalogue)).toBe('level');
  expect(lackOf('gelijkend', view, topic, catalogue)).toBeNull();
});
