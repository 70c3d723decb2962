/** The coloured areas. A raster of ids can take the place of the polygons behind this interface. */
import L from 'leaflet';
import { type Area, isSparse, isWater } from '../core/area.ts';
import { HATCHES, type HatchName, hatchOf } from '../core/palette.ts';
import { areaAt } from '../core/pick.ts';
import type { Ink } from './ink.ts';
import { Mosaic, type Paint } from './mosaic.ts';
import { middleOf } from './shape.ts';

export interface AreaLayer {
  show(areas: Area[], circles: boolean): void;
  repaint(ink: Ink): void;
  at(place: L.LatLng): Area | null;
}

/** Areas narrower than this, in pixels, get no borders: these would hide the towns. */
const NARROW = 9;
const WIDE = 22;
/** The part of the land that circles cover together, and the bounds of the largest radius. */
const COVERED = 0.22;
const RADII = [6, 40] as const;

export class PolygonAreas implements AreaLayer {
  readonly #map: L.Map;
  readonly #renderer: L.Canvas;
  readonly #mosaic: Mosaic;
  readonly #group: L.LayerGroup;
  #areas: Area[] = [];
  #circles = false;
  #ink: Ink;
  /** The width in degrees of the area in the middle. */
  #width = 1;
  #drawn = 0;
  #dots: { share: number; dot: L.CircleMarker }[] = [];

  constructor(map: L.Map, ink: Ink) {
    this.#map = map;
    this.#ink = ink;
    map.createPane('areas').style.zIndex = '350';
    this.#renderer = L.canvas({ pane: 'areas', padding: 0.3 });
    this.#mosaic = new Mosaic(map, this.#renderer, 'areas');
    this.#group = L.layerGroup().addTo(map);
    map.on('zoomend', () => {
      if (this.#border() !== this.#drawn) this.repaint(this.#ink);
      this.#sizeCircles();
    });
  }

  /** The weight of borders at this zoom, by the size of the area in the middle. */
  #border(): number {
    const pixels = (this.#width * 256 * 2 ** this.#map.getZoom()) / 360;
    return pixels < NARROW ? 0 : pixels < WIDE ? 0.5 : 0.9;
  }

  show(areas: Area[], circles: boolean): void {
    this.#areas = areas;
    this.#circles = circles;
    const widths = areas.map(({ bounds }) => bounds[2] - bounds[0]).sort((a, b) => a - b);
    this.#width = widths[Math.floor(widths.length / 2)] ?? 1;
    this.#drawn = this.#border();
    this.#group.clearLayers();
    this.#dots = [];
    this.#mosaic.show(areas, (area) => this.#paint(area));
    if (circles) this.#addCircles();
  }

  repaint(ink: Ink): void {
    this.#ink = ink;
    this.#drawn = this.#border();
    this.#mosaic.repaint();
  }

  at(place: L.LatLng): Area | null {
    return areaAt(this.#areas, place.lng, place.lat);
  }

  #paint(area: Area): Paint {
    const ink = this.#ink;
    const borders = this.#drawn > 0;
    let ground: string = area.fill ?? ink.blank;
    let hatch: HatchName | null = null;
    if (isWater(area)) ground = ink.water;
    else if (area.value === null) {
      hatch = hatchOf(area.reason);
      ground = HATCHES[hatch].ground ?? ground;
    } else if (this.#circles) ground = ink.blank;
    else if (isSparse(area)) hatch = 'nauwelijks-woongebied';
    // Without borders the areas are drawn in their own colour, lest the page shine through.
    const line = this.#circles ? ink.land : ink.line;
    return {
      ground,
      hatch,
      line: borders ? line : ground,
      weight: borders ? this.#drawn : 0.7,
    };
  }

  /** A count is never a filled area: circles, of which the surface is the number. */
  #addCircles(): void {
    const largest = Math.max(1, ...this.#areas.map((area) => Math.abs(area.value ?? 0)));
    const byCount = [...this.#areas].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    for (const area of byCount) {
      if (area.value === null || isWater(area)) continue;
      const dot = L.circleMarker(middleOf(area), {
        renderer: this.#renderer,
        pane: 'areas',
        interactive: false,
        color: this.#ink.border,
        weight: 0.75,
        fillColor: area.fill ?? this.#ink.border,
        fillOpacity: 0.9,
      });
      this.#dots.push({ share: Math.abs(area.value) / largest, dot });
    }
    this.#sizeCircles();
    for (const { dot } of this.#dots) dot.addTo(this.#group);
  }

  /** As large as the land allows, so that neighbours stay apart at any zoom. */
  #sizeCircles(): void {
    if (this.#dots.length === 0) return;
    const scale = (256 * 2 ** this.#map.getZoom()) / 360;
    let land = 0;
    for (const { bounds, middle } of this.#areas) {
      const [w, s, e, n] = bounds;
      // A shape fills about half of its box.
      land += ((e - w) * (n - s) * scale ** 2) / Math.cos((middle[1] * Math.PI) / 180) / 2;
    }
    const shares = this.#dots.reduce((sum, { share }) => sum + share, 0);
    const [least, most] = RADII;
    const fitting = Math.sqrt((COVERED * land) / (Math.PI * Math.max(shares, Number.EPSILON)));
    const radius = Math.min(most, Math.max(least, fitting));
    for (const { share, dot } of this.#dots) dot.setRadius(Math.sqrt(share) * radius);
  }
}
