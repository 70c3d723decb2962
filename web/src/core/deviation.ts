/** How far each area lies from the mean of the country or of its own gemeente, in classes around it. */
import type { Indicator, LegendClass } from './api.ts';
import type { ValueColumn } from './columns.ts';
import type { Layer } from './layer.ts';

export type Reference = 'land' | 'gemeente';

/** From far below to far above, tested for colour blindness with the palettes of the server. */
export const BELOW_TO_ABOVE = [
  '#b8460b',
  '#e6782a',
  '#fdb47a',
  '#f2efe6',
  '#b3d1e6',
  '#6aa5cf',
  '#2f76b0',
];
/** Bounds in standard deviations of the differences; the middle class is "around the mean". */
const STEPS = [-1.5, -1, -0.5, 0.5, 1, 1.5];

/** Whether differences of an indicator say something: those of classes and of counts do not. */
export const canDeviate = ({ soort, weergave }: Indicator): boolean =>
  soort !== 'klasse' && soort !== 'aantal' && weergave === 'vlak';

/** The plain mean of the areas that take part in comparisons; null where there are none. */
export function meanOf(layer: Layer, ordinals: Iterable<number> = layer.ordinals): number | null {
  const { values, flags } = layer.column;
  let sum = 0;
  let count = 0;
  for (const ordinal of ordinals) {
    const value = values[ordinal]!;
    if (Number.isNaN(value) || flags[ordinal] !== 0) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** The layer with differences for values, and classes of its own around zero. */
export function deviate(layer: Layer, indicator: Indicator, from: Reference): Layer {
  const { coverage, column } = layer;
  const count = coverage.total;
  const means = from === 'land' ? null : meansOf(layer);
  const mean = means ? 0 : (meanOf(layer, Array(count).keys()) ?? 0);
  const values = column.values.map((value, ordinal) =>
    Number.isNaN(value) ? value : value - (means ? means.get(coverage.groups[ordinal]!)! : mean),
  );
  // The spread is that of the whole country, so that a colour means the same in each extent.
  let squares = 0;
  let known = 0;
  values.forEach((value, ordinal) => {
    if (Number.isNaN(value) || column.flags[ordinal] !== 0) return;
    squares += value ** 2;
    known += 1;
  });
  const spread = Math.sqrt(squares / Math.max(1, known));
  const precision = 10 ** (indicator.decimalen + 1);
  const bounds = STEPS.map((part) => Math.round(part * spread * precision) / precision);
  const classOf = (value: number) => {
    const at = bounds.findIndex((bound) => value <= bound);
    return at < 0 ? bounds.length : at;
  };
  const old = column.description.legenda;
  const painted = column.painted.map((code, ordinal) =>
    code >= old.klassen.length ? code : classOf(values[ordinal]!),
  );
  const colours = indicator.richting === 'laag' ? BELOW_TO_ABOVE.toReversed() : BELOW_TO_ABOVE;
  const counts = new Array<number>(colours.length).fill(0);
  const water = bitOf(column, 'water');
  for (const ordinal of layer.ordinals) {
    const at = painted[ordinal]!;
    if (at < counts.length && !(column.flags[ordinal]! & water)) counts[at]! += 1;
  }
  const klassen = colours
    .map((kleur, at): LegendClass => {
      const [van, tot] = [bounds[at - 1] ?? null, bounds[at] ?? null];
      return { nummer: at + 1, naam: null, van, tot, kleur, gebieden: counts[at]!, inwoners: null };
    })
    .reverse();
  const description = {
    ...column.description,
    legenda: { ...old, klassen, methode: 'standaarddeviatie', decimalen: indicator.decimalen },
  };
  return layer.with({ ...column, values, painted, description });
}

/** By gemeente the mean of all its areas, also outside the extent. */
function meansOf({ coverage, column }: Layer): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number; all: number; every: number }>();
  column.values.forEach((value, ordinal) => {
    if (Number.isNaN(value)) return;
    const group = coverage.groups[ordinal]!;
    const own = sums.get(group) ?? { sum: 0, count: 0, all: 0, every: 0 };
    own.all += value;
    own.every += 1;
    if (column.flags[ordinal] === 0) {
      own.sum += value;
      own.count += 1;
    }
    sums.set(group, own);
  });
  return new Map(
    [...sums].map(([group, { sum, count, all, every }]) => [
      group,
      count > 0 ? sum / count : all / every,
    ]),
  );
}

export function bitOf({ description: { vlaggen } }: ValueColumn, flag: string): number {
  return vlaggen.includes(flag) ? 1 << vlaggen.indexOf(flag) : 0;
}
