/** A fictional country in which a gemeente drew two areas of its own, served by the binary. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OwnAtlas {
  home: string;
  /** Asks the server. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, read by tests only
  ask(path: string): Promise<any>;
  stop(): void;
}

/** The one is a whole wijk, the other lies in the middle of another: its figures are estimates. */
export const WHOLE = { code: 'N', naam: 'Noordereind' };
export const PART = { code: 'M.1', naam: 'Middelrak' };

const TOPIC = 'koopwoningen';

export async function startOwnAtlas(binary: string): Promise<OwnAtlas> {
  const folder = mkdtempSync(join(tmpdir(), 'wijkzicht-'));
  const atlas = join(folder, 'atlas.gpkg');
  const run = (...words: string[]) => execFileSync(binary, words, { stdio: 'pipe' });
  run('demo', '--out', atlas, '--gemeenten', '2', '--seed', '4');
  const before = await serve(binary, atlas);
  const own = join(folder, 'eigen');
  mkdirSync(own);
  const query = `indicator=${TOPIC}&crs=EPSG:28992&detail=volledig`;
  const wijken = await (await fetch(`${before.home}/v1/lagen/wijken.geojson?${query}`)).json();
  before.stop();
  writeFileSync(join(own, 'delen.geojson'), JSON.stringify(drawn(wijken.features)));
  writeFileSync(
    join(own, 'delen.toml'),
    `soort = 'gebieden'
bestand = 'delen.geojson'
niveau = 'stadsdelen'
naam = { nl = 'stadsdelen', en = 'city parts' }
enkelvoud = { nl = 'stadsdeel', en = 'city part' }
indeling = 2024
bron = 'Gemeente Verzonnen'
licentie = 'CC BY 4.0'
openbaar = true
`,
  );
  run('import', '--data', atlas, '--accept-partial', own);
  const { home, stop } = await serve(binary, atlas);
  return {
    home,
    ask: async (path) => {
      const answer = await fetch(home + path);
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return answer.json();
    },
    stop: () => {
      stop();
      rmSync(folder, { recursive: true });
    },
  };
}

type Ring = [number, number][];
interface Wijk {
  geometry: { type: 'MultiPolygon'; coordinates: Ring[][] };
  properties: { waarde: number | null; vlaggen: string[] };
}

const boxOf = ({ geometry }: Wijk) => {
  const all = geometry.coordinates.flat(2);
  const [x, y] = [0, 1].map((at) => all.map((one) => one[at]!));
  return [Math.min(...x!), Math.min(...y!), Math.max(...x!), Math.max(...y!)] as const;
};

const sizeOf = ([w, s, e, n]: ReturnType<typeof boxOf>) => (e - w) * (n - s);

function drawn(wijken: Wijk[]) {
  const known = wijken.filter(
    ({ properties: { waarde, vlaggen } }) => waarde !== null && vlaggen.length === 0,
  );
  const sized = known.map((one) => ({ one, box: boxOf(one), size: sizeOf(boxOf(one)) }));
  const [largest, ...others] = sized.sort((a, b) => b.size - a.size);
  const [west, south, east, north] = largest!.box;
  const first = others.find(
    ({ box: [w, s, e, n] }) => west > e || east < w || south > n || north < s,
  );
  const within = (from: number, to: number, share: number) => from + (to - from) * share;
  const corner = (x: number, y: number): [number, number] => [
    within(west, east, x),
    within(south, north, y),
  ];
  const part: Ring = [
    corner(0.35, 0.35),
    corner(0.65, 0.35),
    corner(0.65, 0.65),
    corner(0.35, 0.65),
    corner(0.35, 0.35),
  ];
  const feature = (properties: object, geometry: object) => ({
    type: 'Feature',
    properties,
    geometry,
  });
  return {
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::28992' } },
    features: [
      feature(WHOLE, first!.one.geometry),
      feature(PART, { type: 'Polygon', coordinates: [part] }),
    ],
  };
}

function serve(binary: string, atlas: string): Promise<{ home: string; stop: () => void }> {
  const words = ['serve', '--data', atlas, '--listen', '127.0.0.1:0'];
  const server: ChildProcess = spawn(binary, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', (code) => reject(new Error(`ended with ${code} before it listened`)));
    server.stdout!.on('data', (part: Buffer) => {
      said += part.toString();
      const home = /luistert op (http:\/\/\S+)/.exec(said)?.[1];
      if (home) resolve({ home: home.replace(/\/$/, ''), stop: () => server.kill() });
    });
  });
}
