/** The two-tone line around an area: black that shows on light classes, white that shows on dark ones. */
import L from 'leaflet';
import { OUTLINE } from '../core/palette.ts';

/** How much Leaflet may simplify: less than can be seen. */
const SMOOTH = 0.7;

/** How wide the two lines are, in pixels, and whether the dark one is broken. */
export interface Stroke {
  halo: number;
  core: number;
  dash: string | null;
}

export class Outline {
  readonly #halo: L.Polygon;
  readonly #core: L.Polygon;

  constructor(
    map: L.Map,
    renderer: L.Renderer,
    pane: string,
    { halo, core, dash }: Stroke = { halo: 7, core: 3, dash: null },
  ) {
    const line = (color: string, weight: number, dashArray: string | null = null) =>
      L.polygon([], {
        renderer,
        pane,
        interactive: false,
        smoothFactor: SMOOTH,
        fill: false,
        color,
        weight,
        ...(dashArray ? { dashArray } : {}),
        opacity: 1,
      });
    this.#halo = line(OUTLINE.halo, halo).addTo(map);
    this.#core = line(OUTLINE.core, core, dash).addTo(map);
  }

  /** Rings of latitude and longitude; none for no area. */
  show(rings: L.LatLngTuple[][]): void {
    this.#halo.setLatLngs(rings);
    this.#core.setLatLngs(rings);
  }
}
