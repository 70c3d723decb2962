/** One place, told as a short newspaper item. */
import { html, nothing } from 'lit';
import type { AreaDetail, Catalogue, Indicator, Location, Named, Series } from '../core/api.ts';
import { type Area, counts, isSparse, isWater } from '../core/area.ts';
import type { Client } from '../core/client.ts';
import { familyOf, members, others } from '../core/family.ts';
import { estimateText, figure, perspectiveText, titled } from '../core/headline.ts';
import { say } from '../core/language.ts';
import { ancestor, type Level, levelOf, type OwnLevel } from '../core/level.ts';
import { number } from '../core/number.ts';
import type { Elsewhere } from '../core/outline.ts';
import { perspective } from '../core/perspective.ts';
import { interval, ranks } from '../core/precision.ts';
import { MOST_PINS } from '../core/selection.ts';
import { yearsOf } from '../core/state.ts';
import type { Point } from '../planner/session.ts';
import type { Shown } from '../planner/shown.ts';
import { profileLinks } from './colophon.ts';
import { comparedPart } from './compared.ts';
import { WkElement } from './element.ts';
import { dimensions, partsOf } from './parts.ts';
import { areaSwatch } from './swatch.ts';
import { trendLine } from './trend.ts';
import { formName, forms, valueCell, years } from './years.ts';

