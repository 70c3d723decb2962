/** The areas of the present view as rows: what table, clipboard and files have in common. */
import { type Area, isWater } from '../core/area.ts';
import { figure, titled } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Cell } from '../core/sheet.ts';
import type { Shown } from './shown.ts';

/** A header and a row for each area. A missing figure is an empty cell with its reason beside it. */
export function rowsOf(
  shown: Shown,
  areas: Area[],
  selected: Set<number>,
  language: Language,
  t: Translate,
): Cell[][] {
  const { indicator, legend, second, earlier, drawn, key, view } = shown;
  const topic = (of: typeof indicator, year: number) => {
    const unit = say(of.eenheid, language).trim();
    return `${titled(say(of.naam, language), year)}${unit ? ` (${unit})` : ''}`;
  };
  const since = legend.sinds ? t('since', { from: legend.sinds, to: legend.jaar }) : null;
  const first = since ? `${say(indicator.naam, language)} ${since}` : topic(indicator, legend.jaar);
  const told = (area: Area, of: typeof indicator, from: typeof legend) =>
    figure(area, of, from, language, t);
  const head: Cell[] = [
    t('columnCode'),
    t('columnName'),
    t('columnGemeente'),
    first,
    ...(second ? [topic(second.indicator, second.legend.jaar)] : []),
    ...(earlier ? [topic(indicator, earlier.year)] : []),
    ...(view.afwijking ? [t(`deviation_${view.afwijking}`)] : []),
    t('class'),
    t('columnReason'),
    ...(selected.size > 0 ? [t('selectionInside')] : []),
  ];
  const rows = areas.map((area): Cell[] => {
    const other = second?.layer.area(area.ordinal);
    const own = told(area, indicator, legend);
    const reason = isWater(area)
      ? t('flag_water')
      : !own.known
        ? own.figure
        : other && second && other.value === null
          ? told(other, second.indicator, second.legend).figure
          : '';
    const painted = drawn.area(area.ordinal).class;
    const klass = key.klassen.find(({ nummer }) => nummer === painted);
    return [
      area.code,
      area.name,
      area.gemeente,
      area.value,
      ...(other ? [other.value] : []),
      ...(earlier ? [earlier.layer.area(area.ordinal).value] : []),
      ...(view.afwijking ? [rounded(drawn.area(area.ordinal).value, indicator.decimalen)] : []),
      klass ? say(klass.naam, language) || String(klass.nummer) : '',
      reason,
      ...(selected.size > 0 ? [selected.has(area.ordinal) ? 1 : 0] : []),
    ];
  });
  return [head, ...rows];
}

/** A difference with a mean has as many decimals as the figure, and one. */
function rounded(value: number | null, decimals: number): number | null {
  return value === null ? null : Number(value.toFixed(decimals + 1));
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
  return `${indicator.id}${cross}-${since}${view.jaar}-${view.niveau}`;
}
