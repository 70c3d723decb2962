/** Holds what is asked for, what has been loaded and what went wrong. Knows no screen. */

import type { AreaDetail, Bounds, Catalogue, Config, Indicator, Location } from '../core/api.ts';
import { canChange, changeOf, earlierYears } from '../core/change.ts';
import { type Client, type Query, Refusal, Unreachable } from '../core/client.ts';
import type { ValueColumn } from '../core/columns.ts';
import { canDeviate } from '../core/deviation.ts';
import { Layer, Mismatch } from '../core/layer.ts';
import { ancestor, type Level, levelOf } from '../core/level.ts';
import { canPair, yearBeside } from '../core/pair.ts';
import { type Change, nearestYear, settle, wishOf } from '../core/settle.ts';
import {
  divisionOf,
  isStep,
  type Sight,
  type View,
  type Wish,
  writeAddress,
  yearsOf,
} from '../core/state.ts';
import { plainReader, type Reader } from '../raster/raster.ts';
import { drawnOf, extentOf, type Shown, secondOf } from './shown.ts';
import { Stock } from './stock.ts';
import { topicOf } from './topic.ts';

export interface Point {
  lon: number;
  lat: number;
  location: Location | null;
  outside: boolean;
}
export type Trouble =
  | { kind: 'slow' }
  | { kind: 'unreachable' }
  /** Borders and values do not count the same areas. */
  | { kind: 'mismatch' }
  | { kind: 'refused'; detail: string };

export type Step = 'push' | 'replace' | 'none';

export interface Surface {
  /** Something changed that the screen shows. */
  changed(): void;
  address(address: string, step: 'push' | 'replace'): void;
}

const SLOW_AFTER = 4000;

export class Session {
  readonly config: Config;
  readonly #client: Client;
  readonly #surface: Surface;
  readonly stock: Stock;
  catalogue: Catalogue | null = null;
  view: View | null = null;
  shown: Shown | null = null;
  detail: AreaDetail | null = null;
  point: Point | null = null;
  changes: Change[] = [];
  trouble: Trouble | null = null;
  busy = false;
  #wish: Wish = {};
  #run: AbortController | null = null;
  #layerKey = '';
  #extents = new Map<string, Promise<AreaDetail>>();

  constructor(config: Config, client: Client, surface: Surface, reader: Reader = plainReader) {
    this.config = config;
    this.#client = client;
    this.#surface = surface;
    this.stock = new Stock(client, reader);
  }

  indicator(view: View): Indicator {
    return this.catalogue!.indicatoren.find((one) => one.id === view.indicator)!;
  }

