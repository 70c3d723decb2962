/** The map as the rest of the page knows it: no Leaflet word leaves this folder. */
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import { type Coverage, unitsOf } from '../core/coverage.ts';
import type { Detail } from '../core/detail.ts';
import type { Layer } from '../core/layer.ts';
import { type Filter, lookOf } from '../core/look.ts';
import { OUTLINE } from '../core/palette.ts';
import type { Sight } from '../core/state.ts';
import type { Raster } from '../raster/raster.ts';
import { Circles } from './circles.ts';
import { Finer } from './finer.ts';
import { readInk } from './ink.ts';
import { Names } from './names.ts';
import { Outline } from './outline.ts';
import { Painter } from './painter.ts';
import { boundsOf, outlineOf } from './shape.ts';
import { tableOf } from './table.ts';

export interface MapSettings {
  extent: Bounds;
  basemap: boolean;
  /** Null where the browser has no workers: then nothing is painted. */
  raster: Raster | null;
  /** Fetches finer borders of the layer that is shown. */
  finer(layer: Layer, detail: Detail, binnen: string | null): Promise<Coverage>;
  /** The code of the area at a place, and where that is on the screen. */
  onHover(code: string | null, at: { x: number; y: number } | null): void;
  /** `adds` where a key was held that adds to a selection. */
  onClick(code: string | null, lon: number, lat: number, adds: boolean): void;
  /** Moved by the visitor, not by a change of extent. */
  onMoved(sight: Sight): void;
  onZoomed(zoom: number): void;
}

/** How a layer is to be shown. */
export interface Manner {
  circles: boolean;
  filter: Filter | null;
  /** The gemeente that the title names. */
  chosen: string | null;
}

const PAN = 96;
/** From this zoom on streets show through the colours. */
export const STREETS = 12;
/** Areas narrower than this, in pixels, get no lines between them: these would hide the towns. */
const NARROW = 12;
/** And buurten none before this zoom, however wide. */
const LINES = 10;

/** Half the size of an area on the screen, with some air. */
function half(map: L.Map, bounds: L.LatLngBounds): L.Point {
  const size = map.project(bounds.getSouthEast()).subtract(map.project(bounds.getNorthWest()));
  return size.divideBy(2).add([16, 16]);
}

