/** Chooses what values are compared with and in what measure, and says what that is made of. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Catalogue, Indicator } from '../core/api.ts';
import { parseNumber, typed } from '../core/bounds.ts';
import { className, referenceName, yardstick } from '../core/comparison.ts';
import { FEWEST, type Group, unitOf } from '../core/deviation.ts';
import { allOf } from '../core/headline.ts';
import type { Key } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import { isStatistical } from '../core/level.ts';
import { number, quantity } from '../core/number.ts';
import {
  KINDS,
  type Kind,
  kindOf,
  lackOf,
  limitsOf,
  type Measure,
  measuresOf,
  normOf,
  writeNorm,
} from '../core/reference.ts';
import type { View } from '../core/state.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';

export class WkReference extends WkElement {
  static override properties = {
    ...WkElement.properties,
    catalogue: { attribute: false },
    view: { attribute: false },
    shown: { attribute: false },
    served: { attribute: false },
    asksNorm: { state: true },
    fault: { state: true },
  };
  declare catalogue: Catalogue;
  declare view: View;
  /** What stands on the screen: of the same view, once it is there. */
  declare shown: Shown | null;
  /** Whether a server answers, who alone knows which areas are alike. */
  declare served: boolean;
  /** Whether a norm is wanted that has not been typed yet. */
  declare asksNorm: boolean;
  /** What was typed that is no norm. */
  declare fault: string | null;

  constructor() {
    super();
    this.shown = null;
    this.served = true;
    this.asksNorm = false;
    this.fault = null;
  }

  get #indicator(): Indicator {
    return this.catalogue.indicatoren.find((one) => one.id === this.view.indicator)!;
  }

  #change(part: Partial<View>): void {
    this.send('wk-change', part);
  }

  /** What was half typed belongs to the view that it was typed under. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    const { view } = this;
    if (!before || !view) return;
    if (before.indicator === view.indicator && before.afwijking === view.afwijking) return;
    this.asksNorm = false;
    this.fault = null;
  }

  override render() {
    if (!this.catalogue || !this.view) return nothing;
    const { t, view } = this;
    const now: Kind | null = this.asksNorm ? 'norm' : view.afwijking && kindOf(view.afwijking);
    const offered = KINDS.filter(
      (kind) =>
        kind === now ||
        ((this.served || kind !== 'gelijkend') &&
          !lackOf(kind, view, this.#indicator, this.catalogue)),
    );
    const values = {
      many: t(`many_${view.niveau}`),
      area: this.shown?.layer.whole.find(view.gebied)?.name ?? view.gebied ?? '',
    };
    return html`<div class="field">
        <label for="afwijking" class="field-label">${t('reference')}</label>
        <select id="afwijking" aria-describedby="afwijking-uitleg" @change=${(event: Event) =>
          this.#choose((event.target as HTMLSelectElement).value as Kind | '')}>
          <option value="" .selected=${now === null}>${t('referenceNone')}</option>
          ${offered.map(
            (kind) =>
              html`<option value=${kind} .selected=${kind === now}>${this.#named(kind, values)}</option>`,
          )}
        </select>
      </div>
      ${now === 'norm' ? this.#norm() : nothing}
      ${view.afwijking && !this.asksNorm ? this.#measures(kindOf(view.afwijking)) : nothing}
      <div id="afwijking-uitleg">${this.asksNorm ? nothing : this.#explained()}</div>`;
  }

  /** An own level has no country around it. */
  #named(kind: Kind, values: { many: string; area: string }): string {
    const { t } = this;
    if (kind !== 'land' || isStatistical(this.view.niveau)) return t(`reference_${kind}`, values);
    return t('meanOf', { group: t('groupAll', values) });
  }

  #choose(kind: Kind | ''): void {
    this.fault = null;
    this.asksNorm = kind === 'norm';
    if (kind !== 'norm') this.#change({ afwijking: kind || null });
  }

  /** The number that all areas are compared with. */
  #norm() {
    const { t, taal, view, fault } = this;
    const unit = say(this.#indicator.eenheid, taal).trim();
    const now = view.afwijking === null ? null : normOf(view.afwijking);
    return html`<form class="field" novalidate @submit=${(event: Event) => {
      event.preventDefault();
      this.#apply();
    }}>
      <label for="norm" class="field-label">${unit ? t('normIn', { unit }) : t('norm')}</label>
      <div class="with-button">
        <input id="norm" type="text" inputmode="decimal" autocomplete="off"
          .value=${fault ?? (now === null ? '' : typed(now, taal))}
          aria-describedby=${fault === null ? 'norm-uitleg' : 'norm-fout norm-uitleg'}
          aria-invalid=${fault === null ? 'false' : 'true'} />
        <button type="submit">${t('apply')}</button>
      </div>
      <p id="norm-fout" class="fault" role="alert">${fault === null ? nothing : this.#told(fault)}</p>
      <p id="norm-uitleg" class="explain">${t('normHint', { example: typed(12.5, taal) })}</p>
    </form>`;
  }

  #apply(): void {
    const field = this.querySelector<HTMLInputElement>('#norm')!;
    // The unit may stand behind it, as it stands beside figures.
    const text = field.value.replace('−', '-').replace(/[\s%‰€]/g, '');
    const norm = parseNumber(text, this.taal);
    const afwijking = norm === null ? null : writeNorm(norm, this.#indicator);
    this.fault = afwijking ? null : field.value;
    if (!afwijking) {
      field.focus();
      return;
    }
    this.asksNorm = false;
    this.#change({ afwijking });
  }

  #told(text: string): string {
    const { t, taal } = this;
    const [low, high] = limitsOf(this.#indicator).map((one) => number(one, taal)) as [
      string,
      string,
    ];
    return t('normFault', { text, low, high });
  }

  #measures(kind: Kind) {
    const { t, taal, view } = this;
    const unit = say(unitOf(this.#indicator, 'verschil'), taal).trim();
    const now: Measure = view.maat ?? 'verschil';
    return html`<fieldset class="field measures">
      <legend class="field-label">${t('measure')}</legend>
      ${measuresOf(kind).map(
        (one) => html`<label><input type="radio" name="maat" value=${one} .checked=${one === now}
          @change=${() => this.#change({ maat: one === 'verschil' ? null : one })} />${t(`measure_${one}`, { unit })}</label>`,
      )}
    </fieldset>`;
  }

  /** What the reference is, what it is made of, and what the measure means. */
  #explained() {
    const { t, taal, shown, view } = this;
    if (!shown?.compared || shown.view.afwijking !== view.afwijking) return nothing;
    const { measure, spread, decimals } = shown.compared.deviation;
    const { indicator } = shown;
    const many = t(`many_${shown.view.niveau}`);
    const unit = say(unitOf(indicator, 'verschil'), taal);
    const exact = measure === 'sd' ? indicator.decimalen + 1 : decimals;
    return html`<p class="explain">${this.#made(shown)} ${this.#leftOut(shown)}</p>
      ${shown.compared.urbanity && measure !== 'percentiel' ? this.#urban(shown) : nothing}
      ${measure === 'sd' ? html`<p class="explain">${t('sdExplained', { all: allOf(shown.view.niveau, t), spread: quantity(spread, taal, exact, unit) })}</p>` : nothing}
      ${measure === 'percentiel' ? html`<p class="explain">${t('placeExplained', { many, few: FEWEST })}</p>` : nothing}`;
  }

  #leftOut(shown: Shown) {
    return normOf(shown.view.afwijking!) === null ? this.t('leftOut') : '';
  }

  #made(shown: Shown): string {
    const { t, taal } = this;
    const { deviation, urbanity, alike } = shown.compared!;
    const { groups, measure } = deviation;
    const many = t(`many_${shown.view.niveau}`);
    const kind = kindOf(deviation.reference);
    if (measure === 'percentiel') return '';
    const list = [...groups.values()];
    const sum = list.reduce((all, { count }) => all + count, 0);
    if (kind === 'norm') return t('normExplained', { mean: yardstick(list[0]!.mean, shown, taal) });
    if (kind === 'stedelijkheid') return t('meansUrban', { many, year: urbanity?.jaar ?? '' });
    // Of one gemeente the mean can be told.
    const first = shown.gemeente ? shown.layer.ordinals[0] : undefined;
    const own = kind === 'gemeente' && first !== undefined ? deviation.groupOf(first) : null;
    if (kind === 'gemeente' && !own)
      return t('meansGemeente', {
        many,
        n: number(sum, taal),
        groups: number(list.length, taal),
      });
    const area = own && first !== undefined ? shown.layer.area(first) : null;
    const name = referenceName(area, shown, taal, t);
    const one = own ?? list[0]!;
    const told = t('meanExplained', {
      many,
      Reference: name.charAt(0).toUpperCase() + name.slice(1),
      mean: yardstick(one.mean, shown, taal),
      n: number(one.count, taal),
    });
    const all = alike?.areas.length ?? one.count;
    if (all <= one.count) return told;
    const only = { many, n: number(one.count, taal), all: number(all, taal) };
    return `${told} ${t('meanOnly', only)}`;
  }

  #urban(shown: Shown) {
    const { t, taal } = this;
    const { deviation, urbanity } = shown.compared!;
    const groups = [...deviation.groups.values()].sort((a, b) => a.key - b.key);
    const row = (group: Group) => html`<tr>
      <th scope="row">${className(group, urbanity, taal)}</th>
      <td>${yardstick(group.mean, shown, taal)}</td>
      <td>${number(group.count, taal)}</td>
    </tr>`;
    const count = `count_${shown.view.niveau}` satisfies Key;
    return html`<table class="facts urban">
      <caption class="visually-hidden">${t('urbanMeans')}</caption>
      <thead><tr><th scope="col">${t('class')}</th><th scope="col">${t('meanColumn')}</th><th scope="col">${t(count)}</th></tr></thead>
      <tbody>${groups.map(row)}</tbody>
    </table>`;
  }
}

customElements.define('wk-reference', WkReference);
