/** The areas of the present view as rows: what table, clipboard and files have in common. */
import { type Area, isWater } from '../core/area.ts';
import { comparisonHeading, referenceName, yardstick } from '../core/comparison.ts';
import { figure, range, reasonText, titled } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Origin } from '../core/origin.ts';
import { kindOf, normOf } from '../core/reference.ts';
import type { Cell } from '../core/sheet.ts';
import { divisionWords } from '../ui/division-words.ts';
import type { Shown } from './shown.ts';

/** A header and a row for each area. A missing figure is an empty cell with its reason beside it. */
export function rowsOf(
  shown: Shown,
  areas: Area[],
  selected: Set<number>,
  language: Language,
  t: Translate,
): Cell[][] {
  const { indicator, legend, second, earlier, compared, drawn, key } = shown;
  const topic = (of: typeof indicator, year: number) => {
    const unit = say(of.eenheid, language).trim();
    return `${titled(say(of.naam, language), year)}${unit ? ` (${unit})` : ''}`;
  };
  const w = divisionWords(language);
  const { origin } = shown.layer.column;
  const since = legend.sinds ? t('since', { from: legend.sinds, to: legend.jaar }) : null;
  const first = since ? `${say(indicator.naam, language)} ${since}` : topic(indicator, legend.jaar);
  const told = (area: Area, of: typeof indicator, from: typeof legend) =>
    figure(area, of, from, language, t);
  const head: Cell[] = [
    t('columnCode'),
    t('columnName'),
    t('columnGemeente'),
    first,
    ...(compared ? [t('comparedTo'), comparisonHeading(shown, language, t)] : []),
    ...(second ? [topic(second.indicator, second.legend.jaar)] : []),
    ...(earlier ? [topic(indicator, earlier.year)] : []),
    t('class'),
    t('columnReason'),
    ...(origin ? [w('how'), w('known')] : []),
    ...(selected.size > 0 ? [t('selectionInside')] : []),
  ];
  const rows = areas.map((area): Cell[] => {
    const other = second?.layer.area(area.ordinal);
    const own = told(area, indicator, legend);
    const difference = drawn.area(area.ordinal);
    const reason = isWater(area)
      ? t('flag_water')
      : !own.known
        ? own.figure
        : other && second && other.value === null
          ? told(other, second.indicator, second.legend).figure
          : compared && difference.value === null
            ? reasonText(difference.reason, key, language, t)
            : '';
    const painted = difference.class;
    const klass = key.klassen.find(({ nummer }) => nummer === painted);
    return [
      area.code,
      area.name,
      area.gemeente,
      area.value,
      ...(compared ? besides(area, difference, shown, language, t) : []),
      ...(other ? [other.value] : []),
      ...(earlier ? [earlier.layer.area(area.ordinal).value] : []),
      klass
        ? say(klass.naam, language) ||
          (compared ? range(klass, key, language, t) : String(klass.nummer))
        : '',
      reason,
      ...(origin ? cameBy(area, origin, language) : []),
      ...(selected.size > 0 ? [selected.has(area.ordinal) ? 1 : 0] : []),
    ];
  });
  return [head, ...rows];
}

/** How the figure came to these borders, and how much of the area is known. */
function cameBy({ ordinal, value }: Area, origin: Origin, language: Language): Cell[] {
  const way = origin.ways[origin.way[ordinal]! - 1];
  if (!way || value === null) return ['', null];
  return [say(way.naam, language), origin.known[ordinal]!];
}

/** What an area is compared with, in words with its number, and how it lies from that. */
function besides(
  area: Area,
  { value }: Area,
  shown: Shown,
  language: Language,
  t: Translate,
): Cell[] {
  const { deviation } = shown.compared!;
  const group = deviation.groupOf(area.ordinal);
  if (!group || value === null || area.value === null || isWater(area)) return ['', null];
  const name = referenceName(area, shown, language, t);
  const mean = yardstick(group.mean, shown, language);
  const isNamed = deviation.measure === 'percentiel' || normOf(deviation.reference) !== null;
  return [isNamed ? name : `${name}: ${mean}`, Number(value.toFixed(6)) + 0];
}

/** Hands a file to the visitor. */
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name for a file: "leefbaarheid-2024-buurten". */
export function fileName({ indicator, view, second, legend }: Shown): string {
  const since = legend.sinds ? `${legend.sinds}-` : '';
  const cross = second ? `-${second.indicator.id}` : '';
  const { afwijking, maat } = view;
  const to = afwijking ? `-${kindOf(afwijking)}${maat ? `-${maat}` : ''}` : '';
  return `${indicator.id}${cross}-${since}${view.jaar}-${view.niveau}${to}`;
}
