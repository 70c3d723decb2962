/** The map as an element: one tab stop, keys, a tooltip, and a voice for screen readers. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Bounds, Config } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import type { Level } from '../core/level.ts';
import type { Filter } from '../core/look.ts';
import type { Sight } from '../core/state.ts';
import { STREETS } from '../map/streets.ts';
import { MapView, type Over, type Sharp } from '../map/view.ts';
import type { Yielded } from '../map/yield.ts';
import type { Point } from '../planner/session.ts';
import type { Shown } from '../planner/shown.ts';
import type { Stock } from '../planner/stock.ts';
import type { Raster } from '../raster/raster.ts';
import { WkElement } from './element.ts';
import { mapButtons, serverPicture, streetsSlider, yearSlider } from './map-controls.ts';
import { sourceLine } from './source.ts';
import type { At, WkTooltip } from './tooltip.ts';
import { Walk } from './walk.ts';

/** The width of the handle of the slider, in pixels. */
const HANDLE = 44;
/** How long a hint stays, in milliseconds. */
const HINT = 3000;

/** Which way an arrow moves the map: to the right, down. */
const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export class WkMap extends WkElement {
  static override properties = {
    ...WkElement.properties,
    config: { attribute: false },
    shown: { attribute: false },
    selected: { attribute: false },
    point: { attribute: false },
    raster: { attribute: false },
    stock: { attribute: false },
    filter: { attribute: false },
    numbers: {},
    earlierFilter: { attribute: false },
    slid: { state: true },
    gathered: { attribute: false },
    pinned: { attribute: false },
    corners: { attribute: false },
    over: { attribute: false },
    picture: {},
    isNear: { state: true },
    streets: { state: true },
    extent: { attribute: false },
    headline: {},
    cooperative: { attribute: false },
    limits: { attribute: false },
    kleuren: {},
    hint: { state: true },
    walking: { state: true },
    spoken: { state: true },
  };
  declare config: Config;
  declare shown: Shown | null;
  declare selected: Area | null;
  /** The place that was clicked or typed. */
  declare point: Point | null;
  declare raster: Raster | null;
  declare stock: Stock;
  /** Which areas keep their colour; null for all. */
  declare filter: Filter | null;
  /** Whether areas bear the number of their class, where the map is near enough. */
  declare numbers: boolean;
  /** The same of the earlier year under the slider. */
  declare earlierFilter: Filter | null;
  /** How far the slider is to the right, in hundredths. */
  declare slid: number;
  /** The ordinals of the own selection, and of the areas that are compared. */
  declare gathered: number[];
  declare pinned: number[];
  /** Of an area that is being drawn. */
  declare corners: [number, number][];
  /** What lies over the colours and outlines; null or nothing where nothing does. */
  declare over?: Over | null;
  /** The address of the server's picture, for browsers that cannot paint. */
  declare picture: string;
  /** Whether the map is near enough for streets. */
  declare isNear: boolean;
  /** How much of the streets shows, in hundredths. */
  declare streets: number;
  declare extent: Bounds;
  declare headline: string;
  /** Whether the page around the map goes first, as in a frame: its scrolling, and its Tab. */
  declare cooperative: boolean;
  /** Where the map cannot be moved out of; null for anywhere. */
  declare limits: Bounds | null;
  /** The colours of the page, where these change. */
  declare kleuren: string;
  declare hint: string;
  /** Area mode: the arrow keys walk from area to area. */
  declare walking: boolean;
  declare spoken: string;
  /** The hovered area, or the one that the keyboard is at. */
  #current: Area | null = null;
  #view: MapView | null = null;
  #fitted = '';
  readonly #hinted = new Set<Yielded>();
  readonly #walk = new Walk(this, {
    current: () => this.#current,
    middle: () => {
      const { lon, lat } = this.#view!.camera.sight();
      return [lon, lat];
    },
    stand: (area) => {
      if (area) this.#view?.camera.reveal(area);
      this.#point(area, area && (this.#view?.place(...area.middle) ?? null));
    },
    choose: ({ code }) => this.send('wk-select', code),
  });

  constructor() {
    super();
    this.shown = null;
    this.selected = null;
    this.point = null;
    this.raster = null;
    this.filter = null;
    this.numbers = false;
    this.earlierFilter = null;
    this.slid = 50;
    this.gathered = [];
    this.pinned = [];
    this.corners = [];
    this.picture = '';
    this.isNear = false;
    this.streets = 70;
    this.headline = '';
    this.cooperative = false;
    this.limits = null;
    this.kleuren = '';
    this.hint = '';
    this.walking = false;
    this.spoken = '';
  }

  override render() {
    const { t } = this;
    const earlier = this.shown?.earlier;
    return html`
      <div
        id="wk-kaart"
        class="map-region"
        role=${this.walking ? 'application' : 'region'}
        aria-label=${t('mapLabel', { headline: this.headline })}
        aria-describedby="wk-kaart-toetsen"
        tabindex="0"
        @keydown=${this.#key}
        @blur=${() => this.#walk.stop()}
      >
        <div class="map-canvas" aria-hidden="true"></div>
      </div>
      <p id="wk-kaart-toetsen" class="visually-hidden">${t(this.cooperative ? 'mapKeysFrame' : 'mapKeys')}</p>
      <p class="visually-hidden" role="status" id="wk-kaart-stem">${this.spoken}</p>
      ${mapButtons(
        [
          [t('zoomIn'), '+', () => this.#zoom(1)],
          [t('zoomOut'), '−', () => this.#zoom(-1)],
          [t('wholeExtent'), '⤢', () => this.#showAll()],
        ],
        this.cooperative ? t('moveMap') : null,
      )}
      ${this.cooperative ? html`<p class="map-hint" role="status">${this.hint}</p>` : nothing}
      ${
        earlier && this.raster
          ? yearSlider(earlier.year, this.shown!.view.jaar, this.slid, t, (slid) => {
              this.slid = slid;
            })
          : nothing
      } ${this.#streets()} ${this.raster || !this.shown ? nothing : serverPicture(this.picture, this.headline, t, () => this.send('wk-painted', null))}
      <wk-tooltip .taal=${this.taal} .shown=${this.shown}></wk-tooltip>
      ${this.#attribution()}
    `;
  }

  /** The line stands under the middle of the handle, which stays within the map. */
  #slide(): void {
    const handle = this.querySelector<HTMLElement>('.swipe');
    if (!handle) return;
    const at = HANDLE / 2 + (this.slid / 100) * (this.clientWidth - HANDLE);
    handle.querySelector<HTMLElement>('.swipe-line')!.style.transform = `translateX(${at}px)`;
    this.#view?.slide(at);
  }

  #streets() {
    if (!this.config?.achtergrondkaart || !this.isNear || this.cooperative) return nothing;
    return streetsSlider(this.streets, this.t, (streets) => {
      this.streets = streets;
      this.#view?.setStreets(streets / 100);
    });
  }

  /** In sight without a click, also where the legend is drawn down or cut off. */
  #attribution() {
    const { t, taal, shown, config, cooperative } = this;
    // A frame says it below the map.
    if (!shown || cooperative) return nothing;
    return html`<p class="attribution">${sourceLine(shown, config, taal, t)}</p>`;
  }

  protected override firstUpdated(): void {
    new ResizeObserver(() => this.#slide()).observe(this);
    this.#view = new MapView(this.querySelector<HTMLElement>('.map-canvas')!, {
      extent: this.config.omvang,
      basemap: this.config.achtergrondkaart,
      raster: this.raster,
      cooperative: this.cooperative,
      finer: ({ coverage: { description } }, detail, binnen) =>
        this.stock.borders(description.niveau as Level, description.jaar, detail, binnen),
      onHover: (code, at) => {
        if (this.walking) return;
        this.#point(this.shown?.layer.find(code) ?? null, at);
      },
      onClick: (code, lon, lat, adds) => {
        this.#walk.stop();
        // The panel says it now; the tooltip would only lie in the way.
        const area = this.cooperative ? (this.shown?.layer.find(code) ?? null) : null;
        this.#point(area, area && this.#view!.place(lon, lat));
        this.send('wk-click', { code, lon, lat, adds });
      },
      onMoved: (sight) => this.send<Sight>('wk-moved', sight),
      onZoomed: (zoom) => {
        this.isNear = zoom >= STREETS;
        this.send('wk-zoomed', zoom);
      },
      onPainted: () => this.send('wk-painted', null),
      onYielded: (how) => this.#hint(how),
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view) return;
    const { shown } = this;
    const before = changed.get('shown');
    const isOther =
      changed.has('shown') &&
      (before?.drawn !== shown?.drawn || before?.earlier?.layer !== shown?.earlier?.layer);
    if (
      shown &&
      (isOther || changed.has('filter') || changed.has('numbers') || changed.has('earlierFilter'))
    ) {
      view.show(shown.drawn, {
        circles: shown.indicator.weergave === 'cirkel',
        filter: this.filter,
        under: shown.earlier && { layer: shown.earlier.layer, filter: this.earlierFilter },
        numbers: this.numbers,
        chosen: shown.gemeente?.code ?? null,
      });
      if (isOther) this.#follow();
    }
    if (changed.has('limits') && this.limits) view.camera.limit(this.limits);
    if (changed.has('kleuren')) view.ink();
    if (changed.has('shown') && this.shown) this.#place(view, this.shown, changed.get('shown'));
    const isMoved = changed.has('shown') && changed.get('shown')?.layer !== shown?.layer;
    if (changed.has('gathered') || isMoved) view.gather('gathered', this.gathered);
    if (changed.has('pinned') || isMoved) view.gather('pinned', this.pinned);
    if (changed.has('over')) view.bear(this.over ?? null);
    if (changed.has('corners')) view.marks.draw(this.corners);
    if (changed.has('point')) view.marks.mark(this.point);
    if (changed.has('selected') || isOther) view.select(this.selected);
    this.#slide();
  }

  /** The map moves only where the extent changed or the address names a place. */
  #place(view: MapView, shown: Shown, before: Shown | null | undefined): void {
    const { zicht, binnen } = shown.view;
    const key = JSON.stringify([this.extent, binnen]);
    const sight = JSON.stringify(zicht);
    if (zicht && (!before || sight !== JSON.stringify(view.camera.sight()))) {
      if (!before || sight !== JSON.stringify(before.view.zicht)) view.camera.go(zicht);
    } else if (!zicht && (key !== this.#fitted || before?.view.zicht)) {
      view.camera.fit(this.extent);
    }
    this.#fitted = key;
  }

  /** After a change of layer the area under the pointer or keyboard is another object. */
  #follow(): void {
    const code = this.#current?.code;
    if (code) this.#point(this.shown?.layer.find(code) ?? null, this.#tooltip?.at ?? null);
  }

  get #tooltip(): WkTooltip | null {
    return this.querySelector('wk-tooltip');
  }

  /** Done for each move of the pointer: nothing else is rendered. */
  #point(area: Area | null, at: At | null): void {
    const tooltip = this.#tooltip;
    if (tooltip) {
      tooltip.area = area;
      tooltip.at = area && at;
    }
    if (this.#current === area) return;
    // Its code comes with the first area that is pointed at.
    void import('./tooltip.ts');
    this.#current = area;
    this.#view?.hover(area);
    this.send('wk-hover', area);
  }

  inView(): Bounds {
    return this.#view!.camera.inView();
  }
  /** What the map shows, to be drawn once more. */
  scene(): Sharp {
    return this.#view!.sharp();
  }

  /** Says once for each way how the map is moved, and not for long. */
  #hint(how: Yielded): void {
    if (this.#hinted.has(how)) return;
    this.#hinted.add(how);
    const key = /Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl';
    this.hint = this.t(how === 'wheel' ? 'hintWheel' : 'hintFinger', { key });
    setTimeout(() => {
      this.hint = '';
    }, HINT);
  }

  /** Brings a box into view, whole. */
  fit(bounds: Bounds): void {
    this.#view?.camera.fit(bounds, true);
  }

  /** Brings a gemeente into view, whole. */
  fitGemeente(code: string): void {
    const bounds = this.#view?.boundsOf(code);
    if (bounds) this.#view?.camera.fit(bounds, true);
  }

  /** With `gently` an area that shows its middle is left where it is. */
  reveal(area: Area, gently = false): void {
    this.#view?.camera.reveal(area, gently);
  }

  #zoom(step: 1 | -1): void {
    const zoom = this.#view?.camera.zoom(step);
    this.spoken = this.t('zoomed', { zoom: zoom ?? '' });
  }

  #showAll(): void {
    this.#view?.camera.fit(this.extent);
    this.send('wk-moved', null);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#walk.key(event.key) || this.#move(event.key)) event.preventDefault();
  }

  /** Whether the key was one of the map, outside area mode. */
  #move(key: string): boolean {
    const arrow = ARROWS[key];
    if (arrow) this.#view?.camera.pan(...arrow);
    else if (key === '+' || key === '=') this.#zoom(1);
    else if (key === '-') this.#zoom(-1);
    else if (key === '?') this.send('wk-help', null);
    else if (key === 'Escape') this.send('wk-close', null);
    else return false;
    return true;
  }

  /** What lies over the map goes without the pointer having to move. */
  #dismiss = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && !this.walking && this.#tooltip?.area) this.#point(null, null);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#dismiss);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#dismiss);
    this.#view?.remove();
    this.#view = null;
  }
}

customElements.define('wk-map', WkMap);
