/** Which areas keep their colour: some classes, a range of values. As the address has it, too. */
import { classOfCode } from './columns.ts';
import type { Layer } from './layer.ts';
import type { Filter } from './look.ts';

/** From and to, both included; null is open. */
export type Range = [from: number | null, to: number | null];

/** What the pointer is at in the legend: shown alone for as long as it is there. */
export type Alone = { class: number } | { reason: string };

export function readClasses(text: string): number[] | null {
  const parts = text.split(',');
  if (parts.some((part) => !/^\d{1,2}$/.test(part))) return null;
  return [...new Set(parts.map(Number))].sort((a, b) => a - b);
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})?:(${NUMBER})?$`);

export function readRange(text: string): Range | null {
  const match = RANGE.exec(text);
  if (!match || (match[1] === undefined && match[2] === undefined)) return null;
  const [from, to] = [match[1], match[2]].map((part) => (part === undefined ? null : Number(part)));
  if (from != null && to != null && from > to) return null;
  return [from ?? null, to ?? null];
}

export const writeRange = ([from, to]: Range): string | null =>
  from === null && to === null ? null : `${from ?? ''}:${to ?? ''}`;

/** Null where nothing is left out. `values` has the figures that a range is of. */
export function filterOf(
  drawn: Layer,
  values: Float64Array,
  klassen: string | null,
  bereik: string | null,
  alone: Alone | null,
): Filter | null {
  const { column } = drawn;
  const { painted } = column;
  if (alone) {
    const on = codesWhere(drawn, (code) =>
      'class' in alone ? code.class === alone.class : code.reason === alone.reason,
    );
    return { shows: (ordinal) => on[painted[ordinal]!] === 1 };
  }
  const classes = klassen === null ? null : readClasses(klassen);
  const range = bereik === null ? null : readRange(bereik);
  if (!classes && !range) return null;
  const on = codesWhere(drawn, (code) =>
    code.class === null ? false : (classes?.includes(code.class) ?? true),
  );
  if (!range) return { shows: (ordinal) => on[painted[ordinal]!] === 1 };
  const [from, to] = [range[0] ?? -Infinity, range[1] ?? Infinity];
  return {
    shows: (ordinal) => {
      const value = values[ordinal]!;
      return on[painted[ordinal]!] === 1 && value >= from && value <= to;
    },
  };
}

/** By code of `ValueColumn.painted` whether a test holds: asked of codes, not of thousands of areas. */
function codesWhere(
  { column: { description } }: Layer,
  test: (code: { class: number | null; reason: string | null }) => boolean,
): Uint8Array {
  const { legenda, redenen } = description;
  return Uint8Array.from({ length: 256 }, (_, code) =>
    Number(test({ class: classOfCode(legenda, code), reason: redenen[255 - code] ?? null })),
  );
}
