/** Chooses what the map is compared with: another year, another topic, a mean. One at a time. */
import { html, nothing } from 'lit';
import type { Catalogue, Indicator } from '../core/api.ts';
import {
  type Begin,
  canChange,
  delivered,
  earlierYears,
  type Hindrance,
  isRelative,
} from '../core/change.ts';
import { canDeviate } from '../core/deviation.ts';
import { divisionShown } from '../core/division.ts';
import { say } from '../core/language.ts';
import { pairable } from '../core/pair.ts';
import { type View, yearsOf } from '../core/state.ts';
import { themed } from '../core/topics.ts';
import type { Shown } from '../planner/shown.ts';
import { divisionWords } from './division-words.ts';
import { WkElement } from './element.ts';

export class WkComparing extends WkElement {
  static override properties = {
    ...WkElement.properties,
    catalogue: { attribute: false },
    view: { attribute: false },
    shown: { attribute: false },
    served: { attribute: false },
    open: { state: true },
  };
  declare catalogue: Catalogue;
  declare view: View;
  declare shown: Shown | null;
  /** Whether a server answers, who alone knows which areas are alike. */
  declare served: boolean;
  /** Whether the choices are in sight: only then are their many options made and kept up. */
  declare open: boolean;

  constructor() {
    super();
    this.served = true;
    this.open = false;
    this.shown = null;
  }

  get #indicator(): Indicator {
    return this.catalogue.indicatoren.find((one) => one.id === this.view.indicator)!;
  }

  #change(part: Partial<View>): void {
    this.send('wk-change', part);
  }

  override render() {
    if (!this.catalogue || !this.view) return nothing;
    const { t, view } = this;
    const isComputed = view.sinds !== null && canChange(this.#indicator);
    const isOn = isComputed || view.met !== null || view.afwijking !== null;
    const isOpen = this.open || isOn;
    if (!isOpen && !this.#canCompare) return nothing;
    const parts = isOpen ? [this.#since(), this.#second(), this.#reference()] : [];
    if (isOpen && parts.every((part) => part === nothing)) return nothing;
    return html`<details class="compare-choices" ?open=${isOn} @toggle=${(event: Event) => {
      this.open = (event.currentTarget as HTMLDetailsElement).open;
    }}>
      <summary>${t('compare')}</summary>
      <p class="explain">${t('compareHint')}</p>
      <div class="compare-fields">${parts}</div>
    </details>`;
  }

  /** Whether there is any choice to make. */
  get #canCompare(): boolean {
    const { view, catalogue } = this;
    const topic = this.#indicator;
    return canDeviate(topic) || pairable(topic, view, catalogue).length > 0;
  }

  /** The year that the page, or the source, counts a change from. */
  #since() {
    const { t, taal, view, catalogue } = this;
    const topic = this.#indicator;
    if (!canChange(topic)) return nothing;
    const earlier = earlierYears(topic, view);
    if (yearsOf(topic, view.niveau).length < 2) return nothing;
    const source = delivered(topic, catalogue, view.niveau, view.jaar);
    const free = earlier.filter(({ hindrance }) => hindrance === null);
    const title = t(isRelative(topic) ? 'changeComputedRelative' : 'changeComputed');
    const span = (year: number) => t('since', { from: year, to: view.jaar });
    const group = (label: string, list: Begin[]) =>
      list.length === 0
        ? nothing
        : html`<optgroup label=${label}>
            ${list.toReversed().map(({ year }) => html`<option value=${`zelf ${year}`} .selected=${year === view.sinds}>${span(year)}</option>`)}
          </optgroup>`;
    return html`<div class="field">
      <label for="verschil" class="field-label">${t('changeSince')}</label>
      <select id="verschil" ?disabled=${free.length === 0 && !source} @change=${(event: Event) => {
        const [kind, year] = (event.target as HTMLSelectElement).value.split(' ');
        if (kind === 'bron' && source)
          this.#change({ indicator: source.indicator.id, sinds: Number(year) });
        else this.#change({ sinds: year ? Number(year) : null });
      }}>
        <option value="" .selected=${view.sinds === null}>${t('changeNone', { year: view.jaar })}</option>
        ${
          source
            ? html`<optgroup label=${`${t('changeDelivered')}: ${say(source.indicator.bron, taal)}`}>
              ${source.begins.map((year) => html`<option value=${`bron ${year}`}>${span(year)}</option>`)}
            </optgroup>`
            : nothing
        }
        ${group(
          title,
          free.filter(({ isConverted }) => !isConverted),
        )}
        ${group(
          divisionWords(taal)('changeOn', { to: divisionShown(topic, view) }),
          free.filter(({ isConverted }) => isConverted),
        )}
      </select>
      ${this.#hindrances(earlier)}
      ${
        view.sinds === null
          ? nothing
          : html`<label class="check"><input type="checkbox" id="schuif" .checked=${view.schuif !== null} @change=${(
              event: Event,
            ) =>
              this.#change({
                schuif: (event.target as HTMLInputElement).checked ? 'ja' : null,
              })} /> ${t('swipe')}</label>`
      }
    </div>`;
  }

  /** Why other years are not offered. */
  #hindrances(earlier: Begin[]) {
    const { t, view } = this;
    if (earlier.length === 0) return html`<p class="explain">${t('changeNoYears')}</p>`;
    const groups = new Map<string, { first: Hindrance; years: number[] }>();
    for (const { year, hindrance } of earlier) {
      if (!hindrance) continue;
      const key = JSON.stringify(hindrance);
      const group = groups.get(key) ?? { first: hindrance, years: [] };
      group.years.push(year);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ first, years }) => {
      const list = years.join(', ');
      const text =
        first.kind === 'division'
          ? t('changeDivision', { years: list, from: first.from, to: view.jaar })
          : t('changeBreak', { years: list, break: first.year });
      return html`<p class="explain">${text}</p>`;
    });
  }

  /** The topic that is crossed with the first. */
  #second() {
    const { t, taal, view, catalogue } = this;
    const fitting = pairable(this.#indicator, view, catalogue);
    const isOff = view.sinds !== null;
    if (fitting.length === 0) return nothing;
    return html`<div class="field">
      <label for="met" class="field-label">${t('crossWith')}</label>
      <select id="met" ?disabled=${isOff} aria-describedby=${isOff ? 'met-uit' : nothing} @change=${(
        event: Event,
      ) => this.#change({ met: (event.target as HTMLSelectElement).value || null })}>
        <option value="" .selected=${view.met === null}>${t('crossNone')}</option>
        ${[...themed(fitting, taal)].map(
          ([theme, list]) => html`<optgroup label=${theme}>
            ${list.map((one) => html`<option value=${one.id} .selected=${one.id === view.met}>${say(one.naam, taal)}</option>`)}
          </optgroup>`,
        )}
      </select>
      ${isOff ? html`<p id="met-uit" class="explain">${t('crossOff')}</p>` : nothing}
    </div>`;
  }

  /** The figure itself, or how it lies from something else. */
  #reference() {
    const { taal, catalogue, view, shown, served } = this;
    if (!canDeviate(this.#indicator)) return nothing;
    // Its code comes when the choices are opened.
    void import('./reference.ts');
    return html`<wk-reference .taal=${taal} .catalogue=${catalogue} .view=${view} .shown=${shown} .served=${served}></wk-reference>`;
  }
}

customElements.define('wk-comparing', WkComparing);
