/** The trend of one area as a line with its own labels; the table below it is its equal. */
import { html, nothing, svg } from 'lit';
import type { AreaDetail, AreaValue, Indicator, Series, SeriesYear } from '../core/api.ts';
import { reasonText } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { percent, quantity } from '../core/number.ts';
import type { Elsewhere } from '../core/outline.ts';
import { type Dot, trend, type Yearly } from '../core/trend.ts';
import { divisionWords, wayText } from './division-words.ts';

const WIDE = 300;
const HIGH = 48;
const LEFT = 8;
const TOP = 24;

export function trendLine(
  detail: AreaDetail,
  indicator: Indicator,
  year: number,
  language: Language,
  t: Translate,
  elsewhere: Elsewhere[] = [],
  series: Series | null = null,
  /** What stands below the line, on the same plane from one year to another. */
  below: (from: number, to: number) => unknown = () => nothing,
) {
  if (indicator.soort === 'klasse') return nothing;
  const values = detail.waarden[indicator.id] ?? [];
  const own = new Set(values.map(({ jaar }) => jaar));
  const estimated = values.filter(({ geschat, sinds }) => geschat && sinds === null);
  const converted = (series?.reeks ?? []).filter(
    ({ jaar, sinds, omrekening }) => sinds === null && omrekening !== null && !own.has(jaar),
  );
  const found = trend(values, WIDE - 2 * LEFT, HIGH, indicator.reeksbreuken, [
    ...valuesThere(elsewhere, indicator),
    ...converted,
  ]);
  const note = series
    ? convertedYears(converted, detail, indicator, language, t)
    : divisionNotes(elsewhere, own, indicator, language, t);
  if (!found) return note;
  const dots = found.runs.flat();
  const write = (dot: Dot) =>
    quantity(dot.value, language, indicator.decimalen, say(indicator.eenheid, language));
  const first = dots[0]!;
  const last = dots.at(-1)!;
  /** Above every dot that lies under the words. */
  const above = (dot: Dot) =>
    Math.min(...dots.filter(({ x }) => Math.abs(x - dot.x) < 64).map(({ y }) => y));
  const label = (dot: Dot, anchor: 'start' | 'end') =>
    svg`<text x=${anchor === 'start' ? LEFT - 4 : WIDE - LEFT + 4} y=${TOP + above(dot) - 10} text-anchor=${anchor}>${write(dot)}</text>
      <text class="trend-year" x=${anchor === 'start' ? LEFT - 4 : WIDE - LEFT + 4} y=${TOP + HIGH + 24} text-anchor=${anchor}>${dot.year}</text>`;
  const words = [
    ...found.sides.map((side) => course(side, write, t)),
    ...convertedTold(converted, estimated, language),
    t('trendTable'),
  ].join(' ');
  return html`<svg class="trend" viewBox="0 0 ${WIDE} ${TOP + HIGH + 30}" role="img" aria-label=${words}>
    ${found.zero === null ? nothing : svg`<path class="zero" d="M0 ${TOP + found.zero}H${WIDE}"></path>`}
    ${found.breaks.map(({ x }) => svg`<path class="trend-break" d="M${LEFT + x} ${TOP - 12}V${TOP + HIGH + 12}"></path>`)}
    ${found.runs.map((run) => svg`<path class="trend-line" d=${path(run)}></path>`)}
    ${found.joins.map((pair) => svg`<path class="trend-line join" d=${path(pair)}></path>`)}
    ${dots.map(
      (
        dot,
      ) => svg`<circle class=${`trend-dot${dot.year === year ? ' now' : ''}${dot.isEstimate ? ' estimate' : ''}`}
        cx=${LEFT + dot.x} cy=${TOP + dot.y} r=${dot.year === year ? 5 : 3}></circle>`,
    )}
    ${label(first, 'start')} ${label(last, 'end')}
  </svg>
  ${below(found.from, found.to)}
  ${found.breaks.map(({ at }) => html`<p class="break-note"><b>${t('broken', { year: at.vanaf })}</b> ${say(at.tekst, language)}</p>`)}
  ${estimated.length > 0 ? html`<p class="break-note">${divisionWords(language)('othersEstimates')}</p>` : nothing} ${note}`;
}

