/**
 * All areas as tiles of ids. A worker says once for each tile which area every dot lies in; colours
 * are looked up. Another year, topic or filter is another table and one pass over the dots.
 */
import L from 'leaflet';
import { MOST_AREAS } from '../raster/ids.ts';
import { paint, type Table } from '../raster/paint.ts';
import type { Raster } from '../raster/raster.ts';
import type { Tile, TileQuery } from '../raster/tile.ts';

/** Pixels along a side of a tile; a multiple of the period of every pattern. */
export const TILE = 512;

interface Sheet {
  canvas: HTMLCanvasElement;
  coords: L.Coords;
  /** What it was last asked of, so that a late answer to an earlier question is dropped. */
  asked: string;
  /** What its ids are of: borders of the same level and division share their order. */
  order: string;
  tile: Tile | null;
  /** Whether anything was painted on it yet. */
  isBlank: boolean;
}

/** What tiles are made of: which borders, and which lines to draw. */
export interface Ground {
  /** The order of the areas that the ids count, which tables must have in common. */
  order: string;
  /** The names of the borders for a tile, by its corner and side in parts of the world. */
  sources(zoom: number, west: number, north: number, side: number): string[];
  lines(zoom: number): Pick<TileQuery, 'lines' | 'strong'>;
}

/** Draws over the dots of a tile. */
export type Decoration = (
  context: CanvasRenderingContext2D,
  coords: L.Coords,
  ratio: number,
) => void;

/** What Leaflet calls and knows; none of it is in its published types. */
interface Internals {
  _map: L.Map;
  _tileZoom: number | undefined;
  _noPrune: boolean;
  _updateLevels(): void;
  _resetGrid(): void;
  _update(center: L.LatLng): void;
  _pruneTiles(): void;
  _setZoomTransforms(center: L.LatLng, zoom: number): void;
}

export class Painter extends L.GridLayer {
  readonly #raster: Raster;
  readonly #sheets = new Map<string, Sheet>();
  readonly #queue: Sheet[] = [];
  readonly #ratio = (window.devicePixelRatio || 1) > 1 ? 2 : 1;
  #ground: Ground | null = null;
  #table: { order: string; table: Table } | null = null;
  #decoration: Decoration | null = null;
  /** Every tile is painted in here, one after the other. */
  #picture: ImageData | null = null;
  #frame = 0;
  #pending = 0;

  constructor(raster: Raster, options: L.GridLayerOptions) {
    super({ tileSize: TILE, keepBuffer: 1, updateWhenZooming: false, noWrap: true, ...options });
    this.#raster = raster;
    this.on('tileunload', ({ coords }: L.TileEvent) => {
      this.#sheets.delete(keyOf(coords));
    });
  }

  get ratio(): 1 | 2 {
    return this.#ratio;
  }

  get isBusy(): boolean {
    return this.#pending > 0 || this.#queue.length > 0;
  }

  /** Other borders. Tiles keep what they show until the new ids are there. */
  setGround(ground: Ground): void {
    if (!this.#ground && this._internals._map) {
      this.#ground = ground;
      this.redraw();
      return;
    }
    this.#ground = ground;
    this.refresh();
  }

