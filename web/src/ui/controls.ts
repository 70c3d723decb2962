/** Chooses what the map shows: topic, year, level, extent, and how classes are made. */
import { html, nothing } from 'lit';
import type { Catalogue, Config, Indicator } from '../core/api.ts';
import type { Client } from '../core/client.ts';
import { divisionShown, readableOn } from '../core/division.ts';
import { countryName } from '../core/headline.ts';
import { say } from '../core/language.ts';
import { hasExtent, levelsOf } from '../core/level.ts';
import { beginsOf, divisionOf, type View, yearsOf } from '../core/state.ts';
import type { Shown } from '../planner/shown.ts';
import { divisionWords } from './division-words.ts';
import { WkElement } from './element.ts';
import type { Option } from './search.ts';
import { levelSelect, topicSelect, yearSelect } from './selects.ts';
import './search.ts';

export class WkControls extends WkElement {
  static override properties = {
    ...WkElement.properties,
    catalogue: { attribute: false },
    config: { attribute: false },
    client: { attribute: false },
    view: { attribute: false },
    shown: { attribute: false },
    playing: { type: Boolean },
  };
  declare catalogue: Catalogue;
  declare config: Config;
  declare client: Client;
  declare view: View;
  declare shown: Shown;
  /** Whether the years go by. */
  declare playing: boolean;

