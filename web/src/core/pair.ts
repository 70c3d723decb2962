/** Two topics on one map: thirds of each, nine classes. */
import type { Indicator, Text } from './api.ts';
import type { ValueColumn } from './columns.ts';
import { canDeviate } from './deviation.ts';
import { say } from './language.ts';
import type { Layer } from './layer.ts';
import type { Level } from './level.ts';
import { missingIn, rankedOf, recounted } from './recount.ts';

/** By third of the first topic, by third of the second: from little of a problem to much of it. */
export const NINE = [
  ['#f3efe8', '#f6b26b', '#d9680f'],
  ['#86b6d9', '#888864', '#784f0e'],
  ['#2166ac', '#214c4f', '#1d2c0b'],
] as const;

/** How many years apart two figures may be. */
const NEAR = 3;

export interface Pair {
  layer: Layer;
  /** The upper bounds of the lowest and the middle third, of the first and of the second topic. */
  bounds: [Thirds, Thirds];
  /** The cell in which much of both problems meets: the darkest one. */
  worst: number;
}
export type Thirds = [low: number, middle: number];

/** Upper bounds of the lowest and middle third; equal figures are never split. */
export function thirds(column: ValueColumn): Thirds {
  const ranked = rankedOf(column);
  const at = (part: number) => ranked[Math.max(0, Math.ceil(part * ranked.length) - 1)] ?? 0;
  return [at(1 / 3), at(2 / 3)];
}

const third = (value: number, [low, middle]: Thirds) =>
  value <= low ? 0 : value <= middle ? 1 : 2;

/** The number of a cell: thirds from low to high, of the first topic times three, and the second. */
export const cellOf = (first: number, second: number) => 3 * first + second + 1;

const WORDS: Text[] = [
  { nl: 'laagste derde', en: 'lowest third' },
  { nl: 'middelste derde', en: 'middle third' },
  { nl: 'hoogste derde', en: 'highest third' },
];
export const thirdWords = (place: number): Text => WORDS[place]!;

/** The layer in nine colours: those of whole country's thirds, whatever the extent. */
export function pairOf(layer: Layer, second: ValueColumn, one: Indicator, other: Indicator): Pair {
  const { column } = layer;
  const bounds: [Thirds, Thirds] = [thirds(column), thirds(second)];
  const missing = missingIn(column, second);
  const painted = new Uint8Array(column.values.length);
  for (let at = 0; at < painted.length; at++) {
    const [a, b] = [third(column.values[at]!, bounds[0]), third(second.values[at]!, bounds[1])];
    painted[at] = missing.codeAt(at) ?? cellOf(a, b) - 1;
  }
  const counts = new Uint32Array(256);
  for (const cell of painted) counts[cell]! += 1;
  const darkest = worst(one, other, (cell) => counts[cell - 1]!);
  /** How much of a problem a third is: two where the darkest cell has it. */
  const worse = (place: number, dark: number) => 2 - Math.abs(place - dark);
  const dark = [Math.floor((darkest - 1) / 3), (darkest - 1) % 3] as const;
  const classes = Array.from({ length: 9 }, (_, at) => {
    const [a, b] = [Math.floor(at / 3), at % 3];
    const words = (language: 'nl' | 'en') =>
      `${say(one.naam, language)}: ${say(WORDS[a], language)}; ${say(other.naam, language)}: ${say(WORDS[b], language)}`;
    return {
      naam: { nl: words('nl'), en: words('en') },
      van: null,
      tot: null,
      kleur: NINE[worse(a, dark[0])]![worse(b, dark[1])]!,
    };
  });
  return {
    layer: recounted(layer, { values: column.values, painted, classes, missing }),
    bounds,
    worst: darkest,
  };
}

/**
 * The cell in which much of both problems meets. Of a topic where neither much nor little is a
 * problem, the third that goes with the other topic's problem most often, by the number of areas in
 * each cell.
 */
function worst(one: Indicator, other: Indicator, areasIn: (cell: number) => number): number {
  const ends = ({ richting }: Indicator) =>
    richting === 'hoog' ? [0] : richting === 'laag' ? [2] : [0, 2];
  const cells = ends(one).flatMap((a) => ends(other).map((b) => cellOf(a, b)));
  return cells.reduce((most, cell) => (areasIn(cell) > areasIn(most) ? cell : most));
}

/** The year of a second topic beside a first: the same division, the nearest within three years. */
export function yearBeside(
  other: Indicator,
  level: Level,
  year: number,
  division: number,
): number | null {
  const years = (other.niveaus.find(({ niveau }) => niveau === level)?.jaren ?? [])
    .filter(({ indeling, sinds }) => indeling === division && sinds === null)
    .map(({ jaar }) => jaar)
    .filter((one) => Math.abs(one - year) <= NEAR)
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year) || b - a);
  return years[0] ?? null;
}

/** Whether two topics can be crossed: figures that lie in areas, not counts. */
export const canPair = (one: Indicator, other: Indicator): boolean =>
  one.id !== other.id && canDeviate(one) && canDeviate(other);

/** Whether crossing two topics finds an overlap that was put in. */
export function overlap(one: Indicator, other: Indicator): 'part' | 'ingredients' | null {
  const form = (a: Indicator, b: Indicator) =>
    a.onderdeelVan.includes(b.id) || a.vormVan === b.id || (a.berekendUit ?? []).includes(b.id);
  if (form(one, other) || form(other, one)) return 'part';
  const isScore = ({ bron }: Indicator) => say(bron, 'nl').includes('Leefbaarometer');
  return isScore(one) || isScore(other) ? 'ingredients' : null;
}
