/** The borders of a level, every one once: `/v1/gebiedsgrenzen`, laid out in `docs/API.md`. */
import { Bytes, expectFormat } from './bytes.ts';

export interface BordersDescription {
  niveau: string;
  jaar: number;
  detail: 'grof' | 'middel' | 'fijn' | 'volledig';
  binnen: string | null;
  volgorde: string;
  bron: string | null;
  licentie: string | null;
  versie: string;
  fictief: boolean;
}

/**
 * Arcs and the rings that they make. Coordinates are those of web tiles: x east and y south from
 * the north-western corner of the world, which is 2^bits units wide.
 */
export interface Borders {
  description: BordersDescription;
  /** What value columns must have in common with it. */
  order: string;
  bits: number;
  /** How many areas the level has, of which these are some or all. */
  total: number;
  /** By area of the file: its place in the level, by which values are found. */
  ordinals: Uint32Array;
  codes: string[];
  names: string[];
  /** The vertices of all arcs, and where each arc ends among them; both its ends are stored. */
  x: Int32Array;
  y: Int32Array;
  arcEnds: Uint32Array;
  /** The arcs of all rings: a number, or ~number where it is walked backwards. */
  refs: Int32Array;
  /** Where each ring ends in `refs`, each polygon in `ringEnds`, each area in `polygonEnds`. */
  ringEnds: Uint32Array;
  polygonEnds: Uint32Array;
  areaEnds: Uint32Array;
  /** By arc: the areas of the file on its left and right; -1 where there is none in it. */
  sides: Int32Array;
}

/** Reads an answer. Throws where it is of another form. */
export function decodeBorders(answer: Uint8Array): Borders {
  const bytes = new Bytes(answer);
  expectFormat(bytes, 'WKGR', 1);
  const bits = bytes.u8();
  bytes.u16();
  const order = bytes.hex(8);
  const total = bytes.u32();
  const count = bytes.u32();
  const description = JSON.parse(bytes.text(bytes.u32())) as BordersDescription;
  // Every area has a byte or more, here and below: a file cannot claim more than it holds.
  if (count > answer.length) throw new Error('ends too early');
  const ordinals = readOrdinals(bytes.column(), count, total);
  const codes = readCodes(bytes.column(), count);
  const names = readNames(bytes.take(bytes.varint()), count);
  const shapes = readShapes(bytes, count, answer.length);
  return { description, order, bits, total, ordinals, codes, names, ...shapes };
}

function readOrdinals(column: Bytes, count: number, total: number): Uint32Array {
  const ordinals = new Uint32Array(count);
  let next = 0;
  for (let area = 0; area < count; area++) {
    const ordinal = next + column.varint();
    if (ordinal >= total) throw new Error('an area beyond the level');
    ordinals[area] = ordinal;
    next = ordinal + 1;
  }
  return ordinals;
}

function readCodes(column: Bytes, count: number): string[] {
  const codes: string[] = [];
  let last = '';
  for (let area = 0; area < count; area++) {
    const shared = column.varint();
    last = last.slice(0, shared) + column.text(column.varint());
    codes.push(last);
  }
  return codes;
}

function readNames(column: Uint8Array, count: number): string[] {
  const names = new TextDecoder().decode(column).split('\n');
  if (names.pop() !== '' || names.length !== count) throw new Error('not a name for each area');
  return names;
}

type Shapes = Omit<
  Borders,
  'description' | 'order' | 'bits' | 'total' | 'ordinals' | 'codes' | 'names'
>;