  get #indicator(): Indicator {
    return this.catalogue.indicatoren.find((one) => one.id === this.view.indicator)!;
  }

  override render() {
    if (!this.catalogue || !this.view) return nothing;
    return html`
      ${this.#topic()}
      <div class="pair">${this.#level()} ${this.#year()}</div>
      ${this.#borders()}
      ${this.#begin()}
      ${this.#extent()}
    `;
  }

  #change(part: Partial<View>): void {
    this.send('wk-change', part);
  }

  #topic() {
    const { t, taal } = this;
    const text = say(this.#indicator.omschrijving, taal);
    return html`<div class="field">
      <div class="label-row"><label for="onderwerp" class="field-label">${t('topic')}</label>
        <button type="button" class="link" @click=${() => this.send('wk-topics', null)}>${t('topicFind')}</button></div>
      ${topicSelect(this.catalogue, this.view, (part) => this.#change(part), 'onderwerp-uitleg')}
      ${explained(text)}
    </div>`;
  }

  #year() {
    const { t, view } = this;
    const years = yearsOf(this.#indicator, view.niveau);
    const place = years.indexOf(view.jaar);
    const step = (to: number | undefined, words: string, sign: string) =>
      html`<button type="button" class="step" aria-label=${words} title=${words}
        ?disabled=${to === undefined} @click=${() => to !== undefined && this.#change({ jaar: to })}>${sign}</button>`;
    return html`<div class="field year">
      <label for="jaar" class="field-label">${t('year')}</label>
      <div class="stepper">
        ${step(years[place - 1], t('previousYear'), '‹')}
        ${yearSelect(this.#indicator, view, (part) => this.#change(part))}
        ${step(years[place + 1], t('nextYear'), '›')}
      </div>
    </div>
    ${
      years.length > 2
        ? html`<button type="button" class="play" aria-pressed=${this.playing ? 'true' : 'false'}
          @click=${() => this.send('wk-play', null)}><span aria-hidden="true">${this.playing ? '❚❚' : '▶'}</span> ${t(this.playing ? 'pauseYears' : 'playYears')}</button>`
        : nothing
    }`;
  }

  /** The division whose borders the figures are read on, where there is more than one. */
  #borders() {
    const { view, taal } = this;
    const indicator = this.#indicator;
    const others = readableOn(indicator, view.niveau, view.jaar);
    if (others.length === 0) return nothing;
    const own = divisionOf(indicator, view.niveau, view.jaar);
    const now = divisionShown(indicator, view);
    const w = divisionWords(taal);
    return html`<div class="field borders">
      <label for="indeling" class="field-label">${w('borders')}</label>
      <select id="indeling" aria-describedby="indeling-uitleg" @change=${(event: Event) =>
        this.#change({ indeling: Number((event.target as HTMLSelectElement).value) || null })}>
        <option value="" .selected=${now === own}>${w('own', { year: own })}</option>
        ${others.toReversed().map((year) => html`<option value=${year} .selected=${year === now}>${year}</option>`)}
      </select>
      <p id="indeling-uitleg" class="explain">${w('about')}</p>
    </div>`;
  }

  /** For a change: the year that it is counted from. */
  #begin() {
    const { t, view } = this;
    const begins = beginsOf(this.#indicator, view.niveau, view.jaar);
    if (begins.length === 0) return nothing;
    const now = view.sinds ?? begins[0];
    return html`<div class="field">
      <label for="sinds" class="field-label">${t('begin')}</label>
      <select id="sinds" @change=${(event: Event) =>
        this.#change({ sinds: Number((event.target as HTMLSelectElement).value) })}>
        ${begins.map((year) => html`<option value=${year} .selected=${year === now}>${t('since', { from: year, to: view.jaar })}</option>`)}
      </select>
    </div>`;
  }

  #level() {
    const { t, view } = this;
    return html`<div class="field level">
      <label for="niveau" class="field-label">${t('level')}</label>
      ${levelSelect(levelsOf(this.config), this.#indicator, view, t, (part) => this.#change(part))}
    </div>`;
  }

  #extent() {
    const { t, view, shown } = this;
    if (!hasExtent(view.niveau)) return nothing;
    const gemeente = view.binnen ? shown?.gemeente : null;
    const country = countryName(this.config, t, true);
    const name = gemeente?.naam ?? country;
    const choose = (binnen: string | null) => {
      this.querySelector<HTMLDetailsElement>('.extent')?.removeAttribute('open');
      this.#change({ binnen, gebied: null, zicht: null });
    };
    const wijk = view.binnen === shown?.wijk?.code ? shown?.wijk?.naam : null;
    return html`<div class="field">
      <span class="field-label">${t('extent')}</span>
      <details class="extent">
        <summary>
          <span class="extent-now">${wijk ? `${wijk}, ${name}` : name}</span>
          <span class="extent-change">${t('changeExtent')}</span>
        </summary>
        <div class="extent-choices">
          ${gemeente ? this.#wijken(shown.wijken, gemeente.naam, gemeente.code, choose) : nothing}
          <wk-search name="gemeente" .taal=${this.taal} .client=${this.client}
            niveau="gemeenten" .divisions=${this.config.jaren} .label=${t('extentGemeente')} .placeholder=${t('extentGemeenteHint')}
            @wk-found=${(event: CustomEvent<Option>) => {
              event.stopPropagation();
              choose(event.detail.code);
            }}></wk-search>
          ${view.binnen ? html`<button type="button" class="whole" @click=${() => choose(null)}>${country}</button>` : nothing}
        </div>
      </details>
    </div>`;
  }

  #wijken(
    list: { code: string; naam: string }[],
    place: string,
    gemeente: string,
    choose: (code: string) => void,
  ) {
    const { t, view } = this;
    if (list.length === 0) return nothing;
    return html`<div>
      <label for="wijk" class="field-label">${t('extentWijk')}</label>
      <select id="wijk" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        <option value=${gemeente} .selected=${view.binnen === gemeente}>${t('allWijken', { place })}</option>
        ${list.map(({ code, naam }) => html`<option value=${code} .selected=${view.binnen === code}>${naam}</option>`)}
      </select>
    </div>`;
  }
}

/** The first sentence; the rest is a press away. */
function explained(text: string) {
  const [first = '', ...rest] = text.split(/(?<=[.!?])\s+/);
  if (rest.length === 0) return html`<p id="onderwerp-uitleg" class="explain">${first}</p>`;
  return html`<details class="explain topic-explained">
    <summary id="onderwerp-uitleg">${first}</summary>
    <p>${rest.join(' ')}</p>
  </details>`;
}

customElements.define('wk-controls', WkControls);
