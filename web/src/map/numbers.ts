/** The number of its class in each area that has room for it: for who sees no colours. */

import { labelOf } from '../core/label.ts';
import type { Layer } from '../core/layer.ts';
import { inkOn } from '../core/palette.ts';
import type { Decoration } from './painter.ts';
import { TILE } from './painter.ts';

/** From this zoom on areas are large enough. */
export const NUMBERS = 11;
/** All in pixels of a text of 16: they grow with the text of the page. From the middle of a number to the border of its area, at least. */
const ROOM = 7.5;
/** Along a side of the picture of a number. */
const SIDE = 20;

export class Numbers implements Decoration {
  readonly overhangs = false;
  readonly #layer: Layer;
  readonly #shows: (ordinal: number) => boolean;
  readonly #water: number;
  /** How many times its usual size a reader has made the text. */
  readonly #size: number;
  /** By code of `ValueColumn.painted`. */
  readonly #pictures = new Map<number, HTMLCanvasElement>();

  constructor(layer: Layer, shows: (ordinal: number) => boolean) {
    this.#layer = layer;
    this.#shows = shows;
    const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.#size = (text || 16) / 16;
    const place = layer.column.description.vlaggen.indexOf('water');
    this.#water = place < 0 ? 0 : 1 << place;
  }

  draw(
    context: CanvasRenderingContext2D,
    coords: { x: number; y: number; z: number },
    ratio: number,
  ): void {
    if (coords.z < NUMBERS) return;
    const { coverage, column, ordinals } = this.#layer;
    const { klassen } = column.description.legenda;
    // Units of the grid for each pixel.
    const scale = 2 ** (coverage.bits - 8 - coords.z);
    const [side, room] = [SIDE * this.#size, ROOM * this.#size * scale];
    const air = side * scale;
    const [left, top] = [coords.x * TILE * scale, coords.y * TILE * scale];
    const [right, bottom] = [left + TILE * scale, top + TILE * scale];
    for (const ordinal of ordinals) {
      const at = 4 * ordinal;
      const [west, north] = [coverage.boxes[at]!, coverage.boxes[at + 1]!];
      const [east, south] = [coverage.boxes[at + 2]!, coverage.boxes[at + 3]!];
      if (west > right + air || east < left - air || north > bottom + air || south < top - air)
        continue;
      if (Math.min(east - west, south - north) < 2 * room) continue;
      const code = column.painted[ordinal]!;
      if (code >= klassen.length || column.flags[ordinal]! & this.#water || !this.#shows(ordinal))
        continue;
      const label = labelOf(coverage, ordinal);
      if (!label || label.room < room) continue;
      const [x, y] = [(label.x - left) / scale, (label.y - top) / scale];
      if (x < -side || y < -side || x > TILE + side || y > TILE + side) continue;
      // On whole dots, so that both halves on either side of a tile's edge meet.
      const dot = (place: number) => Math.round((place - side / 2) * ratio);
      context.drawImage(this.#picture(code, ratio), dot(x), dot(y));
    }
  }

  #picture(code: number, ratio: number): HTMLCanvasElement {
    const known = this.#pictures.get(code);
    if (known) return known;
    const { klassen } = this.#layer.column.description.legenda;
    // The legend lists the highest class first.
    const { nummer, kleur } = klassen[klassen.length - 1 - code]!;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.ceil(SIDE * this.#size * ratio);
    const context = canvas.getContext('2d')!;
    context.scale(this.#size * ratio, this.#size * ratio);
    context.font = '600 12px system-ui, "Noto Sans", sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'alphabetic';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    // A halo in the colour of the class: over a pattern it keeps the number free.
    context.strokeStyle = kleur;
    context.fillStyle = inkOn(kleur);
    const [x, y] = [SIDE / 2, SIDE / 2 + 4.5];
    context.strokeText(String(nummer), x, y);
    context.fillText(String(nummer), x, y);
    this.#pictures.set(code, canvas);
    return canvas;
  }
}
