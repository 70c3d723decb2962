/** The map as the rest of the page knows it: no Leaflet word leaves this folder. */
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import type { Line } from '../core/border.ts';
import { OUTLINE } from '../core/palette.ts';
import type { Sight } from '../core/state.ts';
import { type AreaLayer, PolygonAreas } from './areas.ts';
import { readInk } from './ink.ts';
import { Outline } from './outline.ts';
import { boundsOf, middleOf } from './shape.ts';
import { Surroundings } from './surroundings.ts';

export interface MapSettings {
  extent: Bounds;
  basemap: boolean;
  onHover(area: Area | null, at: { x: number; y: number } | null): void;
  onClick(area: Area | null, lon: number, lat: number): void;
  /** Moved by the visitor, not by a change of extent. */
  onMoved(sight: Sight): void;
}

const PAN = 96;

/** Half the size of an area on the screen, with some air. */
function half(map: L.Map, bounds: L.LatLngBounds): L.Point {
  const size = map.project(bounds.getSouthEast()).subtract(map.project(bounds.getNorthWest()));
  return size.divideBy(2).add([16, 16]);
}

export class MapView {
  readonly #map: L.Map;
  readonly #areas: AreaLayer;
  readonly #surroundings: Surroundings;
  readonly #hovered: Outline;
  readonly #selected: Outline;
  readonly #renderer: L.Renderer;
  readonly #dots: L.LayerGroup;
  readonly #settings: MapSettings;
  #ours = false;
  #waiting = 0;
  /** What was fitted, as long as nobody moved the map since. */
  #fitted: Bounds | null = null;

  constructor(host: HTMLElement, settings: MapSettings) {
    this.#settings = settings;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const map = L.map(host, {
      preferCanvas: true,
      zoomControl: false,
      attributionControl: false,
      keyboard: false,
      zoomSnap: settings.basemap ? 1 : 0.5,
      minZoom: 6,
      maxZoom: 17,
      maxBounds: boundsOf(settings.extent).pad(1),
      inertia: !still,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
    });
    this.#map = map;
    this.#quietly(() => map.fitBounds(boundsOf(settings.extent), { animate: false }));
    const ink = readInk();
    if (settings.basemap) {
      L.tileLayer('/v1/achtergrondkaart/{z}/{x}/{y}.png', { opacity: 0.6, maxZoom: 17 }).addTo(map);
    }
    this.#surroundings = new Surroundings(map, ink);
    this.#areas = new PolygonAreas(map, ink);
    map.createPane('outline').style.zIndex = '450';
    this.#renderer = L.svg({ pane: 'outline', padding: 0.3 });
    const svg = this.#renderer;
    this.#selected = new Outline(map, svg, 'outline');
    this.#hovered = new Outline(map, svg, 'outline');
    this.#dots = L.layerGroup().addTo(map);
    this.#listen(host);
  }

  #listen(host: HTMLElement): void {
    const map = this.#map;
    map.on('click', ({ latlng }) => {
      this.#settings.onClick(this.#areas.at(latlng), latlng.lng, latlng.lat);
    });
    map.on('moveend', () => {
      if (this.#ours) return;
      this.#fitted = null;
      this.#settings.onMoved(this.sight());
    });
    host.addEventListener('pointermove', (event) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
      cancelAnimationFrame(this.#waiting);
      this.#waiting = requestAnimationFrame(() => {
        const point = map.mouseEventToContainerPoint(event);
        const area = this.#areas.at(map.containerPointToLatLng(point));
        this.#settings.onHover(area, area ? { x: point.x, y: point.y } : null);
      });
    });
    host.addEventListener('pointerleave', () => {
      cancelAnimationFrame(this.#waiting);
      this.#settings.onHover(null, null);
    });
    for (const query of ['(prefers-color-scheme: dark)', 'print']) {
      matchMedia(query).addEventListener('change', () => this.#repaint());
    }
    window.addEventListener('resize', () => {
      if (this.#fitted) this.fit(this.#fitted);
    });
    new ResizeObserver(() => {
      // Paper has other proportions than the screen.
      if (this.#fitted && matchMedia('print').matches) this.fit(this.#fitted);
      this.#quietly(() => map.invalidateSize({ pan: false, animate: false }));
    }).observe(host);
  }

  #repaint(): void {
    const ink = readInk();
    this.#surroundings.repaint(ink);
    this.#areas.repaint(ink);
  }

  /** Moves that the page makes are not written into the address. */
  #quietly(move: () => void): void {
    this.#ours = true;
    move();
    this.#ours = false;
  }

  showAreas(areas: Area[], circles: boolean): void {
    this.#areas.show(areas, circles);
  }
  showSurroundings(areas: Area[], lines: Line[], chosen: string | null): void {
    this.#surroundings.show(areas, lines, chosen);
  }
  hover(area: Area | null): void {
    this.#hovered.show(area);
  }
  select(area: Area | null): void {
    this.#selected.show(area);
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
  fit(bounds: Bounds): void {
    this.#fitted = bounds;
    this.#quietly(() => {
      // The frame may have changed in this same turn, by a panel that opened.
      this.#map.invalidateSize({ pan: false, animate: false });
      this.#map.fitBounds(boundsOf(bounds), { animate: false, padding: [24, 24] });
    });
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
    this.#map.setZoom(this.#map.getZoom() + step);
    return Math.round(this.#map.getZoom() + (this.#map.options.zoomAnimation ? step : 0));
  }
  place(lon: number, lat: number): { x: number; y: number } {
    const { x, y } = this.#map.latLngToContainerPoint([lat, lon]);
    return { x, y };
  }
  remove(): void {
    this.#map.remove();
  }
}
