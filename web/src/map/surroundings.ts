/** The land around what is shown, so that a gemeente does not hang in nothing. */
import L from 'leaflet';
import type { Area } from '../core/area.ts';
import type { Line } from '../core/border.ts';
import { areaAt } from '../core/pick.ts';
import type { Ink } from './ink.ts';
import { lineOf, middleOf, rings, SMOOTH } from './shape.ts';

/** About the width of a letter of a name, and the least space between names, in pixels. */
const LETTER = 7;
const AIR = 2;

export class Surroundings {
  readonly #renderer: L.Canvas;
  readonly #edge: L.Renderer;
  readonly #land: L.LayerGroup;
  readonly #names: L.LayerGroup;
  readonly #map: L.Map;
  #areas: Area[] = [];
  #lines: Line[] = [];
  #chosen: string | null = null;
  #ink: Ink;

  constructor(map: L.Map, ink: Ink) {
    this.#ink = ink;
    map.createPane('land').style.zIndex = '300';
    map.createPane('edge').style.zIndex = '400';
    map.createPane('names').style.zIndex = '500';
    this.#renderer = L.canvas({ pane: 'land', padding: 0.3 });
    this.#edge = L.svg({ pane: 'edge', padding: 0.3 });
    this.#land = L.layerGroup().addTo(map);
    this.#names = L.layerGroup().addTo(map);
    this.#map = map;
    map.on('zoomend', () => this.#write());
  }

  /**
   * `chosen` gets a line around it and no name: the title names it. Without it all get a line.
   * `lines` are drawn where there are no gemeenten of the same division to draw.
   */
  show(areas: Area[], lines: Line[], chosen: string | null): void {
    this.#areas = areas;
    this.#lines = lines;
    this.#chosen = chosen;
    this.repaint(this.#ink);
  }

  repaint(ink: Ink): void {
    this.#ink = ink;
    this.#land.clearLayers();
    if (this.#lines.length > 0) {
      L.polyline(this.#lines.map(lineOf), {
        ...this.#line(),
        color: ink.border,
        weight: this.#chosen === null ? 0.75 : 1.5,
      }).addTo(this.#land);
    }
    for (const area of this.#areas) {
      const isChosen = area.code === this.#chosen;
      L.polygon(rings(area), {
        renderer: this.#renderer,
        pane: 'land',
        interactive: false,
        smoothFactor: SMOOTH,
        color: ink.landLine,
        weight: 1,
        fillColor: ink.land,
        fillOpacity: 1,
      }).addTo(this.#land);
      if (isChosen || this.#chosen === null) {
        L.polygon(rings(area), {
          ...this.#line(),
          color: ink.border,
          weight: isChosen ? 1.5 : 0.75,
        }).addTo(this.#land);
      }
    }
    this.#write();
  }

  /** Names of the gemeenten around, the largest first, each where no other name stands yet. */
  #write(): void {
    this.#names.clearLayers();
    if (this.#chosen === null) return;
    const around = this.#areas.filter(({ code }) => code !== this.#chosen);
    const size = ({ bounds: [w, s, e, n] }: Area) => (e - w) * (n - s);
    const written: L.Bounds[] = [];
    const chosen = this.#areas.filter(({ code }) => code === this.#chosen);
    for (const area of around.sort((a, b) => size(b) - size(a))) {
      const at = this.#map.latLngToLayerPoint(middleOf(area));
      const half = L.point((area.name.length * LETTER) / 2 + AIR, LETTER + AIR);
      const box = L.bounds(at.subtract(half), at.add(half));
      if (written.some((one) => one.intersects(box))) continue;
      // Nor over what is shown: its colours are read, its neighbour's name is not.
      const onChosen = [-1, -0.5, 0, 0.5, 1].some((part) => {
        const { lat, lng } = this.#map.layerPointToLatLng(at.add([half.x * part, 0]));
        return areaAt(chosen, lng, lat) !== null;
      });
      if (onChosen) continue;
      written.push(box);
      L.marker(middleOf(area), {
        pane: 'names',
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: 'wk-place-name', html: label(area.name), iconSize: [0, 0] }),
      }).addTo(this.#names);
    }
  }

  #line(): L.PolylineOptions {
    return {
      renderer: this.#edge,
      pane: 'edge',
      interactive: false,
      smoothFactor: SMOOTH,
      fill: false,
    };
  }

  at(place: L.LatLng): Area | null {
    return areaAt(this.#areas, place.lng, place.lat);
  }
}

function label(name: string): HTMLElement {
  const text = document.createElement('span');
  text.textContent = name;
  return text;
}
