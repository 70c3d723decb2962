/** Names of gemeenten, over the colours, each where no other name stands yet. */
import L from 'leaflet';
import { lonLat } from '../core/coverage.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor } from '../core/level.ts';

/** About the width of a letter of a name, and the least space between names, in parts of the text. */
const LETTER = 0.46;
const AIR = 0.4;
/** Names on the map at once: each is a node of the page. */
const MOST = 24;

interface Place {
  code: string;
  name: string;
  /** Latitude and longitude. */
  at: L.LatLngTuple;
  /** Where there are many areas there are many people. */
  areas: number;
  size: number;
}

export class Names {
  readonly #map: L.Map;
  readonly #group: L.LayerGroup;
  #places: Place[] = [];
  #chosen: string | null = null;

  constructor(map: L.Map) {
    this.#map = map;
    map.createPane('names').style.zIndex = '500';
    this.#group = L.layerGroup().addTo(map);
    map.on('moveend', () => this.#write());
  }

  /** The extent that is chosen gets no name: the title names it. */
  show(layer: Layer, chosen: string | null): void {
    this.#chosen = chosen;
    this.#places = placesOf(layer);
    this.#write();
  }

  #write(): void {
    this.#group.clearLayers();
    const view = this.#map.getBounds();
    const written: L.Bounds[] = [];
    // As large as a reader has made the text.
    const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    for (const place of this.#places) {
      if (written.length >= MOST) break;
      if (place.code === this.#chosen || !view.contains(place.at)) continue;
      const at = this.#map.latLngToLayerPoint(place.at);
      const half = L.point((place.name.length * LETTER) / 2 + AIR, LETTER + AIR).multiplyBy(text);
      const box = L.bounds(at.subtract(half), at.add(half));
      if (written.some((one) => one.intersects(box))) continue;
      written.push(box);
      L.marker(place.at, {
        pane: 'names',
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: 'wk-place-name', html: label(place.name), iconSize: [0, 0] }),
      }).addTo(this.#group);
    }
  }
}

/** Gemeenten, those of most areas first; without finer areas the largest. */
function placesOf(layer: Layer): Place[] {
  const { coverage } = layer;
  const { codes, boxes, middles, bits } = coverage;
  const groups = new Map<string, { areas: number; size: number; x: number; y: number }>();
  codes.forEach((code, area) => {
    // What lies in no gemeente has a name of its own.
    const gemeente = ancestor(code, 'gemeenten') ?? code;
    const [w, n, e, s] = boxes.subarray(4 * area, 4 * area + 4);
    const size = (e! - w!) * (s! - n!);
    const group = groups.get(gemeente) ?? { areas: 0, size: 0, x: 0, y: 0 };
    group.areas += 1;
    group.size += size;
    // Where its areas are smallest and most is where a town is.
    group.x += middles[2 * area]!;
    group.y += middles[2 * area + 1]!;
    groups.set(gemeente, group);
  });
  return [...groups]
    .map(([code, { areas, size, x, y }]): Place => {
      const [lon, lat] = lonLat(bits, x / areas, y / areas);
      const name = codes.length === groups.size ? nameIn(layer, code) : layer.nameOf(code);
      return { code, name, at: [lat, lon], areas, size };
    })
    .sort((a, b) => b.areas - a.areas || b.size - a.size);
}

function nameIn({ coverage }: Layer, code: string): string {
  return coverage.names[coverage.codes.indexOf(code)] ?? code;
}

function label(name: string): HTMLElement {
  const text = document.createElement('span');
  text.textContent = name;
  return text;
}
