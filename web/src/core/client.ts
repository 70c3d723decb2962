/** Asks the server. Every failure becomes a `Refusal` (the server said why) or an `Unreachable`. */

import type { Polygon } from 'geojson';
import type {
  AddressHits,
  AreaDetail,
  Catalogue,
  Found,
  FoundList,
  Legend,
  Location,
  PairLegend,
  Problem,
  SelectionDetail,
  SelectionEntry,
  Series,
  SimilarAreas,
  Summary,
} from './api.ts';
import { decodeColumn, type ValueColumn } from './columns.ts';
import type { EmbedCode } from './embed-code.ts';
import type { Level } from './level.ts';
import { rooted } from './root.ts';
import type { StoryList } from './stories.ts';

export class Refusal extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
  }
  /** The names of the parameters that the server objects to. */
  get parameters(): string[] {
    return (this.problem.errors ?? []).map((error) => error.location?.name ?? '');
  }
}
export class Unreachable extends Error {}

export type Query = Record<string, string | number | null | undefined>;

/** The address of a path of the server, with those parameters that have a value, in the order given. */
export function addressOf(path: string, query: Query = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  const at = rooted(path);
  return parts.length > 0 ? `${at}?${parts.join('&')}` : at;
}

type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

export class Client {
  readonly #fetch: Fetch;
  readonly #patience: number;
  #gemeenten: Promise<Found[]> | null = null;
  constructor(fetcher: Fetch = (address, init) => fetch(address, init), patience = 30_000) {
    this.#fetch = fetcher;
    this.#patience = patience;
  }

  catalogue(signal?: AbortSignal): Promise<Catalogue> {
    return this.#get('/v1/indicatoren', {}, signal);
  }
  /** Compact borders, to be read by `decodeBorders`. */
  borders(level: Level, query: Query, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#bytes(`/v1/gebiedsgrenzen/${level}`, query, signal);
  }
  /** Values and classes of all areas of a level. */
  async column(level: Level, query: Query, signal?: AbortSignal): Promise<ValueColumn> {
    const bytes = await this.#bytes(`/v1/waarden/${level}`, query, signal);
    try {
      return decodeColumn(bytes);
    } catch (cause) {
      throw new Unreachable('unreadable values', { cause });
    }
  }
  /** What to paste into another page to show a map there. */
  embedCode(query: Query): Promise<EmbedCode> {
    return this.#get('/v1/insluiten', query);
  }
  legend(query: Query, signal?: AbortSignal): Promise<Legend> {
    return this.#get('/v1/legenda', query, signal);
  }
  /** What a view shows, told in words. */
  summary(query: Query, signal?: AbortSignal): Promise<Summary> {
    return this.#get('/v1/samenvatting', query, signal);
  }
  /** The legend of two topics, `indicator` and `met`. */
  pairLegend(query: Query, signal?: AbortSignal): Promise<PairLegend> {
    return this.#get('/v1/legenda', query, signal);
  }
  search(query: Query, signal?: AbortSignal): Promise<FoundList> {
    return this.#get('/v1/gebieden', query, signal);
  }
  /** All gemeenten of the newest division, by name. Asked once; empty where the server refuses. */
  gemeenten(): Promise<Found[]> {
    this.#gemeenten ??= this.search({ niveau: 'gemeenten', aantal: 1000 }).then(
      ({ gebieden }) => gebieden,
      () => {
        this.#gemeenten = null;
        return [];
      },
    );
    return this.#gemeenten;
  }
  /** The areas of a level that share ground with a polygon. */
  within(shape: Polygon, query: Query): Promise<FoundList> {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/geo+json' },
      body: JSON.stringify(shape),
    };
    return this.#ask(
      '/v1/gebieden',
      query,
      'application/json',
      (answer) => answer.json(),
      undefined,
      init,
    );
  }
  /** The named lists of areas; none where the server has none. */
  async selections(): Promise<SelectionEntry[]> {
    try {
      const { selecties } = await this.#get<{ selecties: SelectionEntry[] }>('/v1/selecties', {});
      return selecties;
    } catch {
      return [];
    }
  }
  selection(id: string, query: Query): Promise<SelectionDetail> {
    return this.#get(`/v1/selecties/${encodeURIComponent(id)}`, query);
  }
  area(code: string, query: Query, signal?: AbortSignal): Promise<AreaDetail> {
    return this.#get(`/v1/gebieden/${encodeURIComponent(code)}`, query, signal);
  }
  /** One topic of an area in every year that can be read on its division. */
  series(code: string, query: Query): Promise<Series> {
    return this.#get(`/v1/gebieden/${encodeURIComponent(code)}/reeks`, query);
  }
  /** The ten areas of the same level and division that are most like one. */
  similar(code: string, query: Query): Promise<SimilarAreas> {
    return this.#get(`/v1/gebieden/${encodeURIComponent(code)}/vergelijkbaar`, query);
  }
  /** What was done about areas. */
  stories(query: Query): Promise<StoryList> {
    return this.#get('/v1/verhalen', query);
  }
  /** Addresses in words, looked up by the server. */
  addresses(q: string, signal?: AbortSignal): Promise<AddressHits> {
    return this.#get('/v1/adressen', { q, aantal: 6 }, signal);
  }
  location(query: Query, signal?: AbortSignal): Promise<Location> {
    return this.#get('/v1/locaties', query, signal);
  }

  #get<T>(path: string, query: Query, signal?: AbortSignal): Promise<T> {
    return this.#ask(path, query, 'application/json', (answer) => answer.json(), signal);
  }

  #bytes(path: string, query: Query, signal?: AbortSignal): Promise<Uint8Array> {
    const read = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
    return this.#ask(path, query, 'application/octet-stream', read, signal);
  }

  async #ask<T>(
    path: string,
    query: Query,
    form: string,
    read: (answer: Response) => Promise<T>,
    signal?: AbortSignal,
    init: RequestInit = {},
  ): Promise<T> {
    const patience = AbortSignal.timeout(this.#patience);
    let answer: Response;
    try {
      answer = await this.#fetch(addressOf(path, query), {
        ...init,
        headers: { Accept: `${form}, application/problem+json, */*;q=0.1`, ...init.headers },
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new Unreachable('no answer', { cause });
    }
    try {
      if (answer.ok) return await read(answer);
      throw new Refusal(answer.status, ((await answer.json()) ?? {}) as Problem);
    } catch (cause) {
      if (signal?.aborted || cause instanceof Refusal) throw cause;
      throw new Unreachable(`unreadable answer (${answer.status})`, { cause });
    }
  }
}
