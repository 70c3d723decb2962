/** The legend, which is the histogram too. */
import { html, nothing } from 'lit';
import type { Area } from '../core/area.ts';
import { isRelative } from '../core/change.ts';
import { comparisonTitle } from '../core/comparison.ts';
import type { Alone } from '../core/filter.ts';
import { readClasses } from '../core/filter.ts';
import { legendRows, titled } from '../core/headline.ts';
import { isKey } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import type { Filter } from '../core/look.ts';
import { number, percent, quantity } from '../core/number.ts';
import { estimatesAmong } from '../core/origin.ts';
import { hatchOf } from '../core/palette.ts';
import { isComputed } from '../core/state.ts';
import type { Shown } from '../planner/shown.ts';
import { conversionTold, divisionWords } from './division-words.ts';
import { WkElement } from './element.ts';
import type { WkRange } from './range.ts';
import { bar, flagSwatch, mark } from './rows.ts';
import { numberedSwatch, swatch } from './swatch.ts';
import './range.ts';

export class WkLegend extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    selected: { attribute: false },
    filter: { attribute: false },
    numbers: {},
    bounds: { state: true },
  };
  declare shown: Shown;
  declare selected: Area | null;
  /** Which areas keep their colour; null for all. */
  declare filter: Filter | null;
  /** Whether areas on the map bear the number of their class; null where they cannot. */
  declare numbers: boolean | null;
  declare bounds: boolean;
  constructor() {
    super();
    this.numbers = null;
    this.selected = null;
    this.filter = null;
    this.bounds = false;
  }

  override render() {
    if (!this.shown) return nothing;
    const { t, taal } = this;
    const { key: legend, view, indicator } = this.shown;
    const rows = legendRows(legend, taal, t);
    const unit = say(legend.eenheid, taal).trim();
    const most = Math.max(1, ...rows.map((row) => row.gebieden));
    const hasBounds = rows.some((row) => row.named && row.bounds);
    if (this.shown.second) return this.#crossed();
    return html`
      <table class="legend">
        <caption>
          ${titled(say(legend.naam, taal), legend.sinds ? t('since', { from: legend.sinds, to: legend.jaar }) : legend.jaar)}${unit && unit !== say(legend.naam, taal).toLowerCase() ? html` <span class="unit">(${unit})</span>` : nothing}${this.shown.compared ? html`<span class="unit">: ${comparisonTitle(this.shown, taal, t)}</span>` : nothing}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('class')}</th>
            <th scope="col" colspan="2" class="count">${t(`count_${view.niveau}`)}</th>
            ${this.#hasResidents ? html`<th scope="col" class="count">${t('residents')}</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => {
            const isOn = this.#isOn(row.nummer);
            return html`<tr class=${isOn ? '' : 'off'} data-of=${`class ${row.nummer}`} @pointerenter=${this.#point({ class: row.nummer })} @pointerleave=${this.#point(null)}>
              <th scope="row" class=${row.named && legend.methode === 'publicatie' ? 'named' : ''}>
                <button type="button" class="class-toggle" aria-pressed=${isOn ? 'true' : 'false'} title=${t(isOn ? 'hideClass' : 'showClass')} @click=${() => this.#toggle(row.nummer)}>
                ${this.numbers ? numberedSwatch(row.kleur, row.nummer) : swatch(row.kleur)}
                <span class="class-name">${row.name}${this.bounds && row.named ? html`<span class="bounds">${row.bounds}</span>` : nothing}</span>
                </button>
              </th>
              <td class="bar" aria-hidden="true">${bar(row.gebieden / most, row.kleur)}</td>
              ${this.#counts(row)}
            </tr>`;
          })}
        </tbody>
        ${this.#others()}
      </table>
      ${this.#numbered()} ${this.#filtered()}
      ${this.#band()}
      <wk-range .taal=${taal} .shown=${this.shown} .selected=${this.selected}></wk-range>
      ${indicator.weergave === 'cirkel' ? html`<p class="quiet">${t('circleSize')}</p>` : nothing}
      ${
        hasBounds
          ? html`<button type="button" class="plain" aria-pressed=${this.bounds ? 'true' : 'false'}
          @click=${() => {
            this.bounds = !this.bounds;
          }}>${t(this.bounds ? 'hideBounds' : 'showBounds')}</button>`
          : nothing
      }
      ${legend.schaal === 'jaar' && isComputed(legend.methode) ? html`<p class="quiet">${t('scopeYearMeans', { year: legend.jaar })}</p>` : nothing}
      ${this.#explained()}
      <p class="cover">${this.#cover()}</p>
      ${this.#converted()}
      ${this.#source()}
    `;
  }

  /** Numbers on the map tell classes apart without their colours. */
  #numbered() {
    if (this.numbers === null) return nothing;
    return html`<label class="check"><input type="checkbox" id="nummers" .checked=${this.numbers} @change=${(
      event: Event,
    ) =>
      this.send(
        'wk-numbers',
        (event.target as HTMLInputElement).checked,
      )} /> ${this.t('classNumbers')}</label>`;
  }

  /** Two topics: nine cells in place of rows; what is missing stands below them as ever. */
  #crossed() {
    const { t, taal, shown } = this;
    // Its code comes with the first pair of topics.
    void import('./cross.ts');
    return html`<wk-cross .taal=${taal} .shown=${shown} @wk-crossed=${() => this.#mark()}></wk-cross>
      ${this.#filtered()}
      <table class="legend">
        <caption class="visually-hidden">${t('missing')}</caption>
        ${this.#others()}
      </table>
      <p class="cover">${this.#cover()}</p>`;
  }

  /** What a computed change calls about the same. */
  #band() {
    const { t, taal, shown } = this;
    if (shown.band === null) return nothing;
    const { indicator } = shown;
    const isOld = isRelative(indicator);
    const band = quantity(
      shown.band,
      taal,
      Math.max(indicator.decimalen, isOld ? 4 : 0),
      say(indicator.eenheid, taal),
    );
    return html`<p class="quiet">${t(isOld ? 'changeBandSource' : 'changeBand', { band })}
      ${isOld ? t('changeRelative') : nothing}</p>`;
  }

  #isOn(number: number): boolean {
    const { klassen } = this.shown.view;
    return klassen === null || (readClasses(klassen) ?? []).includes(number);
  }

  /** Hides a class or shows it again; all of them is no filter. */
  #toggle(number: number): void {
    const all = this.shown.key.klassen.map(({ nummer }) => nummer);
    const on = all.filter((one) => (one === number ? !this.#isOn(one) : this.#isOn(one)));
    const isNone = on.length === all.length || on.length === 0;
    const klassen = isNone ? null : on.sort((a, b) => a - b).join(',');
    this.send('wk-alone', null);
    this.send('wk-filter', { klassen });
  }

  /** A class under the mouse is shown alone. A finger that touches it means to press it. */
  #point(alone: Alone | null) {
    return (event: PointerEvent) => {
      if (event.pointerType === 'mouse') this.send('wk-alone', alone);
    };
  }

  /** How many are left, said aloud too. */
  #filtered() {
    const { t, taal } = this;
    const { view, layer, key } = this.shown;
    const isFiltered = view.klassen !== null || view.bereik !== null;
    let text = '';
    if (isFiltered && this.filter) {
      let left = 0;
      for (const ordinal of layer.ordinals) if (this.filter.shows(ordinal)) left += 1;
      const values = {
        n: number(left, taal),
        all: number(layer.ordinals.length, taal),
        many: t(`many_${view.niveau}`),
      };
      text = t('filtered', values);
      const on = key.klassen.filter(({ nummer }) => this.#isOn(nummer));
      if (view.bereik === null && on.every(({ inwoners }) => Number.isFinite(inwoners))) {
        const residents = on.reduce((sum, { inwoners }) => sum + (inwoners ?? 0), 0);
        text += ` ${t('filteredResidents', { n: number(residents, taal) })}`;
      }
    }
    return html`<div class="filtered"><p role="status" id="wk-filter">${text}</p>
      ${isFiltered ? html`<button type="button" class="plain" @click=${() => this.send('wk-filter', { klassen: null, bereik: null })}>${t('showAllClasses')}</button>` : nothing}
    </div>`;
  }

  /** An atlas without inhabitants for a division leaves the whole column out. */
  get #hasResidents(): boolean {
    return this.shown.key.klassen.some(({ inwoners }) => Number.isFinite(inwoners));
  }

  #hovered: Area | null = null;

  /** Marks what belongs to the hovered area. Done for each move of the pointer: nothing is rendered. */
  hover(area: Area | null): void {
    this.#hovered = area;
    this.#mark();
    this.querySelector<WkRange>('wk-range')?.hover(area);
  }

  protected override updated(): void {
    this.#mark();
  }

  /** The rows of the hovered area, else of the selected one. */
  #mark(): void {
    if (this.shown) mark(this, this.shown.drawn, this.#hovered, this.selected);
  }

  /** The atlas may not know how many people live there: then the cell stays empty. */
  #counts({ gebieden, inwoners }: { gebieden: number; inwoners?: number | null }) {
    return html`<td class="count">${number(gebieden, this.taal)}</td>
      ${this.#hasResidents ? html`<td class="count">${Number.isFinite(inwoners) ? number(inwoners!, this.taal) : nothing}</td>` : nothing}`;
  }

  #others() {
    const { t, taal } = this;
    const { compared, second } = this.shown;
    const { redenen, vlaggen } = compared || second ? this.shown.key : this.shown.legend;
    const missing = redenen.filter((one) => one.gebieden > 0);
    const flags = vlaggen.filter((one) => one.gebieden > 0);
    return html`
      ${
        missing.length > 0
          ? html`<tbody class="apart">
            ${missing.map(
              (one) => html`<tr data-of=${`reason ${one.reden}`}
                @pointerenter=${this.#point({ reason: one.reden })} @pointerleave=${this.#point(null)}>
                <th scope="row" colspan="2">${swatch(one.kleur, one.arcering ?? hatchOf(one.reden))}<span class="class-name">${say(one.naam, taal)}</span></th>
                ${this.#counts(one)}
              </tr>`,
            )}
          </tbody>`
          : nothing
      }
      ${
        flags.length > 0
          ? html`<tbody class="apart">
            ${flags.map((one) => {
              const key = `flag_${one.vlag}`;
              const name = say(one.naam, taal) || (isKey(key) ? t(key) : one.vlag);
              return html`<tr data-of=${`flag ${one.vlag}`}>
                <th scope="row" colspan="2">
                  ${flagSwatch(one)}
                  <span class="class-name">${name}</span>
                </th>
                ${this.#counts(one)}
              </tr>`;
            })}
          </tbody>`
          : nothing
      }
      ${this.#estimates()}
    `;
  }

  /** How many areas have an estimate, now and in the earlier year under the slider. */
  #estimates() {
    const { t, taal, shown } = this;
    const { layer, earlier, view, indicator } = shown;
    const w = divisionWords(taal);
    const isHatched = indicator.weergave !== 'cirkel';
    const row = (words: string, gebieden: number) =>
      html`<tr data-of="estimate">
        <th scope="row" colspan="2">${isHatched ? swatch('#f2efe6', 'geschat') : nothing}<span class="class-name">${words}</span></th>
        ${this.#counts({ gebieden })}
      </tr>`;
    const now = estimatesAmong(layer.column, layer.ordinals);
    const before = earlier ? estimatesAmong(earlier.layer.column, layer.ordinals) : 0;
    if (now + before === 0) return nothing;
    return html`<tbody class="apart">
      ${now > 0 ? row(earlier ? w('estimatedIn', { year: view.jaar }) : t('estimate'), now) : nothing}
      ${earlier && before > 0 ? row(w('estimatedIn', { year: earlier.year }), before) : nothing}
    </tbody>`;
  }

  /** What was done to show figures on these borders. */
  #converted() {
    return conversionTold(this.shown, this.taal).map(
      (words) => html`<p class="conversion">${words}</p>`,
    );
  }

  /** What the marks mean, with their thresholds. */
  #explained() {
    const { t, taal } = this;
    return this.shown.legend.vlaggen
      .filter((one) => one.gebieden > 0 && one.uitleg)
      .map(
        (one) => html`<details class="explained">
          <summary>${t('whatIs', { what: say(one.naam, taal) })}</summary>
          <p>${say(one.uitleg, taal)}</p>
        </details>`,
      );
  }

  #cover(): string {
    const { t, taal } = this;
    const { legend, key, second, indicator, view } = this.shown;
    const { dekking } = second ? key : legend;
    const { gebieden, metWaarde, inwoners, inwonersMetWaarde } = dekking;
    const text = t(second ? 'crossCover' : 'cover', {
      with: number(metWaarde, taal),
      all: number(gebieden, taal),
      many: t(`many_${view.niveau}`),
      figure: t(indicator.soort === 'score' ? 'figure_score' : 'figure_other'),
    });
    if (!inwoners || inwonersMetWaarde === null) return text;
    return `${text} ${t('coverResidents', { share: percent(inwonersMetWaarde / inwoners, taal) })}`;
  }

  #source() {
    const { t, taal } = this;
    const { bron, licentie, opmerking } = this.shown.legend;
    return html`<p class="source">
      ${t('source', { source: say(bron, taal) })}. ${t('licence', { licence: licentie })}.
      ${opmerking ? html`<br />${say(opmerking, taal)}` : nothing}
    </p>`;
  }
}

customElements.define('wk-legend', WkLegend);
