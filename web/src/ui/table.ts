/** The same layer as a table: sorted, filtered, and complete. */
import { html, nothing } from 'lit';
import type { Area } from '../core/area.ts';
import { isSparse, isWater } from '../core/area.ts';
import { comparedValue, yardstick } from '../core/comparison.ts';
import { estimateText, figure, legendRows, reasonText, titled } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Filter } from '../core/look.ts';
import { number } from '../core/number.ts';
import { type Choice, type Column, choose, type Order, sort } from '../core/row.ts';
import { tabbed } from '../core/sheet.ts';
import { rowsOf } from '../planner/rows.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';
import { areaSwatch } from './swatch.ts';

/** Rows that are made at once. */
const ROWS = 300;

export class WkTable extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    headline: {},
    csv: {},
    plain: {},
    order: { state: true },
    choice: { state: true },
    most: { state: true },
    filter: { attribute: false },
    gathered: { attribute: false },
    said: { state: true },
  };
  declare shown: Shown;
  declare headline: string;
  declare csv: string;
  /** The address of the same table as a page of its own, which needs no script. */
  declare plain: string;
  declare order: Order;
  declare choice: Choice;
  /** How many rows are made: a browser takes long over those of a whole country. */
  declare most: number;
  declare filter: Filter | null;
  /** The ordinals of the own selection. */
  declare gathered: number[];
  declare said: string;
  constructor() {
    super();
    this.headline = '';
    this.csv = '';
    this.plain = '';
    this.order = { column: 'name', descending: false };
    this.choice = 'all';
    this.most = ROWS;
    this.filter = null;
    this.gathered = [];
    this.said = '';
  }

  override render() {
    if (!this.shown) return nothing;
    const { t, taal, shown } = this;
    const { filter } = this;
    const areas = filter
      ? shown.layer.areas.filter(({ ordinal }) => filter.shows(ordinal))
      : shown.layer.areas;
    const selected = new Set(this.gathered);
    const chosen =
      this.choice === 'selection'
        ? areas.filter(({ ordinal }) => selected.has(ordinal))
        : choose(areas.map(this.#drawn), this.choice).map(({ ordinal }) =>
            shown.layer.area(ordinal),
          );
    const { second, compared } = shown;
    const other = (area: Area) => second?.layer.area(area.ordinal) ?? area;
    const rows = sort(chosen, this.order, taal, this.#drawn, other);
    const one = shown.view.niveau;
    const hasGemeente = one !== 'gemeenten';
    return html`
      <div class="table-tools">
        ${this.#filter()}
        <p role="status">${t('rows', { n: number(rows.length, taal) })}</p>
        <button type="button" @click=${() => this.#copy(rows)}>${t('copyTable')}</button>
        <span role="status" class="quiet">${this.said}</span>
        ${this.csv ? html`<a href=${this.csv} download>${t('downloadCsv')}</a>` : nothing}
        ${this.plain ? html`<a href=${this.plain}>${t('plainTable')}</a>` : nothing}
      </div>
      <div class="scroll table-scroll" role="region" aria-label=${t('table')} tabindex="0">
        <table class="data">
          <caption>${t('tableCaption', { headline: this.headline, n: number(rows.length, taal) })}</caption>
          <thead>
            <tr>
              ${this.#head('name', t('columnName'))}
              ${hasGemeente ? this.#head('gemeente', t('columnGemeente')) : nothing}
              ${this.#head('value', second ? titled(say(shown.indicator.naam, taal), shown.legend.jaar) : t('figureColumn'), true)}
              ${compared ? html`<th scope="col" class="number">${t('comparedTo')}</th>${this.#head('compared', t(compared.deviation.measure === 'percentiel' ? 'comparedPlace' : 'comparedDifference'), true)}` : nothing}
              ${second ? this.#head('second', titled(say(second.indicator.naam, taal), second.legend.jaar), true) : nothing}
              ${this.#head('class', t('class'))}
              <th scope="col">${t('columnCode')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.most).map((area) => this.#row(area, hasGemeente))}
          </tbody>
        </table>
        ${
          rows.length > this.most
            ? html`<p class="more-rows">${t('rowsShown', { n: number(this.most, taal), all: number(rows.length, taal) })}
              <button type="button" @click=${() => {
                this.most += ROWS;
              }}>${t('moreRows')}</button></p>`
            : nothing
        }
      </div>
    `;
  }

  #head(column: Column, words: string, isNumber = false) {
    const { order } = this;
    const active = order.column === column;
    const state = active ? (order.descending ? 'descending' : 'ascending') : 'none';
    return html`<th scope="col" aria-sort=${state} class=${isNumber ? 'number' : ''}>
      <button type="button" class="sort" @click=${() => {
        this.order = { column, descending: active && !order.descending };
      }}>
        ${words}<span aria-hidden="true" class="arrow">${active ? (order.descending ? '▼' : '▲') : '↕'}</span>
      </button>
    </th>`;
  }

  /** The area as the map shows it: with its difference or its cell. */
  #drawn = (area: Area): Area =>
    this.shown.compared || this.shown.second ? this.shown.drawn.area(area.ordinal) : area;

  /** What an area is compared with, and how it lies from that. */
  #compared(area: Area) {
    const { shown, taal, t } = this;
    const group = shown.compared?.deviation.groupOf(area.ordinal) ?? null;
    if (!shown.compared) return nothing;
    const { value, reason } = shown.drawn.area(area.ordinal);
    if (area.value === null || isWater(area)) return html`<td></td><td></td>`;
    if (value === null || !group)
      return html`<td></td><td class="number quiet">${reasonText(reason, shown.key, taal, t)}</td>`;
    const isPlace = shown.compared.deviation.measure === 'percentiel';
    const many = t(`many_${shown.view.niveau}`);
    const with_ = isPlace
      ? t('comparedOf', { n: number(group.count, taal), many })
      : yardstick(group.mean, shown, taal);
    return html`<td class="number">${with_}</td><td class="number">${comparedValue(value, shown, taal)}</td>`;
  }

  #row(area: Area, hasGemeente: boolean) {
    const { t, taal, shown } = this;
    const told = figure(area, shown.indicator, shown.legend, taal, t);
    const selected = shown.view.gebied === area.code;
    const estimate = estimateText(area, taal, t);
    const painted = this.#drawn(area);
    const cell = shown.second?.told(area, taal, t);
    return html`<tr aria-current=${selected ? 'true' : 'false'}>
      <th scope="row">
        <button type="button" class="link" @click=${() => this.send('wk-select', area.code)}>${area.name}</button>
      </th>
      ${hasGemeente ? html`<td>${area.gemeente}</td>` : nothing}
      <td class=${told.known ? 'number' : 'number quiet'}>${told.known ? told.figure : t('notThatYear')}${estimate ? html` <span class="quiet estimate">(${t('estimate')})<span class="visually-hidden">: ${estimate}</span></span>` : nothing}</td>
      ${this.#compared(area)} ${this.#second(area)}
      <td>${areaSwatch(painted)} ${cell ? html`<span class=${cell.known ? '' : 'quiet'}>${cell.cell}</span>` : told.known ? (shown.compared ? classWords(painted, shown, taal, t) : told.class) : html`<span class="quiet">${told.figure}</span>`}${isSparse(area) ? html` <span class="quiet">(${t('flag_nauwelijks-woongebied')})</span>` : nothing}</td>
      <td class="code">${area.code}</td>
    </tr>`;
  }

  /** The figure of the topic that is crossed with the first. */
  #second(area: Area) {
    const { second } = this.shown;
    if (!second) return nothing;
    const other = second.layer.area(area.ordinal);
    const told = figure(other, second.indicator, second.legend, this.taal, this.t);
    return html`<td class=${told.known ? 'number' : 'number quiet'}>${told.figure}</td>`;
  }

  /** All rows of the present choice, parted by tabs as sheets take them. */
  async #copy(rows: Area[]): Promise<void> {
    const { shown, taal, t } = this;
    const cells = rowsOf(shown, rows, new Set(this.gathered), taal, t);
    try {
      await navigator.clipboard.writeText(tabbed(cells, taal));
      this.said = t('tableCopied');
    } catch {
      this.said = t('copyFailed');
    }
  }

  #filter() {
    const { t, taal, shown } = this;
    const rows = legendRows(shown.compared || shown.second ? shown.key : shown.legend, taal, t);
    const hasWater = shown.layer.areas.some(isWater);
    const option = (value: Choice, words: string) =>
      html`<option value=${value} .selected=${value === this.choice}>${words}</option>`;
    return html`<label for="filter">${t('show')}</label>
      <select id="filter" @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        this.choice = /^\d+$/.test(value) ? Number(value) : (value as Choice);
      }}>
        ${option('all', t('filterAll'))} ${this.gathered.length > 0 ? option('selection', t('filterSelection')) : nothing} ${rows.map((row) => option(row.nummer, row.name))}
        ${option('missing', t('filterMissing'))} ${hasWater ? option('water', t('filterWater')) : nothing}
      </select>`;
  }
}

function classWords(area: Area, { key }: Shown, language: Language, t: Translate): string {
  return legendRows(key, language, t).find(({ nummer }) => nummer === area.class)?.name ?? '';
}

customElements.define('wk-table', WkTable);
