import { describe, expect, it } from 'vitest';
import { chosen } from './choice.ts';
import { catalogue, config } from './fixture.ts';
import { settle, wishOf } from './settle.ts';
import { isStep, readAddress, readSight, type View, writeAddress } from './state.ts';

const open = (address: string) => {
  const [path = '', search = ''] = address.split('?');
  return settle(readAddress(path, search), config, catalogue);
};
const write = (view: View) =>
  writeAddress(view, config, catalogue.indicatoren.find((one) => one.id === view.indicator)!);

/** The same with figures of 2020 and 2024 that can be read on the division of 2016. */
const readable = structuredClone(catalogue);
for (const { niveaus } of readable.indicatoren)
  for (const { jaren } of niveaus)
    for (const year of jaren) if (year.indeling === 2024) year.leesbaarOp = [2016];

describe('the division', () => {
  const at = (address: string, of = readable) => {
    const [path = '', search = ''] = address.split('?');
    return settle(readAddress(path, search), config, of);
  };
  const topic = readable.indicatoren[0]!;
  it.each([
    '/kaart/leefbaarheid?indeling=2016',
    '/kaart/leefbaarheid?jaar=2020&indeling=2016&afwijking=land',
    // The own division may be asked for: other years then stay on it.
    '/kaart/leefbaarheid?jaar=2016&indeling=2016',
    '/kaart/leefbaarheid?jaar=2020&indeling=2016&sinds=2014',
  ])('comes back as it was: %s', (address) => {
    const { view, changes } = at(address);
    expect(changes).toEqual([]);
    expect(view.indeling).toBe(2016);
    expect(writeAddress(view, config, topic)).toBe(address);
    expect(settle(wishOf(view), config, readable).view).toEqual(view);
  });
  it.each([
    '/kaart/leefbaarheid?indeling=1950',
    '/kaart/leefbaarheid?indeling=x',
    // Nothing says that these can be read elsewhere.
    '/kaart/leefbaarheid?jaar=2016&indeling=2024',
    '/kaart/huur?indeling=2016&met=leefbaarheid',
  ])('is left out and told where it cannot be: %s', (address) => {
    const { view, changes } = at(address);
    expect(view.indeling).toBeNull();
    expect(changes.map(({ what }) => what)).toContain('indeling');
  });
  it('goes with a topic that does not know it, and with a second topic', () => {
    const { view } = at('/kaart/leefbaarheid?jaar=2020&indeling=2016');
    expect(chosen(view, { jaar: 2024 }, readable).indeling).toBe(2016);
    expect(chosen(view, { met: 'huur' }, readable).indeling).toBeNull();
    expect(chosen({ ...view, met: 'huur' }, { indeling: 2016 }, readable).met).toBeNull();
    const plain = structuredClone(readable);
    for (const { jaren } of plain.indicatoren[3]!.niveaus) jaren[0]!.leesbaarOp = [];
    expect(chosen(view, { indicator: 'huur', jaar: 2024 }, plain).indeling).toBeNull();
  });
  it('is a step that Back undoes', () => {
    const { view } = at('/kaart/leefbaarheid?jaar=2020');
    expect(isStep(view, { ...view, indeling: 2016 })).toBe(true);
  });
});

