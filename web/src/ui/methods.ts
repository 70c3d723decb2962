/** How values are divided into classes: a modest place for those who want to know. */
import { html, nothing } from 'lit';
import type { Indicator } from '../core/api.ts';
import { isKey } from '../core/i18n/translate.ts';
import type { View } from '../core/state.ts';
import { WkElement } from './element.ts';

export class WkMethods extends WkElement {
  static override properties = {
    ...WkElement.properties,
    indicator: { attribute: false },
    view: { attribute: false },
  };
  declare indicator: Indicator;
  declare view: View;

  override render() {
    if (!this.indicator || !this.view) return nothing;
    const { t, view } = this;
    const { indicator } = this;
    const method = view.methode ?? indicator.methode;
    const name = (id: string) => {
      const key = `method_${id}`;
      return isKey(key) ? t(key) : id;
    };
    const count = view.aantalKlassen ?? indicator.aantalKlassen;
    return html`<details class="methods">
      <summary>${t('methods')}</summary>
      <div class="field">
        <label for="methode" class="field-label">${t('method')}</label>
        <select id="methode" @change=${(event: Event) => {
          const methode = (event.target as HTMLSelectElement).value;
          this.send<Partial<View>>('wk-change', {
            methode,
            aantalKlassen: methode === 'publicatie' ? null : view.aantalKlassen,
          });
        }}>
          ${indicator.methoden.map(
            (id) =>
              html`<option value=${id} .selected=${id === method}>${name(id)}${id === indicator.methode ? ` (${t('standard')})` : ''}</option>`,
          )}
        </select>
      </div>
      ${
        method === 'publicatie'
          ? nothing
          : html`<div class="field">
            <label for="klassen" class="field-label">${t('classCount')}</label>
            <select id="klassen" @change=${(event: Event) =>
              this.send<Partial<View>>('wk-change', {
                aantalKlassen: Number((event.target as HTMLSelectElement).value),
              })}>
              ${[3, 4, 5, 6, 7, 8, 9].map((n) => html`<option value=${n} .selected=${n === count}>${n}</option>`)}
            </select>
          </div>`
      }
      <p class="explain">${t('rightClosed')}</p>
    </details>`;
  }
}

customElements.define('wk-methods', WkMethods);
