/** Draws the patterns that tell missing and flagged areas apart. */
import { HATCHES, type HatchName, PERIOD, TWIN } from '../core/palette.ts';

const cache = new Map<string, CanvasPattern>();

/** The marks alone, without the ground, as sharp as the screen allows. */
export function pattern(context: CanvasRenderingContext2D, name: HatchName): CanvasPattern {
  const ratio = Math.max(1, Math.round(window.devicePixelRatio || 1));
  const key = `${name}@${ratio}`;
  const known = cache.get(key);
  if (known) return known;
  const tile = document.createElement('canvas');
  tile.width = PERIOD * ratio;
  tile.height = PERIOD * ratio;
  const brush = tile.getContext('2d')!;
  brush.scale(ratio, ratio);
  draw(brush, name);
  const made = context.createPattern(tile, 'repeat')!;
  made.setTransform(new DOMMatrix().scale(1 / ratio));
  cache.set(key, made);
  return made;
}

function draw(brush: CanvasRenderingContext2D, name: HatchName): void {
  const { mark, form } = HATCHES[name];
  brush.strokeStyle = mark;
  brush.fillStyle = mark;
  const line = (x1: number, y1: number, x2: number, y2: number) => {
    brush.beginPath();
    brush.moveTo(x1, y1);
    brush.lineTo(x2, y2);
    brush.stroke();
  };
  if (form === 'dots') {
    for (const [x, y] of [
      [2, 2],
      [6, 6],
    ] as const) {
      brush.beginPath();
      brush.arc(x, y, 1, 0, 2 * Math.PI);
      brush.fill();
    }
    return;
  }
  // Over the corners, so that the line goes on in the next tile.
  for (const shift of [-PERIOD, 0, PERIOD]) {
    if (form === 'lines') line(shift - 1, PERIOD + 1, shift + PERIOD + 1, -1);
    else {
      // A dark and a light line: one of them shows on any class.
      brush.strokeStyle = TWIN;
      line(shift, -1, shift + PERIOD + 2, PERIOD + 1);
      brush.strokeStyle = mark;
      line(shift - 1, -1, shift + PERIOD + 1, PERIOD + 1);
    }
  }
}