describe('the address', () => {
  it.each([
    '/',
    '/kaart/leefbaarheid?jaar=2020',
    '/kaart/leefbaarheid?niveau=gemeenten&gebied=GM0014',
    '/kaart/leefbaarheid?jaar=2016&binnen=GM0014&gebied=BU00141000&z=12/52.370/4.900&taal=en',
    '/kaart/leefbaarheid?niveau=wijken&binnen=land',
    '/kaart/leefbaarheid?binnen=land',
    '/kaart/leefbaarheid?binnen=WK036301',
    '/kaart/leefbaarheid?methode=kwantielen&aantalKlassen=5&weergave=tabel',
    '/kaart/leefbaarheid?methode=standaarddeviatie&aantalKlassen=9&schaal=jaar',
    '/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.5,0,12.25',
    '/kaart/inkomen?niveau=gemeenten',
    '/kaart/leefbaarheid?afwijking=land',
    '/kaart/leefbaarheid?afwijking=gemeente&maat=percentiel',
    '/kaart/leefbaarheid?afwijking=stedelijkheid&maat=sd',
    '/kaart/leefbaarheid?gebied=BU03630001&afwijking=gelijkend',
    '/kaart/leefbaarheid?afwijking=selectie&maat=sd&selectie=BU03630001,BU03630002',
    '/kaart/leefbaarheid?afwijking=norm:-12.5',
    '/kaart/leefbaarheid?afwijking=norm:0&maat=sd',
    '/kaart/huur?afwijking=norm:100',
    '/kaart/ontwikkeling?sinds=2014&niveau=wijken',
    '/kaart/ontwikkeling?jaar=2014&niveau=wijken',
  ])('comes back as it was: %s', (address) => {
    const { view, changes } = open(address);
    expect(changes).toEqual([]);
    expect(write(view)).toBe(address);
    expect(settle(wishOf(view), config, catalogue).view).toEqual(view);
  });
  it('leaves out what is shown anyway', () => {
    expect(
      write(open('/kaart/leefbaarheid?jaar=2024&niveau=buurten&binnen=GM0363&taal=nl').view),
    ).toBe('/');
  });
  it('writes equal classes the same', () => {
    const { view } = open(
      '/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0,1e1,12.50&schaal=jaar',
    );
    expect(write(view)).toBe('/kaart/leefbaarheid?methode=eigen&klassegrenzen=0,10,12.5');
    const five = open('/kaart/leefbaarheid?methode=standaarddeviatie&aantalKlassen=5&schaal=vast');
    expect(write(five.view)).toBe('/kaart/leefbaarheid?methode=standaarddeviatie');
    expect(five.changes).toEqual([]);
  });
  it('survives an address that cannot be decoded', () => {
    expect(open('/kaart/%E0%A4%A?z=%').changes.map((change) => change.what)).toContain('onderwerp');
  });
});

