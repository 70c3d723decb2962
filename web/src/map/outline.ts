/** The two-tone line around an area: black that shows on light classes, white that shows on dark ones. */
import L from 'leaflet';
import { OUTLINE } from '../core/palette.ts';

/** How much Leaflet may simplify: less than can be seen. */
const SMOOTH = 0.7;

export class Outline {
  readonly #halo: L.Polygon;
  readonly #core: L.Polygon;

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

  /** Rings of latitude and longitude; none for no area. */
  show(rings: L.LatLngTuple[][]): void {
    this.#halo.setLatLngs(rings);
    this.#core.setLatLngs(rings);
  }
}
