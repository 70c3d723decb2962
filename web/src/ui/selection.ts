/** An own selection of areas: how it is made, and what it comes to inside and outside. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Bounds, SelectionEntry } from '../core/api.ts';
import { type Client, Refusal } from '../core/client.ts';
import type { ValueColumn } from '../core/columns.ts';
import { say } from '../core/language.ts';
import { number, percent, quantity } from '../core/number.ts';
import {
  MOST_CODES,
  readCodes,
  selectedOrdinals,
  type Totals,
  totalsOf,
} from '../core/selection.ts';
import { sheet } from '../core/sheet.ts';
import { codesOf } from '../core/state.ts';
import { rowsOf, save } from '../planner/rows.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';

/** What a click on the map is taken for. */
export type Picking = 'no' | 'areas' | 'corners';

export class WkSelection extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    client: { attribute: false },
    picking: {},
    corners: { attribute: false },
    place: {},
    people: { attribute: false },
    view: { attribute: false },
    known: { attribute: false },
    residents: { state: true },
    lists: { state: true },
    candidates: { state: true },
    said: { state: true },
  };
  declare shown: Shown;
  declare client: Client;
  declare picking: Picking;
  declare corners: [number, number][];
  /** What the extent is called. */
  declare place: string;
  /** Asks for the residents of the areas that are shown. */
  declare people: () => Promise<ValueColumn | null>;
  /** Says what is in view. */
  declare view: () => Bounds;
  /** The lists that the server said it has; null where it said nothing. */
  declare known: SelectionEntry[] | null;
  declare residents: ValueColumn | null;
  declare lists: SelectionEntry[];
  declare candidates: boolean;
  declare said: string;

  constructor() {
    super();
    this.picking = 'no';
    this.corners = [];
    this.place = '';
    this.people = async () => null;
    this.view = () => [0, 0, 0, 0];
    this.known = null;
    this.residents = null;
    this.lists = [];
    this.candidates = false;
    this.said = '';
  }

  get #codes(): string[] {
    return codesOf(this.shown.view.selectie);
  }

  protected override firstUpdated(): void {
    if (this.known?.length === 0) return;
    void this.client.selections().then((lists) => {
      this.lists = lists;
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shown');
    if (changed.has('shown') && before?.layer !== this.shown?.layer) {
      const { shown } = this;
      void this.people().then((residents) => {
        if (this.shown === shown || this.shown.layer === shown.layer) this.residents = residents;
      });
    }
  }

  override render() {
    if (!this.shown) return nothing;
    const { t, picking } = this;
    const press = (kind: Picking, words: string) =>
      html`<button type="button" aria-pressed=${picking === kind ? 'true' : 'false'} @click=${() => this.send('wk-picking', picking === kind ? 'no' : kind)}>${words}</button>`;
    return html`
      <div class="selection-ways">
        ${press('areas', t('selectionPick'))} ${press('corners', t('selectionDraw'))}
        <button type="button" @click=${this.#takeView}>${t('selectionView')}</button>
      </div>
      ${picking === 'areas' ? html`<p class="explain" role="status">${t('selectionPicking')}</p>` : html`<p class="explain">${t('selectionPickHint')}</p>`}
      ${
        picking === 'corners'
          ? html`<p class="explain" role="status">${t('selectionDrawing')}</p>
          <button type="button" ?disabled=${this.corners.length < 3} @click=${() => this.#take(this.corners)}>${t('selectionDrawDone')}</button>`
          : nothing
      }
      <form class="paste" @submit=${this.#paste}>
        <label for="codes" class="field-label">${t('selectionPaste')}</label>
        <textarea id="codes" name="codes" rows="2" spellcheck="false" aria-label=${t('selectionCodes')} placeholder="BU00141000, WK001410"></textarea>
        <button type="submit">${t('selectionAdd')}</button>
      </form>
      ${this.#lists()}
      <p role="status" class="quiet">${this.said}</p>
      ${this.#totals()}
    `;
  }

  #lists() {
    const { t, taal, lists } = this;
    if (lists.length === 0) return nothing;
    return html`<div class="field">
      <label for="lijst" class="field-label">${t('selectionList')}</label>
      <select id="lijst" @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        if (value) void this.#takeList(value);
      }}>
        <option value=""></option>
        ${lists.map((one) => html`<option value=${one.id}>${say(one.naam, taal)}${one.historisch ? ` (${t('selectionHistoric')})` : ''}</option>`)}
      </select>
      ${
        lists.some(({ kandidaten }) => (kandidaten ?? 0) > 0)
          ? html`<label class="check"><input type="checkbox" .checked=${this.candidates} @change=${(
              event: Event,
            ) => {
              this.candidates = (event.target as HTMLInputElement).checked;
              const id = this.querySelector<HTMLSelectElement>('#lijst')?.value;
              if (id) void this.#takeList(id);
            }} /> ${t('selectionCandidates')}</label>`
          : nothing
      }
    </div>`;
  }

  #totals() {
    const { t, taal, shown } = this;
    const selected = selectedOrdinals(shown.layer, this.#codes);
    if (this.#codes.length === 0) return html`<p>${t('selectionNone')}</p>`;
    const isCount = shown.indicator.soort === 'aantal';
    const isClass = shown.indicator.soort === 'klasse';
    const rest = shown.layer.ordinals.filter((one) => !selected.has(one));
    const inside = totalsOf(shown.layer, selected, this.residents, isCount);
    const outside = totalsOf(shown.layer, rest, this.residents, isCount);
    const whole = (value: number | null) => (value === null ? t('unknown') : number(value, taal));
    const unit = say(shown.indicator.eenheid, taal);
    const row = (words: string, cell: (of: Totals) => string) =>
      html`<tr><th scope="row">${words}</th><td>${cell(inside)}</td><td>${cell(outside)}</td></tr>`;
    const mean = isCount ? 'selectionSum' : this.residents ? 'selectionMean' : 'selectionMeanPlain';
    return html`<table class="facts totals">
        <caption>${t('selectionCaption', { place: this.place })}</caption>
        <thead><tr><td></td><th scope="col">${t('selectionInside')}</th><th scope="col">${t('selectionOutside')}</th></tr></thead>
        <tbody>
          ${row(t('selectionAreas'), ({ areas }) => number(areas, taal))}
          ${row(t('selectionWith'), ({ counted }) => number(counted, taal))}
          ${row(t('selectionMissing'), ({ missing }) => number(missing, taal))}
          ${inside.marked + outside.marked > 0 ? row(t('selectionMarked'), ({ marked }) => number(marked, taal)) : nothing}
          ${this.residents ? row(t('selectionResidents'), ({ residents }) => whole(residents)) : nothing}
          ${
            this.residents && !isCount
              ? row(t('selectionCover'), ({ residents, residentsCounted }) =>
                  residents && residentsCounted !== null
                    ? percent(residentsCounted / residents, taal)
                    : t('unknown'),
                )
              : nothing
          }
          ${
            isClass
              ? nothing
              : row(t(mean), ({ figure }) =>
                  figure === null
                    ? t('unknown')
                    : quantity(figure, taal, shown.indicator.decimalen, unit),
                )
          }
        </tbody>
      </table>
      <div class="selection-ways">
        <button type="button" @click=${() => this.#download(selected)}>${t('selectionDownload')}</button>
        <button type="button" @click=${() => this.#set([])}>${t('selectionClear')}</button>
      </div>`;
  }

  #set(codes: string[]): void {
    const all = [...new Set(codes)];
    this.said = all.length > MOST_CODES ? this.t('selectionTooMany', { most: MOST_CODES }) : '';
    this.send('wk-change', { selectie: all.slice(0, MOST_CODES).join(',') || null });
  }

  #paste = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { codes, strange } = readCodes(
      String(new FormData(form).get('codes') ?? ''),
      this.shown.view.niveau,
    );
    if (codes.length > 0) {
      this.#set([...this.#codes, ...codes]);
      form.reset();
    }
    if (strange.length > 0) this.said = this.t('selectionStrange', { codes: strange.join(', ') });
  };

  #takeView = (): void => {
    const [w, s, e, n] = this.view();
    void this.#take([
      [w, s],
      [e, s],
      [e, n],
      [w, n],
    ]);
  };

  async #take(corners: [number, number][]): Promise<void> {
    const { shown, t } = this;
    const ring = [...corners, corners[0]!];
    try {
      const { gebieden } = await this.client.within(
        { type: 'Polygon', coordinates: [ring] },
        { niveau: shown.view.niveau, jaar: shown.legend.indeling, aantal: 1000 },
      );
      const codes = gebieden.map(({ code }) => code).filter((code) => shown.layer.find(code));
      this.send('wk-picking', 'no');
      this.#set([...this.#codes, ...codes]);
    } catch (error) {
      const detail = error instanceof Refusal ? error.message : '';
      this.said = t('selectionFailed', { detail }).trim();
    }
  }

  async #takeList(id: string): Promise<void> {
    try {
      const year = this.shown.legend.indeling;
      const { lijst, toelichting } = await this.client.selection(id, { jaar: year });
      const places = lijst.filter(({ kandidaat }) => this.candidates || !kandidaat);
      const areas = places.flatMap(({ gebieden }) => gebieden);
      const there = areas.filter(({ aanwezig }) => aanwezig !== false);
      this.#set(there.map(({ code }) => code));
      const n = areas.length - there.length;
      const absent = n === 1 ? 'selectionAbsentOne' : 'selectionAbsent';
      const told = [say(toelichting, this.taal), n > 0 ? this.t(absent, { n, year }) : ''];
      this.said = told.filter((text) => text !== '').join(' ');
    } catch (error) {
      const detail = error instanceof Refusal ? error.message : '';
      this.said = this.t('selectionFailed', { detail }).trim();
    }
  }

  #download(selected: Set<number>): void {
    const { shown, taal, t } = this;
    const areas = [...selected].map((one) => shown.layer.area(one));
    const manner = taal === 'nl' ? 'dutch' : 'plain';
    const text = sheet(rowsOf(shown, areas, new Set(), taal, t), manner);
    save(`selectie-${shown.view.jaar}.csv`, text, 'text/csv;charset=utf-8');
  }
}

customElements.define('wk-selection', WkSelection);
