/** Takes the present view out of the house: picture, table, link, citation. */
import { html, nothing } from 'lit';
import { addressOf, type Query } from '../core/client.ts';
import { say } from '../core/language.ts';
import type { Filter } from '../core/look.ts';
import { sort } from '../core/row.ts';
import { selectedOrdinals } from '../core/selection.ts';
import { type Manner, sheet } from '../core/sheet.ts';
import { codesOf } from '../core/state.ts';
import type { Sharp } from '../map/view.ts';
import { picture } from '../planner/picture.ts';
import { fileName, rowsOf, save } from '../planner/rows.ts';
import type { Shown } from '../planner/shown.ts';
import type { Raster } from '../raster/raster.ts';
import { WkElement } from './element.ts';

export class WkExport extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    filter: { attribute: false },
    earlierFilter: { attribute: false },
    query: { attribute: false },
    headline: {},
    raster: { attribute: false },
    numbers: {},
    scene: { attribute: false },
    said: { state: true },
  };
  declare shown: Shown;
  declare filter: Filter | null;
  /** The same of the earlier year under the slider. */
  declare earlierFilter: Filter | null;
  /** What the server's own files are asked with; null where there is no server. */
  declare query: Query | null;
  declare headline: string;
  declare raster: Raster | null;
  /** Whether areas on the map bear the number of their class. */
  declare numbers: boolean;
  declare said: string;
  /** What the map shows, and how large. */
  declare scene: () => Sharp | null;
  constructor() {
    super();
    this.said = '';
    this.headline = '';
    this.raster = null;
    this.numbers = false;
    this.scene = () => null;
    this.filter = null;
    this.earlierFilter = null;
  }

  /** What is on the screen and not in the server's own files. */
  get #lacking(): string[] {
    const { t } = this;
    const { view, band, earlier } = this.shown;
    return [
      view.klassen || view.bereik ? t('exportFilter') : '',
      band === null ? '' : t('exportChange'),
      earlier ? t('exportEarlier', { year: earlier.year }) : '',
      view.afwijking ? t('exportDeviation') : '',
      view.selectie ? t('exportSelection') : '',
    ].filter(Boolean);
  }

  override render() {
    if (!this.shown) return nothing;
    const { t, query, shown } = this;
    const file = (kind: string, words: string, more: Query = {}) =>
      html`<li><a href=${addressOf(`/v1/lagen/${shown.view.niveau}.${kind}`, { ...query, ...more })} download>${words}</a></li>`;
    const act = (words: string, work: () => unknown) =>
      html`<li><button type="button" class="link" @click=${work}>${words}</button></li>`;
    const lacking = this.#lacking;
    const list = new Intl.ListFormat(this.taal, { type: 'conjunction' }).format(lacking);
    return html`
      <ul aria-label=${t('exportView')}>
        ${this.raster ? html`${act(t('exportPng'), () => this.#png(1))} ${act(t('exportPng2'), () => this.#png(2))}` : query ? file('png', t('exportPng')) : nothing}
        ${act(t('exportCsv'), () => this.#csv('plain'))} ${act(t('exportCsvDutch'), () => this.#csv('dutch'))}
        ${act(t('copyLink'), () => this.#copy(location.href, 'copied'))}
        ${act(t('exportCopyCite'), () => this.#copy(this.#citation(), 'exportCited'))}
      </ul>
      ${
        query
          ? html`<p class="explain">${lacking.length > 0 ? t('exportLacks', { what: list }) : t('exportServer')}</p>
      <ul>
        ${file('svg', t('exportSvg'))} ${file('xlsx', t('exportXlsx'))} ${file('csv', t('downloadCsv'))}
        ${file('geojson', t('downloadGeojson'))} ${file('qml', t('downloadQml'))}
      </ul>`
          : nothing
      }
      <p class="citation">${this.#citation()}</p>
      <p role="status" class="quiet">${this.said}</p>
    `;
  }

  #citation(): string {
    const { t, taal, shown, headline } = this;
    const { bron, licentie } = shown.second?.key ?? shown.legend;
    const source = say(bron, taal);
    const date = new Intl.DateTimeFormat(taal === 'nl' ? 'nl-NL' : 'en-GB', {
      dateStyle: 'long',
    }).format(new Date());
    return t('citation', {
      title: headline,
      source,
      licence: licentie,
      date,
      address: location.href,
    });
  }

  async #copy(text: string, done: 'copied' | 'exportCited'): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.said = this.t(done);
    } catch {
      this.said = this.t('copyFailed');
    }
  }

  #csv(manner: Manner): void {
    const { shown, filter, taal, t } = this;
    const all = filter
      ? shown.layer.areas.filter(({ ordinal }) => filter.shows(ordinal))
      : shown.layer.areas;
    const selected = selectedOrdinals(shown.layer, codesOf(shown.view.selectie));
    const areas = sort(all, { column: 'name', descending: false }, taal);
    const rows = rowsOf(shown, areas, selected, taal, t);
    const notes = [[], [this.headline], [this.#citation()]];
    const text = sheet([...rows, ...notes], manner);
    save(`${fileName(shown)}.csv`, text, 'text/csv;charset=utf-8');
    this.said = t('exportMade');
  }

  async #png(ratio: 1 | 2): Promise<void> {
    const scene = this.scene();
    if (!scene || !this.raster) return;
    const { shown, filter, earlierFilter, numbers, headline, taal, t } = this;
    const made = await picture({
      shown,
      filter,
      earlierFilter,
      numbers,
      ...scene,
      ratio,
      raster: this.raster,
      title: headline,
      source: this.#citation(),
      language: taal,
      t,
    });
    if (made) save(`${fileName(shown)}.png`, made, 'image/png');
    this.said = made ? t('exportMade') : t('selectionFailed', { detail: '' }).trim();
  }
}

customElements.define('wk-export', WkExport);
