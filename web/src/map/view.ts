/** The map as the rest of the page knows it: no Leaflet word leaves this folder. */
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import { type Coverage, unitsOf } from '../core/coverage.ts';
import type { Detail } from '../core/detail.ts';
import type { Layer } from '../core/layer.ts';
import { type Filter, lookOf } from '../core/look.ts';
import type { Sight } from '../core/state.ts';
import type { Raster } from '../raster/raster.ts';
import type { TileQuery } from '../raster/tile.ts';
import { Camera } from './camera.ts';
import { Circles } from './circles.ts';
import { Finer } from './finer.ts';
import { readInk } from './ink.ts';
import { Marks, type Shape } from './marks.ts';
import { Names } from './names.ts';
import { Numbers } from './numbers.ts';
import { Painter } from './painter.ts';
import { Streets } from './streets.ts';
import { Swipe } from './swipe.ts';
import { tableOf } from './table.ts';
import { type Yielded, yieldTo } from './yield.ts';

export interface MapSettings {
  extent: Bounds;
  basemap: boolean;
  /** Null where the browser has no workers: then nothing is painted. */
  raster: Raster | null;
  /** Whether the page around the map goes first: its scrolling by wheel and by finger. */
  cooperative: boolean;
  /** Fetches finer borders of the layer that is shown. */
  finer(layer: Layer, detail: Detail, binnen: string | null): Promise<Coverage>;
  /** The code of the area at a place, and where that is on the screen. */
  onHover(code: string | null, at: { x: number; y: number } | null): void;
  /** `adds` where a key was held that adds to a selection. */
  onClick(code: string | null, lon: number, lat: number, adds: boolean): void;
  /** Moved by the visitor, not by a change of extent. */
  onMoved(sight: Sight): void;
  onZoomed(zoom: number): void;
  /** All that is in sight has its colours. */
  onPainted(): void;
  /** The visitor did what moves a map elsewhere, and here the page. */
  onYielded(how: Yielded): void;
}

/** What the map shows, for who draws it once more. */
export interface Sharp {
  sight: Sight;
  /** Pixels of the screen. */
  width: number;
  height: number;
  /** Where the slider between two years is, in pixels from the left. */
  slid: number | null;
  lines(zoom: number): Pick<TileQuery, 'lines' | 'strong'>;
  /** Has the borders come that fit so many dots for each pixel. */
  fetch(ratio: 1 | 2): Promise<void>;
  /** Their names for a box: west, north, east, south in parts of the world. */
  sources(ratio: 1 | 2, box: [number, number, number, number]): string[];
  shape(ordinal: number): Shape | null;
}

/** What parts that come later put over the map. */
export interface Over {
  put(map: L.Map): void;
  remove(): void;
}

/** How a layer is to be shown. */
export interface Manner {
  circles: boolean;
  filter: Filter | null;
  /** Another layer of the same areas left of the slider. */
  under: { layer: Layer; filter: Filter | null } | null;
  /** Whether areas bear the number of their class, where the map is near enough. */
  numbers: boolean;
  /** The gemeente that the title names. */
  chosen: string | null;
}

/** Areas narrower than this, in pixels, get no lines between them: these would hide the towns. */
const NARROW = 12;
/** And buurten none before this zoom, however wide. */
const LINES = 10;

export class MapView {
  readonly #map: L.Map;
  readonly #painter: Painter | null;
  readonly #streets: Streets | null;
  readonly #names: Names;
  readonly marks: Marks;
  readonly camera: Camera;
  readonly #settings: MapSettings;
  #layer: Layer | null = null;
  #manner: Manner = { circles: false, filter: null, under: null, numbers: false, chosen: null };
  #ink = readInk();
  #finer: Finer | null = null;
  #swipe: Swipe | null = null;
  /** The width of the area in the middle, in parts of the world. */
  #width = 0;
  #waiting = 0;
  #over: Over | null = null;
  #outlined: { hovered: number; selected: number } = { hovered: -1, selected: -1 };

