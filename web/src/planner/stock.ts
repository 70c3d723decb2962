/** What was fetched of borders and values, so that going back, and playing years, asks nothing twice. */
import type { Found, Legend, PairLegend } from '../core/api.ts';
import type { Client, Query } from '../core/client.ts';
import type { ValueColumn } from '../core/columns.ts';
import type { Coverage } from '../core/coverage.ts';
import { bordersName, type Detail } from '../core/detail.ts';
import type { Level } from '../core/level.ts';
import type { Reader } from '../raster/raster.ts';

/** Columns are some tens of kilobytes each, borders some megabytes. */
const MOST = { columns: 40, borders: 60, legends: 40, pairs: 40, names: 40 };

export class Stock {
  readonly #client: Client;
  /** Who reads borders: a worker, where there is one. */
  reader: Reader;
  readonly #columns = new Map<string, Promise<ValueColumn>>();
  readonly #borders = new Map<string, Promise<Coverage>>();
  readonly #ground = new Set<string>();
  readonly #legends = new Map<string, Promise<Legend>>();
  readonly #pairs = new Map<string, Promise<PairLegend>>();
  readonly #lists = new Map<string, Promise<Found[]>>();
  readonly #names = new Map<string, Promise<Map<string, string>>>();

  constructor(client: Client, reader: Reader) {
    this.#client = client;
    this.reader = reader;
  }

  borders(
    level: Level,
    division: number,
    detail: Detail,
    binnen: string | null = null,
  ): Promise<Coverage> {
    const name = bordersName(level, division, detail, binnen);
    const make = async () => {
      const query = { jaar: division, binnen, detail };
      return this.reader.read(name, await this.#client.borders(level, query));
    };
    const gone = (key: string) => this.reader.forget(key);
    // The coarse borders of a whole level are what a map falls back on.
    const isGround = (key: string) => this.#ground.has(key);
    if (detail === 'grof' && binnen === null) this.#ground.add(name);
    return keep(this.#borders, MOST.borders, name, make, gone, isGround);
  }

  column(level: Level, query: Query): Promise<ValueColumn> {
    const key = JSON.stringify([level, query]);
    return keep(this.#columns, MOST.columns, key, () => this.#client.column(level, query));
  }

  legend(query: Query): Promise<Legend> {
    const key = JSON.stringify(query);
    return keep(this.#legends, MOST.legends, key, () => this.#client.legend(query));
  }

  pairLegend(query: Query): Promise<PairLegend> {
    const key = JSON.stringify(query);
    return keep(this.#pairs, MOST.pairs, key, () => this.#client.pairLegend(query));
  }

  /** Names of gemeenten by code: those of the division, where it has any, before newer ones. */
  names(division: number, newest: number): Promise<Map<string, string>> {
    const key = `${division} ${newest}`;
    return keep(this.#names, MOST.names, key, async () => {
      const years = [...new Set([newest, division])];
      const lists = await Promise.all(years.map((year) => this.#gemeenten(year, newest)));
      return new Map(lists.flat().map(({ code, naam }) => [code, naam]));
    });
  }

  /** The gemeente that each area of an own level lies in, by the code of that area. */
  holders(level: Level, division: number): Promise<Map<string, string>> {
    const key = `${level} ${division}`;
    return keep(this.#names, MOST.names, key, async () => {
      const query = { niveau: level, jaar: division, aantal: 1000 };
      // Without them a name stands alone.
      const { gebieden } = await this.#client.search(query).catch(() => ({ gebieden: [] }));
      return new Map(gebieden.map(({ code, gemeente }) => [code, gemeente?.naam ?? '']));
    });
  }

  #gemeenten(year: number, newest: number): Promise<Found[]> {
    return keep(this.#lists, MOST.names, String(year), () =>
      year === newest
        ? this.#client.gemeenten()
        : this.#client.search({ niveau: 'gemeenten', jaar: year, aantal: 1000 }).then(
            ({ gebieden }) => gebieden,
            () => [],
          ),
    );
  }

  /** After a new delivery what was kept may not belong to what is fetched. */
  forget(): void {
    this.#columns.clear();
    this.#borders.clear();
    this.#legends.clear();
    this.#pairs.clear();
    this.#lists.clear();
    this.#names.clear();
  }
}

/** The least used goes first; what failed is not kept. */
function keep<T>(
  kept: Map<string, Promise<T>>,
  most: number,
  key: string,
  make: () => Promise<T>,
  dropped: (key: string) => void = () => {},
  isKept: (key: string) => boolean = () => false,
): Promise<T> {
  const found = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, found);
  found.catch(() => {
    if (kept.get(key) === found) kept.delete(key);
  });
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    if (isKept(oldest)) continue;
    kept.delete(oldest);
    dropped(oldest);
  }
  return found;
}