function readShapes(bytes: Bytes, count: number, most: number): Shapes {
  const parts = bytes.column();
  const backs = bytes.column();
  const lengths = bytes.column();
  const begins = bytes.column();
  const east = bytes.column();
  const south = bytes.column();
  const x: number[] = [];
  const y: number[] = [];
  const arcEnds: number[] = [];
  const refs: number[] = [];
  const ringEnds: number[] = [];
  const polygonEnds: number[] = [];
  const areaEnds: number[] = [];
  const sides: number[] = [];
  const startOf = (arc: number) => (arc === 0 ? 0 : arcEnds[arc - 1]!);
  let beginX = 0;
  let beginY = 0;

  const readRing = (area: number): void => {
    const arcs = parts.varint();
    const first = refs.length;
    let known = arcEnds.length;
    for (let i = 0; i < arcs; i++) {
      const back = backs.varint();
      if (back > known) throw new Error('an arc that never came');
      refs.push(back === 0 ? known : ~(known - back));
      if (back === 0) known++;
    }
    ringEnds.push(refs.length);
    if (arcs === 0) return;
    // A ring that begins with an arc that came before begins where that ends.
    let at = refs[first]! < 0 ? arcEnds[~refs[first]!]! - 1 : -1;
    if (at < 0) {
      beginX += begins.signed();
      beginY += begins.signed();
    }
    let atX = at < 0 ? beginX : x[at]!;
    let atY = at < 0 ? beginY : y[at]!;
    const [startX, startY] = [atX, atY];
    for (let i = first; i < refs.length; i++) {
      const ref = refs[i]!;
      if (ref < 0) {
        at = startOf(~ref);
        [atX, atY] = [x[at]!, y[at]!];
        sides[2 * ~ref + 1] = area;
        continue;
      }
      // Its last vertex is not stored where the ring tells it.
      const next = refs[i + 1];
      const isTold = next === undefined || next < 0;
      const vertices = lengths.varint() + 2;
      if (vertices > most) throw new Error('ends too early');
      x.push(atX);
      y.push(atY);
      for (let k = 1; k < vertices - Number(isTold); k++) {
        atX += east.signed();
        atY += south.signed();
        x.push(atX);
        y.push(atY);
      }
      if (isTold) {
        const end = next === undefined ? -1 : arcEnds[~next]! - 1;
        atX = end < 0 ? startX : x[end]!;
        atY = end < 0 ? startY : y[end]!;
        x.push(atX);
        y.push(atY);
      }
      arcEnds.push(x.length);
      sides.push(area, -1);
    }
  };

  for (let area = 0; area < count; area++) {
    for (let polygon = parts.varint(); polygon > 0; polygon--) {
      for (let ring = parts.varint(); ring > 0; ring--) readRing(area);
      polygonEnds.push(ringEnds.length);
    }
    areaEnds.push(polygonEnds.length);
  }
  if (![parts, backs, lengths, begins, east, south].every((column) => column.isAtEnd)) {
    throw new Error('holds more than its areas');
  }
  return {
    x: Int32Array.from(x),
    y: Int32Array.from(y),
    arcEnds: Uint32Array.from(arcEnds),
    refs: Int32Array.from(refs),
    ringEnds: Uint32Array.from(ringEnds),
    polygonEnds: Uint32Array.from(polygonEnds),
    areaEnds: Uint32Array.from(areaEnds),
    sides: Int32Array.from(sides),
  };
}

/** The vertices of a ring, x and y in turn, the first not repeated. */
export function ringOf(borders: Borders, ring: number): number[] {
  const { x, y, arcEnds, refs, ringEnds } = borders;
  const vertices: number[] = [];
  for (let i = ring === 0 ? 0 : ringEnds[ring - 1]!; i < ringEnds[ring]!; i++) {
    const ref = refs[i]!;
    const arc = ref < 0 ? ~ref : ref;
    const start = arc === 0 ? 0 : arcEnds[arc - 1]!;
    const last = arcEnds[arc]! - 1;
    for (let k = 0; k < last - start; k++) {
      const at = ref < 0 ? last - k : start + k;
      vertices.push(x[at]!, y[at]!);
    }
  }
  return vertices;
}

/** The rings of an area of the file, by number. */
export function ringsOf(borders: Borders, area: number): number[] {
  const { areaEnds, polygonEnds } = borders;
  const first = area === 0 ? 0 : areaEnds[area - 1]!;
  const end = areaEnds[area]!;
  const from = first === 0 ? 0 : polygonEnds[first - 1]!;
  const to = end === 0 ? 0 : polygonEnds[end - 1]!;
  return Array.from({ length: to - from }, (_, i) => from + i);
}
