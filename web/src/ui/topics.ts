/** All topics with their explanation, by theme, in a dialog with a search box. */
import { html } from 'lit';
import type { Catalogue } from '../core/api.ts';
import { say } from '../core/language.ts';
import { findTopics, themed } from '../core/topics.ts';
import { WkElement } from './element.ts';

export class WkTopics extends WkElement {
  static override properties = {
    ...WkElement.properties,
    catalogue: { attribute: false },
    now: {},
    q: { state: true },
  };
  declare catalogue: Catalogue;
  /** The id of the topic that is shown. */
  declare now: string;
  declare q: string;
  constructor() {
    super();
    this.q = '';
    this.now = '';
  }

  async show(): Promise<void> {
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    this.querySelector<HTMLInputElement>('#onderwerp-zoek')?.focus();
  }

  override render() {
    const { t, taal } = this;
    const found = findTopics(this.catalogue?.indicatoren ?? [], this.q, taal);
    return html`<dialog class="topics" aria-labelledby="onderwerpen-titel" @click=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLDialogElement) event.target.close();
    }}>
      <div class="dialog-body">
        <h2 id="onderwerpen-titel">${t('topicFind')}</h2>
        <label for="onderwerp-zoek" class="field-label">${t('topicFindLabel')}</label>
        <input id="onderwerp-zoek" type="search" autocomplete="off" .value=${this.q} @input=${(
          event: Event,
        ) => {
          this.q = (event.target as HTMLInputElement).value;
        }} />
        <p role="status" class="quiet">${t('topicFound', { n: found.length })}</p>
        ${[...themed(found, taal)].map(
          ([theme, list]) => html`<h3>${theme}</h3>
            <ul class="topic-list">
              ${list.map(
                (one) => html`<li>
                  <button type="button" class="link" aria-current=${one.id === this.now ? 'true' : 'false'} @click=${() => this.#choose(one.id)}>${say(one.naam, taal)}</button>
                  <p class="explain">${say(one.omschrijving, taal)} <span class="quiet">${t('source', { source: say(one.bron, taal) })}.</span></p>
                </li>`,
              )}
            </ul>`,
        )}
        <form method="dialog"><button type="submit">${t('close')}</button></form>
      </div>
    </dialog>`;
  }

  #choose(id: string): void {
    this.querySelector('dialog')?.close();
    this.send('wk-change', { indicator: id });
  }
}

customElements.define('wk-topics', WkTopics);
