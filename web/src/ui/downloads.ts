/** Takes the figures out of the house: files and a link. */
import { html, nothing } from 'lit';
import { addressOf, type Query } from '../core/client.ts';
import type { Level } from '../core/level.ts';
import { WkElement } from './element.ts';

export class WkDownloads extends WkElement {
  static override properties = {
    ...WkElement.properties,
    niveau: {},
    query: { attribute: false },
    said: { state: true },
  };
  declare niveau: Level;
  declare query: Query;
  declare said: string;
  constructor() {
    super();
    this.said = '';
  }

  override render() {
    if (!this.query) return nothing;
    const { t, query } = this;
    const file = (kind: string, words: string) =>
      html`<li><a href=${addressOf(`/v1/lagen/${this.niveau}.${kind}`, query)} download>${words}</a></li>`;
    return html`<details class="downloads">
      <summary>${t('downloads')}</summary>
      <ul>
        ${file('csv', t('downloadCsv'))} ${file('geojson', t('downloadGeojson'))} ${file('qml', t('downloadQml'))}
        <li><button type="button" class="link" @click=${this.#copy}>${t('copyLink')}</button></li>
      </ul>
      <p role="status" class="quiet">${this.said}</p>
    </details>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.said = this.t('copied');
    } catch {
      this.said = this.t('copyFailed');
    }
  }
}

customElements.define('wk-downloads', WkDownloads);
