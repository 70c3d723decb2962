/** What is drawn over the colours: outlines of areas, the corners of a drawing, a clicked place. */
import L from 'leaflet';
import type { Coverage } from '../core/coverage.ts';
import { OUTLINE } from '../core/palette.ts';
import { Outline } from './outline.ts';
import { outlineOf } from './shape.ts';

const PANE = 'outline';
const QUIET = { pane: PANE, interactive: false } as const;

/** The borders that an outline is taken from, and the place of an area in them. */
export type Shape = { coverage: Coverage; area: number };

export class Marks {
  readonly #renderer: L.Renderer;
  readonly #lines: Record<'hovered' | 'selected' | 'gathered' | 'pinned', Outline>;
  readonly #drawn: L.LayerGroup;
  readonly #dots: L.LayerGroup;

  constructor(map: L.Map) {
    map.createPane(PANE).style.zIndex = '450';
    const renderer = L.svg({ pane: PANE, padding: 0.3 });
    this.#renderer = renderer;
    // The last one lies on top.
    const gathered = new Outline(map, renderer, PANE, { halo: 4, core: 2, dash: '6 4' });
    const pinned = new Outline(map, renderer, PANE, { halo: 5, core: 2, dash: null });
    this.#drawn = L.layerGroup().addTo(map);
    const selected = new Outline(map, renderer, PANE);
    const hovered = new Outline(map, renderer, PANE);
    this.#lines = { gathered, pinned, selected, hovered };
    this.#dots = L.layerGroup().addTo(map);
  }

  outline(which: 'hovered' | 'selected' | 'gathered' | 'pinned', shapes: Shape[]): void {
    this.#lines[which].show(shapes.flatMap(({ coverage, area }) => outlineOf(coverage, area)));
  }

  /** The corners of an area that is being drawn. */
  draw(corners: [lon: number, lat: number][]): void {
    this.#drawn.clearLayers();
    const at = corners.map(([lon, lat]): L.LatLngTuple => [lat, lon]);
    const common = { ...QUIET, renderer: this.#renderer };
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

  /** A dot at a place that was clicked or typed. */
  mark(at: { lon: number; lat: number } | null): void {
    this.#dots.clearLayers();
    if (!at) return;
    for (const [radius, fillColor] of [
      [6, OUTLINE.halo],
      [4, OUTLINE.core],
    ] as const) {
      L.circleMarker([at.lat, at.lon], {
        ...QUIET,
        renderer: this.#renderer,
        radius,
        stroke: false,
        fillColor,
        fillOpacity: 1,
      }).addTo(this.#dots);
    }
  }
}
