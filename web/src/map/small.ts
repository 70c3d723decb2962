/** Small maps of one frame: one tile of ids, and other colours for each. */
import type { Bounds } from '../core/api.ts';
import { type Coverage, unitsOf } from '../core/coverage.ts';
import { bordersName } from '../core/detail.ts';
import type { Layer } from '../core/layer.ts';
import type { Level } from '../core/level.ts';
import { lookOf } from '../core/look.ts';
import type { Ids, Raster } from '../raster/raster.ts';
import { readInk } from './ink.ts';
import { tableOf } from './table.ts';

/** Pixels along a side: a multiple of the period of every pattern. */
export const SMALL = 240;

export class SmallMaps {
  readonly #raster: Raster;
  readonly #tile: Ids;
  readonly #ratio: 1 | 2;

  private constructor(raster: Raster, tile: Ids, ratio: 1 | 2) {
    this.#raster = raster;
    this.#tile = tile;
    this.#ratio = ratio;
  }

  /** Of borders that were read before, with a box of longitude and latitude in the middle. */
  static async of(raster: Raster, { description }: Coverage, box: Bounds): Promise<SmallMaps> {
    const [west, north] = unitsOf(0, box[0], box[3]);
    const [east, south] = unitsOf(0, box[2], box[1]);
    const ratio = (window.devicePixelRatio || 1) > 1 ? 2 : 1;
    const world = ((SMALL - 8) / Math.max(east - west, south - north)) | 0;
    const name = bordersName(description.niveau as Level, description.jaar, 'grof', null);
    const tile = await raster.tile([name], {
      world,
      left: Math.round(((west + east) / 2) * world - SMALL / 2),
      top: Math.round(((north + south) / 2) * world - SMALL / 2),
      size: SMALL,
      ratio,
      lines: false,
      strong: 1,
    });
    return new SmallMaps(raster, tile, ratio);
  }

  /** Paints a layer of these borders; false where the tile was let go meanwhile. */
  async paint(layer: Layer, canvas: HTMLCanvasElement): Promise<boolean> {
    const ink = readInk();
    const table = tableOf(lookOf(layer, ink, false, null), ink, this.#ratio);
    const [buffer] = await this.#raster.paint([this.#tile.tile], table);
    if (!buffer) return false;
    const { side } = this.#tile;
    canvas.width = canvas.height = side;
    const picture = new ImageData(new Uint8ClampedArray(buffer), side);
    canvas.getContext('2d')!.putImageData(picture, 0, 0);
    return true;
  }

  end(): void {
    this.#raster.drop(this.#tile.tile);
  }
}
