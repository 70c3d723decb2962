/** The patterns that tell missing and marked areas apart, as dots. */
import { HATCHES, type HatchName, PERIOD, TWIN } from '../core/palette.ts';

export const HATCH_NAMES = Object.keys(HATCHES) as HatchName[];

/** `#rrggbb` as the bytes of a picture: red first, in a number whose lowest byte comes first. */
export function packed(hex: string, opacity = 255): number {
  const value = Number.parseInt(hex.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((opacity << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/**
 * One period of a pattern, `PERIOD` × ratio dots a side, transparent where the ground shows. The
 * sides of tiles are multiples of it, so that a pattern goes on from tile to tile.
 */
export function patternOf(name: HatchName, ratio: number): Uint32Array {
  const { form, mark } = HATCHES[name];
  const side = PERIOD * ratio;
  const dots = new Uint32Array(side * side);
  const cover = (distance: number, half: number) =>
    Math.round(255 * Math.min(1, Math.max(0, (half - distance) * ratio + 0.5)));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [(column + 0.5) / ratio, (row + 0.5) / ratio];
      const at = row * side + column;
      if (form === 'dots') {
        const near = Math.min(away(x, 2, y, 2), away(x, 6, y, 6));
        dots[at] = packed(mark, cover(near, 1));
      } else if (form === 'lines') {
        dots[at] = packed(mark, cover(toLine(x + y, 0), 0.5));
      } else {
        // A dark and a light line: one of them shows on any class.
        const isUpright = form === 'upright';
        const dark = cover(isUpright ? Math.abs(x - 3.5) : toLine(x - y, 0), 0.5);
        const light = cover(isUpright ? Math.abs(x - 4.5) : toLine(x - y, 1.4), 0.5);
        dots[at] = dark >= light ? packed(mark, dark) : packed(TWIN, light);
      }
    }
  }
  return dots;
}

const away = (x: number, atX: number, y: number, atY: number) => Math.hypot(x - atX, y - atY);

/** The distance to the nearest of the lines on which a sum of coordinates is `shift`. */
function toLine(sum: number, shift: number): number {
  const rest = (((sum - shift) % PERIOD) + PERIOD) % PERIOD;
  return Math.min(rest, PERIOD - rest) / Math.SQRT2;
}
