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