/** Which years of the line are estimates, and which came from another division unchanged. */
function convertedTold(years: SeriesYear[], own: AreaValue[], language: Language): string[] {
  const w = divisionWords(language);
  const list = (all: Yearly[]) =>
    all
      .filter(({ waarde }) => waarde !== null)
      .map(({ jaar }) => jaar)
      .sort()
      .join(', ');
  const estimates = list([...own, ...years.filter(({ geschat }) => geschat)]);
  const others = list(years.filter(({ geschat }) => !geschat));
  return [
    ...(estimates ? [w('trendEstimates', { years: estimates })] : []),
    ...(others ? [w('trendConverted', { years: others })] : []),
  ];
}

/** The figures of other divisions as a table, with how each came here. */
function convertedYears(
  years: SeriesYear[],
  detail: AreaDetail,
  indicator: Indicator,
  language: Language,
  t: Translate,
) {
  if (years.length === 0) return nothing;
  const w = divisionWords(language);
  const unit = say(indicator.eenheid, language);
  const figure = ({ waarde, reden }: SeriesYear) =>
    waarde === null
      ? html`<span class="quiet">${reasonText(reden, null, language, t)}</span>`
      : html`<span class="value">${quantity(waarde, language, indicator.decimalen, unit)}</span>`;
  const how = ({ omrekening, geschat, gedekt, waarde }: SeriesYear) => {
    const way = wayText(omrekening, language);
    if (waarde === null) return '';
    return geschat ? w('knownPart', { how: way, share: percent(gedekt ?? 0, language) }) : way;
  };
  return html`<h3>${w('othersTitle')}</h3>
    <p class="break-note">${w('othersAbout', { to: detail.jaar })}${years.some(({ geschat }) => geschat) ? ` ${w('othersEstimates')}` : nothing}</p>
    <table class="facts converted">
      <caption class="visually-hidden">${w('othersTitle')}</caption>
      <thead><tr><th scope="col">${t('year')}</th><th scope="col">${t('figureColumn')}</th><th scope="col">${w('how')}</th></tr></thead>
      <tbody>${years
        .toReversed()
        .map(
          (one) =>
            html`<tr><th scope="row">${one.jaar}</th><td>${figure(one)}</td><td class="quiet">${how(one)}</td></tr>`,
        )}</tbody>
    </table>`;
}

/** The figures of other divisions, where the border was the same. */
function* valuesThere(elsewhere: Elsewhere[], { id }: Indicator) {
  for (const { detail, isSame } of elsewhere) if (isSame) yield* detail.waarden[id] ?? [];
}

/** Which years are of another division, and whether they may be joined. */
function divisionNotes(
  elsewhere: Elsewhere[],
  own: Set<number>,
  indicator: Indicator,
  language: Language,
  t: Translate,
) {
  return elsewhere.map(({ detail, isSame }) => {
    const row = (detail.waarden[indicator.id] ?? []).filter(
      ({ jaar, sinds }) => sinds === null && !own.has(jaar),
    );
    if (row.length === 0) return nothing;
    const unit = say(indicator.eenheid, language);
    const years = row
      .map(({ jaar, waarde }) => {
        if (!isSame) return String(jaar);
        const figure =
          waarde === null
            ? t('notThatYear')
            : quantity(waarde, language, indicator.decimalen, unit);
        return `${jaar}: ${figure}`;
      })
      .join('; ');
    const values = { years, division: detail.jaar };
    return html`<p class="break-note">${t(isSame ? 'divisionSame' : 'divisionOther', values)}</p>`;
  });
}

/** One side of a break in words: figures on two sides are never told as one course. */
function course(side: Dot[], write: (dot: Dot) => string, t: Translate): string {
  const first = side[0]!;
  const last = side.at(-1)!;
  const values = { from: first.year, first: write(first), to: last.year, last: write(last) };
  return t(first === last ? 'trendOne' : 'trend', values);
}

function path(run: Dot[]): string {
  return run.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${LEFT + x} ${TOP + y}`).join('');
}
