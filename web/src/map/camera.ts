/** Where the map looks, and what moves it: the visitor, or the page itself. */
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import type { Sight } from '../core/state.ts';
import { boundsOf } from './shape.ts';

/** Pixels that an arrow key moves the map. */
const PAN = 96;

export class Camera {
  readonly #map: L.Map;
  /** Whether the page moves the map, and not the visitor. */
  #ours = false;
  /** What was fitted, as long as nobody moved the map since. */
  #fitted: Bounds | null = null;
  /** Whether the map is kept within what it shows, and no further away than that. */
  #isLimited = false;

  constructor(map: L.Map, extent: Bounds) {
    this.#map = map;
    // By Leaflet's own means it would slide back by itself after a move, and nobody could tell
    // whether a visitor moved it.
    map.options.maxBoundsViscosity = 1;
    map.options.maxBounds = boundsOf(extent).pad(1);
    map.on('zoomend', () => this.#goBack());
    this.#quietly(() => map.fitBounds(boundsOf(extent), { animate: false }));
  }

  /**
   * Keeps what was fitted in view when the window changes; with `always` also when something else
   * on the page takes room or gives it.
   */
  follow(host: HTMLElement, always: boolean): void {
    const map = this.#map;
    window.addEventListener('resize', () => {
      if (this.#fitted) this.fit(this.#fitted);
    });
    new ResizeObserver(() => {
      this.#quietly(() => map.invalidateSize({ pan: false, animate: false }));
      if (this.#isLimited) this.#keep();
      // Paper has other proportions than the screen.
      if (this.#fitted && (always || matchMedia('print').matches)) this.fit(this.#fitted);
    }).observe(host);
  }

  /** Keeps the map within an extent, with some air around it. */
  limit(bounds: Bounds): void {
    this.#map.options.maxBounds = boundsOf(bounds).pad(0.2);
    if (!this.#isLimited) window.addEventListener('resize', () => this.#keep());
    this.#isLimited = true;
    this.#keep();
  }

  get #room(): L.LatLngBounds {
    return this.#map.options.maxBounds as L.LatLngBounds;
  }

  /** No further away than the whole of it fills the frame. */
  #keep(): void {
    const map = this.#map;
    this.#quietly(() => {
      map.setMinZoom(0);
      map.setMinZoom(map.getBoundsZoom(this.#room));
    });
  }

  /** To within what the map is kept within. */
  #goBack(): void {
    this.#map.panInsideBounds(this.#room, { animate: false });
  }

  /** After a move: whether the visitor made it. */
  moved(): boolean {
    if (this.#ours) return false;
    this.#fitted = null;
    return true;
  }

  /** Moves that the page makes are not written into the address. */
  #quietly(move: () => void): void {
    const outer = this.#ours;
    this.#ours = true;
    move();
    this.#ours = outer;
  }

  sight(): Sight {
    const { lat, lng } = this.#map.getCenter();
    return { z: this.#map.getZoom(), lat, lon: lng };
  }
  /** What is in view: west, south, east, north. */
  inView(): Bounds {
    const view = this.#map.getBounds();
    return [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
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

  /** Brings an area into view and moves no more than that takes. */
  reveal(area: Area, gently = false): void {
    const map = this.#map;
    const target = boundsOf(area.bounds);
    map.invalidateSize({ pan: false, animate: false });
    const [lon, lat] = area.middle;
    const enough = gently ? L.latLngBounds([[lat, lon]]) : target;
    if (map.getBounds().contains(enough)) return;
    const isLarge = map.getBoundsZoom(target) < map.getZoom();
    if (isLarge) map.fitBounds(target, { animate: false, padding: [32, 32] });
    else map.panInside(target.getCenter(), { animate: false, padding: half(map, target) });
  }

  pan(x: number, y: number): void {
    this.#map.panBy([x * PAN, y * PAN], { animate: false });
    this.#goBack();
  }

  zoom(step: 1 | -1): number {
    const now = this.#map.getZoom();
    const next = step > 0 ? Math.floor(now) + 1 : Math.ceil(now) - 1;
    this.#map.setZoom(next);
    return Math.min(this.#map.getMaxZoom(), Math.max(this.#map.getMinZoom(), next));
  }
}

/** Half the size of an area on the screen, with some air. */
function half(map: L.Map, bounds: L.LatLngBounds): L.Point {
  const size = map.project(bounds.getSouthEast()).subtract(map.project(bounds.getNorthWest()));
  return size.divideBy(2).add([16, 16]);
}
