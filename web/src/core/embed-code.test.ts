import { expect, it } from 'vitest';
import { embedQuery, ownAddress, usualOptions } from './embed-code.ts';
import type { View } from './state.ts';

const VIEW: View = {
  indicator: 'leefbaarheid',
  jaar: 2024,
  indeling: null,
  sinds: null,
  schuif: null,
  niveau: 'buurten',
  binnen: 'GM0014',
  gebied: null,
  methode: null,
  aantalKlassen: null,
  klassegrenzen: null,
  schaal: null,
  afwijking: null,
  maat: null,
  klassen: null,
  bereik: null,
  met: null,
  vergelijk: null,
  selectie: null,
  verhalen: null,
  lopend: null,
  vraag: null,
  weergave: 'kaart',
  zicht: { z: 12, lat: 53.2, lon: 6.5 },
  taal: 'nl',
};
const asked = (part: object, view: Partial<View> = {}, delivery: string | null = null) => {
  const options = { ...usualOptions(VIEW), ...part };
  const query = embedQuery({ ...VIEW, ...view }, options, delivery);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));
};

it('asks for a picture of the newest year, and for nothing that only a frame has', () => {
  const plain = { indicator: 'leefbaarheid', jaar: 'laatste', niveau: 'buurten', binnen: 'GM0014' };
  expect(asked({})).toEqual(plain);
  const choices = new Set(['jaar']);
  expect(asked({ choices, height: 500, title: 'x', sight: true })).toEqual(plain);
  expect(asked({ width: 600 })).toEqual({ ...plain, breedte: 600 });
  expect(asked({}, { binnen: null }).binnen).toBe('land');
  expect(asked({}, { niveau: 'gemeenten' }).binnen).toBeUndefined();
});

it('writes texts by hand and a delivery only with a year that stays', () => {
  const own = { way: 'iframe', title: ' Onze wijken ', text: '', pinned: true };
  expect(asked({ ...own, latest: true }, {}, 'abc')).not.toHaveProperty('titel');
  expect(asked({ ...own, latest: true }, {}, 'abc')).not.toHaveProperty('versie');
  const fixed = asked({ ...own, latest: false }, {}, 'abc');
  expect(fixed).toMatchObject({ jaar: 2024, titel: 'Onze wijken', versie: 'abc' });
  expect(fixed).not.toHaveProperty('tekst');
});

it('says how a frame is made', () => {
  const made = asked({
    way: 'element',
    sight: true,
    choices: new Set(['zoeken', 'jaar']),
    without: new Set(['legenda']),
    colours: 'donker',
    height: 700,
    taal: 'en',
  });
  expect(made).toMatchObject({
    z: '12/53.200/6.500',
    keuze: 'zoeken,jaar',
    zonder: 'legenda',
    kleuren: 'donker',
    hoogte: 700,
    taal: 'en',
  });
  const still = asked({ way: 'iframe', interactive: false, choices: new Set(['jaar']) });
  expect(still.interactief).toBe('nee');
  expect(still).not.toHaveProperty('keuze');
});

it('takes the address without the host', () => {
  expect(ownAddress('https://kaart.example/wijken/embed/x?jaar=2024&taal=en')).toBe(
    '/wijken/embed/x?jaar=2024&taal=en',
  );
});