  /** Asks again for the tiles that would be made of something else than they are. */
  refresh(): void {
    for (const sheet of this.#sheets.values()) void this.#fill(sheet);
  }

  /** Other colours: every tile that is here, now. */
  setTable(order: string, table: Table, decoration: Decoration | null): void {
    this.#table = { order, table };
    this.#decoration = decoration;
    this.#queue.length = 0;
    const view = this._internals._map?.getBounds();
    for (const sheet of this.#sheets.values()) {
      // What is out of sight can wait its turn.
      if (view?.intersects(this.#boundsOf(sheet))) this.#paint(sheet);
      else if (sheet.tile) this.#enqueue(sheet);
    }
  }

  #boundsOf({ coords: { x, y, z } }: Sheet): L.LatLngBounds {
    const map = this._internals._map;
    const corner = (column: number, row: number) => map.unproject([column * TILE, row * TILE], z);
    return L.latLngBounds(corner(x, y + 1), corner(x + 1, y));
  }

  /** The ordinal of the area at a place; -1 where there is none, null where no tile is ready. */
  at(place: L.LatLng): number | null {
    const zoom = this._internals._tileZoom;
    if (zoom === undefined || !this.#ground) return null;
    const { x, y } = this._internals._map.project(place, zoom);
    const [column, row] = [Math.floor(x / TILE), Math.floor(y / TILE)];
    const sheet = this.#sheets.get(keyOf({ x: column, y: row, z: zoom }));
    if (!sheet?.tile || sheet.order !== this.#ground.order) return null;
    const scale = sheet.tile.side / TILE;
    const dot = (at: number, first: number) =>
      Math.min(sheet.tile!.side - 1, Math.floor((at - first * TILE) * scale));
    return sheet.tile.ids[dot(y, row) * sheet.tile.side + dot(x, column)]! - 1;
  }

  protected override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement('canvas');
    canvas.width = TILE * this.#ratio;
    canvas.height = TILE * this.#ratio;
    const sheet: Sheet = { canvas, coords, asked: '', order: '', tile: null, isBlank: true };
    this.#sheets.set(keyOf(coords), sheet);
    this.#fill(sheet).then(
      () => done(undefined, canvas),
      () => done(undefined, canvas),
    );
    return canvas;
  }

  async #fill(sheet: Sheet): Promise<void> {
    const ground = this.#ground;
    if (!ground) return;
    const world = 256 * 2 ** sheet.coords.z;
    const [left, top] = [sheet.coords.x * TILE, sheet.coords.y * TILE];
    const sources = ground.sources(sheet.coords.z, left / world, top / world, TILE / world);
    const lines = ground.lines(sheet.coords.z);
    const asked = JSON.stringify([ground.order, sources, lines]);
    if (asked === sheet.asked) return;
    sheet.asked = asked;
    this.#pending += 1;
    try {
      const query = { world, left, top, size: TILE, ratio: this.#ratio, ...lines };
      const tile = await this.#raster.tile(sources, query);
      if (sheet.asked !== asked) return;
      sheet.tile = tile;
      sheet.order = ground.order;
      if (this.#ratio === 1) this.#paint(sheet);
      else this.#enqueue(sheet);
    } catch {
      // The worker says so itself; until then the tile stays as it is.
      if (sheet.asked === asked) sheet.asked = '';
    } finally {
      this.#pending -= 1;
      if (!this.isBusy) this.fire('painted');
    }
  }

  /** On sharp screens a tile for each frame, so that none of them takes long. */
  #enqueue(sheet: Sheet): void {
    this.#queue.push(sheet);
    if (this.#frame) return;
    const next = () => {
      const one = this.#queue.shift();
      this.#frame = this.#queue.length > 0 ? requestAnimationFrame(next) : 0;
      if (one) this.#paint(one);
      if (!this.isBusy) this.fire('painted');
    };
    this.#frame = requestAnimationFrame(next);
  }

  #paint(sheet: Sheet): void {
    const { canvas, tile, order, coords } = sheet;
    if (!tile || !this.#table || this.#table.order !== order) return;
    const context = canvas.getContext('2d')!;
    if (tile.isEmpty && !this.#decoration) {
      if (!sheet.isBlank) context.clearRect(0, 0, tile.side, tile.side);
      sheet.isBlank = true;
      return;
    }
    sheet.isBlank = false;
    if (this.#picture?.width !== tile.side) this.#picture = new ImageData(tile.side, tile.side);
    const picture = this.#picture;
    paint(tile, this.#table.table, new Uint32Array(picture.data.buffer));
    context.putImageData(picture, 0, 0);
    this.#decoration?.(context, coords, this.#ratio);
  }

  get _internals(): Internals {
    return this as unknown as Internals;
  }

  /** Tiles of the very zoom of the map, also between whole zooms: ids cannot be stretched. */
  _setView(center: L.LatLng, zoom: number, noPrune?: boolean, noUpdate?: boolean): void {
    const inside = this._internals;
    if (!noUpdate) {
      inside._tileZoom = zoom;
      inside._updateLevels();
      inside._resetGrid();
      inside._update(center);
      if (!noPrune) inside._pruneTiles();
      inside._noPrune = Boolean(noPrune);
    }
    inside._setZoomTransforms(center, zoom);
  }
}

const keyOf = ({ x, y, z }: { x: number; y: number; z: number }) => `${x}:${y}:${z}`;

/** Whether a level can be painted at all. */
export const canPaint = (areas: number) => areas <= MOST_AREAS;
