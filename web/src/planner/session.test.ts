import { beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../core/client.ts';
import { catalogue, config } from '../core/fixture.ts';
import { bordersOf, legend, valuesOf } from '../core/grid.ts';
import { readAddress } from '../core/state.ts';
import { Session } from './session.ts';

type Answer = { status?: number; body: unknown } | 'down';
let asked: string[];
let history: { address: string; step: string }[];
let answer: (path: string) => Answer | undefined;

const codes: Record<string, string[]> = {
  gemeenten: ['GM0363'],
  wijken: ['WK036300'],
  buurten: ['BU03630001', 'BU03630002'],
};
/** Borders or values of a level, as the server packs them. */
function compact(path: string, year = 2024): Uint8Array {
  const level = /(gemeenten|wijken|buurten)/.exec(path)![1]!;
  const cells = codes[level]!.map((code) => ({ code, value: 1 }));
  if (path.includes('gebiedsgrenzen')) return bordersOf(cells, 2, { year, name: level });
  return valuesOf(cells, { year, level });
}

function usual(path: string): Answer {
  if (path.startsWith('/v1/indicatoren')) return { body: catalogue };
  if (path.startsWith('/v1/gebiedsgrenzen/') || path.startsWith('/v1/waarden/')) {
    return { body: compact(path) };
  }
  if (path.startsWith('/v1/legenda')) return { body: { klassen: [], redenen: [], vlaggen: [] } };
  if (path.startsWith('/v1/gebieden?')) return { body: { totaal: 0, gebieden: [] } };
  if (path.startsWith('/v1/gebieden/')) {
    const code = path.slice('/v1/gebieden/'.length).split('?')[0];
    return { body: { code, naam: `naam ${code}`, omvang: [4, 52, 5, 53], waarden: {} } };
  }
  return { status: 404, body: { detail: 'bestaat niet' } };
}

function session(): Session {
  const client = new Client(async (path) => {
    asked.push(path);
    const found = answer(path) ?? usual(path);
    if (found === 'down') throw new TypeError('failed to fetch');
    const { body, status = 200 } = found;
    const bytes = body instanceof Uint8Array ? (body.slice().buffer as ArrayBuffer) : null;
    return new Response(bytes ?? JSON.stringify(body), { status });
  });
  return new Session(config, client, {
    changed: () => {},
    address: (address, step) => history.push({ address, step }),
  });
}
const open = (one: Session, path: string, search = '') => one.open(readAddress(path, search));
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(() => {
  asked = [];
  history = [];
  answer = () => undefined;
});

describe('a session', () => {
  it('opens the buurten of the configured gemeente', async () => {
    const one = session();
    await open(one, '/');
    expect(one.shown?.layer.areas.map((area) => area.code)).toEqual(['BU03630001', 'BU03630002']);
    expect(one.shown?.gemeente?.naam).toBe('naam GM0363');
    expect(asked).toContain('/v1/waarden/buurten?indicator=leefbaarheid&jaar=2024&decimalen=3');
    expect(history.at(-1)).toEqual({ address: '/', step: 'replace' });
    expect(one.busy).toBe(false);
  });

  it('pushes steps, replaces moves, and asks no layer for a selection', async () => {
    const one = session();
    await open(one, '/');
    await one.change({ jaar: 2020 });
    expect(history.at(-1)).toEqual({ address: '/kaart/leefbaarheid?jaar=2020', step: 'push' });
    asked = [];
    await one.change({ gebied: 'BU03630002' });
    expect(history.at(-1)?.step).toBe('push');
    expect(asked).toEqual(['/v1/gebieden/BU03630002?jaar=2024']);
    one.moved({ z: 12, lat: 52.1, lon: 4.5 });
    expect(history.at(-1)).toMatchObject({ step: 'replace' });
    expect(history.at(-1)?.address).toContain('z=12/52.100/4.500');
  });

  it('asks once who is most alike, and lets go of a comparison that cannot be made', async () => {
    const one = session();
    const alike = (codes: string[], reden: string | null) => ({
      body: { gebieden: codes.map((code) => ({ code, naam: code, gemeente: null })), reden },
    });
    answer = (path) => (path.includes('/vergelijkbaar') ? alike(['BU03630001'], null) : undefined);
    await open(one, '/kaart/leefbaarheid', '?gebied=BU03630002&afwijking=gelijkend');
    expect(one.changes).toEqual([]);
    expect(one.shown?.compared?.deviation.groupOf(0)).toEqual({ key: 0, mean: 1, count: 1 });
    await one.change({ maat: null, weergave: 'tabel' });
    expect(asked.filter((path) => path.includes('/vergelijkbaar'))).toEqual([
      '/v1/gebieden/BU03630002/vergelijkbaar?jaar=2024',
    ]);
    answer = (path) =>
      path.includes('/vergelijkbaar') ? alike([], 'te weinig kenmerken') : undefined;
    await one.change({ gebied: 'BU03630001' });
    expect(one.view).toMatchObject({ gebied: 'BU03630001', afwijking: null });
    expect(one.changes).toEqual([
      { what: 'afwijkingLeeg', asked: 'gelijkend', shown: 'te weinig kenmerken' },
    ]);
    expect(one.shown?.drawn).toBe(one.shown?.layer);
    expect(history.at(-1)?.address).not.toContain('afwijking');
  });

  it('joins the classes of urbanity, and lets a norm go with its topic', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?afwijking=stedelijkheid');
    expect(asked.filter((path) => path.includes('indicator=stedelijkheid'))).toEqual([
      '/v1/waarden/buurten?indicator=stedelijkheid&jaar=2022&decimalen=0',
    ]);
    expect(one.shown?.compared?.deviation.groupOf(0)).toMatchObject({ key: 1, count: 2 });
    asked = [];
    await one.change({ afwijking: 'norm:0.5' });
    expect(asked).toEqual([]);
    expect(one.shown?.drawn.areas.map(({ value }) => value)).toEqual([0.5, 0.5]);
    await one.change({ indicator: 'huur' });
    expect(one.view?.afwijking).toBeNull();
    expect(one.changes).toEqual([]);
  });

  it('lets a measure go that says nothing with another reference', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?afwijking=land&selectie=BU03630001');
    await one.change({ maat: 'sd' });
    // All figures are equal here: there is no spread to measure by.
    expect(one.changes.map(({ what }) => what)).toEqual(['afwijkingLeeg']);
    await one.change({ afwijking: 'land' });
    await one.change({ afwijking: 'selectie' });
    expect(one.view).toMatchObject({ afwijking: 'selectie', maat: null });
    await one.change({ selectie: null });
    expect(one.view?.afwijking).toBeNull();
    expect(one.changes).toEqual([]);
  });

  it('asks for own bounds and classes of one year, and lets bounds go with their topic', async () => {
    const one = session();
    await open(one, '/');
    await one.change({ methode: 'eigen', klassegrenzen: '-0.5,12.25' });
    const values = () => asked.filter((path) => path.startsWith('/v1/waarden')).at(-1);
    expect(values()).toContain('methode=eigen&klassegrenzen=-0.5%2C12.25');
    expect(history.at(-1)).toEqual({
      address: '/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.5,12.25',
      step: 'push',
    });
    await one.change({ indicator: 'geluid' });
    expect(one.view).toMatchObject({ methode: null, klassegrenzen: null });
    expect(one.changes.map(({ what }) => what)).not.toContain('grenzen');
    await one.change({ methode: 'kwantielen', schaal: 'jaar' });
    expect(values()).toContain('methode=kwantielen&schaal=jaar');
    expect(one.view?.schaal).toBe('jaar');
  });

  it('shows two topics in the classes that the server made of both', async () => {
    const axis = { naam: 'x', eenheid: '', jaar: 2024, grenzen: [0, 2], omgekeerd: false };
    const pair = {
      jaar: 2024,
      metJaar: 2024,
      rijen: axis,
      kolommen: { ...axis, omgekeerd: true },
      cellen: [...Array(9).keys()].map((at) => ({
        klasse: at + 1,
        rij: 1 + Math.floor(at / 3),
        kolom: 1 + (at % 3),
        kleur: `#00000${at}`,
        naam: `vak ${at + 1}`,
        gebieden: at,
        inwoners: null,
      })),
      redenen: [],
      dekking: { gebieden: 2, metWaarde: 2, inwoners: null, inwonersMetWaarde: null },
    };
    answer = (path) => (path.includes('&met=') ? { body: pair } : undefined);
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?met=huur&methode=kwantielen&aantalKlassen=4');
    expect(one.trouble).toBeNull();
    expect(asked).toContain(
      '/v1/legenda?niveau=buurten&indicator=leefbaarheid&met=huur&jaar=2024&binnen=GM0363',
    );
    // Figures are asked for one topic at a time.
    expect(asked.filter((path) => path.startsWith('/v1/waarden') && path.includes('met='))).toEqual(
      [],
    );
    // All figures are 1: the middle of both.
    expect(one.shown?.drawn.areas.map((area) => area.class)).toEqual([5, 5]);
    expect(one.shown?.key.klassen.map(({ nummer }) => nummer)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(one.supply.served(one.view!)).toEqual({
      indicator: 'leefbaarheid',
      met: 'huur',
      jaar: 2024,
      binnen: 'GM0363',
      taal: null,
    });
    await one.change({ met: null });
    expect(one.shown?.second).toBeNull();
    expect(one.shown?.drawn).toBe(one.shown?.layer);
    expect(one.supply.served(one.view!)).toMatchObject({ aantalKlassen: 4, methode: 'kwantielen' });
  });

  it('paints no classes of another year, and goes on alone where the second is refused', async () => {
    const problem = {
      detail: 'past niet',
      errors: [{ in: 'query', location: { name: 'met' } }],
    };
    answer = (path) =>
      path.includes('&met=') ? { body: { jaar: 2024, metJaar: 2022 } } : undefined;
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?met=huur&klassen=9');
    expect(one.trouble).toEqual({ kind: 'mismatch' });
    expect(one.shown).toBeNull();
    answer = (path) => (path.includes('&met=') ? { status: 400, body: problem } : undefined);
    await one.retry();
    await soon();
    expect(one.view).toMatchObject({ met: null, klassen: null });
    expect(one.changes).toEqual([{ what: 'met', asked: 'huur', shown: '' }]);
    expect(one.shown?.second).toBeNull();
  });

  it('keeps the last view when the server is gone, and shows the asked one after a retry', async () => {
    const one = session();
    await open(one, '/');
    answer = (path) => (path.startsWith('/v1/waarden') ? 'down' : undefined);
    await one.change({ jaar: 2020 });
    expect(one.trouble).toEqual({ kind: 'unreachable' });
    expect(one.shown?.view.jaar).toBe(2024);
    answer = () => undefined;
    await one.retry();
    expect(one.trouble).toBeNull();
    expect(one.shown?.view.jaar).toBe(2020);
  });

  it('tells what a problem says', async () => {
    answer = (path) =>
      path.startsWith('/v1/legenda') ? { status: 503, body: { detail: 'even geduld' } } : undefined;
    const one = session();
    await open(one, '/');
    expect(one.trouble).toEqual({ kind: 'refused', detail: 'even geduld' });
  });

  it('goes back to the configured gemeente when the asked one does not exist', async () => {
    answer = (path) =>
      path.includes('GM9999') ? { status: 404, body: { detail: 'bestaat niet' } } : undefined;
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?binnen=GM9999');
    await soon();
    expect(one.view?.binnen).toBe('GM0363');
    expect(one.changes.map((change) => change.what)).toEqual(['binnen']);
    expect(one.trouble).toBeNull();
  });

  it('lets go of a selection that the layer does not have, and says so', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?gebied=BU03639999');
    expect(one.view?.gebied).toBeNull();
    expect(one.changes).toEqual([{ what: 'gebied', asked: 'BU03639999', shown: '' }]);
    expect(history.at(-1)).toEqual({ address: '/', step: 'replace' });
  });

  it('shows the answer to the last question, in whatever order answers come', async () => {
    const one = session();
    await open(one, '/');
    const first = one.change({ jaar: 2014 });
    const second = one.change({ jaar: 2020 });
    await Promise.all([first, second]);
    expect(one.shown?.view.jaar).toBe(2020);
    expect(one.trouble).toBeNull();
  });

  it('asks nothing twice, and a year that was fetched before shows at once', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?binnen=land');
    await one.supply.fetchYears(one.view!);
    asked = [];
    await one.change({ jaar: 2020 });
    await one.change({ jaar: 2024 });
    expect(one.shown?.view.jaar).toBe(2024);
    expect(asked).toEqual([]);
  });

  it('asks for the legend of an extent alone: that of the country comes with the values', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?binnen=land');
    expect(asked.some((path) => path.startsWith('/v1/legenda'))).toBe(false);
    expect(one.shown?.legend.klassen).toHaveLength(2);
    await one.change({ binnen: 'GM0363' });
    expect(asked.at(-1)).toMatch(/^\/v1\/(legenda|gebieden)/);
  });

  it('shows nothing where borders and values do not belong together, and tries anew', async () => {
    answer = (path) => (path.startsWith('/v1/waarden') ? { body: compact(path, 2016) } : undefined);
    const one = session();
    await open(one, '/');
    expect(one.trouble).toEqual({ kind: 'mismatch' });
    expect(one.shown).toBeNull();
    // Once more before it gave up, since a delivery may have come in between.
    expect(asked.filter((path) => path.startsWith('/v1/gebiedsgrenzen'))).toHaveLength(2);
    answer = () => undefined;
    await one.retry();
    expect(one.trouble).toBeNull();
    expect(one.shown?.layer.areas).toHaveLength(2);
  });

  it('follows the selection upwards and lets it go on the way down', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?gebied=BU03630001');
    await one.change({ niveau: 'gemeenten' });
    expect(one.view).toMatchObject({ niveau: 'gemeenten', gebied: 'GM0363', binnen: null });
    await one.change({ niveau: 'buurten' });
    expect(one.view).toMatchObject({ niveau: 'buurten', gebied: null, binnen: null });
    expect(one.changes).toEqual([]);
  });
});

