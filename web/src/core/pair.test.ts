import { describe, expect, it } from 'vitest';
import type { Catalogue } from './api.ts';
import { chosen } from './choice.ts';
import { config, indicator } from './fixture.ts';
import { canPair, pairable, yearBeside } from './pair.ts';
import { settle, wishOf } from './settle.ts';
import { readAddress, type View, writeAddress } from './state.ts';

const first = indicator('leefbaarheid', { buurten: [2016, 2020, 2024], gemeenten: [2020, 2024] });
const share = { soort: 'aandeel', richting: 'laag' } as const;
const second = indicator('huur', { buurten: [2022], gemeenten: [2022] }, share);
const early = indicator('inkomen', { buurten: [2014] }, share);
const origin = indicator('herkomst', { buurten: [2024] }, { ...share, gevoelig: true });
const older = indicator('leefbaarheid-2-woningen', { buurten: [2020, 2024] });
const count = indicator('inwoners', { buurten: [2024] }, { soort: 'aantal', weergave: 'cirkel' });
const classes = indicator('stedelijkheid', { buurten: [2024] }, { soort: 'klasse' });
const indicatoren = [first, second, early, origin, older, count, classes];
const catalogue = { versie: '1', fictief: true, indicatoren } as Catalogue;

const open = (address: string) => {
  const [path, search = ''] = address.split('?');
  return settle(readAddress(path!, search), config, catalogue);
};
const choose = (address: string, part: Partial<View>) =>
  settle(wishOf(chosen(open(address).view, part, catalogue)), config, catalogue);

describe('a second topic', () => {
  it('is no class, no count and not the first; nor origin beside what is made of it', () => {
    const beside = (one: typeof first) =>
      indicatoren.filter((other) => canPair(one, other)).map(({ id }) => id);
    expect(beside(first)).toEqual(['huur', 'inkomen', 'herkomst', 'leefbaarheid-2-woningen']);
    expect(beside(older)).toEqual(['leefbaarheid', 'huur', 'inkomen']);
    expect(beside(origin)).toEqual(['leefbaarheid', 'huur', 'inkomen']);
    expect(beside(count)).toEqual([]);
    expect(beside(classes)).toEqual([]);
  });
  it('is of the same division, at most three years apart, of two equally near the earlier', () => {
    const years = indicator('x', { buurten: [2021, 2023, 2030] });
    expect(yearBeside(years, 'buurten', 2022, 2024)).toBe(2021);
    expect(yearBeside(years, 'buurten', 2026, 2024)).toBe(2023);
    expect(yearBeside(years, 'buurten', 2027, 2024)).toBe(2030);
    expect(yearBeside(years, 'buurten', 2022, 2016)).toBeNull();
    const at = (jaar: number) =>
      pairable(first, { niveau: 'buurten', jaar }, catalogue).map(({ id }) => id);
    expect(at(2016)).toEqual(['inkomen']);
    expect(at(2024)).toEqual(['huur', 'herkomst', 'leefbaarheid-2-woningen']);
  });
});

describe('two topics in the address', () => {
  it.each([
    '/kaart/leefbaarheid?met=huur',
    '/kaart/leefbaarheid?binnen=land&klassen=7,9&met=huur',
    '/kaart/leefbaarheid?jaar=2020&niveau=gemeenten&met=huur&weergave=tabel',
  ])('come back as they were: %s', (address) => {
    const { view, changes } = open(address);
    expect(changes).toEqual([]);
    expect(writeAddress(view, config, first)).toBe(address);
    expect(settle(wishOf(view), config, catalogue).view).toEqual(view);
  });
  it.each([
    ['/kaart/leefbaarheid?met=leefbaarheid', 'leefbaarheid'],
    ['/kaart/leefbaarheid?met=niets', 'niets'],
    ['/kaart/leefbaarheid?met=inwoners', 'inwoners'],
    ['/kaart/leefbaarheid?jaar=2016&met=huur', 'huur'],
    ['/kaart/leefbaarheid?sinds=2020&met=huur', 'huur'],
    ['/kaart/leefbaarheid?afwijking=land&met=huur', 'huur'],
  ])('are told where they do not go together: %s', (address, asked) => {
    const { view, changes } = open(`${address}&klassen=9`);
    expect(changes).toEqual([{ what: 'met', asked, shown: '' }]);
    // Nine is a cell, and no class of one topic.
    expect(view).toMatchObject({ met: null, klassen: null });
  });
  it('survive another level, year and extent', () => {
    const at = '/kaart/leefbaarheid?met=huur&klassen=9';
    for (const part of [{ niveau: 'gemeenten' }, { jaar: 2020 }, { binnen: 'GM0014' }] as const) {
      const { view, changes } = choose(at, part);
      expect(view).toMatchObject({ met: 'huur', klassen: '9', ...part });
      expect(changes).toEqual([]);
    }
  });
  it('end where a year lacks one, which is told, or where another comparison begins', () => {
    const at = '/kaart/leefbaarheid?met=huur&klassen=9';
    expect(choose(at, { jaar: 2016 })).toMatchObject({
      view: { met: null, klassen: null },
      changes: [{ what: 'met', asked: 'huur' }],
    });
    for (const part of [{ met: null }, { sinds: 2020 }, { afwijking: 'land' }] as const) {
      const { view, changes } = choose(at, part);
      expect(view).toMatchObject({ met: null, klassen: null });
      expect(changes).toEqual([]);
    }
    const turned = choose(at, { met: 'herkomst' });
    expect(turned.view).toMatchObject({ met: 'herkomst', klassen: null });
  });
});