  constructor(host: HTMLElement, settings: MapSettings) {
    this.#settings = settings;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const map = L.map(host, {
      zoomControl: false,
      attributionControl: false,
      keyboard: false,
      // Fine steps let a country fill the screen; buttons and wheel go to whole ones.
      zoomSnap: 0.25,
      zoomDelta: 1,
      wheelPxPerZoomLevel: 100,
      minZoom: 6,
      maxZoom: 17,
      inertia: !still,
      zoomAnimation: !still,
      fadeAnimation: false,
      markerZoomAnimation: !still,
    });
    this.#map = map;
    this.camera = new Camera(map, settings.extent);
    map.createPane('areas').style.zIndex = '350';
    this.#painter = settings.raster ? new Painter(settings.raster, { pane: 'areas' }) : null;
    this.#streets = settings.basemap ? new Streets(map) : null;
    this.#names = new Names(map);
    this.marks = new Marks(map);
    this.#listen(host);
  }

  #listen(host: HTMLElement): void {
    const map = this.#map;
    map.on('click', ({ latlng, originalEvent: { ctrlKey, metaKey, shiftKey } }) => {
      const adds = ctrlKey || metaKey || shiftKey;
      this.#settings.onClick(this.#at(latlng), latlng.lng, latlng.lat, adds);
    });
    map.on('zoomend', () => this.#settings.onZoomed(map.getZoom()));
    map.on('moveend', () => {
      void this.#refine();
      if (this.camera.moved()) this.#settings.onMoved(this.camera.sight());
    });
    host.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
      cancelAnimationFrame(this.#waiting);
      this.#waiting = requestAnimationFrame(() => {
        const point = map.mouseEventToContainerPoint(event);
        const code = this.#at(map.containerPointToLatLng(point));
        this.#settings.onHover(code, code ? { x: point.x, y: point.y } : null);
      });
    });
    host.addEventListener('pointerleave', () => {
      cancelAnimationFrame(this.#waiting);
      this.#settings.onHover(null, null);
    });
    for (const query of ['(prefers-color-scheme: dark)', 'print']) {
      matchMedia(query).addEventListener('change', () => this.ink());
    }
    this.camera.follow(host, this.#settings.cooperative);
    if (this.#settings.cooperative) yieldTo(host, (how) => this.#settings.onYielded(how));
    this.#painter?.on('painted', () => {
      host.dataset.painted = 'true';
      this.#settings.onPainted();
    });
  }

  /** Reads the colours of the style sheet anew. */
  ink(): void {
    this.#ink = readInk();
    this.#paint();
  }

  /** One array is read; where no tile is ready yet, the borders say. */
  #at(place: L.LatLng): string | null {
    const layer = this.#layer;
    if (!layer) return null;
    const ordinal = this.#painter?.at(place) ?? null;
    if (ordinal === null) return layer.at(place.lng, place.lat)?.code ?? null;
    return ordinal >= 0 && layer.has(ordinal) ? (layer.coverage.codes[ordinal] ?? null) : null;
  }

  show(layer: Layer, manner: Manner): void {
    const isNew = layer.coverage !== this.#layer?.coverage;
    const isNamed = isNew || manner.chosen !== this.#manner.chosen;
    this.#layer = layer;
    this.#manner = manner;
    if (isNew) {
      this.#finer = new Finer(
        layer,
        (detail, binnen) => this.#settings.finer(layer, detail, binnen),
        (name) => this.#settings.raster?.knows(name) ?? true,
      );
      this.#width = widthOf(layer.coverage);
      this.#outlined = { hovered: -1, selected: -1 };
    }
    this.#paint();
    if (isNew) this.#ground(layer, this.#finer!);
    if (isNamed) this.#names.show(layer, manner.chosen);
    if (isNew) void this.#refine();
  }

  /** Other colours for the same tiles. */
  #paint(): void {
    const [layer, painter] = [this.#layer, this.#painter];
    if (!layer || !painter) return;
    const { filter, under } = this.#manner;
    this.#colour(painter, layer, filter);
    if (under) this.#colour(this.#left(layer), under.layer, under.filter);
    else {
      this.#swipe?.remove();
      this.#swipe = null;
    }
  }

  #colour(painter: Painter, layer: Layer, filter: Filter | null): void {
    const ink = this.#ink;
    const { circles, numbers } = this.#manner;
    const look = lookOf(layer, ink, circles, filter);
    const shows = (ordinal: number) => filter?.shows(ordinal) ?? true;
    const over = circles
      ? new Circles(layer, ink.border, shows)
      : numbers
        ? new Numbers(layer, shows)
        : null;
    painter.setTable(layer.coverage.order, tableOf(look, ink, painter.ratio), over);
  }

  /** What paints left of the slider; made when it is first asked for. */
  #left(layer: Layer): Painter {
    const made = this.#swipe ?? new Swipe(this.#map, this.#settings.raster!);
    if (!this.#swipe) {
      this.#swipe = made;
      if (this.#finer) this.#groundOf(made.painter, layer, this.#finer);
    }
    return made.painter;
  }

  /** Where the slider is, in pixels from the left. */
  slide(at: number): void {
    this.#swipe?.slide(at);
  }

  #ground(layer: Layer, finer: Finer): void {
    for (const painter of [this.#painter, this.#swipe?.painter])
      if (painter) this.#groundOf(painter, layer, finer);
  }

  #groundOf(painter: Painter, { coverage }: Layer, finer: Finer): void {
    painter.setGround({
      order: coverage.order,
      sources: (zoom, west, north, side) =>
        finer.sources(zoom, [west, north, west + side, north + side]),
      lines: (zoom) => this.#lines(zoom),
    });
    if (!this.#map.hasLayer(painter)) painter.addTo(this.#map);
  }

  async #refine(): Promise<void> {
    const finer = this.#finer;
    if (!finer || !this.#painter) return;
    const came = await finer.want(this.#map.getZoom(), this.#boxInView());
    if (!came || this.#finer !== finer) return;
    this.#painter.refresh();
    this.#swipe?.painter.refresh();
    const { hovered, selected } = this.#outlined;
    this.#outlined = { hovered: -1, selected: -1 };
    this.#outline('hovered', hovered);
    this.#outline('selected', selected);
  }

  #outline(which: 'hovered' | 'selected', ordinal: number): void {
    if (this.#outlined[which] === ordinal) return;
    this.#outlined[which] = ordinal;
    this.marks.outline(which, ordinal < 0 || !this.#finer ? [] : [this.#finer.finest(ordinal)]);
  }

  /** What lies over all else; null is nothing. */
  bear(over: Over | null): void {
    this.#over?.remove();
    this.#over = over;
    over?.put(this.#map);
  }

  /** How much of the streets shows, from 0 to 1. */
  setStreets(opacity: number): void {
    this.#streets?.show(opacity);
  }

  hover(area: Area | null): void {
    this.#outline('hovered', area?.ordinal ?? -1);
  }
  select(area: Area | null): void {
    this.#outline('selected', area?.ordinal ?? -1);
  }

  /** Outlines around the own selection, and around areas that are compared. */
  gather(which: 'gathered' | 'pinned', ordinals: number[]): void {
    const coverage = this.#layer?.coverage;
    this.marks.outline(which, coverage ? ordinals.map((area) => ({ coverage, area })) : []);
  }

  /** Which lines a zoom bears: none that would hide the towns. */
  #lines(zoom: number): Pick<TileQuery, 'lines' | 'strong'> {
    const level = this.#layer?.coverage.description.niveau;
    const isWide = this.#width * 256 * 2 ** zoom >= NARROW;
    return {
      lines: isWide && (level !== 'buurten' || zoom >= LINES),
      strong: zoom >= LINES || level === 'gemeenten' ? 2 : 1,
    };
  }

  /** What the map shows, with borders that are sharp at some dots for each pixel. */
  sharp(): Sharp {
    const { x: width, y: height } = this.#map.getSize();
    const sight = this.camera.sight();
    const finer = this.#finer;
    return {
      sight,
      width,
      height,
      slid: this.#swipe?.at ?? null,
      lines: (zoom) => this.#lines(zoom),
      fetch: async (ratio) => {
        await finer?.want(sight.z + ratio - 1, this.#boxInView());
      },
      sources: (ratio, box) => finer?.sources(sight.z + ratio - 1, box) ?? [],
      shape: (ordinal) => finer?.finest(ordinal) ?? null,
    };
  }

  #boxInView(): [number, number, number, number] {
    const [west, south, east, north] = this.camera.inView();
    return [...unitsOf(0, west, north), ...unitsOf(0, east, south)];
  }

  /** The box around a gemeente, from the areas of the layer. */
  boundsOf(gemeente: string): Bounds | null {
    return this.#finer?.boundsOf(gemeente) ?? null;
  }
  place(lon: number, lat: number): { x: number; y: number } {
    const { x, y } = this.#map.latLngToContainerPoint([lat, lon]);
    return { x, y };
  }
  remove(): void {
    this.#map.remove();
  }
}

function widthOf({ boxes, bits }: Coverage): number {
  const widths: number[] = [];
  for (let at = 0; at < boxes.length; at += 4) widths.push(boxes[at + 2]! - boxes[at]!);
  widths.sort((a, b) => a - b);
  return (widths[Math.floor(widths.length / 2)] ?? 0) / 2 ** bits;
}
