/** A tile of ids, with what lies between areas: pixels of several areas, and lines. */
import type { Coverage } from '../core/coverage.ts';
import { rasterise } from './ids.ts';

/** What a tile is asked to be. */
export interface TileQuery {
  /** The width of the world in pixels of the screen, and the corner of the tile among them. */
  world: number;
  left: number;
  top: number;
  /** Pixels of the screen along a side, and dots for each of them: 1 or 2. */
  size: number;
  ratio: number;
  /** Whether areas have lines between them, and how many half pixels wide those of gemeenten are. */
  lines: boolean;
  strong: 0 | 1 | 2;
}

export interface Tile {
  isEmpty: boolean;
  /** By row where the dots of areas begin and end: the sea around needs no look. */
  spans: Int32Array;
  /** Dots along a side. */
  side: number;
  /** By dot one more than the ordinal of the area at its centre; 0 for none. */
  ids: Uint16Array;
  /** The dots that need more than one look-up: their places. */
  mixed: Uint32Array;
  /** How many of them, the first, are of two areas and carry no line. */
  pairs: number;
  /** By mixed dot the ids of its four quarters, ascending. */
  quarters: Uint16Array;
  /** By mixed dot how much of it is line: quarters of a line between areas, and 16 × between gemeenten. */
  inked: Uint8Array;
}

const EDGE = 1;
const STRONG = 2;

export function tileOf(sources: Coverage[], query: TileQuery): Tile {
  const { world, left, top, size, ratio } = query;
  const side = size * ratio;
  // Half pixels, of which a sharp screen shows each: the others get the mean of four.
  const fine = 2 * size;
  const width = fine + 2;
  const halves = rasterise(sources, {
    world: 2 * world,
    left: 2 * left - 1,
    top: 2 * top - 1,
    width,
    height: width,
  });
  const marks = marksOf(halves, width, groupsOf(sources), query);
  const block = ratio === 1 ? 2 : 1;
  const ids =
    ratio === 1
      ? rasterise(sources, { world, left, top, width: side, height: side })
      : crop(halves, width, side);
  const pairs = new Dots();
  const others = new Dots();
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = (row * block + 1) * width + column * block + 1;
      if (block === 1) {
        const mark = marks[at]!;
        if (mark === 0) continue;
        const id = halves[at]!;
        others.add(row * side + column, [id, id, id, id], mark & STRONG ? 64 : 4);
        continue;
      }
      const [b, c, d] = [at + 1, at + width, at + width + 1];
      const own = ids[row * side + column]!;
      const ink = inkOf(marks[at]!) + inkOf(marks[b]!) + inkOf(marks[c]!) + inkOf(marks[d]!);
      const isWhole =
        halves[at] === own && halves[b] === own && halves[c] === own && halves[d] === own;
      if (isWhole && ink === 0) continue;
      const four = inOrder(halves[at]!, halves[b]!, halves[c]!, halves[d]!);
      const [first, second, third, last] = four;
      const isPair =
        first !== last &&
        (second === first || second === last) &&
        (third === first || third === last);
      (isPair && ink === 0 ? pairs : others).add(row * side + column, four, ink);
    }
  }
  const spans = spansOf(ids, side);
  return {
    isEmpty:
      pairs.places.length + others.places.length === 0 &&
      spans.every((at, side) => side % 2 === 0 || at === spans[side - 1]),
    spans,
    side,
    ids,
    mixed: Uint32Array.from([...pairs.places, ...others.places]),
    pairs: pairs.places.length,
    quarters: Uint16Array.from([...pairs.quarters, ...others.quarters]),
    inked: Uint8Array.from([...pairs.inked, ...others.inked]),
  };
}

type Four = [number, number, number, number];

/** Dots that need more than one look-up, while they are found. */
class Dots {
  readonly places: number[] = [];
  readonly quarters: number[] = [];
  readonly inked: number[] = [];

  add(place: number, [a, b, c, d]: Four, ink: number): void {
    this.places.push(place);
    this.quarters.push(a, b, c, d);
    this.inked.push(ink);
  }
}

/** Four ids, ascending: five exchanges at most. */
function inOrder(a: number, b: number, c: number, d: number): Four {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const [under, over] = [Math.min(c, d), Math.max(c, d)];
  const [one, two] = [Math.max(low, under), Math.min(high, over)];
  return [Math.min(low, under), Math.min(one, two), Math.max(one, two), Math.max(high, over)];
}

function spansOf(ids: Uint16Array, side: number): Int32Array {
  const spans = new Int32Array(2 * side);
  for (let row = 0; row < side; row++) {
    let [from, to] = [row * side, (row + 1) * side];
    while (from < to && ids[from] === 0) from++;
    while (to > from && ids[to - 1] === 0) to--;
    spans.set([from, to], 2 * row);
  }
  return spans;
}

const inkOf = (mark: number): number => (mark & STRONG ? 16 : mark & EDGE ? 1 : 0);

function crop(halves: Uint16Array, width: number, side: number): Uint16Array {
  const ids = new Uint16Array(side * side);
  for (let row = 0; row < side; row++) {
    const from = (row + 1) * width + 1;
    ids.set(halves.subarray(from, from + side), row * side);
  }
  return ids;
}

/** By id the gemeente; of areas that are in no source nothing is known. */
function groupsOf(sources: Coverage[]): Uint16Array {
  const groups = new Uint16Array(Math.max(0, ...sources.map(({ total }) => total)) + 1);
  for (const { ordinals, groups: own } of sources) {
    for (let area = 0; area < ordinals.length; area++) groups[ordinals[area]! + 1] = own[area]!;
  }
  return groups;
}

/** Where a line runs: on the half pixel before another area, and for wide lines on the one behind too. */
function marksOf(
  halves: Uint16Array,
  width: number,
  groups: Uint16Array,
  { lines, strong }: TileQuery,
): Uint8Array {
  const marks = new Uint8Array(halves.length);
  if (!lines && strong === 0) return marks;
  for (let row = 0; row < width - 1; row++) {
    for (let at = row * width; at < row * width + width - 1; at++) {
      const id = halves[at]!;
      for (const other of [at + 1, at + width]) {
        const next = halves[other]!;
        if (next === id) continue;
        if (strong > 0 && groups[id] !== groups[next]) {
          marks[at]! |= STRONG;
          if (strong === 2) marks[other]! |= STRONG;
        } else if (lines) marks[at]! |= EDGE;
      }
    }
  }
  return marks;
}