describe('the division of a layer', () => {
  const old = { klassen: [], redenen: [], vlaggen: [], indeling: 2016 };
  /** No gemeenten of the old division, as where only its wijken were delivered. */
  const bare = {
    ...catalogue,
    indicatoren: catalogue.indicatoren.map((one) => ({
      ...one,
      niveaus: one.niveaus.map(({ niveau, jaren }) => ({
        niveau,
        jaren: jaren.filter(({ indeling }) => niveau !== 'gemeenten' || indeling === 2024),
      })),
    })),
  };
  beforeEach(() => {
    answer = (path) => {
      if (path.startsWith('/v1/indicatoren')) return { body: bare };
      if (path.startsWith('/v1/legenda')) return { body: old };
      if (/^\/v1\/(gebiedsgrenzen|waarden)\/wijken/.test(path)) {
        const { klassen, ...rest } = legend;
        const cells = [{ code: 'WK036301', value: 1 }];
        const more = { year: 2016, name: 'wijken', level: 'wijken' };
        const own = { ...more, legend: { ...rest, klassen, indeling: 2016 } };
        return {
          body: path.includes('grenzen') ? bordersOf(cells, 1, more) : valuesOf(cells, own),
        };
      }
      if (path.startsWith('/v1/gebieden?')) {
        return { body: { totaal: 1, gebieden: [{ code: 'GM0363', naam: 'Amsterdam' }] } };
      }
      if (path.startsWith('/v1/gebieden/GM')) {
        return {
          body: {
            code: 'GM0363',
            naam: 'Amsterdam',
            jaar: 2024,
            omvang: [1, 1, 2, 2],
            onderliggend: [{ code: 'WK0363AA', naam: 'nieuw' }],
            waarden: {},
          },
        };
      }
      return undefined;
    };
  });
  it('decides the borders, the extent, the wijken and the names', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?niveau=wijken&jaar=2014');
    await soon();
    expect(asked).toContain('/v1/gebiedsgrenzen/wijken?jaar=2016&detail=grof');
    const [west, south, east, north] = one.extentBounds();
    expect([west, south, east, north].map((side) => Math.round(side * 100))).toEqual([
      500, 5200, 505, 5203,
    ]);
    expect(one.shown?.wijken.map(({ code }) => code)).toEqual(['WK036301']);
    expect(one.shown?.layer.areas[0]?.gemeente).toBe('Amsterdam');
  });
  it('sends the begin of a change with the layer and its legend', async () => {
    const one = session();
    await open(one, '/kaart/ontwikkeling', '?niveau=wijken&sinds=2014');
    for (const path of ['/v1/waarden/wijken', '/v1/legenda']) {
      expect(asked.find((one) => one.startsWith(path))).toContain('sinds=2014');
    }
    await one.change({ indicator: 'leefbaarheid' });
    expect(one.view?.sinds).toBeNull();
    expect(one.changes.map(({ what }) => what)).not.toContain('sinds');
  });
  it('finds a topic for an area of another division', async () => {
    const one = session();
    await open(one, '/');
    expect(one.topicOf('buurten', 2024)).toEqual({});
    expect(one.topicOf('buurten', 2016)).toEqual({ jaar: 2016 });
    expect(one.topicOf('wijken', 2024)).toEqual({});
    await open(one, '/kaart/inkomen');
    expect(one.topicOf('wijken', 2016)).toMatchObject({ indicator: 'leefbaarheid', jaar: 2014 });
  });
});
