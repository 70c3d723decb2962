/** Up to five areas side by side: figures with their ranks, where they stand, and their courses. */
import { html, nothing, type PropertyValues, svg } from 'lit';
import type { AreaDetail, AreaValue, Catalogue, Indicator, SeriesYear } from '../core/api.ts';
import type { Client } from '../core/client.ts';
import { comparedWith, referenceName } from '../core/comparison.ts';
import { allOf, estimateText, figure, titled } from '../core/headline.ts';
import { say } from '../core/language.ts';
import { number, quantity } from '../core/number.ts';
import { rankRange } from '../core/precision.ts';
import { rankedOf } from '../core/recount.ts';
import { codesOf } from '../core/state.ts';
import type { Shown } from '../planner/shown.ts';
import { divisionWords } from './division-words.ts';
import { WkElement } from './element.ts';
import { valueCell } from './years.ts';

const WIDE = 640;
const LEFT = 8;
const LABELS = 190;

export class WkCompare extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    catalogue: { attribute: false },
    client: { attribute: false },
    details: { state: true },
    series: { state: true },
  };
  declare shown: Shown;
  declare catalogue: Catalogue;
  declare client: Client;
  declare details: AreaDetail[];
  /** By code the years of the topic at hand, also those of other divisions, where a server tells. */
  declare series: Map<string, SeriesYear[]>;
  #asked = '';

  constructor() {
    super();
    this.details = [];
    this.series = new Map();
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    const { shown } = this;
    if (!shown) return;
    const codes = codesOf(shown.view.vergelijk).filter((code) => shown.layer.find(code));
    const jaar = shown.legend.indeling;
    const { id, niveaus } = shown.indicator;
    const asked = JSON.stringify([codes, jaar, id]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    const years = niveaus.find(({ niveau }) => niveau === shown.view.niveau)?.jaren ?? [];
    const isRead = years.some(({ leesbaarOp }) => leesbaarOp?.length);
    const series = codes.map(async (code) => {
      // Without other divisions the years of the area itself still serve.
      const found = isRead && this.client.series(code, { indicator: id, jaar });
      return [code, (await (found || null))?.reeks ?? []] as const;
    });
    void Promise.allSettled(series).then((found) => {
      if (asked !== this.#asked) return;
      this.series = new Map(
        found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
      );
    });
    void Promise.allSettled(codes.map((code) => this.client.area(code, { jaar }))).then((found) => {
      if (asked !== this.#asked) return;
      this.details = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    });
  }

  override render() {
    const { t, shown, details } = this;
    if (!shown) return nothing;
    const codes = codesOf(shown.view.vergelijk);
    if (codes.length === 0) return html`<div class="compare-page"><p>${t('compareNone')}</p></div>`;
    const lost = codes.filter((code) => !shown.layer.find(code));
    return html`<div class="compare-page scroll" tabindex="0" role="region" aria-label=${t('compareTab')}>
      ${lost.length > 0 ? html`<p class="warning">${t('compareLost', { codes: lost.join(', ') })}</p>` : nothing}
      ${details.length > 0 ? html`${this.#dots()} ${this.#trends()} ${this.#table()}` : html`<p>${t('loading')}</p>`}
    </div>`;
  }

  #name({ naam, gemeente }: AreaDetail): string {
    return gemeente && gemeente.naam !== naam ? `${naam}, ${gemeente.naam}` : naam;
  }

  /** Where each stands among all areas of the level, on one line. */
  #dots() {
    const { t, taal, shown, details } = this;
    const { indicator, layer, legend, compared } = shown;
    const isPlace = compared?.deviation.measure === 'percentiel';
    // Of the whole country, whatever the extent.
    const ranked = rankedOf(layer.column);
    const topic = titled(say(indicator.naam, taal), legend.jaar);
    const known = details.flatMap((detail) => {
      const area = layer.find(detail.code);
      const group = area && compared ? compared.deviation.groupOf(area.ordinal) : null;
      const mean = isPlace ? null : (group?.mean ?? null);
      return area && area.value !== null ? [{ detail, area, mean, value: area.value }] : [];
    });
    const low = Math.min(
      ranked[Math.floor(ranked.length * 0.005)] ?? 0,
      ...known.map(({ value }) => value),
    );
    const high = Math.max(
      ranked[Math.ceil(ranked.length * 0.995) - 1] ?? 1,
      ...known.map(({ value }) => value),
    );
    if (known.length === 0 || low === high || indicator.soort === 'klasse') return nothing;
    const wide = WIDE - LABELS - 2 * LEFT;
    const xOf = (value: number) => LABELS + LEFT + ((value - low) / (high - low)) * wide;
    const within = (x: number) => Math.min(WIDE - LEFT, Math.max(LABELS + LEFT, x));
    const title = t('compareDots', { topic, all: allOf(shown.view.niveau, t) });
    const unit = say(indicator.eenheid, taal);
    const write = (value: number) => quantity(value, taal, indicator.decimalen, unit);
    const tall = known.length * 28 + 30;
    const ticks = Array.from(
      { length: 60 },
      (_, at) => ranked[Math.floor(((at + 0.5) / 60) * ranked.length)] ?? low,
    );
    return html`<h2>${title}</h2>
      <svg class="dots" viewBox="0 0 ${WIDE} ${tall}" role="img" aria-label=${known.map(({ detail, area, value }) => [`${this.#name(detail)}: ${write(value)}`, comparedWith(area, shown, taal, t)?.words].filter(Boolean).join(', ')).join('; ')}>
        ${low < 0 && high > 0 ? svg`<path class="zero" d="M${xOf(0)} 0V${tall - 22}"></path>` : nothing}
        ${ticks.map((value) => svg`<path class="tick" d="M${Math.max(LABELS, xOf(value))} ${tall - 26}v6"></path>`)}
        ${known.map(({ mean }, at) => (mean === null ? nothing : svg`<path class="yardstick" d="M${within(xOf(mean))} ${at * 28 + 5}v18"></path>`))}
        ${known.map(
          (
            { detail, value },
            at,
          ) => svg`<path class="lane" d="M${LABELS + LEFT} ${at * 28 + 14}H${WIDE - LEFT}"></path>
            <text x="0" y=${at * 28 + 19}>${short(this.#name(detail))}</text>
            <circle class="trend-dot now" cx=${xOf(value)} cy=${at * 28 + 14} r="6"></circle>
            <text class="dot-value" x=${xOf(value) > WIDE - 90 ? xOf(value) - 10 : xOf(value) + 10} y=${at * 28 + 10} text-anchor=${xOf(value) > WIDE - 90 ? 'end' : 'start'}>${write(value)}</text>`,
        )}
        <text class="trend-year" x=${LABELS + LEFT} y=${tall - 6}>${write(low)}</text>
        <text class="trend-year" x=${WIDE - LEFT} y=${tall - 6} text-anchor="end">${write(high)}</text>
      </svg>
      ${compared && !isPlace ? html`<p class="quiet yardstick-key"><svg width="10" height="18" aria-hidden="true"><path class="yardstick" d="M5 0v18"></path></svg> ${referenceName(null, shown, taal, t)}</p>` : nothing}
      ${compared ? html`<ul class="compared-list">${known.map(({ detail, area }) => html`<li><b>${this.#name(detail)}</b>: ${comparedWith(area, shown, taal, t)?.words}</li>`)}</ul>` : nothing}`;
  }

  /** The course of the topic at hand: one line an area, with gaps where a year is missing. */
  #trends() {
    const { t, taal, shown, details } = this;
    const topic = this.catalogue.indicatoren.find(({ id }) => id === shown.indicator.id)!;
    if (topic.soort === 'klasse') return nothing;
    const series = details.map((detail) => ({
      detail,
      values: withOthers(rowOf(detail, topic), this.series.get(detail.code) ?? []),
    }));
    const isEstimated = series.some(({ values }) => values.some(({ geschat }) => geschat));
    const known = series.flatMap(({ values }) => values.filter(({ waarde }) => waarde !== null));
    const years = [
      ...new Set(series.flatMap(({ values }) => values.map(({ jaar }) => jaar))),
    ].sort();
    const [first, last] = [years[0], years.at(-1)];
    if (first === undefined || last === undefined || first === last || known.length < 2)
      return html`<p class="quiet">${t('noTrend')}</p>`;
    const all = known.map(({ waarde }) => waarde!);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const [wide, tall] = [WIDE - LABELS - 2 * LEFT, 180];
    const xOf = (year: number) => LEFT + ((year - first) / (last - first)) * wide;
    const yOf = (value: number) => 12 + ((high - value) / (high - low || 1)) * (tall - 24);
    const unit = say(topic.eenheid, taal);
    const write = (value: number) => quantity(value, taal, topic.decimalen, unit);
    const name = say(topic.naam, taal);
    // Labels at the right that would cover each other are moved apart.
    const ends = series
      .flatMap(({ detail, values }) => {
        const end = values.findLast(({ waarde }) => waarde !== null);
        return end ? [{ detail, value: end.waarde!, y: yOf(end.waarde!) }] : [];
      })
      .sort((a, b) => a.y - b.y);
    ends.forEach((end, at) => {
      if (at > 0) end.y = Math.max(end.y, ends[at - 1]!.y + 18);
    });
    const high2 = Math.max(tall, (ends.at(-1)?.y ?? 0) + 10) + 26;
    return html`<h2>${t('compareTrend', { topic: name })}</h2>
      <svg class="trend trends" viewBox="0 0 ${WIDE} ${high2}" role="img" aria-label=${t('compareTrend', { topic: name })}>
        ${low < 0 && high > 0 ? svg`<path class="zero" d="M0 ${yOf(0)}H${WIDE - LABELS}"></path>` : nothing}
        ${topic.reeksbreuken.map(({ vanaf }) => (vanaf > first && vanaf <= last ? svg`<path class="trend-break" d="M${xOf(vanaf)} 0V${tall}"></path>` : nothing))}
        ${series.map(
          (
            { values },
            at,
          ) => svg`<path class=${`trend-line line-${at}`} d=${pathOf(values, topic, xOf, yOf)}></path>
          ${values.map(({ jaar, waarde, geschat }) => (waarde === null ? nothing : svg`<circle class=${geschat ? 'trend-dot estimate' : 'trend-dot'} cx=${xOf(jaar)} cy=${yOf(waarde)} r="3"></circle>`))}`,
        )}
        ${ends.map(({ detail, value, y }) => svg`<text x=${WIDE - LABELS + 6} y=${y + 5}>${short(detail.naam, 16)} ${write(value)}</text>`)}
        <text class="trend-year" x=${LEFT} y=${high2 - 6}>${first}</text>
        <text class="trend-year" x=${LEFT + wide} y=${high2 - 6} text-anchor="end">${last}</text>
      </svg>
      ${isEstimated ? html`<p class="quiet">${divisionWords(taal)('openDots', { to: shown.legend.indeling })}</p>` : nothing}
      <div class="scroll" tabindex="0" role="region" aria-label=${t('compareTrend', { topic: name })}>
      <table class="facts side-by-side">
        <caption class="visually-hidden">${t('compareTrend', { topic: name })}</caption>
        <thead><tr><th scope="col">${t('year')}</th>${details.map((detail) => html`<th scope="col">${this.#name(detail)}</th>`)}</tr></thead>
        <tbody>${years.map(
          (year) =>
            html`<tr><th scope="row">${year}</th>${series.map(({ values }) => {
              const value = values.find(({ jaar }) => jaar === year);
              return html`<td>${value ? valueCell(value, topic, shown.legend, taal, t) : t('notThatYear')}</td>`;
            })}</tr>`,
        )}</tbody>
      </table></div>`;
  }

  #table() {
    const { t, taal, shown, details, catalogue } = this;
    const has = (one: Indicator) =>
      details.some(({ waarden }) => (waarden[one.id]?.length ?? 0) > 0);
    const own = catalogue.indicatoren.filter(
      ({ id }) => id === shown.indicator.id || id === shown.view.met,
    );
    const rest = catalogue.indicatoren.filter((one) => !own.includes(one) && !one.gevoelig);
    const rows = [...own, ...rest].filter(has);
    return html`<h2>${t('compareTable')}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('compareTable')}>
      <table class="facts side-by-side">
        <caption class="visually-hidden">${t('compareTable')}</caption>
        <thead><tr><th scope="col">${t('topic')}</th>
          ${details.map(
            (detail) => html`<th scope="col">
              <button type="button" class="link" @click=${() => this.send('wk-select', detail.code)}>${detail.naam}</button>
              ${detail.gemeente ? html`<span class="quiet">${detail.gemeente.naam}</span>` : nothing}
              <button type="button" class="plain" aria-label=${t('remove', { area: this.#name(detail) })} @click=${() => this.send('wk-pin', detail.code)}><span aria-hidden="true">×</span></button>
            </th>`,
          )}</tr></thead>
        <tbody>${rows.map((one) => this.#row(one))}</tbody>
      </table></div>
      <p class="quiet">${t('rankFirst')} ${t('source', { source: say(shown.legend.bron, taal) })}.</p>`;
  }

  #row(one: Indicator) {
    const { t, taal, shown, details } = this;
    const known = details.flatMap(({ waarden }) => (waarden[one.id] ?? []).map(({ jaar }) => jaar));
    const year = one.id === shown.indicator.id ? shown.view.jaar : Math.max(...known);
    const entry = (detail: AreaDetail): AreaValue | undefined => {
      const list = detail.waarden[one.id] ?? [];
      return list.findLast(({ jaar }) => jaar === year) ?? list.at(-1);
    };
    const since = details.map(entry).find((value) => value?.sinds)?.sinds;
    return html`<tr>
      <th scope="row">${say(one.naam, taal)} <span class="quiet">${since ? t('since', { from: since, to: year ?? '' }) : year}</span></th>
      ${details.map((detail) => {
        // On other borders the area's own years lack the one that is shown.
        const area =
          one.id === shown.indicator.id && shown.band === null && shown.layer.column.origin
            ? shown.layer.find(detail.code)
            : null;
        if (area) {
          const estimate = estimateText(area, taal, t);
          return html`<td>${figure(area, one, shown.legend, taal, t).figure}${estimate ? html` <span class="form quiet">${estimate}</span>` : nothing}</td>`;
        }
        const value = entry(detail);
        if (!value) return html`<td class="quiet">${t('notThatYear')}</td>`;
        const rank = value.rang?.find(({ binnen }) => binnen === null);
        return html`<td>${valueCell(value, one, shown.legend, taal, t)}
          ${rank ? html`<span class="form quiet">${t('rankShort', { rank: rankRange([rank.van, rank.tot], taal), n: number(rank.aantal, taal) })}</span>` : nothing}</td>`;
      })}
    </tr>`;
  }
}

/** With the years that stand on other divisions, read on the one at hand. */
function withOthers(own: AreaValue[], series: SeriesYear[]): AreaValue[] {
  const others = series
    .filter(({ jaar, sinds }) => sinds === null && own.every((one) => one.jaar !== jaar))
    .map(
      (one): AreaValue => ({ ...one, klasse: null, klassenaam: null, interval: null, rang: [] }),
    );
  return [...own, ...others].sort((a, b) => a.jaar - b.jaar);
}

const rowOf = (detail: AreaDetail, { id }: Indicator) =>
  (detail.waarden[id] ?? []).filter(({ sinds }) => sinds === null).sort((a, b) => a.jaar - b.jaar);

/** A line that stops at a missing year and at a break of the series. */
function pathOf(
  values: AreaValue[],
  { reeksbreuken }: Indicator,
  xOf: (year: number) => number,
  yOf: (value: number) => number,
): string {
  let path = '';
  let before: number | null = null;
  for (const { jaar, waarde } of values) {
    if (waarde === null) {
      before = null;
      continue;
    }
    const from: number | null = before;
    const isBroken =
      from === null || reeksbreuken.some(({ vanaf }) => from < vanaf && vanaf <= jaar);
    path += `${isBroken ? 'M' : 'L'}${xOf(jaar)} ${yOf(waarde)}`;
    before = jaar;
  }
  return path;
}

const short = (text: string, most = 26) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

customElements.define('wk-compare', WkCompare);
