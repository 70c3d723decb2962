/** Holds what is asked for, what has been loaded and what went wrong. Knows no screen. */

import type {
  AreaDetail,
  Bounds,
  Catalogue,
  Config,
  Indicator,
  Location,
  Series,
} from '../core/api.ts';
import { chosen } from '../core/choice.ts';
import { type Client, Refusal, Unreachable } from '../core/client.ts';
import { divisionShown } from '../core/division.ts';
import { say } from '../core/language.ts';
import { Mismatch } from '../core/layer.ts';
import { hasExtent, isStatistical, type Level, levelOf } from '../core/level.ts';
import type { Elsewhere } from '../core/outline.ts';
import { type Change, settle, wishOf } from '../core/settle.ts';
import { isStep, type Sight, type View, type Wish, writeAddress } from '../core/state.ts';
import { plainReader, type Reader } from '../raster/raster.ts';
import { drawnOf, type Shown } from './shown.ts';
import type { Stock } from './stock.ts';
import { Supply } from './supply.ts';
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
  readonly supply: Supply;
  view: View | null = null;
  shown: Shown | null = null;
  detail: AreaDetail | null = null;
  /** The same area in other divisions, as far as the topic has figures there. */
  elsewhere: Elsewhere[] = [];
  /** The topic of that area in all years that its division knows; null where nobody says. */
  series: Series | null = null;
  point: Point | null = null;
  changes: Change[] = [];
  trouble: Trouble | null = null;
  busy = false;
  #wish: Wish = {};
  #run: AbortController | null = null;
  #layerKey = '';

  constructor(config: Config, client: Client, surface: Surface, reader: Reader = plainReader) {
    this.config = config;
    this.#client = client;
    this.#surface = surface;
    this.supply = new Supply(config, client, reader);
  }

  get stock(): Stock {
    return this.supply.stock;
  }
  get catalogue(): Catalogue | null {
    return this.supply.catalogue;
  }
  indicator(view: View): Indicator {
    return this.supply.indicator(view);
  }

  /** Opens what an address asks for, or the nearest to it. */
  async open(wish: Wish, step: Step = 'replace'): Promise<void> {
    this.#wish = wish;
    await this.#guarded(async (signal) => {
      const catalogue = this.catalogue ?? (await this.#client.catalogue(signal));
      this.supply.catalogue = catalogue;
      const { view, changes } = settle(wish, this.config, catalogue);
      this.changes = changes;
      await this.#enter(view, step, signal);
    });
  }

  /** Changes a part of the view; what then no longer fits is settled and told. */
  async change(part: Partial<View>, step: Step = 'push'): Promise<void> {
    const { view, catalogue, config } = this;
    if (!view || !catalogue) return;
    const next = chosen(view, part, catalogue);
    // From an own level the map returns to where it opens.
    const isReturn = !isStatistical(view.niveau) && hasExtent(next.niveau);
    if (isReturn && !('binnen' in part)) next.binnen = config.binnen;
    await this.open(wishOf(next), step);
  }

  moved(zicht: Sight | null): void {
    if (!this.view) return;
    this.view = { ...this.view, zicht };
    this.#wish = wishOf(this.view);
    this.#surface.address(this.#address(this.view), 'replace');
  }

  retry(): Promise<void> {
    this.#layerKey = '';
    this.supply.forget();
    return this.open(this.#wish, 'replace');
  }

  dismiss(): void {
    this.changes = [];
    this.trouble = null;
    this.#surface.changed();
  }

  /** The worker failed: what it would read is read here. */
  readPlainly(): Promise<void> {
    this.supply.stock.reader = plainReader;
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
    if (view.gebied !== this.detail?.code) {
      this.detail = null;
      this.elsewhere = [];
      this.series = null;
    }
    this.#surface.changed();
    const detail = this.#loadDetail(view, signal);
    await this.#loadLayer(view, signal);
    await detail;
    // The panel is there; what more it may tell is not waited for.
    void this.#loadElsewhere(view, signal);
  }

  async #loadLayer(view: View, signal: AbortSignal): Promise<void> {
    const { supply } = this;
    const key = JSON.stringify([
      view.niveau,
      supply.query(view),
      supply.begin(view),
      view.schuif,
      view.met,
      view.afwijking === 'stedelijkheid' && view.afwijking,
      view.afwijking === 'gelijkend' && view.gebied,
    ]);
    if (key !== this.#layerKey) {
      let made: Shown;
      try {
        made = await supply.make(view);
      } catch (error) {
        if (!(error instanceof Mismatch)) throw error;
        // A delivery may have come in between: once more, with nothing that was kept.
        supply.forget();
        made = await supply.make(view);
      }
      if (signal.aborted) return;
      this.shown = made;
      this.#layerKey = key;
    } else if (this.shown) {
      this.#redraw(view);
    }
    this.#dropStrangers();
    this.#dropComparison();
    this.#surface.changed();
  }

  /** A selection that the layer does not have, such as a code of another division, is let go. */
  #dropStrangers(): void {
    const { view, shown } = this;
    if (!view?.gebied || !shown || shown.layer.find(view.gebied)) return;
    this.#amend({ what: 'gebied', asked: view.gebied, shown: '' }, { gebied: null });
    this.detail = null;
  }

  /** A comparison that cannot be made, such as with areas that have no figures, is let go too. */
  #dropComparison(): void {
    const { view, shown } = this;
    if (!view?.afwijking || !shown || shown.compared) return;
    if (shown.view.afwijking !== view.afwijking) return;
    const reason = shown.material.alike?.reden;
    const change: Change = {
      what: 'afwijkingLeeg',
      asked: view.afwijking,
      shown: reason ? say(reason, view.taal) : '',
    };
    this.#amend(change, { afwijking: null, maat: null });
  }

  /** Changes what turns out not to fit once the figures are there, and tells. */
  #amend(change: Change, part: Partial<View>): void {
    this.changes = [...this.changes, change];
    const next = { ...this.view!, ...part };
    if (next.gebied === null && next.afwijking === 'gelijkend') next.afwijking = next.maat = null;
    this.view = next;
    this.#redraw(next);
    this.#surface.address(this.#address(next), 'replace');
  }

  #redraw(view: View): void {
    const { indicator, layer, legend, second, material } = this.shown!;
    const drawn = drawnOf(view, indicator, layer, legend, second, material);
    this.shown = { ...this.shown!, view, ...drawn };
  }

  /** What to show an area of a level and division with, see `topicOf`. */
  topicOf(level: Level, division: number | null): Partial<View> | null {
    const { view, catalogue, config } = this;
    if (!view || !catalogue) return {};
    const own = this.indicator(view);
    return topicOf(level, division, { view, own, catalogue, preferred: config.indicator });
  }

  async #loadDetail(view: View, signal: AbortSignal): Promise<void> {
    if (!view.gebied) return;
    const jaar = divisionShown(this.indicator(view), view);
    if (this.detail?.code === view.gebied && this.detail.jaar === jaar) return;
    try {
      const detail = await this.#client.area(view.gebied, { jaar }, signal);
      if (this.view?.gebied === detail.code) this.detail = detail;
    } catch (error) {
      // The layer says whether the code exists; a panel without its other years still serves.
      if (!(error instanceof Refusal)) throw error;
    }
    this.#surface.changed();
  }

  async #loadElsewhere(view: View, signal: AbortSignal): Promise<void> {
    const { detail } = this;
    const { supply } = this;
    const indicator = this.indicator(view);
    const series = detail ? await supply.series(detail, indicator) : null;
    // Who knows no series is asked for the area itself in other divisions.
    const found = detail && !series ? await supply.elsewhere(detail, indicator) : [];
    if (signal.aborted || detail !== this.detail) return;
    if (found.length === 0 && this.elsewhere.length === 0 && series === this.series) return;
    this.elsewhere = found;
    this.series = series;
    this.#surface.changed();
  }

  /** What the map shows when nobody has moved it. */
  extentBounds(): Bounds {
    const { omvang, opening, binnen, niveau } = this.config;
    const view = this.shown?.view;
    const isPlace = isStatistical(view?.niveau ?? niveau);
    const isOpening = opening && isPlace && (view?.binnen ?? null) === binnen;
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
        this.#goOn(change, { ...view, binnen: config.binnen, gebied: null, zicht: null });
        return;
      }
      if (view?.met && error.parameters.includes('met')) {
        this.#goOn(
          { what: 'met', asked: this.#nameOf(view.met), shown: '' },
          { ...view, met: null, klassen: null },
        );
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

  /** Shows what is left of a view of which the server refused a part. */
  #goOn(change: Change, view: View): void {
    queueMicrotask(async () => {
      await this.open(wishOf(view), 'replace');
      this.changes = [change, ...this.changes];
      this.#surface.changed();
    });
  }

  #nameOf(id: string): string {
    const found = this.catalogue?.indicatoren.find((one) => one.id === id);
    return found ? say(found.naam, this.view?.taal ?? 'nl') : id;
  }

  #extentIsShown(code: string): boolean {
    const level = levelOf(code);
    return (level === 'wijken' ? this.shown?.wijk : this.shown?.gemeente)?.code === code;
  }
}