export class MapView {
  readonly #map: L.Map;
  readonly #painter: Painter | null;
  readonly #streets: HTMLElement | null = null;
  readonly #names: Names;
  readonly #hovered: Outline;
  readonly #selected: Outline;
  readonly #gathered: Outline;
  readonly #pinned: Outline;
  readonly #drawn: L.LayerGroup;
  readonly #renderer: L.Renderer;
  readonly #dots: L.LayerGroup;
  readonly #settings: MapSettings;
  #layer: Layer | null = null;
  #manner: Manner = { circles: false, filter: null, chosen: null };
  #ink = readInk();
  #finer: Finer | null = null;
  /** The width of the area in the middle, in parts of the world. */
  #width = 0;
  #ours = false;
  #waiting = 0;
  /** What was fitted, as long as nobody moved the map since. */
  #fitted: Bounds | null = null;
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
      maxBounds: boundsOf(settings.extent).pad(1),
      inertia: !still,
      zoomAnimation: !still,
      fadeAnimation: false,
      markerZoomAnimation: !still,
    });
    this.#map = map;
    this.#quietly(() => map.fitBounds(boundsOf(settings.extent), { animate: false }));
    map.createPane('areas').style.zIndex = '350';
    this.#painter = settings.raster ? new Painter(settings.raster, { pane: 'areas' }) : null;
    if (settings.basemap) this.#streets = streetsOn(map);
    this.#names = new Names(map);
    map.createPane('outline').style.zIndex = '450';
    this.#renderer = L.svg({ pane: 'outline', padding: 0.3 });
    this.#gathered = new Outline(map, this.#renderer, 'outline', { halo: 4, core: 2, dash: '6 4' });
    this.#pinned = new Outline(map, this.#renderer, 'outline', { halo: 5, core: 2, dash: null });
    this.#drawn = L.layerGroup().addTo(map);
    this.#selected = new Outline(map, this.#renderer, 'outline');
    this.#hovered = new Outline(map, this.#renderer, 'outline');
    this.#dots = L.layerGroup().addTo(map);
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
      if (this.#ours) return;
      this.#fitted = null;
      this.#settings.onMoved(this.sight());
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
      matchMedia(query).addEventListener('change', () => {
        this.#ink = readInk();
        this.#paint();
      });
    }
    window.addEventListener('resize', () => {
      if (this.#fitted) this.fit(this.#fitted);
    });
    new ResizeObserver(() => {
      // Paper has other proportions than the screen.
      if (this.#fitted && matchMedia('print').matches) this.fit(this.#fitted);
      this.#quietly(() => map.invalidateSize({ pan: false, animate: false }));
    }).observe(host);
    this.#painter?.on('painted', () => {
      host.dataset.painted = 'true';
    });
  }

  /** One array is read; where no tile is ready yet, the borders say. */
  #at(place: L.LatLng): string | null {
    const layer = this.#layer;
    if (!layer) return null;
    const ordinal = this.#painter?.at(place) ?? null;
    if (ordinal === null) return layer.at(place.lng, place.lat)?.code ?? null;
    return ordinal >= 0 && layer.has(ordinal) ? (layer.coverage.codes[ordinal] ?? null) : null;
  }

  /** Moves that the page makes are not written into the address. */
  #quietly(move: () => void): void {
    this.#ours = true;
    move();
    this.#ours = false;
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
    const ink = this.#ink;
    const { circles, filter } = this.#manner;
    const look = lookOf(layer, ink, circles, filter);
    const shows = (ordinal: number) => filter?.shows(ordinal) ?? true;
    const dots = circles ? new Circles(layer, ink.border, shows) : null;
    painter.setTable(layer.coverage.order, tableOf(look, ink, painter.ratio), dots?.draw ?? null);
  }

  #ground({ coverage }: Layer, finer: Finer): void {
    const painter = this.#painter;
    if (!painter) return;
    const isFinest = coverage.description.niveau === 'buurten';
    const isGemeenten = coverage.description.niveau === 'gemeenten';
    painter.setGround({
      order: coverage.order,
      sources: (zoom, west, north, side) =>
        finer.sources(zoom, [west, north, west + side, north + side]),
      lines: (zoom) => {
        const isWide = this.#width * 256 * 2 ** zoom >= NARROW;
        return {
          lines: isWide && (!isFinest || zoom >= LINES),
          strong: zoom >= LINES || isGemeenten ? 2 : 1,
        };
      },
    });
    if (!this.#map.hasLayer(painter)) painter.addTo(this.#map);
  }

  async #refine(): Promise<void> {
    const finer = this.#finer;
    if (!finer || !this.#painter) return;
    const view = this.#map.getBounds();
    const [west, north] = unitsOf(0, view.getWest(), view.getNorth());
    const [east, south] = unitsOf(0, view.getEast(), view.getSouth());
    const came = await finer.want(this.#map.getZoom(), [west, north, east, south]);
    if (!came || this.#finer !== finer) return;
    this.#painter.refresh();
    const { hovered, selected } = this.#outlined;
    this.#outlined = { hovered: -1, selected: -1 };
    this.#outline('hovered', hovered);
    this.#outline('selected', selected);
  }

  #outline(which: 'hovered' | 'selected', ordinal: number): void {
    if (this.#outlined[which] === ordinal) return;
    this.#outlined[which] = ordinal;
    const line = which === 'hovered' ? this.#hovered : this.#selected;
    if (ordinal < 0 || !this.#finer) line.show([]);
    else {
      const { coverage, area } = this.#finer.finest(ordinal);
      line.show(outlineOf(coverage, area));
    }
  }

  /** How much of the streets shows, from 0 to 1. */
  setStreets(opacity: number): void {
    if (this.#streets) this.#streets.style.opacity = String(opacity);
  }

  hover(area: Area | null): void {
    this.#outline('hovered', area?.ordinal ?? -1);
  }
  select(area: Area | null): void {
    this.#outline('selected', area?.ordinal ?? -1);
  }

  /** Outlines around the own selection, and around areas that are compared. */
  gather(which: 'gathered' | 'pinned', ordinals: number[]): void {
    const layer = this.#layer;
    const line = which === 'gathered' ? this.#gathered : this.#pinned;
    line.show(layer ? ordinals.flatMap((one) => outlineOf(layer.coverage, one)) : []);
  }

  /** The corners of an area that is being drawn. */
  draw(corners: [lon: number, lat: number][]): void {
    this.#drawn.clearLayers();
    const at = corners.map(([lon, lat]): L.LatLngTuple => [lat, lon]);
    const common = { renderer: this.#renderer, pane: 'outline', interactive: false };
    for (const [color, weight] of [
      [OUTLINE.halo, 5],
      [OUTLINE.core, 2],
    ] as const)
      L.polygon(at, { ...common, fill: false, color, weight }).addTo(this.#drawn);
    for (const one of at)
      L.circleMarker(one, {
        ...common,
        radius: 5,
        color: OUTLINE.halo,
        weight: 2,
        fillColor: OUTLINE.core,
        fillOpacity: 1,
      }).addTo(this.#drawn);
  }

  /** What is in view: west, south, east, north. */
  inView(): Bounds {
    const view = this.#map.getBounds();
    return [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
  }
  /** Pixels of the screen. */
  size(): { width: number; height: number } {
    const { x, y } = this.#map.getSize();
    return { width: x, height: y };
  }

  /** A dot at a place that was clicked or typed. */
  mark(at: { lon: number; lat: number } | null): void {
    this.#dots.clearLayers();
    if (!at) return;
    for (const [radius, fillColor] of [
      [6, OUTLINE.halo],
      [4, OUTLINE.core],
    ] as const) {
      L.circleMarker([at.lat, at.lon], {
        renderer: this.#renderer,
        pane: 'outline',
        interactive: false,
        radius,
        stroke: false,
        fillColor,
        fillOpacity: 1,
      }).addTo(this.#dots);
    }
  }

  sight(): Sight {
    const { lat, lng } = this.#map.getCenter();
    return { z: this.#map.getZoom(), lat, lon: lng };
  }
  go({ z, lat, lon }: Sight): void {
    this.#fitted = null;
    this.#quietly(() => this.#map.setView([lat, lon], z, { animate: false }));
  }
  /** `aloud` where a visitor asked for it, so that the address keeps it. */
  fit(bounds: Bounds, aloud = false): void {
    this.#fitted = bounds;
    if (aloud) {
      this.#map.fitBounds(boundsOf(bounds), { animate: false, padding: [16, 16] });
      return;
    }
    this.#quietly(() => {
      // The frame may have changed in this same turn, by a panel that opened.
      this.#map.invalidateSize({ pan: false, animate: false });
      this.#map.fitBounds(boundsOf(bounds), { animate: false, padding: [16, 16] });
    });
  }
  /** The box around a gemeente, from the areas of the layer. */
  boundsOf(gemeente: string): Bounds | null {
    return this.#finer?.boundsOf(gemeente) ?? null;
  }
  /** Brings an area into view and moves no more than that takes. */
  reveal(area: Area, gently = false): void {
    const map = this.#map;
    const target = boundsOf(area.bounds);
    map.invalidateSize({ pan: false, animate: false });
    const enough = gently ? L.latLngBounds([middleOf(area)]) : target;
    if (map.getBounds().contains(enough)) return;
    const isLarge = map.getBoundsZoom(target) < map.getZoom();
    if (isLarge) map.fitBounds(target, { animate: false, padding: [32, 32] });
    else map.panInside(target.getCenter(), { animate: false, padding: half(map, target) });
  }
  pan(x: number, y: number): void {
    this.#map.panBy([x * PAN, y * PAN], { animate: false });
  }
  zoom(step: 1 | -1): number {
    const now = this.#map.getZoom();
    const next = step > 0 ? Math.floor(now) + 1 : Math.ceil(now) - 1;
    this.#map.setZoom(next);
    return Math.min(this.#map.getMaxZoom(), Math.max(this.#map.getMinZoom(), next));
  }
  place(lon: number, lat: number): { x: number; y: number } {
    const { x, y } = this.#map.latLngToContainerPoint([lat, lon]);
    return { x, y };
  }
  remove(): void {
    this.#map.remove();
  }
}

/** Streets and their names through the colours: what is white in them leaves the colour as it is. */
function streetsOn(map: L.Map): HTMLElement {
  const pane = map.createPane('streets');
  pane.style.zIndex = '360';
  pane.style.opacity = '0.7';
  pane.style.mixBlendMode = 'multiply';
  pane.style.pointerEvents = 'none';
  L.tileLayer('/v1/achtergrondkaart/{z}/{x}/{y}.png', {
    pane: 'streets',
    minZoom: STREETS,
    maxZoom: 17,
    minNativeZoom: STREETS,
  }).addTo(map);
  return pane;
}

function middleOf(area: Area): L.LatLngTuple {
  return [area.middle[1], area.middle[0]];
}

function widthOf({ boxes, bits }: Coverage): number {
  const widths: number[] = [];
  for (let at = 0; at < boxes.length; at += 4) widths.push(boxes[at + 2]! - boxes[at]!);
  widths.sort((a, b) => a - b);
  return (widths[Math.floor(widths.length / 2)] ?? 0) / 2 ** bits;
}
