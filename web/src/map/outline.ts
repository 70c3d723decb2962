/** The two-tone line around an area: black that shows on light classes, white that shows on dark ones. */
import L from 'leaflet';
import type { Area } from '../core/area.ts';
import { OUTLINE } from '../core/palette.ts';
import { rings, SMOOTH } from './shape.ts';

export class Outline {
  readonly #halo: L.Polygon;
  readonly #core: L.Polygon;
  #area: Area | null = null;

  constructor(map: L.Map, renderer: L.Renderer, pane: string) {
    const line = (color: string, weight: number) =>
      L.polygon([], {
        renderer,
        pane,
        interactive: false,
        smoothFactor: SMOOTH,
        fill: false,
        color,
        weight,
        opacity: 1,
      });
    this.#halo = line(OUTLINE.halo, 7).addTo(map);
    this.#core = line(OUTLINE.core, 3).addTo(map);
  }

  show(area: Area | null): void {
    if (area === this.#area) return;
    this.#area = area;
    const shape = area ? rings(area) : [];
    this.#halo.setLatLngs(shape);
    this.#core.setLatLngs(shape);
  }
}
