/** Borders and values of a level, joined: what the map paints and the table lists. */
import type { Bounds } from './api.ts';
import type { Area } from './area.ts';
import { belongTogether, classAt, flagsAt, reasonAt, type ValueColumn } from './columns.ts';
import { areaAt, boundsOf, type Coverage, lonLat, middleOf, unitsOf } from './coverage.ts';
import { ancestor, levelOf, liesIn } from './level.ts';
import { estimateAt } from './origin.ts';

/** Borders and values that do not count the same areas in the same order. */
export class Mismatch extends Error {}

const places = new WeakMap<Coverage, Map<string, number>>();

/** What follows from the borders and the extent alone, whatever the values. */
interface Extent {
  ordinals: Uint32Array;
  bounds: Bounds | null;
}
const extents = new WeakMap<Coverage, Map<string | null, Extent>>();
const layers = new WeakMap<ValueColumn, Map<string | null, Layer>>();

/** By code the place of an area in its level. */
function placesOf(coverage: Coverage): Map<string, number> {
  let found = places.get(coverage);
  if (!found) {
    found = new Map(coverage.codes.map((code, place) => [code, place]));
    places.set(coverage, found);
  }
  return found;
}

function extentOf(coverage: Coverage, binnen: string | null): Extent {
  const known = extents.get(coverage) ?? new Map<string | null, Extent>();
  extents.set(coverage, known);
  let found = known.get(binnen);
  if (!found) {
    const ordinals = ordinalsIn(coverage, binnen);
    found = { ordinals, bounds: boxAround(coverage, ordinals) };
    known.set(binnen, found);
  }
  return found;
}

/** The box around areas; null around nothing. */
function boxAround({ boxes, bits }: Coverage, ordinals: Uint32Array): Bounds | null {
  const box: Bounds = [2 ** 31, 2 ** 31, -(2 ** 31), -(2 ** 31)];
  for (const ordinal of ordinals) {
    const at = 4 * ordinal;
    if (boxes[at] === boxes[at + 2] && boxes[at] === 0) continue;
    box[0] = Math.min(box[0], boxes[at]!);
    box[1] = Math.min(box[1], boxes[at + 1]!);
    box[2] = Math.max(box[2], boxes[at + 2]!);
    box[3] = Math.max(box[3], boxes[at + 3]!);
  }
  if (box[0] > box[2]) return null;
  const [west, north] = lonLat(bits, box[0], box[1]);
  const [east, south] = lonLat(bits, box[2], box[3]);
  return [west, south, east, north];
}

function ordinalsIn({ codes }: Coverage, binnen: string | null): Uint32Array {
  if (binnen === null) return Uint32Array.from(codes.keys());
  return Uint32Array.from(codes.flatMap((code, place) => (liesIn(code, binnen) ? [place] : [])));
}

export class Layer {
  readonly coverage: Coverage;
  readonly column: ValueColumn;
  /** The gemeente or wijk whose areas are shown; null is the whole country. */
  readonly binnen: string | null;
  readonly #names: Map<string, string>;
  readonly #known = new Map<number, Area>();
  #areas: Area[] | null = null;
  #ranked: Float64Array | null = null;

  /** `coverage` must hold the whole level. `names` are those of gemeenten by code; of an own level by that of the area in it. */
  constructor(
    coverage: Coverage,
    column: ValueColumn,
    binnen: string | null,
    names: Map<string, string>,
  ) {
    const whole = coverage.codes.length === coverage.total;
    if (!whole || !belongTogether(coverage, column)) {
      throw new Mismatch(`borders ${coverage.order}, values ${column.order}`);
    }
    this.coverage = coverage;
    this.column = column;
    this.binnen = binnen;
    this.#names = names;
  }

