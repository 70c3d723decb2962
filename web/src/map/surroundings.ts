/** The land around what is shown, so that a gemeente does not hang in nothing. */
import L from 'leaflet';
import type { Area } from '../core/area.ts';
import type { Line } from '../core/border.ts';
import { areaAt } from '../core/pick.ts';
import type { Ink } from './ink.ts';
import { lineOf, middleOf, rings, SMOOTH } from './shape.ts';

export class Surroundings {
  readonly #renderer: L.Canvas;
  readonly #edge: L.Renderer;
  readonly #land: L.LayerGroup;
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
      if (!isChosen && this.#chosen !== null) {
        L.marker(middleOf(area), {
          pane: 'names',
          interactive: false,
          keyboard: false,
          icon: L.divIcon({ className: 'wk-place-name', html: label(area.name), iconSize: [0, 0] }),
        }).addTo(this.#land);
      }
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
