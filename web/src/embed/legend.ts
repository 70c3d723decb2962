/** The legend of a frame: to be read, with nothing in it to press. */
import { html, nothing } from 'lit';
import type { Area } from '../core/area.ts';
import { comparisonTitle } from '../core/comparison.ts';
import { legendRows, titled } from '../core/headline.ts';
import { isKey } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import { number } from '../core/number.ts';
import { estimatesAmong } from '../core/origin.ts';
import { hatchOf } from '../core/palette.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from '../ui/element.ts';
import { bar, flagSwatch, mark } from '../ui/rows.ts';
import { swatch } from '../ui/swatch.ts';

export class WkFrameLegend extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    selected: { attribute: false },
  };
  declare shown: Shown | null;
  declare selected: Area | null;
  #hovered: Area | null = null;

  constructor() {
    super();
    this.shown = null;
    this.selected = null;
  }

  override render() {
    const { shown, t, taal } = this;
    if (!shown) return nothing;
    const { key, view, compared, second, legend } = shown;
    const rows = legendRows(key, taal, t);
    const most = Math.max(1, ...rows.map(({ gebieden }) => gebieden));
    // Of a change of which the earlier year had other borders.
    const estimates = estimatesAmong(shown.drawn.column, shown.drawn.ordinals);
    const { redenen, vlaggen } = compared || second ? key : legend;
    return html`<table class="legend">
      <caption>${this.#title(shown)}</caption>
      <thead class="visually-hidden">
        <tr><th scope="col">${t('class')}</th><th scope="col" colspan="2">${t(`count_${view.niveau}`)}</th></tr>
      </thead>
      <tbody>
        ${rows.map((row) =>
          this.#row(
            `class ${row.nummer}`,
            swatch(row.kleur),
            row.name,
            row.gebieden,
            bar(row.gebieden / most, row.kleur),
          ),
        )}
      </tbody>
      <tbody class="apart">
        ${redenen
          .filter(({ gebieden }) => gebieden > 0)
          .map((one) =>
            this.#row(
              `reason ${one.reden}`,
              swatch(one.kleur, one.arcering ?? hatchOf(one.reden)),
              say(one.naam, taal),
              one.gebieden,
            ),
          )}
        ${vlaggen
          .filter(({ gebieden }) => gebieden > 0)
          .map((one) => {
            const words = `flag_${one.vlag}`;
            const name = say(one.naam, taal) || (isKey(words) ? t(words) : one.vlag);
            return this.#row(`flag ${one.vlag}`, flagSwatch(one), name, one.gebieden);
          })}
        ${estimates > 0 ? this.#row('estimate', swatch('#f2efe6', 'geschat'), t('estimate'), estimates) : nothing}
      </tbody>
    </table>`;
  }

  #title({ key, compared, second }: Shown) {
    const { t, taal } = this;
    if (second) return t('class');
    const name = say(key.naam, taal);
    const unit = say(key.eenheid, taal).trim();
    const year = key.sinds ? t('since', { from: key.sinds, to: key.jaar }) : key.jaar;
    const isSaid = unit === '' || unit === name.toLowerCase();
    return html`${titled(name, year)}${isSaid ? nothing : html` <span class="unit">(${unit})</span>`}${compared ? html`<span class="unit">: ${comparisonTitle(this.shown!, taal, t)}</span>` : nothing}`;
  }

  #row(of: string, sign: unknown, name: string, count: number, part: unknown = nothing) {
    const words = html`${sign}<span class="class-name">${name}</span>`;
    return html`<tr data-of=${of}>
      <th scope="row" colspan=${part === nothing ? 2 : 1}>${words}</th>
      ${part === nothing ? nothing : html`<td class="bar" aria-hidden="true">${part}</td>`}
      <td class="count">${number(count, this.taal)}</td>
    </tr>`;
  }

  /** Done for each move of the pointer: nothing is rendered. */
  hover(area: Area | null): void {
    this.#hovered = area;
    this.updated();
  }

  protected override updated(): void {
    if (this.shown) mark(this, this.shown.drawn, this.#hovered, this.selected);
  }
}

customElements.define('wk-frame-legend', WkFrameLegend);