  /** The same areas with other values. */
  with(column: ValueColumn): Layer {
    return Layer.of(this.coverage, column, this.binnen, this.#names);
  }

  /** The same without an extent. */
  get whole(): Layer {
    return Layer.of(this.coverage, this.column, null, this.#names);
  }

  /** The layer of a column, the same one each time: what it once reckoned is there again. */
  static of(
    coverage: Coverage,
    column: ValueColumn,
    binnen: string | null,
    names: Map<string, string>,
  ): Layer {
    const known = layers.get(column) ?? new Map<string | null, Layer>();
    layers.set(column, known);
    let found = known.get(binnen);
    if (found?.coverage !== coverage || found.#names !== names) {
      found = new Layer(coverage, column, binnen, names);
      known.set(binnen, found);
    }
    return found;
  }

  /** The ordinals of the areas in the extent. */
  get ordinals(): Uint32Array {
    return extentOf(this.coverage, this.binnen).ordinals;
  }

  /** All areas in the extent. Made when first asked for: the map needs none of them. */
  get areas(): Area[] {
    this.#areas ??= Array.from(this.ordinals, (ordinal) => this.area(ordinal));
    return this.#areas;
  }

  area(ordinal: number): Area {
    let found = this.#known.get(ordinal);
    if (!found) {
      found = this.#make(ordinal);
      this.#known.set(ordinal, found);
    }
    return found;
  }

  #make(ordinal: number): Area {
    const { coverage, column } = this;
    const code = coverage.codes[ordinal]!;
    const name = coverage.names[ordinal]!;
    const value = column.values[ordinal]!;
    const number = classAt(column, ordinal);
    const gemeente = ancestor(code, 'gemeenten');
    const { klassen } = column.description.legenda;
    return {
      ordinal,
      code,
      name,
      gemeente: gemeente === code ? name : this.nameOf(gemeente ?? code),
      value: Number.isNaN(value) ? null : value,
      reason: Number.isNaN(value) ? reasonAt(column, ordinal) : null,
      class: number,
      flags: flagsAt(column, ordinal),
      estimate: Number.isNaN(value) ? null : estimateAt(column.origin, ordinal),
      fill: klassen.find(({ nummer }) => nummer === number)?.kleur ?? null,
      middle: middleOf(coverage, ordinal),
      bounds: boundsOf(coverage, ordinal),
    };
  }

  /** What a gemeente is called, or that in which an own area lies; nothing where nobody says. */
  nameOf(code: string): string {
    return this.#names.get(code) ?? (levelOf(code) === null ? '' : code);
  }

  /** The values that take part in comparisons, ascending. */
  get ranked(): Float64Array {
    if (!this.#ranked) {
      const { ordinals } = this;
      const { values, flags } = this.column;
      const counted = new Float64Array(ordinals.length);
      let n = 0;
      for (let at = 0; at < ordinals.length; at++) {
        const ordinal = ordinals[at]!;
        const value = values[ordinal]!;
        if (flags[ordinal] === 0 && !Number.isNaN(value)) counted[n++] = value;
      }
      this.#ranked = counted.slice(0, n).sort();
    }
    return this.#ranked;
  }

  /** The area of a code, where it lies in the extent. */
  find(code: string | null | undefined): Area | null {
    if (!code || !liesIn(code, this.binnen)) return null;
    const ordinal = placesOf(this.coverage).get(code);
    return ordinal === undefined ? null : this.area(ordinal);
  }

  has(ordinal: number): boolean {
    const code = this.coverage.codes[ordinal];
    return code !== undefined && liesIn(code, this.binnen);
  }

  /** The area of the extent at a place. */
  at(lon: number, lat: number): Area | null {
    const ordinal = areaAt(this.coverage, ...unitsOf(this.coverage.bits, lon, lat));
    return ordinal >= 0 && this.has(ordinal) ? this.area(ordinal) : null;
  }

  /** The box around the extent; null around nothing. */
  get bounds(): Bounds | null {
    return extentOf(this.coverage, this.binnen).bounds;
  }
}
