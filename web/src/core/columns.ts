/** The values of a layer, in the order of its borders: `/v1/waarden`, laid out in `docs/API.md`. */
import type { Legend } from './api.ts';
import type { Borders } from './borders.ts';
import { Bytes, expectFormat } from './bytes.ts';
import { type Origin, originOf } from './origin.ts';

interface ColumnDescription {
  volgorde: string;
  decimalen: number;
  basis: number;
  afgerond: boolean;
  redenen: string[];
  vlaggen: string[];
  legenda: Legend;
  /** All ways to another division, where the figures were read on one. */
  wijzen?: string[] | null;
}

export interface ValueColumn {
  description: ColumnDescription;
  /** What the borders must have in common with it. */
  order: string;
  /** By ordinal; NaN where there is none, never 0. */
  values: Float64Array;
  /** By ordinal: the class, counted from the lowest, or 255 less the place of the reason. */
  painted: Uint8Array;
  /** By ordinal: a bit for each mark. */
  flags: Uint8Array;
  /** How each figure came here from another division; null on their own. */
  origin: Origin | null;
}

/** Reads an answer. Throws where it is of another form. */
export function decodeColumn(answer: Uint8Array): ValueColumn {
  const bytes = new Bytes(answer);
  expectFormat(bytes, 'WKWA', 1);
  const width = bytes.u8();
  if (![1, 2, 4, 8].includes(width)) throw new Error(`values of ${width} bytes`);
  bytes.u16();
  const order = bytes.hex(8);
  const count = bytes.u32();
  const description = JSON.parse(bytes.text(bytes.u32())) as ColumnDescription;
  const planes = Array.from({ length: width }, () => bytes.take(count));
  const values = width === 8 ? doubles(planes, count) : units(planes, count, description);
  const painted = bytes.take(count).slice();
  const flags = bytes.take(count).slice();
  const { wijzen, legenda } = description;
  const plane = () => bytes.take(count).slice();
  const told = legenda.omrekening?.wijzen ?? [];
  const origin = wijzen ? originOf(wijzen, told, plane(), plane()) : null;
  if (!bytes.isAtEnd) throw new Error('holds more than its areas');
  return { description, order, values, painted, flags, origin };
}

/** Whole numbers of the last decimal, counted from the least. */
function units(
  planes: Uint8Array[],
  count: number,
  { basis, decimalen }: ColumnDescription,
): Float64Array {
  const values = new Float64Array(count);
  const missing = 256 ** planes.length - 1;
  const scale = 10 ** decimalen;
  for (let at = 0; at < count; at++) {
    let code = 0;
    for (let plane = planes.length - 1; plane >= 0; plane--)
      code = code * 256 + planes[plane]![at]!;
    // Divided, not multiplied: so it is the very number that was delivered.
    values[at] = code === missing ? Number.NaN : (basis + code) / scale;
  }
  return values;
}

function doubles(planes: Uint8Array[], count: number): Float64Array {
  const bytes = new Uint8Array(8 * count);
  for (let plane = 0; plane < 8; plane++) {
    for (let at = 0; at < count; at++) bytes[8 * at + plane] = planes[plane]![at]!;
  }
  const view = new DataView(bytes.buffer);
  return Float64Array.from({ length: count }, (_, at) => view.getFloat64(8 * at, true));
}

/** The number of the class of an area, as the legend has it; null where it has no value. */
export function classAt(column: ValueColumn, ordinal: number): number | null {
  const code = column.painted[ordinal];
  return code === undefined ? null : classOfCode(column.description.legenda, code);
}

/** The same from the code of an area. */
export function classOfCode({ klassen }: Legend, code: number): number | null {
  // The legend lists the highest class first.
  return klassen[klassen.length - 1 - code]?.nummer ?? null;
}

/** Why an area has no value; null where it has one. */
export function reasonAt(column: ValueColumn, ordinal: number): string | null {
  const painted = column.painted[ordinal];
  return painted === undefined ? null : (column.description.redenen[255 - painted] ?? null);
}

/** The marks of an area. */
export function flagsAt(column: ValueColumn, ordinal: number): string[] {
  const bits = column.flags[ordinal] ?? 0;
  return column.description.vlaggen.filter((_, place) => bits & (1 << place));
}

/** Whether borders and values count the same areas in the same order. Where not, paint nothing. */
export function belongTogether(borders: Borders, column: ValueColumn): boolean {
  return borders.order === column.order && borders.total === column.values.length;
}
