/** Answers the page's questions from the files beside it, as a server would. */
import type { AreaDetail, Catalogue, Found } from '../core/api.ts';
import { decodeBorders } from '../core/borders.ts';
import { decodeColumn, type ValueColumn } from '../core/columns.ts';
import { areaAt, type Coverage, coverageOf, unitsOf } from '../core/coverage.ts';
import { ancestor, LEVELS, type Level, levelOf } from '../core/level.ts';
import { yearBeside } from '../core/pair.ts';
import type { Division, Files } from './files.ts';
import { legendWithin } from './legend.ts';
import { pairLegend } from './pair.ts';
import { meets } from './polygon.ts';
import { search } from './search.ts';

/** A question that no file answers; said as a server says it. */
class Refused extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

type Params = URLSearchParams;
type Body = Uint8Array<ArrayBuffer> | object;
type Signal = AbortSignal | null | undefined;

const MOST = 20;
/** Classes other than the usual would each need files of their own. */
const OTHER_CLASSES = ['methode', 'aantalKlassen', 'klassegrenzen', 'schaal', 'palet'];

export class Answers {
  readonly #files: Files;
  readonly #coverages = new Map<string, Promise<Coverage>>();
  constructor(files: Files) {
    this.#files = files;
  }

  /** In the place of `fetch`. */
  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const { pathname, searchParams } = new URL(address, 'http://site/');
    const parts = pathname.split('/').slice(2).map(decodeURIComponent);
    try {
      const body = await this.#answer(parts, searchParams, init);
      return body instanceof Uint8Array ? new Response(body) : Response.json(body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return Response.json({ detail: error.message }, { status: error.status });
    }
  }

