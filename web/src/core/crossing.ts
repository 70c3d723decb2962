/** Two topics on one map: which of nine cells an area is in. Fetched when it is asked for. */
import type { Indicator, Legend, LegendClass, PairAxis, PairLegend } from './api.ts';
import type { Area } from './area.ts';
import { isWater } from './area.ts';
import type { ValueColumn } from './columns.ts';
import { figure, placeName, reasonText, titled } from './headline.ts';
import type { Translate } from './i18n/translate.ts';
import { type Language, say } from './language.ts';
import type { Layer } from './layer.ts';
import { missingIn } from './recount.ts';

/** By row, by column: from favourable to less favourable, 3 × 3. */
export const NINE = [
  ['#f3efe8', '#f6b26b', '#d9680f'],
  ['#86b6d9', '#888864', '#784f0e'],
  ['#2166ac', '#214c4f', '#1d2c0b'],
] as const;

/** A row or a column, 1 to 3. A value at a bound belongs to the values below it. */
export function placeOn({ grenzen, omgekeerd }: PairAxis, value: number): number {
  const below = grenzen.filter((bound) => value > bound).length;
  return omgekeerd ? 3 - below : below + 1;
}

/** The number of a cell, 1 to 9. */
export const cellAt = (row: number, column: number) => 3 * (row - 1) + column;

/** What one area has: both figures in words, and the name of its cell. */
export interface Told {
  own: { topic: string; figure: string; known: boolean };
  other: { topic: string; figure: string; known: boolean };
  /** Why it has no cell, where it has none. */
  cell: string;
  known: boolean;
}

/** A topic with its figures, unrounded. */
interface Side {
  indicator: Indicator;
  legend: Legend;
  exact: ValueColumn;
}

export class Crossing {
  /** The topic that was chosen beside the first. */
  readonly indicator: Indicator;
  readonly legend: Legend;
  readonly layer: Layer;
  /** The layer in nine colours. */
  readonly drawn: Layer;
  readonly key: PairLegend;
  readonly #own: Side;
  readonly #ownLayer: Layer;

  /** `layer` has the figures of the first topic as they are shown, `column` those of the second. */
  constructor(layer: Layer, own: Side, column: ValueColumn, other: Side, key: PairLegend) {
    this.indicator = other.indicator;
    this.legend = other.legend;
    this.layer = layer.with(column);
    this.drawn = layer.with(cross(own.exact, other.exact, key));
    this.key = key;
    this.#own = own;
    this.#ownLayer = layer;
  }

  told({ ordinal }: Pick<Area, 'ordinal'>, language: Language, t: Translate): Told {
    const { key } = this;
    const drawn = this.drawn.area(ordinal);
    const side = (layer: Layer, { indicator, legend }: Omit<Side, 'exact'>, axis: PairAxis) => {
      const told = figure(layer.area(ordinal), indicator, legend, language, t);
      const topic = titled(say(axis.naam, language), axis.jaar);
      return { topic, figure: told.figure, known: told.known };
    };
    const found = key.cellen.find(({ klasse }) => klasse === drawn.class);
    const why = isWater(drawn)
      ? t('flag_water')
      : reasonText(drawn.reason, drawn.reason === null ? null : this.#reasons, language, t);
    return {
      own: side(this.#ownLayer, this.#own, key.rijen),
      other: side(this.layer, this, key.kolommen),
      cell: found && !isWater(drawn) ? say(found.naam, language) : why,
      known: found !== undefined && !isWater(drawn),
    };
  }

  get #reasons(): Legend {
    return this.drawn.column.description.legenda;
  }

  /** "Centrum, Lindestad: Leefbaarheid 2024 0,123; Huur 2022 30%; lage leefbaarheid, hoge huur". */
  spoken(area: Area, language: Language, t: Translate): string {
    const { own, other, cell, known } = this.told(area, language, t);
    const place = placeName(area);
    if (isWater(area)) return `${place}: ${cell}`;
    const figures = [own, other].map((one) => `${one.topic} ${one.figure}`);
    return `${place}: ${[...figures, ...(known ? [cell] : [])].join('; ')}`;
  }
}

/** The classes of a legend of nine, the highest first, as legends of one topic have them. */
function classesOf({ cellen }: PairLegend): LegendClass[] {
  return cellen
    .map(({ klasse, naam, kleur, gebieden, inwoners }) => ({
      nummer: klasse,
      naam,
      van: null,
      tot: null,
      kleur,
      gebieden,
      inwoners,
    }))
    .sort((a, b) => b.nummer - a.nummer);
}

/** The cells as if they were classes of one topic, so that all that paints classes paints them. */
function cross(own: ValueColumn, other: ValueColumn, key: PairLegend): ValueColumn {
  const missing = missingIn(own, other);
  const values = own.values.slice();
  const painted = new Uint8Array(values.length);
  for (let at = 0; at < painted.length; at++) {
    const code = missing.codeAt(at);
    if (code !== null) values[at] = Number.NaN;
    const [row, column] = [
      placeOn(key.rijen, values[at]!),
      placeOn(key.kolommen, other.values[at]!),
    ];
    painted[at] = code ?? cellAt(row, column) - 1;
  }
  const { redenen, dekking } = key;
  const legenda: Legend = {
    ...own.description.legenda,
    methode: 'eigen',
    klassen: classesOf(key),
    // Those that the extent lacks keep their words for an area that is asked about.
    redenen: [
      ...redenen,
      ...missing.entries
        .filter(({ reden }) => !redenen.some((one) => one.reden === reden))
        .map((one) => ({ ...one, gebieden: 0, inwoners: null })),
    ],
    dekking,
  };
  const description = { ...own.description, redenen: missing.redenen, legenda };
  return { ...own, values, painted, description };
}
