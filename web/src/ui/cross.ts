/** The legend of two topics: nine cells to press, on a corner where there is room. */
import { html, nothing, svg } from 'lit';
import type { PairAxis, PairCell } from '../core/api.ts';
import { readClasses } from '../core/filter.ts';
import { allOf, titled } from '../core/headline.ts';
import { say } from '../core/language.ts';
import { number, quantity } from '../core/number.ts';
import { inkOn } from '../core/palette.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';
import '../style/cross.css';

/** From the top down, as on a chart: little of a problem lies where its axes begin. */
const ROWS = [3, 2, 1];
const COLUMNS = [1, 2, 3];

const ARROWS: Record<string, [row: number, column: number]> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

export class WkCross extends WkElement {
  static override properties = { ...WkElement.properties, shown: { attribute: false } };
  declare shown: Shown;

  override render() {
    const second = this.shown?.second;
    if (!second) return nothing;
    const { t, taal } = this;
    const { rijen, kolommen, zin, letOp, bron, licentie, opmerking } = second.key;
    const [one, other] = [rijen, kolommen].map((axis) => this.#titled(axis));
    return html`<section class="cross" aria-labelledby="kruis-titel">
      <h2 id="kruis-titel">${t('crossTitle', { one: one!, other: other! })}</h2>
      <div class="cross-figure">
        ${this.#corner('top', 3, 3)} ${this.#corner('left', 3, 1)} ${this.#corner('right', 1, 3)}
        <div class="nine" role="group" aria-labelledby="kruis-titel" @keydown=${this.#key}>
          ${ROWS.map(
            (row) =>
              html`${this.#head(rijen, row)}${COLUMNS.map((column) => this.#cell(row, column))}`,
          )}
          <span class="head"></span>${COLUMNS.map((column) => this.#head(kolommen, column, 'below'))}
        </div>
        ${this.#corner('bottom', 1, 1)} ${this.#axis('rows', rijen)} ${this.#axis('columns', kolommen)}
      </div>
      <p class="cross-sentence">${say(zin, taal)}</p>
      ${letOp ? html`<p class="warning">${say(letOp, taal)}</p>` : nothing}
      ${this.#bounds()}
      <p class="source">${t('source', { source: say(bron, taal) })}. ${t('licence', { licence: licentie })}.
        ${opmerking ? html`<br />${say(opmerking, taal)}` : nothing}</p>
    </section>`;
  }

  #titled({ naam, jaar }: PairAxis): string {
    return titled(say(naam, this.taal), jaar);
  }

  #cellOf(row: number, column: number): PairCell {
    const { cellen } = this.shown.second!.key;
    return cellen.find(({ rij, kolom }) => rij === row && kolom === column)!;
  }

  #cell(row: number, column: number) {
    const { taal, t, shown } = this;
    const { klasse, kleur, gebieden, inwoners, naam } = this.#cellOf(row, column);
    const on = shown.view.klassen === null ? null : (readClasses(shown.view.klassen) ?? []);
    const values = {
      cell: say(naam, taal),
      n: number(gebieden, taal),
      many: t(`many_${shown.view.niveau}`),
    };
    const people = Number.isFinite(inwoners) ? number(inwoners!, taal) : null;
    const label =
      people === null ? t('crossCell', values) : t('crossCellPeople', { ...values, people });
    const isOn = on === null || on.includes(klasse);
    const ink = inkOn(kleur) === '#ffffff' ? 'light' : '';
    return html`<button type="button" class=${`cell ${ink} ${isOn ? '' : 'off'}`} data-of=${`class ${klasse}`}
      data-row=${row} data-column=${column} aria-pressed=${on?.includes(klasse) ? 'true' : 'false'} aria-label=${label} title=${label}
      @click=${() => this.#press(klasse)}
      @pointerenter=${(event: PointerEvent) => event.pointerType === 'mouse' && this.#alone(klasse)}
      @pointerleave=${(event: PointerEvent) => event.pointerType === 'mouse' && this.#alone(null)}
      @focus=${(event: FocusEvent) => (event.target as Element).matches(':focus-visible') && this.#alone(klasse)}
      @blur=${() => this.#alone(null)}>
      ${svg`<svg viewBox="0 0 9 9" preserveAspectRatio="none" aria-hidden="true"><rect width="9" height="9" fill=${kleur}></rect></svg>`}
      <span class="cell-count" aria-hidden="true">${values.n}</span>
    </button>`;
  }

  /** Where the grid stands upright its rows and columns have their words beside them. */
  #head({ klassen }: PairAxis, place: number, where = '') {
    return html`<span class=${`head ${where}`} aria-hidden="true">${say(klassen[place - 1], this.taal)}</span>`;
  }

  /** Where it stands on a corner its corners have theirs, which the cells say too. */
  #corner(side: string, row: number, column: number) {
    const words = say(this.#cellOf(row, column).naam, this.taal);
    return html`<p class="corner ${side}" aria-hidden="true">${words}</p>`;
  }

  #axis(side: 'rows' | 'columns', axis: PairAxis) {
    const { t, taal } = this;
    const values = {
      topic: say(axis.naam, taal),
      from: say(axis.klassen[0], taal),
      to: say(axis.klassen[2], taal),
    };
    return html`<p class="axis ${side}"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="M6 12V2M2 6l4-4 4 4"></path></svg>${t('crossAxis', values)}</p>`;
  }

  /** What the classes of both topics hold. */
  #bounds() {
    const { t, shown } = this;
    const { second, indicator, view } = shown;
    const line = (axis: PairAxis, { decimalen }: typeof indicator) =>
      html`<dt>${this.#titled(axis)}</dt><dd>${this.#classes(axis, decimalen)}</dd>`;
    return html`<details class="explained"><summary>${t('bounds')}</summary>
      <dl>${line(second!.key.rijen, indicator)}${line(second!.key.kolommen, second!.indicator)}</dl>
      <p>${t('crossThirds', { all: allOf(view.niveau, t) })} ${t('rightClosed')}</p>
    </details>`;
  }

  /** "laag: tot en met 10%; midden: 10% tot 20%; hoog: meer dan 20%". */
  #classes({ grenzen, klassen, omgekeerd, eenheid }: PairAxis, decimals: number): string {
    const { t, taal } = this;
    const write = (value: number) => quantity(value, taal, decimals, say(eenheid, taal));
    const names = omgekeerd ? klassen.toReversed() : klassen;
    const [low, high] = grenzen;
    const told = (place: number, words: string) => `${say(names[place], taal)}: ${words}`;
    if (low === undefined) return '';
    const first = told(0, t('upTo', { to: write(low) }));
    if (high === undefined) return `${first}; ${told(1, t('above', { from: write(low) }))}`;
    const middle = told(1, t('between', { from: write(low), to: write(high) }));
    return `${first}; ${middle}; ${told(2, t('above', { from: write(high) }))}`;
  }

  #alone(klasse: number | null): void {
    this.send('wk-alone', klasse === null ? null : { class: klasse });
  }

  /** A cell is shown alone, or beside those that were pressed before. */
  #press(klasse: number): void {
    const { klassen } = this.shown.view;
    const now = klassen === null ? [] : (readClasses(klassen) ?? []);
    const next = now.includes(klasse) ? now.filter((one) => one !== klasse) : [...now, klasse];
    const isAll = next.length === 0 || next.length === 9;
    this.#alone(null);
    this.send('wk-filter', { klassen: isAll ? null : next.sort((a, b) => a - b).join(',') });
  }

  /** Arrows go along the axes; Tab goes through all cells, as in any legend. */
  #key(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    const { row, column } = (event.target as HTMLElement).dataset;
    if (!step || !row || !column) return;
    event.preventDefault();
    const to = [Number(row) + step[0], Number(column) + step[1]];
    this.querySelector<HTMLElement>(`[data-row="${to[0]}"][data-column="${to[1]}"]`)?.focus();
  }

  /** The legend marks what belongs to the area at hand: also in cells that came later. */
  protected override updated(): void {
    this.send('wk-crossed', null);
  }
}

customElements.define('wk-cross', WkCross);
