/** From ids to colours: one look-up a dot, and a mean where areas meet. */
import { PERIOD } from '../core/palette.ts';
import type { Tile } from './tile.ts';

/** What each area looks like. Colours are packed as `packed` does. */
export interface Table {
  /** By id: 0 is no area. */
  colours: Uint32Array;
  /** By id: 0, or one more than the place of the pattern over the colour. */
  hatches: Uint8Array;
  patterns: Uint32Array[];
  /** Dots for each pixel of the patterns. */
  ratio: number;
  /** Lines between areas and between gemeenten. */
  line: number;
  border: number;
}

/** By id the colour where it covers alone, else 0: transparent, or under a pattern. */
const plainOf = new WeakMap<Table, Uint32Array>();

function plain(table: Table): Uint32Array {
  let found = plainOf.get(table);
  if (!found) {
    const { colours, hatches } = table;
    found = colours.map((colour, id) => (hatches[id] === 0 && colour >>> 24 === 255 ? colour : 0));
    plainOf.set(table, found);
  }
  return found;
}

/** Fills a picture of `tile.side` × `tile.side` dots. Linear in dots, whatever the number of areas. */
export function paint(tile: Tile, table: Table, out: Uint32Array): void {
  const { ids, spans, side } = tile;
  const { colours } = table;
  const alone = plain(table);
  let end = 0;
  for (let row = 0; row < side; row++) {
    const from = spans[2 * row]!;
    const to = spans[2 * row + 1]!;
    if (from === to) continue;
    out.fill(0, end, from);
    end = to;
    for (let at = from; at < to; at++) {
      const id = ids[at]!;
      const colour = alone[id]!;
      out[at] = colour !== 0 || id === 0 ? colour || colours[0]! : hatched(table, id, at, side);
    }
  }
  out.fill(0, end);
  paintPairs(tile, table, alone, out);
  paintRest(tile, table, out);
}

/** Dots of two areas without a line: most of what lies between areas, so spelled out. */
function paintPairs(tile: Tile, table: Table, alone: Uint32Array, out: Uint32Array): void {
  const { mixed, quarters, pairs } = tile;
  for (let i = 0, q = 0; i < pairs; i++, q += 4) {
    const a = quarters[q]!;
    const d = quarters[q + 3]!;
    const one = alone[a]!;
    const two = alone[d]!;
    if (one === two && one !== 0) out[mixed[i]!] = one;
    else if (one === 0 || two === 0) {
      const at = mixed[i]!;
      out[at] = mixtureOf(table, a, quarters[q + 1]!, quarters[q + 2]!, d, at, tile.side);
    } else {
      // In order of their ids: the first has one to three of the four.
      const first = 1 + Number(quarters[q + 1] === a) + Number(quarters[q + 2] === a);
      const rest = 4 - first;
      const low = (one & 0xff00ff) * first + (two & 0xff00ff) * rest;
      const green = (one & 0xff00) * first + (two & 0xff00) * rest;
      out[mixed[i]!] = 0xff000000 | ((low >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00);
    }
  }
}

function paintRest(tile: Tile, table: Table, out: Uint32Array): void {
  const { mixed, quarters, inked, pairs, side } = tile;
  const { line, border } = table;
  for (let i = pairs, q = 4 * pairs; i < mixed.length; i++, q += 4) {
    const at = mixed[i]!;
    const [b, c] = [quarters[q + 1]!, quarters[q + 2]!];
    let mixture = mixtureOf(table, quarters[q]!, b, c, quarters[q + 3]!, at, side);
    const ink = inked[i]!;
    if (ink & 15) mixture = inkedBy(mixture, line, ink & 15);
    if (ink >> 4) mixture = inkedBy(mixture, border, ink >> 4);
    out[at] = mixture;
  }
}

/** What the four quarters of a dot come to. */
function mixtureOf(
  table: Table,
  a: number,
  b: number,
  c: number,
  d: number,
  at: number,
  side: number,
): number {
  const { colours, hatches } = table;
  const one = hatches[a] === 0 ? colours[a]! : hatched(table, a, at, side);
  if (a === b && a === c && a === d) return one;
  const two = hatches[b] === 0 ? colours[b]! : hatched(table, b, at, side);
  const three = hatches[c] === 0 ? colours[c]! : hatched(table, c, at, side);
  const four = hatches[d] === 0 ? colours[d]! : hatched(table, d, at, side);
  return one === two && one === three && one === four ? one : mean(one, two, three, four);
}

/** A line over some quarters of a dot. */
function inkedBy(ground: number, line: number, quarters: number): number {
  if (quarters === 4 && line >>> 24 === 255) return line;
  if ((ground & line) >>> 24 !== 255) return over(ground, line, quarters / 4);
  const rest = 4 - quarters;
  const low = (ground & 0xff00ff) * rest + (line & 0xff00ff) * quarters;
  const green = (ground & 0xff00) * rest + (line & 0xff00) * quarters;
  return (0xff000000 | ((low >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00)) >>> 0;
}

function hatched(
  { colours, hatches, patterns, ratio }: Table,
  id: number,
  at: number,
  side: number,
) {
  const period = PERIOD * ratio;
  const row = ((at / side) | 0) % period;
  const dot = patterns[hatches[id]! - 1]![row * period + ((at % side) % period)]!;
  return dot >>> 24 === 0 ? colours[id]! : over(colours[id]!, dot, 1);
}

function mean(a: number, b: number, c: number, d: number): number {
  if ((a & b & c & d) >>> 24 === 255) {
    const low = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
    const green = (a & 0xff00) + (b & 0xff00) + (c & 0xff00) + (d & 0xff00);
    return (0xff000000 | ((low >>> 2) & 0xff00ff) | ((green >>> 2) & 0xff00)) >>> 0;
  }
  // What is transparent has a say in the opacity and none in the colour.
  let [red, green, blue, opacity] = [0, 0, 0, 0];
  for (const one of [a, b, c, d]) {
    const weight = one >>> 24;
    red += (one & 255) * weight;
    green += ((one >> 8) & 255) * weight;
    blue += ((one >> 16) & 255) * weight;
    opacity += weight;
  }
  if (opacity === 0) return 0;
  return bytes(red / opacity, green / opacity, blue / opacity, opacity / 4);
}

/** One colour over another, for a part. */
export function over(ground: number, top: number, part: number): number {
  const share = ((top >>> 24) / 255) * part;
  if (share <= 0) return ground;
  const under = (ground >>> 24) / 255;
  const opacity = share + under * (1 - share);
  const mix = (shift: number) =>
    (((top >> shift) & 255) * share + ((ground >> shift) & 255) * under * (1 - share)) / opacity;
  return bytes(mix(0), mix(8), mix(16), opacity * 255);
}

function bytes(red: number, green: number, blue: number, opacity: number): number {
  const round = Math.round;
  return ((round(opacity) << 24) | (round(blue) << 16) | (round(green) << 8) | round(red)) >>> 0;
}
