/**
 * All areas as tiles of ids. A worker says once for each tile which area every dot lies in, and looks
 * colours up. Another year, topic or filter is another table and one pass over the dots.
 */
import L from 'leaflet';
import { MOST_AREAS } from '../raster/ids.ts';
import type { Table } from '../raster/paint.ts';
import type { Ids, Raster } from '../raster/raster.ts';
import type { TileQuery } from '../raster/tile.ts';

/** Pixels along a side of a tile; a multiple of the period of every pattern. */
export const TILE = 512;

interface Sheet {
  canvas: HTMLCanvasElement;
  coords: L.Coords;
  /** What it was last asked of, so that a late answer to an earlier question is dropped. */
  asked: string;
  /** What its ids are of: borders of the same level and division share their order. */
  order: string;
  tile: Ids | null;
  /** The colours that it was last asked in. */
  table: Table | null;
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
export interface Decoration {
  /** Whether it may draw where no area is. */
  overhangs: boolean;
  draw(
    context: CanvasRenderingContext2D,
    coords: { x: number; y: number; z: number },
    ratio: number,
  ): void;
}

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
  readonly #ratio = (window.devicePixelRatio || 1) > 1 ? 2 : 1;
  #ground: Ground | null = null;
  #table: { order: string; table: Table } | null = null;
  #decoration: Decoration | null = null;
  #pending = 0;

  constructor(raster: Raster, options: L.GridLayerOptions) {
    super({ tileSize: TILE, keepBuffer: 1, updateWhenZooming: false, noWrap: true, ...options });
    this.#raster = raster;
    this.on('tileunload', ({ coords }: L.TileEvent) => {
      const sheet = this.#sheets.get(keyOf(coords));
      if (sheet?.tile) raster.drop(sheet.tile.tile);
      if (sheet) sheet.asked = 'gone';
      this.#sheets.delete(keyOf(coords));
    });
  }

  get ratio(): 1 | 2 {
    return this.#ratio;
  }

  get isBusy(): boolean {
    return this.#pending > 0;
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
    const view = this._internals._map?.getBounds();
    const sheets = [...this.#sheets.values()];
    const isNear = (sheet: Sheet) => view?.intersects(this.#boundsOf(sheet)) ?? true;
    // All that is in sight changes in one frame; what is out of sight comes after it.
    this.#paint(sheets.filter(isNear));
    this.#paint(sheets.filter((sheet) => !isNear(sheet)));
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
    const sheet: Sheet = {
      canvas,
      coords,
      asked: '',
      order: '',
      tile: null,
      table: null,
      isBlank: true,
    };
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
      if (sheet.asked !== asked) {
        this.#raster.drop(tile.tile);
        return;
      }
      if (sheet.tile) this.#raster.drop(sheet.tile.tile);
      sheet.tile = tile;
      sheet.order = ground.order;
      await this.#paint([sheet]);
    } catch {
      // The worker says so itself; until then the tile stays as it is.
      if (sheet.asked === asked) sheet.asked = '';
    } finally {
      this.#pending -= 1;
      if (!this.isBusy) this.fire('painted');
    }
  }

  /** Has these tiles painted, and shows them together. */
  async #paint(sheets: Sheet[]): Promise<void> {
    const now = this.#table;
    const decoration = this.#decoration;
    if (!now) return;
    const asked: { sheet: Sheet; tile: Ids }[] = [];
    for (const sheet of sheets) {
      const { tile, canvas } = sheet;
      if (!tile || now.order !== sheet.order) continue;
      sheet.table = now.table;
      if (!tile.isEmpty || decoration?.overhangs) asked.push({ sheet, tile });
      else if (!sheet.isBlank) {
        canvas.getContext('2d')!.clearRect(0, 0, tile.side, tile.side);
        sheet.isBlank = true;
      }
    }
    if (asked.length === 0) return;
    this.#pending += 1;
    try {
      const ids = asked.map(({ tile }) => tile.tile);
      const pictures = await this.#raster.paint(ids, now.table);
      asked.forEach(({ sheet, tile }, at) => {
        const buffer = pictures[at];
        if (!buffer) return;
        // Not what another table or other borders have overtaken.
        if (sheet.tile === tile && sheet.table === now.table) {
          const picture = new ImageData(new Uint8ClampedArray(buffer), tile.side);
          const context = sheet.canvas.getContext('2d')!;
          context.putImageData(picture, 0, 0);
          decoration?.draw(context, sheet.coords, this.#ratio);
          sheet.isBlank = false;
        }
        this.#raster.reuse(buffer);
      });
    } catch {
      // The worker says so itself.
    } finally {
      this.#pending -= 1;
      if (!this.isBusy) this.fire('painted');
    }
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