export class WkPanel extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    area: { attribute: false },
    detail: { attribute: false },
    elsewhere: { attribute: false },
    series: { attribute: false },
    catalogue: { attribute: false },
    point: { attribute: false },
    pins: {},
    served: { attribute: false },
    teller: { attribute: false },
  };
  declare shown: Shown;
  declare area: Area | null;
  declare detail: AreaDetail | null;
  /** The same area in other divisions. */
  declare elsewhere: Elsewhere[];
  /** The topic in all years that the division of the area knows. */
  declare series: Series | null;
  declare catalogue: Catalogue;
  declare point: Point | null;
  /** The codes of the areas that are compared, with commas. */
  declare pins: string;
  /** Whether a server tells more of the area, on a page of its own. */
  declare served: boolean;
  /** Who tells what was done about areas; null where nobody does. */
  declare teller: Client | null;
  constructor() {
    super();
    this.area = null;
    this.detail = null;
    this.elsewhere = [];
    this.series = null;
    this.point = null;
    this.pins = '';
    this.served = false;
    this.teller = null;
  }

  override render() {
    if (!this.shown || (!this.area && !this.point)) return nothing;
    const { t } = this;
    return html`<article class="place" tabindex="-1" aria-labelledby="plek-naam">
      <button type="button" class="close" @click=${() => this.send('wk-close', null)}>
        <span aria-hidden="true">×</span><span class="visually-hidden">${t('close')}</span>
      </button>
      ${this.area ? this.#story(this.area) : this.#pointAlone()}
    </article>`;
  }

  #story(area: Area) {
    const { t, taal, shown, detail } = this;
    const { indicator, legend, view, layer } = shown;
    const estimate = estimateText(area, taal, t);
    const series = this.series?.indicator === indicator.id ? this.series : null;
    const { areas } = layer;
    const told = figure(area, indicator, legend, taal, t);
    const standing = perspectiveText(perspective(area, layer.ranked), view, indicator, taal, t);
    const lbm = say(indicator.bron, 'nl').includes('Leefbaarometer');
    const topic = say(indicator.naam, taal);
    const family = familyOf(indicator, this.catalogue);
    const year = legend.sinds ? t('since', { from: legend.sinds, to: view.jaar }) : view.jaar;
    return html`
      <h2 id="plek-naam">${area.name}</h2>
      <p class="where">${this.#where(area)}</p>
      <p class="topic">${titled(topic, year)}</p>
      <p class=${told.known ? 'figure' : 'figure words'}>${told.figure}</p>
      ${told.class ? html`<p class="figure-class">${told.class}</p>` : nothing}
      ${estimate ? html`<p class="estimate">${estimate}</p>` : nothing}
      ${this.#second(area)} ${this.#pin(area)}
      ${comparedPart(area, shown, taal, t, (code) => this.#choose(code))}
      ${detail ? this.#rounded(detail) : nothing}
      ${standing ? html`<p>${standing} ${areas.some((one) => !counts(one) && one.flags.length > 0) ? html`<span class="quiet">${t('leftOut')}</span>` : nothing}</p>` : nothing}
      ${detail ? this.#ranks(detail) : nothing}
      ${this.served ? profileLinks(area, legend.indeling, taal, t) : nothing}
      ${isSparse(area) && !isWater(area) ? html`<p>${t('sparse')} ${this.#why('nauwelijks-woongebied')}</p>` : nothing}
      ${
        detail
          ? html`${forms(detail, indicator, family, view.jaar, legend, taal, t)}
        ${trendLine(detail, indicator, view.jaar, taal, t, this.elsewhere, series, (from, to) => this.#periods(area, from, to))}
        ${legend.sinds ? nothing : years(detail, family, legend, taal, t)} ${this.#approaches(area)}
        ${dimensions(detail, indicator, this.catalogue, view.jaar, taal, t)} ${this.#otherTopics(detail)}`
          : nothing
      }
      ${this.#point()}
      ${this.#incomparable()}
      <p class="source">${t('source', { source: say(legend.bron, taal) })}. ${t(lbm ? 'signalsLbm' : 'signals')}</p>
    `;
  }

  /** The figure of the second topic, and where both meet. */
  #second(area: Area) {
    const { second } = this.shown;
    // Water is told once.
    if (!second || isWater(area)) return nothing;
    const { other, cell, known } = second.told(area, this.taal, this.t);
    return html`<p class="topic">${other.topic}</p>
      <p class=${other.known ? 'figure' : 'figure words'}>${other.figure}</p>
      ${known ? html`<p class="figure-cell">${areaSwatch(second.drawn.area(area.ordinal))} ${cell}</p>` : nothing}`;
  }

  /** What was done about the area. Its code comes with the first area that is chosen. */
  #approaches({ code }: Area) {
    if (!this.teller) return nothing;
    void import('./stories.ts');
    const topic = this.catalogue.indicatoren.find(({ id }) => id === this.shown.view.indicator);
    return html`<wk-area-stories .taal=${this.taal} .code=${code} .client=${this.teller} .topic=${topic}></wk-area-stories>`;
  }

  #periods({ code }: Area, from: number, to: number) {
    if (!this.teller) return nothing;
    return html`<wk-story-bars .taal=${this.taal} .code=${code} .client=${this.teller} .from=${from} .to=${to}></wk-story-bars>`;
  }

  /** Another area, which may lie in another gemeente than the map shows. */
  #choose(code: string): void {
    const { shown } = this;
    const area = shown.layer.whole.find(code);
    if (!area || shown.layer.find(code)) {
      this.send('wk-select', code);
      return;
    }
    const gemeente = { code: ancestor(code, 'gemeenten') ?? '', naam: area.gemeente };
    const { niveau } = shown.view;
    const division = shown.legend.indeling;
    this.send('wk-found', { code, name: area.name, niveau, gemeente, division, at: null });
  }

  /** Takes the area into the comparison, or out of it. */
  #pin(area: Area) {
    const { t } = this;
    const codes = this.pins === '' ? [] : this.pins.split(',');
    const isIn = codes.includes(area.code);
    const isFull = !isIn && codes.length >= MOST_PINS;
    return html`<p class="pin"><button type="button" aria-pressed=${isIn ? 'true' : 'false'} ?disabled=${isFull}
      @click=${() => this.send('wk-pin', area.code)}>${t(isIn ? 'unpin' : 'pin')}</button>
      ${isFull ? html`<span class="quiet">${t('pinFull')}</span>` : nothing}</p>`;
  }

  /** The figure that the map shows, with all that is known about it. */
  #valueOf(detail: AreaDetail) {
    const { indicator, legend, view } = this.shown;
    return detail.waarden[indicator.id]?.find(
      ({ jaar, sinds }) => jaar === view.jaar && sinds === (legend.sinds ?? null),
    );
  }

  #rounded(detail: AreaDetail) {
    const { taal, t } = this;
    const range = this.#valueOf(detail)?.interval;
    if (!range) return nothing;
    const words = interval([range.van, range.tot], this.shown.indicator, taal, t);
    return html`<p class="precision">${t('rounded', { range: words })}</p>`;
  }

  #ranks(detail: AreaDetail) {
    const text = ranks(
      this.#valueOf(detail)?.rang ?? [],
      this.shown.view.niveau,
      this.taal,
      this.t,
    );
    return text ? html`<p class="precision">${text}</p>` : nothing;
  }

  /** Why the area has a mark. */
  #why(flag: string) {
    const found = this.detail?.vlagredenen.find(({ vlag }) => vlag === flag);
    return found ? this.t('why', { reason: say(found.reden, this.taal) }) : '';
  }

  /** Names the topics that look like this one and cannot be compared with it. */
  #incomparable() {
    const { t, taal, catalogue } = this;
    const names = this.shown.indicator.nietVergelijkbaarMet.flatMap((id) => {
      const other = catalogue.indicatoren.find((one) => one.id === id);
      return other ? [say(other.naam, taal)] : [];
    });
    return names.length > 0
      ? html`<p class="quiet">${t('incomparable', { names: names.join('; ') })}</p>`
      : nothing;
  }

  #where(area: Area) {
    const { t, detail } = this;
    const level = levelOf(area.code) ?? this.shown.view.niveau;
    if (level === 'gemeenten') return t('One_gemeenten');
    const one = t(`One_${level}`);
    const wijk = detail?.code === area.code ? detail.wijk?.naam : null;
    if (wijk) return t('placeWijk', { one, wijk, gemeente: area.gemeente });
    return area.gemeente ? t('place', { one, gemeente: area.gemeente }) : one;
  }

  #otherTopics(detail: AreaDetail) {
    const { t, catalogue } = this;
    const { indicator, view } = this.shown;
    const told = new Set([
      ...members(familyOf(indicator, catalogue)).map(({ id }) => id),
      ...partsOf(detail, indicator, catalogue, view.jaar).map(({ one }) => one.id),
    ]);
    const rows = others(catalogue, detail, told);
    if (rows.length === 0) return nothing;
    return html`<h3>${t('others')}</h3>
      <table class="facts">
        <caption class="visually-hidden">${t('othersCaption')}</caption>
        <thead class="visually-hidden">
          <tr><th scope="col">${t('topic')}</th><th scope="col">${t('figureColumn')}</th></tr>
        </thead>
        <tbody>
          ${rows.map((one) => this.#fact(one, detail))}
        </tbody>
      </table>`;
  }

  #fact(one: Indicator, detail: AreaDetail) {
    const { t, taal } = this;
    const values = detail.waarden[one.id] ?? [];
    const newest = values.findLast((value) => value.waarde !== null) ?? values.at(-1)!;
    const name = say(one.naam, taal);
    const onMap = yearsOf(one, detail.niveau).length > 0;
    return html`<tr>
      <th scope="row">
        ${onMap ? html`<button type="button" class="link" aria-label=${t('showTopic', { topic: name })} @click=${() => this.send('wk-change', { indicator: one.id })}>${name}</button>` : name}
        <span class="quiet">${newest.sinds === null ? newest.jaar : t('since', { from: newest.sinds, to: newest.jaar })}</span>
      </th>
      <td>${valueCell(newest, one, this.shown.legend, taal, t)}${this.#formsOf(one, detail, newest.jaar)}</td>
    </tr>`;
  }

  /** What other forms of a figure say, under it. */
  #formsOf(one: Indicator, detail: AreaDetail, year: number) {
    const { t, taal } = this;
    return familyOf(one, this.catalogue).forms.flatMap((form) => {
      const value = detail.waarden[form.id]?.find(({ jaar }) => jaar === year);
      if (!value || value.waarde === null) return [];
      return html`<span class="form quiet">${formName(form, one, taal)}: ${valueCell(value, form, this.shown.legend, taal, t)}</span>`;
    });
  }

  /** Of own levels those that have an area there. */
  #areasAt({ buurt, wijk, gemeente, eigen = {} }: Location): [Level, Named | null][] {
    const own = Object.entries(eigen).filter(([, found]) => found);
    return [
      ['buurten', buurt],
      ['wijken', wijk],
      ...(own as [OwnLevel, Named][]),
      ['gemeenten', gemeente],
    ];
  }

  #pointAlone() {
    return html`<h2 id="plek-naam">${this.t('clickedPoint')}</h2>${this.#point()}`;
  }

  /** Buurt, wijk and gemeente of the place that was clicked. */
  #point() {
    const { t, taal, point } = this;
    if (!point) return nothing;
    const { location } = point;
    const wgs = t('wgs', { lat: number(point.lat, taal, 5), lon: number(point.lon, taal, 5) });
    return html`<section class="point" aria-label=${t('clickedPoint')}>
      ${this.area ? html`<h3>${t('clickedPoint')}</h3>` : nothing}
      <p class="quiet">
        ${wgs}${location?.rd ? html`<br />${t('rd', { x: number(location.rd[0], taal), y: number(location.rd[1], taal) })}` : nothing}
      </p>
      ${point.outside ? html`<p>${t('pointOutside')}</p>` : nothing}
      ${
        location
          ? html`<dl class="within">
            ${this.#areasAt(location).map(([level, found]) => {
              return html`<div>
                <dt>${t(`One_${level}`)}</dt>
                <dd>${
                  found
                    ? html`<button type="button" class="link" @click=${() =>
                        this.send('wk-found', {
                          code: found.code,
                          name: found.naam,
                          niveau: level,
                          gemeente: location.gemeente,
                          division: location.jaar,
                          at: null,
                        })}>${found.naam}</button>`
                    : html`<span class="quiet">${t('pointNowhere', { one: t(`one_${level}`) })}</span>`
                }</dd>
              </div>`;
            })}
          </dl>`
          : nothing
      }
    </section>`;
  }
}

customElements.define('wk-panel', WkPanel);
