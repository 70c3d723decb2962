/** What clicks, keys and the search box choose: an area, a place, the areas of a selection. */
import type { Area } from '../core/area.ts';
import { ancestor, hasExtent, isStatistical, liesIn } from '../core/level.ts';
import { MOST_CODES, MOST_PINS } from '../core/selection.ts';
import { codesOf } from '../core/state.ts';
import type { Option } from '../ui/search.ts';
import type { Picking } from '../ui/selection.ts';
import type { Session } from './session.ts';

export interface Click {
  code: string | null;
  lon: number;
  lat: number;
  /** Whether a key was held that adds to the selection. */
  adds: boolean;
}

/** What the screen does for a choice. */
export interface Screen {
  changed(): void;
  /** Brings a gemeente into view, whole. */
  fitGemeente(code: string): void;
  /** With `gently` an area that shows its middle is left where it is. */
  reveal(area: Area, gently: boolean): void;
  focusPanel(): void;
  focusMap(): void;
}

export class Choosing {
  /** What a click on the map is taken for. */
  picking: Picking = 'no';
  /** Of an area that is being drawn. */
  corners: [number, number][] = [];
  readonly #session: Session;
  readonly #screen: Screen;
  #reveal: 'no' | 'gently' | 'fully' = 'no';
  #focusPanel = false;

  constructor(session: Session, screen: Screen) {
    this.#session = session;
    this.#screen = screen;
  }

  pick(picking: Picking): void {
    this.picking = picking;
    this.corners = [];
    this.#screen.changed();
  }

  /** Takes an area into the comparison, or out of it. */
  pin(code: string): void {
    const next = this.#toggled('vergelijk', code);
    if (next.length > MOST_PINS) return;
    void this.#session.change({ vergelijk: next.join(',') || null });
  }

  /** Takes an area into the own selection, or out of it. */
  #gather(code: string): void {
    const next = this.#toggled('selectie', code).slice(0, MOST_CODES);
    void this.#session.change({ selectie: next.join(',') || null });
  }

  #toggled(which: 'vergelijk' | 'selectie', code: string): string[] {
    const now = codesOf(this.#session.view?.[which] ?? null);
    return now.includes(code) ? now.filter((one) => one !== code) : [...now, code];
  }

  click({ code, lon, lat, adds }: Click): void {
    const session = this.#session;
    if (this.picking === 'corners') {
      this.corners = [...this.corners, [lon, lat]];
      this.#screen.changed();
      return;
    }
    if (code && (adds || this.picking === 'areas')) {
      this.#gather(code);
      return;
    }
    void session.locate(lon, lat);
    this.#reveal = 'gently';
    if (code && session.view?.niveau === 'gemeenten') this.#screen.fitGemeente(code);
    if (code !== session.view?.gebied) void session.change({ gebied: code });
  }

  select(code: string): void {
    const session = this.#session;
    if (this.picking === 'areas' && session.view?.weergave === 'kaart') {
      this.#gather(code);
      return;
    }
    session.leavePoint();
    this.#focusPanel = true;
    void session.change({ gebied: code });
  }

  close(): void {
    const session = this.#session;
    session.leavePoint();
    if (session.view?.gebied) void session.change({ gebied: null });
    this.#screen.focusMap();
  }

  /** A found gemeente becomes the extent; a wijk or buurt is selected in its gemeente. */
  found({ code, niveau, at, division, isItself }: Option): void {
    const session = this.#session;
    const { view } = session;
    if (at) void session.locate(at.lon, at.lat);
    else session.leavePoint();
    if (at && session.shown && session.shown.legend.indeling !== division) {
      void this.#showPlace(code, at);
      return;
    }
    this.#reveal = 'fully';
    if (niveau === 'gemeenten' && !isItself) {
      const level = view && hasExtent(view.niveau) ? view.niveau : 'buurten';
      void session.change({ niveau: level, binnen: code, gebied: null, zicht: null });
      return;
    }
    const isOwn = !isStatistical(niveau);
    const topic = session.topicOf(niveau, isOwn ? null : division);
    if (topic === null) {
      // No figures per wijk: its buurten are what can be shown of it.
      void session.change({ niveau: 'buurten', binnen: code, gebied: null, zicht: null });
      return;
    }
    this.#focusPanel = true;
    if (isOwn) {
      const zicht = view?.niveau === niveau ? view.zicht : null;
      void session.change({ ...topic, niveau, gebied: code, zicht });
      return;
    }
    // The extent stays where it holds the place: the map goes there.
    const now = view?.binnen ?? null;
    const binnen = liesIn(code, now) ? now : ancestor(code, 'gemeenten');
    const zicht = binnen === now ? (view?.zicht ?? null) : null;
    void session.change({ ...topic, niveau, binnen, gebied: code, zicht });
  }

  /** A place on a map of another division: its gemeente, and the area of that map that holds it. */
  async #showPlace(code: string, at: { lon: number; lat: number }): Promise<void> {
    const session = this.#session;
    if (session.view?.niveau !== 'gemeenten') {
      await session.change({ binnen: ancestor(code, 'gemeenten'), gebied: null, zicht: null });
    }
    const area = session.shown?.layer.at(at.lon, at.lat);
    if (!area) return;
    this.#reveal = 'fully';
    this.#focusPanel = true;
    await session.change({ gebied: area.code });
  }

  /** Once the chosen area is on the screen: brings it into view, and the reader to its panel. */
  arrived(area: Area): void {
    const gently = this.#reveal === 'gently';
    if (this.#reveal !== 'no') this.#screen.reveal(area, gently);
    if (this.#focusPanel) this.#screen.focusPanel();
    this.#reveal = 'no';
    this.#focusPanel = false;
  }
}