describe('settle', () => {
  it.each([
    ['/kaart/niets', 'onderwerp', 'leefbaarheid'],
    ['/kaart/leefbaarheid?jaar=2021', 'jaar', '2020'],
    ['/kaart/leefbaarheid?jaar=2022', 'jaar', '2024'],
    ['/kaart/leefbaarheid?jaar=gisteren', 'jaar', '2024'],
    ['/kaart/leefbaarheid?niveau=straten', 'niveau', 'buurten'],
    ['/kaart/inkomen?niveau=buurten', 'niveauOnderwerp', 'gemeenten'],
    ['/kaart/leefbaarheid?binnen=363', 'binnen', 'GM0363'],
    ['/kaart/leefbaarheid?gebied=x', 'gebied', ''],
    ['/kaart/leefbaarheid?niveau=wijken&gebied=BU00141000', 'gebiedNiveau', 'WK001410'],
    ['/kaart/leefbaarheid?methode=gevoel', 'methode', 'publicatie'],
    ['/kaart/leefbaarheid?methode=kwantielen&aantalKlassen=40', 'klassen', '9'],
    ['/kaart/leefbaarheid?methode=standaarddeviatie&aantalKlassen=1', 'klassen', '5'],
    ['/kaart/leefbaarheid?methode=eigen', 'grenzen', 'publicatie'],
    ['/kaart/leefbaarheid?methode=eigen&klassegrenzen=2,1', 'grenzen', 'publicatie'],
    ['/kaart/leefbaarheid?methode=kwantielen&klassegrenzen=1,2', 'grenzen', 'kwantielen'],
    ['/kaart/leefbaarheid?methode=kwantielen&schaal=maand', 'schaal', ''],
    ['/kaart/leefbaarheid?z=ver', 'zicht', ''],
    ['/kaart/leefbaarheid?taal=fr', 'taal', 'nl'],
    ['/kaart/ontwikkeling?niveau=wijken&sinds=1999', 'sinds', '2012'],
    ['/kaart/leefbaarheid?sinds=2012', 'verschil', '2024'],
    ['/kaart/leefbaarheid?afwijking=europa', 'afwijking', ''],
    ['/kaart/leefbaarheid?afwijking=norm', 'afwijkingNorm', ''],
    ['/kaart/leefbaarheid?afwijking=norm:veel&maat=sd', 'afwijkingNorm', ''],
    ['/kaart/leefbaarheid?afwijking=norm:1e9', 'afwijkingNorm', ''],
    ['/kaart/leefbaarheid?afwijking=norm:0.0000001', 'afwijkingNorm', ''],
    ['/kaart/huur?afwijking=norm:100.1', 'afwijkingNorm', ''],
    ['/kaart/huur?afwijking=norm:-1', 'afwijkingNorm', ''],
    ['/kaart/leefbaarheid?niveau=gemeenten&afwijking=gemeente&maat=sd', 'afwijking', ''],
    ['/kaart/ontwikkeling?niveau=wijken&afwijking=land', 'afwijking', ''],
    ['/kaart/leefbaarheid?afwijking=gelijkend&maat=percentiel', 'afwijkingGebied', ''],
    ['/kaart/leefbaarheid?afwijking=selectie', 'afwijkingSelectie', ''],
    ['/kaart/leefbaarheid?jaar=2014&afwijking=stedelijkheid', 'afwijkingStedelijk', ''],
    ['/kaart/leefbaarheid?niveau=wijken&afwijking=stedelijkheid', 'afwijkingStedelijk', ''],
    ['/kaart/leefbaarheid?afwijking=land&maat=decibel', 'maat', ''],
    ['/kaart/leefbaarheid?maat=sd', 'maat', ''],
    ['/kaart/leefbaarheid?afwijking=norm:5&maat=percentiel', 'maatPast', ''],
  ])('says what it changed: %s', (address, what, shown) => {
    const { changes } = open(address);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ what, shown });
  });
  it('settles on the difference where a measure does not fit, and keeps the reference', () => {
    const { view } = open('/kaart/leefbaarheid?afwijking=norm:5,50&maat=percentiel');
    expect(view).toMatchObject({ afwijking: 'norm:5.5', maat: null });
    expect(open('/kaart/leefbaarheid?afwijking=land&maat=verschil')).toMatchObject({
      view: { afwijking: 'land', maat: null },
      changes: [],
    });
  });
  it('shows the gemeente of the area that the address names', () => {
    expect(open('/kaart/leefbaarheid?gebied=BU00141000').view).toMatchObject({
      niveau: 'buurten',
      binnen: 'GM0014',
    });
  });
  it('takes the level from the area', () => {
    expect(open('/kaart/leefbaarheid?gebied=GM0014').view.niveau).toBe('gemeenten');
  });
  it('shows the whole country per buurt', () => {
    const { view, changes } = open('/kaart/leefbaarheid?binnen=land');
    expect(view).toMatchObject({ niveau: 'buurten', binnen: null });
    expect(changes).toEqual([]);
  });
});

describe('steps', () => {
  it('moving the map is no step, choosing a year is', () => {
    const { view } = open('/');
    expect(isStep(view, { ...view, zicht: { z: 9, lat: 52, lon: 5 } })).toBe(false);
    expect(isStep(view, { ...view, jaar: 2020 })).toBe(true);
  });
});

describe('readSight', () => {
  it('refuses what is no place', () => {
    expect(readSight('12/52.37/4.90')).toEqual({ z: 12, lat: 52.37, lon: 4.9 });
    expect(readSight('12/95/4')).toBeNull();
    expect(readSight('99/52/4')).toBeNull();
  });
});
