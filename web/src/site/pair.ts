/** The legend of two topics, made of their figures as a server makes it. */
import type { Indicator, PairAxis, PairLegend, Text, Words } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import { say } from '../core/language.ts';
import { liesIn, type StatisticalLevel } from '../core/level.ts';
import { number } from '../core/number.ts';
import { missingIn } from '../core/recount.ts';

/** A topic with its unrounded figures on the level. */
export interface Topic {
  indicator: Indicator;
  column: ValueColumn;
}

const texts = (write: (language: 'nl' | 'en') => string): Text => ({
  nl: write('nl'),
  en: write('en'),
});
const LOW_TO_HIGH: Text[] = [
  { nl: 'laag', en: 'low' },
  { nl: 'midden', en: 'middle' },
  { nl: 'hoog', en: 'high' },
];

const AREAS: Record<StatisticalLevel, Text> = {
  gemeenten: { nl: 'gemeenten', en: 'municipalities' },
  wijken: { nl: 'wijken', en: 'districts' },
  buurten: { nl: 'buurten', en: 'neighbourhoods' },
};

/** At a third and two thirds, between figures where need be; none twice, none at the highest. */
export function thirds(figures: number[]): number[] {
  const sorted = Float64Array.from(figures).sort();
  const last = sorted.length - 1;
  const at = (step: number) => {
    const below = Math.floor((step * last) / 3);
    const [low, high] = [sorted[below]!, sorted[below + 1] ?? sorted[below]!];
    const part = ((step * last) % 3) / 3;
    return Math.min(high, Math.max(low, low * (1 - part) + high * part));
  };
  if (sorted.length <= 3) return [...new Set(sorted)].slice(0, -1);
  return [...new Set([at(1), at(2)])].filter((bound) => bound < sorted[last]!);
}

function axisOf({ indicator, column }: Topic, figures: number[]): PairAxis {
  const omgekeerd = indicator.richting === 'hoog';
  return {
    indicator: indicator.id,
    naam: indicator.naam,
    eenheid: indicator.eenheid,
    jaar: column.description.legenda.jaar,
    grenzen: thirds(figures),
    omgekeerd,
    klassen: omgekeerd ? LOW_TO_HIGH.toReversed() : LOW_TO_HIGH,
  };
}

/** "aandeel huurwoningen hoog": of a share it is the share that is high. */
function said({ indicator }: Topic, klasse: Words | undefined, language: 'nl' | 'en'): string {
  const name = say(indicator.naam, language).replace(/ \([^)]*\)$/, '');
  // What begins with an abbreviation keeps its capitals.
  const plain = /^.\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  const share = language === 'nl' ? 'aandeel ' : 'share of ';
  return `${indicator.soort === 'aandeel' ? share : ''}${plain} ${say(klasse, language)}`;
}

/** `codes` are those of the level, in the order of the columns. */
export async function pairLegend(
  codes: string[],
  binnen: string | null,
  one: Topic,
  other: Topic,
  residents: ValueColumn | null,
): Promise<PairLegend> {
  const { cellAt, NINE, placeOn } = await import('../core/crossing.ts');
  const [a, b] = [one.column, other.column];
  const isKnown = (at: number) => !Number.isNaN(a.values[at]) && !Number.isNaN(b.values[at]);
  const compared = [...codes.keys()].filter((at) => isKnown(at) && a.flags[at] === 0);
  const figures = (column: ValueColumn) => compared.map((at) => column.values[at]!);
  const [rijen, kolommen] = [axisOf(one, figures(a)), axisOf(other, figures(b))];
  const people = residents?.order === a.order ? residents.values : null;
  const blank = () => ({ gebieden: 0, inwoners: people ? 0 : null });
  const counts = Array.from({ length: 256 }, blank);
  const missing = missingIn(a, b);
  const { vlaggen, legenda } = a.description;
  const water = vlaggen.includes('water') ? 1 << vlaggen.indexOf('water') : 0;
  codes.forEach((code, at) => {
    if (a.flags[at]! & water || (binnen !== null && !liesIn(code, binnen))) return;
    const cell = () => cellAt(placeOn(rijen, a.values[at]!), placeOn(kolommen, b.values[at]!));
    const count = counts[missing.codeAt(at) ?? cell()]!;
    count.gebieden += 1;
    if (people && !Number.isNaN(people[at])) count.inwoners! += people[at]!;
  });
  const sum = (list: ReturnType<typeof blank>[]) => ({
    gebieden: list.reduce((all, { gebieden }) => all + gebieden, 0),
    inwoners: people && list.reduce((all, { inwoners }) => all + (inwoners ?? 0), 0),
  });
  const name = (row: number, column: number, between: Text) =>
    texts(
      (language) =>
        said(one, rijen.klassen[row], language) +
        between[language] +
        said(other, kolommen.klassen[column], language),
    );
  const comma = { nl: ', ', en: ', ' };
  const cellen = NINE.flatMap((colours, row) =>
    colours.map((kleur, column) => {
      const klasse = cellAt(row + 1, column + 1);
      const place = { klasse, rij: row + 1, kolom: column + 1 };
      return { ...place, kleur, naam: name(row, column, comma), ...counts[klasse]! };
    }),
  );
  const [all, valued] = [sum(counts), sum(counts.slice(1, 10))];
  const { gebieden } = cellen[8]!;
  const corner = name(2, 2, { nl: ' én ', en: ' and ' });
  const built = isBuiltIn(one.indicator, other.indicator);
  const both = (of: (topic: Topic) => Words) =>
    texts((language) =>
      [...new Set([one, other].map((topic) => say(of(topic), language)))].join('; '),
    );
  return {
    indicator: one.indicator.id,
    met: other.indicator.id,
    jaar: rijen.jaar,
    metJaar: kolommen.jaar,
    niveau: legenda.niveau,
    indeling: legenda.indeling,
    rijen,
    kolommen,
    cellen,
    redenen: missing.entries.flatMap((entry) => {
      const count = counts[255 - missing.redenen.indexOf(entry.reden)]!;
      return count.gebieden > 0 ? [{ ...entry, ...count }] : [];
    }),
    dekking: {
      gebieden: all.gebieden,
      metWaarde: valued.gebieden,
      inwoners: all.inwoners,
      inwonersMetWaarde: valued.inwoners,
    },
    zin: texts(
      (language) =>
        `${number(gebieden, language)} ${AREAS[legenda.niveau as StatisticalLevel][language]}: ${corner[language]}.`,
    ),
    letOp: built
      ? texts((language) =>
          language === 'nl'
            ? `“${say(one.indicator.naam, language)}” en “${say(other.indicator.naam, language)}” meten voor een deel hetzelfde: dat zij samengaan, zegt daarom weinig.`
            : `“${say(one.indicator.naam, language)}” and “${say(other.indicator.naam, language)}” measure partly the same: so it says little that they go together.`,
        )
      : null,
    bron: both(({ indicator }) => indicator.bron),
    licentie: both(({ indicator }) => indicator.licentie).nl,
    opmerking: legenda.opmerking,
    versie: legenda.versie,
    fictief: legenda.fictief,
  };
}

/** Whether one is a part or a form of the other, or computed from it. */
function isBuiltIn(one: Indicator, other: Indicator): boolean {
  const holds = (a: Indicator, b: Indicator) =>
    a.onderdeelVan.includes(b.id) || a.vormVan === b.id || (a.berekendUit ?? []).includes(b.id);
  return holds(one, other) || holds(other, one);
}
