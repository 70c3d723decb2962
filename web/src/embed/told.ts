/** What the map shows, in words that the server writes; fetched when somebody opens it. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Summary } from '../core/api.ts';
import type { Client, Query } from '../core/client.ts';
import { WkElement } from '../ui/element.ts';

export class WkTold extends WkElement {
  static override properties = {
    ...WkElement.properties,
    client: { attribute: false },
    query: {
      attribute: false,
      hasChanged: (now: Query, before: Query) => key(now) !== key(before),
    },
    open: { state: true },
    summary: { state: true },
    failed: { state: true },
  };
  declare client: Client;
  declare query: Query;
  declare open: boolean;
  declare summary: Summary | null;
  declare failed: boolean;
  #told = '';

  constructor() {
    super();
    this.open = false;
    this.summary = null;
    this.failed = false;
  }

  override render() {
    const { t, summary, failed } = this;
    return html`<details @toggle=${(event: Event) => {
      this.open = (event.target as HTMLDetailsElement).open;
    }}>
      <summary>${t('frameTold')}</summary>
      <div aria-live="polite">
        ${
          this.open
            ? summary
              ? summary.tekst.map((sentence) => html`<p>${sentence}</p>`)
              : html`<p>${t(failed ? 'frameUntold' : 'frameTelling')}</p>`
            : nothing
        }
      </div>
    </details>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ((changed.has('open') || changed.has('query')) && this.open) void this.#ask();
  }

  async #ask(): Promise<void> {
    const asked = key(this.query);
    if (asked === this.#told && this.summary) return;
    this.#told = asked;
    this.failed = false;
    this.summary = null;
    try {
      const summary = await this.client.summary(this.query);
      if (this.#told === asked) this.summary = summary;
    } catch {
      if (this.#told === asked) this.failed = true;
    }
  }
}

const key = (query: Query | undefined) => JSON.stringify(query);

customElements.define('wk-told', WkTold);