  /** Opens what an address asks for, or the nearest to it. */
  async open(wish: Wish, step: Step = 'replace'): Promise<void> {
    this.#wish = wish;
    await this.#guarded(async (signal) => {
      this.catalogue ??= await this.#client.catalogue(signal);
      const { view, changes } = settle(wish, this.config, this.catalogue);
      this.changes = changes;
      await this.#enter(view, step, signal);
    });
  }

  /** Changes a part of the view; what then no longer fits is settled and told. */
  async change(part: Partial<View>, step: Step = 'push'): Promise<void> {
    if (!this.view) return;
    const next = { ...this.view, ...part };
    if (part.indicator) {
      next.sinds = part.sinds ?? null;
      // Bounds are in the unit of their topic.
      next.klassegrenzen = part.klassegrenzen ?? null;
      if (next.methode === 'eigen' && !next.klassegrenzen) next.methode = null;
      const topic = this.catalogue?.indicatoren.find(({ id }) => id === part.indicator);
      if (!topic || !canDeviate(topic)) next.afwijking = null;
    }
    this.#loosen(next, part);
    if (part.niveau === 'gemeenten' && next.afwijking === 'gemeente') next.afwijking = null;
    // What is left out is said in the classes and the unit at hand.
    const isOther = [
      'indicator',
      'methode',
      'aantalKlassen',
      'klassegrenzen',
      'afwijking',
      'schaal',
      'met',
      'sinds',
    ];
    if (isOther.some((one) => one in part)) next.klassen = null;
    if (part.indicator || 'sinds' in part) next.bereik = null;
    if (part.niveau && !('gebied' in part) && next.gebied) {
      // The selection follows to the level above and is let go, unsaid, on the way down.
      next.gebied = ancestor(next.gebied, part.niveau);
    }
    await this.open(wishOf(next), step);
  }

  /** Lets go, unsaid, of a comparison that a choice of the visitor does away with. */
  #loosen(next: View, part: Partial<View>): void {
    const topic = this.catalogue?.indicatoren.find(({ id }) => id === next.indicator);
    if (!topic) return;
    if (next.sinds !== null && canChange(topic)) {
      const fits = earlierYears(topic, next.niveau, next.jaar).some(
        ({ year, hindrance }) => year === next.sinds && hindrance === null,
      );
      if (!fits && !part.sinds) next.sinds = null;
    }
    if (next.met !== null && !part.met) {
      const other = this.catalogue?.indicatoren.find(({ id }) => id === next.met);
      const division = divisionOf(topic, next.niveau, next.jaar);
      const fits =
        other &&
        canPair(topic, other) &&
        yearBeside(other, next.niveau, next.jaar, division) !== null;
      if (!fits) next.met = null;
    }
    // One comparison at a time: the last one that was asked for.
    if (part.sinds && canChange(topic)) next.met = next.afwijking = null;
    if (part.met) next.afwijking = null;
    if (part.met && canChange(topic)) next.sinds = null;
    if (part.afwijking) next.met = null;
    if (part.afwijking && canChange(topic)) next.sinds = null;
  }

  moved(zicht: Sight | null): void {
    if (!this.view) return;
    this.view = { ...this.view, zicht };
    this.#wish = wishOf(this.view);
    this.#surface.address(this.#address(this.view), 'replace');
  }

  retry(): Promise<void> {
    this.#layerKey = '';
    this.#extents.clear();
    this.stock.forget();
    return this.open(this.#wish, 'replace');
  }

  dismiss(): void {
    this.changes = [];
    this.trouble = null;
    this.#surface.changed();
  }

  /** The worker failed: what it would read is read here. */
  readPlainly(): Promise<void> {
    this.stock.reader = plainReader;
    return this.retry();
  }

  /** Which buurt, wijk and gemeente a place lies in. */
  async locate(lon: number, lat: number): Promise<void> {
    const point: Point = { lon, lat, location: null, outside: false };
    this.point = point;
    let found: Point | null;
    try {
      const place = { lat: lat.toFixed(6), lon: lon.toFixed(6) };
      found = { ...point, location: await this.#client.location(place) };
    } catch (error) {
      found = error instanceof Refusal ? { ...point, outside: true } : null;
    }
    // Another object, so that who shows it sees that it changed; unless another place came since.
    if (this.point !== point) return;
    this.point = found;
    this.#surface.changed();
  }

  leavePoint(): void {
    this.point = null;
    this.#surface.changed();
  }

  #address(view: View): string {
    return writeAddress(view, this.config, this.indicator(view));
  }

  async #enter(view: View, step: Step, signal: AbortSignal): Promise<void> {
    const before = this.view;
    this.view = view;
    if (step !== 'none') {
      const isNew = before !== null && isStep(before, view) && step === 'push';
      this.#surface.address(this.#address(view), isNew ? 'push' : 'replace');
    }
    if (view.gebied !== this.detail?.code) this.detail = null;
    this.#surface.changed();
    const detail = this.#loadDetail(view, signal);
    await this.#loadLayer(view, signal);
    await detail;
  }

  async #loadLayer(view: View, signal: AbortSignal): Promise<void> {
    const query = this.query(view);
    const key = JSON.stringify([view.niveau, query, this.begin(view), view.met]);
    if (key !== this.#layerKey) {
      let made: Shown;
      try {
        made = await this.#make(view);
      } catch (error) {
        if (!(error instanceof Mismatch)) throw error;
        // A delivery may have come in between: once more, with nothing that was kept.
        this.stock.forget();
        made = await this.#make(view);
      }
      if (signal.aborted) return;
      this.shown = made;
      this.#layerKey = key;
    } else if (this.shown) {
      const { indicator, layer, legend, second } = this.shown;
      this.shown = { ...this.shown, view, ...drawnOf(view, indicator, layer, legend, second) };
    }
    this.#dropStrangers();
    this.#surface.changed();
  }

  /** Borders and values side by side; a `Mismatch` where they do not belong together. */
  async #make(view: View): Promise<Shown> {
    const { niveau, binnen } = view;
    const indicator = this.indicator(view);
    const division = divisionOf(indicator, niveau, view.jaar);
    const query = this.query(view);
    const newest = Math.max(division, ...this.config.jaren);
    const begin = this.begin(view);
    const other = this.catalogue!.indicatoren.find(({ id }) => id === view.met);
    const beside = other ? yearBeside(other, niveau, view.jaar, division) : null;
    const [coverage, column, inside, names, gemeente, wijk, earlier, second] = await Promise.all([
      this.stock.borders(niveau, division, 'grof'),
      this.stock.column(niveau, this.#columnQuery(view)),
      binnen === null ? null : this.stock.legend({ ...query, niveau }),
      niveau === 'gemeenten' ? new Map<string, string>() : this.stock.names(division, newest),
      this.#extent(binnen && ancestor(binnen, 'gemeenten')),
      this.#extent(binnen && ancestor(binnen, 'wijken')),
      begin === null
        ? null
        : this.stock.column(niveau, this.#columnQuery({ ...view, jaar: begin })),
      beside === null ? null : this.#figures(other!, niveau, beside),
    ]);
    let layer = new Layer(coverage, column, binnen, names);
    let legend = inside ?? column.description.legenda;
    const extent = extentOf(view, legend, layer, gemeente, wijk);
    const crossed = second && other ? secondOf(layer, second, indicator, other) : null;
    let topic = indicator;
    let band: number | null = null;
    if (earlier && begin !== null) {
      // Figures of two deliveries would be of other areas.
      if (earlier.order !== column.order) throw new Mismatch('two orders of areas');
      const change = changeOf(layer, earlier, indicator, begin);
      ({ layer, indicator: topic, band } = change);
      legend = { ...layer.column.description.legenda, binnen };
    }
    const drawn = drawnOf(view, topic, layer, legend, crossed);
    return { view, indicator: topic, layer, legend, second: crossed, band, ...drawn, ...extent };
  }

  /** The year from which the page itself computes a change; null for what the server answers. */
  begin(view: View): number | null {
    return view.sinds !== null && canChange(this.indicator(view)) ? view.sinds : null;
  }

  #figures(indicator: Indicator, niveau: Level, jaar: number): Promise<ValueColumn> {
    return this.stock.column(niveau, {
      indicator: indicator.id,
      jaar,
      decimalen: indicator.decimalen,
    });
  }

  /** The residents of the areas that are shown, of the year nearest to the figures; null without. */
  async residents(): Promise<ValueColumn | null> {
    const { shown } = this;
    const topic = this.catalogue?.indicatoren.find(({ id }) => id === 'inwoners');
    if (!shown || !topic) return null;
    const { niveau, jaar } = shown.view;
    const years = (topic.niveaus.find((one) => one.niveau === niveau)?.jaren ?? [])
      .filter(({ indeling }) => indeling === shown.legend.indeling)
      .map((one) => one.jaar);
    if (years.length === 0) return null;
    try {
      return await this.#figures(topic, niveau, nearestYear(years, jaar));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  #columnQuery(view: View): Query {
    const { binnen: _, taal: __, ...classes } = this.query(view);
    // A difference of rounded figures would be off by as much as they are.
    const isExact = this.begin(view) !== null;
    return { ...classes, decimalen: isExact ? null : this.indicator(view).decimalen };
  }

  /** The figures of a year in the classes of the view. */
  yearColumn(view: View, jaar: number): Promise<ValueColumn> {
    return this.stock.column(view.niveau, this.#columnQuery({ ...view, jaar, sinds: null }));
  }

  /** Fetches the values of all years, so that going through them shows each at once. */
  async fetchYears(): Promise<void> {
    const { view } = this;
    if (!view || !this.catalogue) return;
    const years = yearsOf(this.indicator(view), view.niveau);
    await Promise.allSettled(years.map((jaar) => this.yearColumn(view, jaar)));
  }

  /** A selection that the layer does not have, such as a code of another division, is let go. */
  #dropStrangers(): void {
    const { view, shown } = this;
    if (!view?.gebied || !shown || shown.layer.find(view.gebied)) return;
    this.changes = [...this.changes, { what: 'gebied', asked: view.gebied, shown: '' }];
    this.view = { ...view, gebied: null };
    this.shown = { ...shown, view: this.view };
    this.detail = null;
    this.#surface.address(this.#address(this.view), 'replace');
  }

  /** What to show an area of a level and division with, see `topicOf`. */
  topicOf(level: Level, division: number): Partial<View> | null {
    const { view, catalogue, config } = this;
    if (!view || !catalogue) return {};
    const own = this.indicator(view);
    return topicOf(level, division, { view, own, catalogue, preferred: config.indicator });
  }

  /** The parameters that a layer, its legend and its downloads share. */
  query(view: View): Query {
    return {
      indicator: view.indicator,
      jaar: view.jaar,
      sinds: this.begin(view) === null ? view.sinds : null,
      methode: view.methode,
      aantalKlassen: view.aantalKlassen,
      klassegrenzen: view.klassegrenzen,
      schaal: view.schaal,
      binnen: view.binnen,
      taal: view.taal === 'nl' ? null : view.taal,
    };
  }

  async #extent(code: string | null): Promise<AreaDetail | null> {
    if (!code) return null;
    let found = this.#extents.get(code);
    if (!found) {
      found = this.#client.area(code, {});
      this.#extents.set(code, found);
      found.catch(() => this.#extents.delete(code));
    }
    try {
      return await found;
    } catch (error) {
      // A gemeente of an older division has no entry, but its wijken have a layer.
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  async #loadDetail(view: View, signal: AbortSignal): Promise<void> {
    if (!view.gebied || this.detail?.code === view.gebied) return;
    const jaar = divisionOf(this.indicator(view), view.niveau, view.jaar);
    try {
      const detail = await this.#client.area(view.gebied, { jaar }, signal);
      if (this.view?.gebied === detail.code) this.detail = detail;
    } catch (error) {
      // The layer says whether the code exists; a panel without its other years still serves.
      if (!(error instanceof Refusal)) throw error;
    }
    this.#surface.changed();
  }

  /** What the map shows when nobody has moved it. */
  extentBounds(): Bounds {
    const { omvang, opening, binnen } = this.config;
    const isOpening = opening && (this.shown?.view.binnen ?? null) === binnen;
    return (isOpening ? opening : this.shown?.bounds) ?? omvang;
  }

  async #guarded(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.busy = true;
    this.trouble = null;
    const slow = setTimeout(() => {
      this.trouble = { kind: 'slow' };
      this.#surface.changed();
    }, SLOW_AFTER);
    run.signal.addEventListener('abort', () => clearTimeout(slow));
    try {
      await work(run.signal);
      if (!run.signal.aborted) this.trouble = null;
    } catch (error) {
      if (run.signal.aborted) return;
      this.#failed(error);
    } finally {
      clearTimeout(slow);
      if (this.#run === run) {
        this.busy = false;
        this.#surface.changed();
      }
    }
  }

  #failed(error: unknown): void {
    const { view, config } = this;
    if (error instanceof Refusal) {
      // The page cannot know beforehand which gemeenten and wijken there are.
      const extent = view?.binnen ?? null;
      const strange = extent !== null && extent !== config.binnen && error.status < 500;
      if (view && strange && !this.#extentIsShown(extent)) {
        const change: Change = { what: 'binnen', asked: extent, shown: config.binnen ?? '' };
        const wish = wishOf({ ...view, binnen: config.binnen, gebied: null, zicht: null });
        queueMicrotask(async () => {
          await this.open(wish, 'replace');
          this.changes = [change, ...this.changes];
          this.#surface.changed();
        });
        return;
      }
      this.trouble = { kind: 'refused', detail: error.message };
    } else if (error instanceof Unreachable) {
      this.trouble = { kind: 'unreachable' };
    } else if (error instanceof Mismatch) {
      this.trouble = { kind: 'mismatch' };
    } else {
      throw error;
    }
  }

  #extentIsShown(code: string): boolean {
    const level = levelOf(code);
    return (level === 'wijken' ? this.shown?.wijk : this.shown?.gemeente)?.code === code;
  }
}