  #answer([kind, name = '', part]: string[], params: Params, init: RequestInit): Promise<Body> {
    const { signal } = init;
    switch (kind) {
      case 'indicatoren':
        return this.#catalogue();
      case 'gebiedsgrenzen':
        return this.#borders(name, params, signal);
      case 'waarden':
        return this.#column(name, params, signal);
      case 'legenda':
        return this.#legend(params, signal);
      case 'selecties':
        return this.#files.json(
          name === '' ? 'selecties.json' : `selecties/${name}-${params.get('jaar')}.json`,
        );
      case 'locaties':
        return this.#location(params, signal);
      case 'gebieden':
        if (init.method === 'POST') return this.#within(params, String(init.body));
        if (part) throw new Refused(404, 'dit heeft deze uitgave niet');
        return name === '' ? this.#search(params) : this.#area(name, params);
      default:
        throw new Refused(404, 'dit heeft deze uitgave niet');
    }
  }

  /** Figures on other borders would each need files of their own. */
  async #catalogue(): Promise<Catalogue> {
    const catalogue = (await this.#files.json('indicatoren.json')) as Catalogue;
    for (const { niveaus } of catalogue.indicatoren)
      for (const { jaren } of niveaus) for (const year of jaren) year.leesbaarOp = [];
    return catalogue;
  }

  async #divisions(): Promise<Division[]> {
    return (await this.#files.divisions()).toSorted((a, b) => b.jaar - a.jaar);
  }

  /** The division of a year, or the newest. */
  async #division(jaar: string | null): Promise<Division> {
    const found = (await this.#divisions()).find(
      (one) => jaar === null || String(one.jaar) === jaar,
    );
    if (!found) throw new Refused(400, `deze uitgave heeft geen indeling van ${jaar}`);
    return found;
  }

  /** The finest that the site has stands in for finer borders. */
  async #borders(niveau: string, params: Params, signal: Signal): Promise<Body> {
    const jaar = params.get('jaar');
    const binnen = params.get('binnen');
    if (binnen === null) {
      const detail = params.get('detail') === 'grof' ? 'grof' : 'middel';
      return this.#files.bytes(`grenzen/${jaar}/${niveau}-${detail}`, signal);
    }
    const { gemeenten } = await this.#division(jaar);
    if (!gemeenten.includes(binnen)) throw new Refused(400, `${binnen} heeft hier geen gebieden`);
    return this.#files.bytes(`grenzen/${jaar}/${niveau}-fijn-${binnen}`, signal);
  }

  async #column(niveau: string, params: Params, signal: Signal): Promise<Uint8Array<ArrayBuffer>> {
    if (OTHER_CLASSES.some((one) => params.has(one))) {
      throw new Refused(400, 'deze uitgave heeft alleen de gewone klassen van een onderwerp');
    }
    const sinds = params.get('sinds');
    const indicator = params.get('indicator') ?? '';
    const jaar = params.get('jaar');
    const since = sinds === null ? '' : `-sinds-${sinds}`;
    const path = `waarden/${encodeURIComponent(indicator)}/${niveau}-${jaar}${since}`;
    const shown = await this.#files.bytes(path, signal);
    if (params.has('decimalen') || !decodeColumn(shown).description.afgerond) return shown;
    return this.#files.bytes(`${path}-precies`, signal);
  }

  async #legend(params: Params, signal: Signal): Promise<Body> {
    const niveau = params.get('niveau') ?? '';
    const column = decodeColumn(await this.#column(niveau, rounded(params), signal));
    const { legenda } = column.description;
    const binnen = params.get('binnen');
    const met = params.get('met');
    if (binnen === null && met === null) return legenda;
    const division = await this.#division(String(legenda.indeling));
    const { codes } = await this.#coverage(division.jaar, niveau, 'grof');
    const isIn = (code: string) => ancestor(code, levelOf(binnen!) ?? 'gemeenten') === binnen;
    if (binnen !== null && !codes.some(isIn)) {
      throw new Refused(400, `${binnen} heeft op deze indeling geen gebieden`);
    }
    let residents: ValueColumn | null = null;
    if (division.inwoners.includes(niveau)) {
      residents = decodeColumn(await this.#files.bytes(`inwoners/${division.jaar}/${niveau}`));
    }
    if (met === null) return legendWithin(binnen!, codes, column, residents);
    const { indicatoren } = await this.#files.json<Catalogue>('indicatoren.json');
    const topic = async (id: string, jaar: number | null) => {
      const indicator = indicatoren.find((one) => one.id === id);
      if (!indicator || jaar === null) throw new Refused(400, `geen cijfers van ${id}`);
      const query = new URLSearchParams({ indicator: id, jaar: String(jaar) });
      return { indicator, column: decodeColumn(await this.#column(niveau, query, signal)) };
    };
    const second = indicatoren.find(({ id }) => id === met);
    const { jaar, indeling } = legenda;
    const year = second ? yearBeside(second, niveau as Level, jaar, indeling) : null;
    const [own, other] = await Promise.all([topic(legenda.indicator, jaar), topic(met, year)]);
    return pairLegend(codes, binnen, own, other, residents);
  }

  /** Borders read, and kept. */
  #coverage(jaar: number, niveau: string, file: string): Promise<Coverage> {
    const path = `grenzen/${jaar}/${niveau}-${file}`;
    let found = this.#coverages.get(path);
    if (!found) {
      found = this.#files.bytes(path).then((bytes) => coverageOf(decodeBorders(bytes)));
      this.#coverages.set(path, found);
      found.catch(() => this.#coverages.delete(path));
    }
    return found;
  }

  async #names({ jaar }: Division, niveau: string): Promise<Found[]> {
    const list = await this.#files.json<{ gebieden: Found[] }>(`gebieden/${jaar}/${niveau}.json`);
    return list.gebieden;
  }

  async #search(params: Params): Promise<Body> {
    const most = Number(params.get('aantal') ?? MOST);
    const division = await this.#division(params.get('jaar'));
    const niveau = params.get('niveau');
    const levels = division.niveaus.filter((one) => niveau === null || one === niveau);
    const lists = await Promise.all(levels.map((one) => this.#names(division, one)));
    const q = params.get('q');
    const found = q === null ? lists.flat() : search(lists.flat(), q);
    return { totaal: found.length, gebieden: found.slice(0, most) };
  }

  /** The newest division that has the area, or the one that is asked for. */
  async #area(code: string, params: Params): Promise<Body> {
    const asked = params.get('jaar');
    const gemeente = ancestor(code, 'gemeenten') ?? '';
    for (const { jaar, uitgebreid } of await this.#divisions()) {
      if (asked !== null && asked !== String(jaar)) continue;
      if (!uitgebreid.includes(gemeente)) continue;
      const areas = await this.#files.json<Record<string, AreaDetail>>(
        `gebieden/${jaar}/${gemeente}.json`,
      );
      const found = areas[code];
      if (found) return found;
    }
    throw new Refused(404, `deze uitgave heeft geen gebied met code ${code}`);
  }

  /** Where a place lies, by the finest borders of the newest division, to some metres. */
  async #location(params: Params, signal: Signal): Promise<Body> {
    const [lon, lat] = [Number(params.get('lon') ?? 'NaN'), Number(params.get('lat') ?? 'NaN')];
    if (Number.isNaN(lon) || Number.isNaN(lat)) {
      throw new Refused(
        400,
        'deze uitgave zoekt geen postcodes en geen RD-coördinaten: daarvoor is een server nodig',
      );
    }
    const { indicatoren } = await this.#files.json<Catalogue>('indicatoren.json');
    const painted = LEVELS.toReversed().find((level) =>
      indicatoren.some(({ niveaus }) => niveaus.some(({ niveau }) => niveau === level)),
    );
    const division = await this.#division(null);
    const niveau = painted ?? 'gemeenten';
    const rough = await this.#coverage(division.jaar, niveau, 'middel');
    const place = unitsOf(rough.bits, lon, lat);
    const found: Record<string, { code: string; naam: string } | null> = {};
    for (const gemeente of gemeentenNear(rough, place)) {
      const fine = await this.#coverage(division.jaar, niveau, `fijn-${gemeente}`);
      signal?.throwIfAborted();
      const area = areaAt(fine, ...unitsOf(fine.bits, lon, lat));
      if (area < 0) continue;
      const own = fine.codes[area]!;
      for (const level of LEVELS) {
        const code = level === niveau ? own : ancestor(own, level);
        const names =
          code && division.niveaus.includes(level) ? await this.#names(division, level) : [];
        const named = names.find((one) => one.code === code);
        found[level] = named ? { code: named.code, naam: named.naam } : null;
      }
      break;
    }
    if (Object.keys(found).length === 0) throw new Refused(404, 'hier ligt geen gebied');
    const { buurten = null, wijken = null, gemeenten = null } = found;
    const [buurt, wijk, gemeente] = [buurten, wijken, gemeenten];
    return { jaar: division.jaar, rd: null, lonLat: [lon, lat], buurt, wijk, gemeente };
  }

  /** The areas that share ground with a polygon. */
  async #within(params: Params, body: string): Promise<Body> {
    const niveau = (params.get('niveau') ?? '') as Level;
    const division = await this.#division(params.get('jaar'));
    const coverage = await this.#coverage(division.jaar, niveau, 'grof');
    const { coordinates } = JSON.parse(body) as { coordinates: [number, number][][] };
    const ring = (coordinates[0] ?? []).map(([lon, lat]) => unitsOf(coverage.bits, lon, lat));
    const places = coverage.codes.flatMap((_, area) => (meets(coverage, area, ring) ? [area] : []));
    const gebieden = places.map((area) => ({
      code: coverage.codes[area]!,
      naam: coverage.names[area]!,
      niveau,
    }));
    return { totaal: gebieden.length, gebieden };
  }
}

function rounded(params: Params): Params {
  const same = new URLSearchParams(params);
  same.set('decimalen', '0');
  return same;
}

/** The gemeenten whose box holds a place. */
function gemeentenNear({ codes, boxes }: Coverage, [x, y]: [number, number]): Set<string> {
  const near = new Set<string>();
  codes.forEach((code, area) => {
    const [west, north, east, south] = boxes.subarray(4 * area, 4 * area + 4);
    const gemeente = ancestor(code, 'gemeenten');
    // The finer borders may reach some units beyond these.
    const [dx, dy] = [(east! - west!) / 8, (south! - north!) / 8];
    if (!gemeente || x < west! - dx || x > east! + dx || y < north! - dy || y > south! + dy) return;
    near.add(gemeente);
  });
  return near;
}
