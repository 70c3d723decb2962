/** How values are divided into classes: a modest place for those who want to know. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Indicator, Legend } from '../core/api.ts';
import {
  type BoundsFault,
  boundsOf,
  MOST_BOUNDS,
  parseBounds,
  readBounds,
  typed,
  typedBounds,
  writeBounds,
} from '../core/bounds.ts';
import { isKey } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import { defaultCount, isComputed, type View } from '../core/state.ts';
import { WkElement } from './element.ts';

export class WkMethods extends WkElement {
  static override properties = {
    ...WkElement.properties,
    indicator: { attribute: false },
    view: { attribute: false },
    legend: { attribute: false },
    typing: { state: true },
    fault: { state: true },
  };
  declare indicator: Indicator;
  declare view: View;
  declare legend: Legend;
  /** What stands in the field of bounds and is not on the map; null where they are the same. */
  declare typing: string | null;
  declare fault: BoundsFault | null;
  constructor() {
    super();
    this.typing = null;
    this.fault = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    if (!before || this.#classes(before) === this.#classes(this.view)) return;
    this.typing = null;
    this.fault = null;
  }

  #classes({ indicator, methode, klassegrenzen, taal }: View): string {
    return JSON.stringify([indicator, methode, klassegrenzen, taal]);
  }

  get #method(): string {
    // Bounds that are still to be typed.
    if (this.typing !== null) return 'eigen';
    return this.view.methode ?? this.indicator.methode;
  }

  override render() {
    if (!this.indicator || !this.view) return nothing;
    const { t, indicator } = this;
    const method = this.#method;
    const name = (id: string) => {
      const key = `method_${id}`;
      return isKey(key) ? t(key) : id;
    };
    const explained = `explain_${method}`;
    return html`<details class="methods">
      <summary>${t('methods')}</summary>
      <div class="field">
        <label for="methode" class="field-label">${t('method')}</label>
        <select id="methode" aria-describedby="methode-uitleg" @change=${(event: Event) =>
          this.#choose((event.target as HTMLSelectElement).value)}>
          ${indicator.methoden.map(
            (id) =>
              html`<option value=${id} .selected=${id === method}>${name(id)}${id === indicator.methode ? ` (${t('standard')})` : ''}</option>`,
          )}
        </select>
        <p id="methode-uitleg" class="explain">${isKey(explained) ? t(explained) : nothing}</p>
      </div>
      ${method === 'eigen' ? this.#bounds() : nothing}
      ${isComputed(method) ? [this.#count(method), this.#scope()] : nothing}
      <p class="explain">${t('rightClosed')}</p>
    </details>`;
  }

  #change(part: Partial<View>): void {
    this.send('wk-change', part);
  }

  #choose(methode: string): void {
    const { view, legend, indicator } = this;
    this.typing = null;
    this.fault = null;
    const { aantalKlassen, schaal } = isComputed(methode)
      ? view
      : { aantalKlassen: null, schaal: null };
    if (methode !== 'eigen') {
      this.#change({ methode, aantalKlassen, schaal, klassegrenzen: null });
      return;
    }
    // The publisher's bounds may be finer than its figures; computed ones need not be.
    const finer = legend.methode === 'publicatie' ? 2 : 0;
    const bounds = boundsOf(legend.klassen, indicator.decimalen + finer);
    if (bounds.length === 0) this.typing = '';
    else this.#change({ methode, aantalKlassen, schaal, klassegrenzen: writeBounds(bounds) });
  }

  #bounds() {
    const { t, taal, view, fault } = this;
    const unit = say(this.indicator.eenheid, taal).trim();
    const now = typedBounds(readBounds(view.klassegrenzen ?? '') ?? [], taal);
    return html`<form class="field" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      this.#apply();
    }}>
      <label for="grenzen" class="field-label">${unit ? t('ownBoundsIn', { unit }) : t('ownBounds')}</label>
      <div class="with-button">
        <input id="grenzen" type="text" autocomplete="off" spellcheck="false"
          .value=${this.typing ?? now}
          aria-describedby=${fault ? 'grenzen-fout grenzen-uitleg' : 'grenzen-uitleg'}
          aria-invalid=${fault ? 'true' : 'false'}
          @input=${(event: Event) => {
            this.typing = (event.target as HTMLInputElement).value;
          }} />
        <button type="submit">${t('apply')}</button>
      </div>
      <p id="grenzen-fout" class="fault" role="alert">${fault ? this.#told(fault) : nothing}</p>
      <p id="grenzen-uitleg" class="explain">${t('ownBoundsHint', { example: typedBounds([10, 12.5, 20], taal) })}</p>
    </form>`;
  }

  #apply(): void {
    const field = this.querySelector<HTMLInputElement>('#grenzen')!;
    const bounds = parseBounds(field.value, this.taal);
    if (!Array.isArray(bounds)) {
      this.typing = field.value;
      this.fault = bounds;
      field.focus();
      return;
    }
    const klassegrenzen = writeBounds(bounds);
    // Until the map has them, what was typed stands there.
    this.typing = klassegrenzen === this.view.klassegrenzen ? null : field.value;
    this.fault = null;
    this.#change({ methode: 'eigen', aantalKlassen: null, schaal: null, klassegrenzen });
  }

  #told(fault: BoundsFault): string {
    const { t, taal } = this;
    const example = typedBounds([10, 12.5, 20], taal);
    switch (fault.kind) {
      case 'none':
        return t('boundsNone', { example });
      case 'many':
        return t('boundsMany', { count: fault.count, most: MOST_BOUNDS });
      case 'number':
        return t('boundsNumber', { text: fault.text, example });
      case 'order':
        return t('boundsOrder', { low: typed(fault.low, taal), high: typed(fault.high, taal) });
    }
  }

  #count(method: string) {
    const { t, view, indicator } = this;
    const count = view.aantalKlassen ?? defaultCount(indicator, method);
    return html`<div class="field">
      <label for="klassen" class="field-label">${t('classCount')}</label>
      <select id="klassen" @change=${(event: Event) =>
        this.#change({ aantalKlassen: Number((event.target as HTMLSelectElement).value) })}>
        ${[2, 3, 4, 5, 6, 7, 8, 9].map((n) => html`<option value=${n} .selected=${n === count}>${n}</option>`)}
      </select>
    </div>`;
  }

  /** Whether a colour means the same in every year; with one year there is nothing to choose. */
  #scope() {
    const { t, view, indicator } = this;
    const level = indicator.niveaus.find(({ niveau }) => niveau === view.niveau);
    if (!level || level.jaren.length < 2) return nothing;
    const choice = (schaal: View['schaal'], words: string) =>
      html`<label><input type="radio" name="schaal" .checked=${view.schaal === schaal}
        @change=${() => this.#change({ schaal })} />${words}</label>`;
    return html`<fieldset class="field" aria-describedby="schaal-uitleg">
      <legend class="field-label">${t('scope')}</legend>
      ${choice(null, t('scopeAll'))} ${choice('jaar', t('scopeYear', { year: view.jaar }))}
      <p id="schaal-uitleg" class="explain">${view.schaal === 'jaar' ? t('scopeYearMeans', { year: view.jaar }) : t('scopeAllMeans')}</p>
    </fieldset>`;
  }
}

customElements.define('wk-methods', WkMethods);
