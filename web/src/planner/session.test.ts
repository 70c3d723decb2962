import { beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../core/client.ts';
import { catalogue, config } from '../core/fixture.ts';
import { readAddress } from '../core/state.ts';
import { Session } from './session.ts';

type Answer = { status?: number; body: unknown } | 'down';
let asked: string[];
let history: { address: string; step: string }[];
let answer: (path: string) => Answer | undefined;

const layer = (codes: string[]) => ({
  features: codes.map((code) => ({
    id: code,
    geometry: null,
    properties: {
      code,
      naam: code,
      gemeente: 'Stad',
      waarde: 1,
      reden: null,
      klasse: 1,
      vlaggen: [],
    },
  })),
});

function usual(path: string): Answer {
  if (path.startsWith('/v1/indicatoren')) return { body: catalogue };
  if (path.startsWith('/v1/lagen/buurten')) return { body: layer(['BU03630001', 'BU03630002']) };
  if (path.startsWith('/v1/lagen/')) return { body: layer(['GM0363', 'WK036300']) };
  if (path.startsWith('/v1/legenda')) return { body: { klassen: [], redenen: [], vlaggen: [] } };
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
    return new Response(JSON.stringify(found.body), { status: found.status ?? 200 });
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
    expect(one.shown?.areas.map((area) => area.code)).toEqual(['BU03630001', 'BU03630002']);
    expect(one.shown?.gemeente?.naam).toBe('naam GM0363');
    expect(asked).toContain(
      '/v1/lagen/buurten.geojson?indicator=leefbaarheid&jaar=2024&binnen=GM0363',
    );
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

  it('asks for own bounds and classes of one year, and lets bounds go with their topic', async () => {
    const one = session();
    await open(one, '/');
    await one.change({ methode: 'eigen', klassegrenzen: '-0.5,12.25' });
    expect(asked.at(-1)).toContain('methode=eigen&klassegrenzen=-0.5%2C12.25');
    expect(history.at(-1)).toEqual({
      address: '/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.5,12.25',
      step: 'push',
    });
    await one.change({ indicator: 'geluid' });
    expect(one.view).toMatchObject({ methode: null, klassegrenzen: null });
    expect(one.changes.map(({ what }) => what)).not.toContain('grenzen');
    await one.change({ methode: 'kwantielen', schaal: 'jaar' });
    expect(asked.at(-1)).toContain('methode=kwantielen&schaal=jaar');
    expect(one.view?.schaal).toBe('jaar');
  });

  it('keeps the last view when the server is gone, and shows the asked one after a retry', async () => {
    const one = session();
    await open(one, '/');
    answer = (path) => (path.startsWith('/v1/lagen') ? 'down' : undefined);
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

  it('follows the selection upwards and enters its gemeente on the way down', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?gebied=BU03630001');
    await one.change({ niveau: 'gemeenten' });
    expect(one.view).toMatchObject({ niveau: 'gemeenten', gebied: 'GM0363', binnen: null });
    await one.change({ niveau: 'buurten' });
    expect(one.view).toMatchObject({ niveau: 'buurten', gebied: null, binnen: 'GM0363' });
    expect(one.changes).toEqual([]);
  });
});

describe('the division of a layer', () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [4, 52],
        [5, 52],
        [5, 53],
        [4, 53],
        [4, 52],
      ],
    ],
  };
  const old = { klassen: [], redenen: [], vlaggen: [], indeling: 2016 };
  const wijken = {
    niveau: 'wijken',
    features: layer(['WK036301']).features.map((feature) => ({
      ...feature,
      geometry: square,
      properties: { ...feature.properties, gemeente: null },
    })),
  };
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
      if (path.startsWith('/v1/lagen/wijken')) return { body: wijken };
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
  it('decides the lines, the extent, the wijken and the names, without gemeenten of another', async () => {
    const one = session();
    await open(one, '/kaart/leefbaarheid', '?niveau=wijken&jaar=2014');
    await soon();
    expect(one.surroundings).toEqual([]);
    expect(one.lines).toHaveLength(1);
    expect(asked.filter((path) => path.startsWith('/v1/lagen/gemeenten'))).toEqual([]);
    expect(one.extentBounds()).toEqual([4, 52, 5, 53]);
    expect(one.shown?.wijken.map(({ code }) => code)).toEqual(['WK036301']);
    expect(one.shown?.areas[0]?.gemeente).toBe('Amsterdam');
  });
  it('sends the begin of a change with the layer and its legend', async () => {
    const one = session();
    await open(one, '/kaart/ontwikkeling', '?niveau=wijken&sinds=2014');
    for (const path of ['/v1/lagen/wijken', '/v1/legenda']) {
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
