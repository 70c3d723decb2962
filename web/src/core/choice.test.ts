import { describe, expect, it } from 'vitest';
import { chosen } from './choice.ts';
import { config, indicator } from './fixture.ts';
import { settle, wishOf } from './settle.ts';
import { readAddress, type View, writeAddress } from './state.ts';

/** Two years on one division, so that they can be compared. */
const topic = indicator('leefbaarheid', { buurten: [2020, 2024], gemeenten: [2020, 2024] });
for (const { jaren } of topic.niveaus) for (const one of jaren) one.indeling = 2024;
const other = indicator('geluid', { buurten: [2024] });
const catalogue = { indicatoren: [topic, other] } as Parameters<typeof settle>[2];
const open = (address: string) => {
  const [path, search = ''] = address.split('?');
  return settle(readAddress(path!, search), config, catalogue);
};
const choose = (address: string, part: Partial<View>) =>
  settle(wishOf(chosen(open(address).view, part, catalogue)), config, catalogue).view;

describe('two years under a slider', () => {
  const address = '/kaart/leefbaarheid?sinds=2020&schuif=ja';
  it('are an address', () => {
    const { view, changes } = open(address);
    expect(changes).toEqual([]);
    expect(view).toMatchObject({ sinds: 2020, schuif: 'ja' });
    expect(writeAddress(view, config, topic)).toBe(address);
  });
  it('need an earlier year', () => {
    expect(open('/kaart/leefbaarheid?schuif=ja').view.schuif).toBeNull();
    expect(choose(address, { sinds: null }).schuif).toBeNull();
    expect(choose(address, { indicator: 'geluid' })).toMatchObject({ sinds: null, schuif: null });
    expect(choose(address, { afwijking: 'land' })).toMatchObject({ sinds: null, schuif: null });
  });
  it('let go of a filter that was of the difference', () => {
    const view = choose('/kaart/leefbaarheid?sinds=2020&klassen=1,2&bereik=0:1', { schuif: 'ja' });
    expect(view).toMatchObject({ sinds: 2020, schuif: 'ja', klassen: null, bereik: null });
  });
});

describe('a choice', () => {
  it('takes the selected area along to the level above, and no further down', () => {
    const at = '/kaart/leefbaarheid?gebied=BU03630001';
    expect(choose(at, { niveau: 'gemeenten' }).gebied).toBe('GM0363');
    expect(
      chosen(
        open('/kaart/leefbaarheid?niveau=gemeenten&gebied=GM0363').view,
        { niveau: 'buurten' },
        catalogue,
      ).gebied,
    ).toBeNull();
  });
  it('of another topic drops bounds that were in the unit of the first', () => {
    const view = choose('/kaart/leefbaarheid?methode=eigen&klassegrenzen=1,2', {
      indicator: 'geluid',
    });
    expect(view).toMatchObject({ methode: null, klassegrenzen: null });
  });
});
