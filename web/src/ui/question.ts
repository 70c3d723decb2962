/** A question to the figures about what the map shows, answered beside it. */
import { html, nothing, type PropertyValues } from 'lit';
import { addressOf } from '../core/client.ts';
import { say } from '../core/language.ts';
import { answerAddress, type Question } from '../core/question.ts';
import type { View } from '../core/state.ts';
import '../style/question.css';
import { WkElement } from './element.ts';

/** What came of a question: the server's own words and chart, or why there is no answer. */
interface Outcome {
  answer: DocumentFragment | null;
  account: DocumentFragment | null;
  fault: string | null;
}

export class WkQuestion extends WkElement {
  static override properties = {
    ...WkElement.properties,
    view: { attribute: false },
    questions: { state: true },
    outcome: { state: true },
  };
  declare view: View;
  declare questions: Question[] | null;
  declare outcome: Outcome | null;
  /** The address that the outcome is of, or will be of. */
  #asked = '';
  #waiting: AbortController | null = null;

  constructor() {
    super();
    this.questions = null;
    this.outcome = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#waiting?.abort();
  }

  async #list(): Promise<void> {
    try {
      const answer = await fetch(addressOf('/v1/analyses'));
      const { analyses } = (await answer.json()) as { analyses: Question[] };
      // One about a story is asked where the story stands.
      this.questions = analyses.filter(({ parameters }) => !parameters.includes('verhaal'));
    } catch {
      this.outcome = { answer: null, account: null, fault: this.t('askFailed') };
    }
  }

  get #question(): Question | null {
    return this.questions?.find(({ id }) => id === this.view?.vraag) ?? null;
  }

  protected override updated(_: PropertyValues<this>): void {
    const question = this.#question;
    const address = question ? answerAddress(question, this.view) : '';
    if (address === this.#asked) return;
    this.#asked = address;
    this.#waiting?.abort();
    this.outcome = null;
    if (address !== '') void this.#ask(address);
  }

  /** Takes sentences, chart and account from the page that answers it without script. */
  async #ask(address: string): Promise<void> {
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      const answer = await fetch(address, { signal: waiting.signal });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fault = page.querySelector('.melding p[lang], .melding p + p')?.textContent ?? null;
      const of = (selector: string) => contents(page.querySelector(selector));
      const outcome = { answer: of('.antwoord > section'), account: of('.verantwoording'), fault };
      if (!outcome.answer && !fault) outcome.fault = this.t('askFailed');
      if (this.#asked === address) this.outcome = outcome;
    } catch {
      if (this.#asked === address && !waiting.signal.aborted)
        this.outcome = { answer: null, account: null, fault: this.t('askFailed') };
    }
  }

  override render() {
    const { t, taal, view, outcome } = this;
    if (!view) return nothing;
    const question = this.#question;
    return html`<div class="question">
      <label for="vraag" class="field-label">${t('askQuestion')}</label>
      <select id="vraag" @change=${(event: Event) =>
        this.send('wk-change', { vraag: (event.target as HTMLSelectElement).value || null })}>
        <option value="" .selected=${!question}>${t('askNone')}</option>
        ${(this.questions ?? []).map(
          (one) =>
            html`<option value=${one.id} .selected=${one === question}>${say(one.vraag, taal)}</option>`,
        )}
      </select>
      <div class="answer" aria-live="polite" aria-busy=${question && !outcome ? 'true' : 'false'}>
        ${question && !outcome ? html`<p class="quiet">${t('loading')}</p>` : nothing}
        ${outcome?.fault ? html`<p class="fault" role="alert">${outcome.fault}</p>` : nothing}
        ${outcome?.answer ?? nothing}
      </div>
      ${
        outcome?.account
          ? html`<details class="account"><summary>${t('askHow')}</summary>${outcome.account}</details>`
          : nothing
      }
      ${question ? html`<p><a href=${answerAddress(question, view)}>${t('askWhole')}</a></p>` : nothing}
    </div>`;
  }
}

/** What is in an element of the server's page, for this one; without its heading, which stands here. */
function contents(of: Element | null): DocumentFragment | null {
  if (!of) return null;
  const fragment = document.createDocumentFragment();
  for (const node of of.childNodes) {
    if (node.nodeName !== 'H2') fragment.append(document.importNode(node, true));
  }
  return fragment;
}

customElements.define('wk-question', WkQuestion);
