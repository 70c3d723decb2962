/** The dialog about embedding: a way, its options, how it will look, and what to paste. */
import '../style/embedding.css';
import { html, nothing, type TemplateResult } from 'lit';
import { type Client, Refusal } from '../core/client.ts';
import {
  type EmbedCode,
  type EmbedOptions,
  embedQuery,
  ownAddress,
  usualOptions,
} from '../core/embed-code.ts';
import type { View } from '../core/state.ts';
import { WkElement } from './element.ts';
import { embeddingOptions } from './embedding-options.ts';
import { type EmbeddingWords, embeddingWords } from './embedding-words.ts';

/** Names of parameters and what is wrong with them are Dutch in every language. */
function wrong(error: unknown, w: EmbeddingWords): TemplateResult {
  if (!(error instanceof Refusal)) return html`<p>${w('failed')}</p>`;
  const told = error.problem.errors ?? [];
  return html`<p>${w('wrong')}</p>
    ${told.map(({ location, detail }) => html`<p lang="nl">${location.name}: ${detail ?? ''}</p>`)}`;
}

export class WkEmbedding extends WkElement {
  static override properties = {
    ...WkElement.properties,
    client: { attribute: false },
    view: { attribute: false },
    options: { state: true },
    code: { state: true },
    wrong: { state: true },
    said: { state: true },
    narrow: { state: true },
  };
  declare client: Client;
  declare view: View;
  declare options: EmbedOptions | null;
  declare code: EmbedCode | null;
  /** What cannot be, or that there is no answer. */
  declare wrong: TemplateResult | null;
  declare said: string;
  declare narrow: boolean;
  #asked = 0;

  constructor() {
    super();
    this.options = null;
    this.code = null;
    this.wrong = null;
    this.said = '';
    this.narrow = false;
  }

  /** Opens about the view at hand, with the options of the last time. */
  async show(): Promise<void> {
    const last = this.options ?? usualOptions(this.view);
    this.options = { ...last, taal: this.view.taal };
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
    await this.#ask();
  }

  #change = (part: Partial<EmbedOptions>): void => {
    this.options = { ...this.options!, ...part };
    this.said = '';
    void this.#ask();
  };

  /** The last question counts, in whatever order answers come. */
  async #ask(): Promise<void> {
    const { view, options } = this;
    if (!options) return;
    this.#asked += 1;
    const asked = this.#asked;
    const ask = (delivery: string | null) =>
      this.client.embedCode(embedQuery(view, options, delivery));
    try {
      let code = await ask(null);
      // Which delivery this is, the answer alone says.
      if (options.pinned && !options.latest) code = await ask(code.levering);
      if (asked !== this.#asked) return;
      this.code = code;
      this.wrong = null;
    } catch (error) {
      if (asked !== this.#asked) return;
      this.wrong = wrong(error, embeddingWords(this.taal));
    }
  }

  override render() {
    const { options, view, code } = this;
    if (!options) return nothing;
    const w = embeddingWords(this.taal);
    return html`<dialog class="embedding" aria-labelledby="inbedding-kop" @click=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLDialogElement) event.target.close();
    }}>
      <div class="dialog-body">
        <div class="embed-head"><h2 id="inbedding-kop">${w('title')}</h2>
          <form method="dialog"><button type="submit">${w('close')}</button></form></div>
        <div class="embed-columns">
          ${embeddingOptions(options, view, w, this.#change)}
          <div class="embed-result">
            ${view.indeling === null ? nothing : html`<p class="quiet">${w('ownBorders', { year: view.indeling })}</p>`}
            <div role="alert" class="embed-wrong">${this.wrong ?? nothing}</div>
            ${code ? [this.#paste(code, options), this.#preview(code, options), this.#words(code)] : nothing}
          </div>
        </div>
      </div>
    </dialog>`;
  }

  #paste({ codes, adres, meldingen }: EmbedCode, { way, taal }: EmbedOptions) {
    const w = embeddingWords(this.taal);
    const copied = (id: string) =>
      html`<button type="button" @click=${() => this.#copy(id)}>${w('copy')}</button>`;
    return html`<section>
      <label for="inbedding-code" class="field-label">${w('code')}</label>
      <textarea id="inbedding-code" readonly rows="6" spellcheck="false" .value=${codes[way]}></textarea>
      <p class="embed-copy">${copied('inbedding-code')} <span role="status">${this.said}</span></p>
      ${meldingen.map((one) => html`<p class="quiet" lang=${taal}>${one}</p>`)}
      ${
        way === 'plaatje'
          ? nothing
          : html`<label for="inbedding-adres">${w('address')}</label>
      <p class="embed-copy"><input id="inbedding-adres" type="text" readonly .value=${adres} /> ${copied('inbedding-adres')}</p>`
      }
    </section>`;
  }

  /** As it will look, at its own size: of the frame itself, or of the picture. */
  #preview({ adres, plaatje, titel, alt }: EmbedCode, { way, height, taal }: EmbedOptions) {
    const w = embeddingWords(this.taal);
    const size = (isNarrow: boolean, words: string) =>
      html`<button type="button" class="plain" aria-pressed=${this.narrow === isNarrow ? 'true' : 'false'} @click=${() => {
        this.narrow = isNarrow;
      }}>${words}</button>`;
    return html`<section aria-labelledby="inbedding-voorbeeld">
      <h3 id="inbedding-voorbeeld">${w('preview')}</h3>
      ${way === 'plaatje' ? nothing : html`<p class="embed-sizes">${size(false, w('wide'))} ${size(true, w('narrow'))}</p>`}
      <div class=${`embed-preview${this.narrow && way !== 'plaatje' ? ' narrow' : ''}`}>
        ${
          way === 'plaatje'
            ? html`<img lang=${taal} src=${ownAddress(plaatje)} alt=${alt} />`
            : html`<iframe lang=${taal} src=${ownAddress(adres)} title=${titel} height=${Math.min(4000, Math.max(200, height ?? 640))}></iframe>`
        }
      </div>
    </section>`;
  }

  #words({ samenvatting, alt }: EmbedCode) {
    const w = embeddingWords(this.taal);
    const { taal } = this.options!;
    return html`<details><summary>${w('words')}</summary>
      <div lang=${taal}>${samenvatting.map((one) => html`<p>${one}</p>`)}</div>
      <p class="quiet">${w('alt')} <span lang=${taal}>${alt}</span></p>
    </details>`;
  }

  async #copy(id: string): Promise<void> {
    const w = embeddingWords(this.taal);
    const field = this.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${id}`)!;
    try {
      await navigator.clipboard.writeText(field.value);
      this.said = w('copied');
    } catch {
      field.select();
      this.said = w('copyFailed');
    }
  }
}

customElements.define('wk-embedding', WkEmbedding);
