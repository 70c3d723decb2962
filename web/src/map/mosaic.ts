/**
 * All areas as one Leaflet path on a canvas. A path object for each area costs seconds for a country:
 * here a shape is projected once, and each drawing only scales it and leaves out what no pixel shows.
 */
import L from 'leaflet';
import { type Area, parts } from '../core/area.ts';
import type { HatchName } from '../core/palette.ts';
import { pattern } from './hatch.ts';
import { boundsOf } from './shape.ts';

export interface Paint {
  ground: string;
  hatch: HatchName | null;
  line: string;
  weight: number;
}
/** Pairs of Mercator coordinates from 0 to 1, per ring. */
type Ring = Float64Array;
interface Tile {
  area: Area;
  rings: Ring[];
  /** West, north, east, south, in the same coordinates. */
  box: [number, number, number, number];
}
/** A vertex nearer than this to the one before, in pixels, is left out. */
const STEP = 0.7;

export function mercator(lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

function tileOf(area: Area): Tile {
  const [west, south, east, north] = area.bounds;
  const rings = parts(area.geometry)
    .flat()
    .map((ring) => {
      const flat = new Float64Array(ring.length * 2);
      ring.forEach(([lon = 0, lat = 0], index) => {
        flat.set(mercator(lon, lat), index * 2);
      });
      return flat;
    });
  return { area, rings, box: [...mercator(west, north), ...mercator(east, south)] };
}

/** What Leaflet's canvas calls and knows; none of it is in its published types. */
interface Internals {
  _map: L.Map | null;
  _renderer: { _ctx: CanvasRenderingContext2D; _drawing: boolean; _bounds: L.Bounds };
  _pxBounds: L.Bounds;
}

class MosaicPath extends L.Path {
  tiles: Tile[] = [];
  paint: (area: Area) => Paint = () => ({ ground: 'none', hatch: null, line: 'none', weight: 0 });
  extent: L.LatLngBounds | null = null;

  constructor(options: L.PathOptions) {
    super();
    // A path takes no options by itself; without this it would draw in a pane of its own choice.
    L.Util.setOptions(this, options);
  }

  get #inside(): Internals {
    return this as unknown as Internals;
  }

  _project(): void {
    const { _map: map } = this.#inside;
    if (!map || !this.extent) return;
    this.#inside._pxBounds = L.bounds(
      map.latLngToLayerPoint(this.extent.getNorthWest()),
      map.latLngToLayerPoint(this.extent.getSouthEast()),
    );
  }

  _update(): void {
    if (this.#inside._map) this._updatePath();
  }

  _updatePath(): void {
    const { _map: map, _renderer: renderer } = this.#inside;
    if (!map || !renderer._drawing) return;
    const scale = 256 * 2 ** map.getZoom();
    const origin = map.getPixelOrigin();
    const { min, max } = renderer._bounds;
    if (!min || !max) return;
    const [west, north] = [(min.x + origin.x) / scale, (min.y + origin.y) / scale];
    const [east, south] = [(max.x + origin.x) / scale, (max.y + origin.y) / scale];
    const context = renderer._ctx;
    context.lineJoin = 'round';
    context.globalAlpha = 1;
    for (const { area, rings, box } of this.tiles) {
      if (box[0] > east || box[2] < west || box[1] > south || box[3] < north) continue;
      const path = outline(rings, scale, origin.x, origin.y);
      const { ground, hatch, line, weight } = this.paint(area);
      context.fillStyle = ground;
      context.fill(path, 'evenodd');
      if (hatch) {
        context.fillStyle = pattern(context, hatch);
        context.fill(path, 'evenodd');
      }
      context.strokeStyle = line;
      context.lineWidth = weight;
      context.stroke(path);
    }
  }

  _containsPoint(): boolean {
    return false;
  }
}

function outline(rings: Ring[], scale: number, left: number, top: number): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    let lastX = Number.NaN;
    let lastY = Number.NaN;
    const end = ring.length - 2;
    for (let i = 0; i <= end; i += 2) {
      const x = ring[i]! * scale - left;
      const y = ring[i + 1]! * scale - top;
      if (i === 0) path.moveTo(x, y);
      else if (i === end || Math.abs(x - lastX) + Math.abs(y - lastY) >= STEP) path.lineTo(x, y);
      else continue;
      lastX = x;
      lastY = y;
    }
    path.closePath();
  }
  return path;
}

export class Mosaic {
  readonly #map: L.Map;
  readonly #path: MosaicPath;

  constructor(map: L.Map, renderer: L.Canvas, pane: string) {
    this.#map = map;
    this.#path = new MosaicPath({ renderer, pane, interactive: false, weight: 2 });
  }

  show(areas: Area[], paint: (area: Area) => Paint): void {
    this.#path.remove();
    this.#path.tiles = areas.filter(({ geometry }) => geometry).map(tileOf);
    this.#path.paint = paint;
    const boxes = this.#path.tiles.map(({ area }) => boundsOf(area.bounds));
    this.#path.extent = boxes.length > 0 ? boxes.reduce((all, one) => all.extend(one)) : null;
    if (this.#path.extent) this.#path.addTo(this.#map);
  }

  repaint(): void {
    if (this.#path.extent) this.#path.redraw();
  }
}
