/** One box for names, codes and coordinates: a combobox with a list, as the ARIA practices draw it. */
import { html, nothing } from 'lit';
import type { Found, Named } from '../core/api.ts';
import { type Client, Refusal } from '../core/client.ts';
import { type Coordinate, readCoordinate } from '../core/coordinate.ts';
import { LEVELS, type Level } from '../core/level.ts';
import { number } from '../core/number.ts';
import { WkElement } from './element.ts';

export interface Option {
  code: string;
  name: string;
  niveau: Level;
  gemeente: Named | null;
  /** Only where the option came from a coordinate. */
  at: { lon: number; lat: number } | null;
}
const PATIENCE = 160;

export class WkSearch extends WkElement {
  static override properties = {
    ...WkElement.properties,
    client: { attribute: false },
    niveau: {},
    label: {},
    placeholder: {},
    name: {},
    options: { state: true },
    active: { state: true },
    message: { state: true },
    open: { state: true },
  };
  declare client: Client;
  /** Only areas of this level, and no coordinates. */
  declare niveau: Level | '';
  declare label: string;
  declare placeholder: string;
  declare name: string;
  declare options: Option[];
  declare active: number;
  declare message: string;
  declare open: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: AbortController | null = null;

  constructor() {
    super();
    this.niveau = '';
    this.label = '';
    this.placeholder = '';
    this.name = 'zoek';
    this.options = [];
    this.active = -1;
    this.message = '';
    this.open = false;
  }

  get #input(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  override render() {
    const list = `${this.name}-lijst`;
    const showList = this.open && this.options.length > 0;
    const active = showList && this.active >= 0 ? `${this.name}-${this.active}` : nothing;
    return html`
      <label for=${this.name} class=${this.niveau ? 'field-label' : 'visually-hidden'}>${this.label}</label>
      <div class="combobox">
        <input
          id=${this.name}
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder=${this.placeholder}
          aria-autocomplete="list"
          aria-expanded=${showList ? 'true' : 'false'}
          aria-controls=${list}
          aria-activedescendant=${active}
          @input=${this.#typed}
          @keydown=${this.#key}
          @blur=${() => {
            this.open = false;
          }}
          @focus=${() => {
            this.open = this.options.length > 0;
          }}
        />
        <ul id=${list} role="listbox" aria-label=${this.label} ?hidden=${!showList}>
          ${this.options.map((option, index) => this.#row(option, index))}
        </ul>
        <p class="search-message" role="status" ?hidden=${!this.open || this.message === ''}>${this.message}</p>
      </div>
    `;
  }

  #row(option: Option, index: number) {
    const { t } = this;
    const place =
      option.niveau === 'gemeenten'
        ? t('placeGemeente')
        : t('place', { one: t(`one_${option.niveau}`), gemeente: option.gemeente?.naam ?? '' });
    return html`<li
      id=${`${this.name}-${index}`}
      role="option"
      aria-selected=${index === this.active ? 'true' : 'false'}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#choose(option)}
    >
      <span class="option-name">${option.name}</span>
      <span class="option-place">${place}${option.at ? `, ${t('atCoordinate')}` : ''}</span>
    </li>`;
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#run?.abort();
    const text = this.#input.value.trim();
    if (text.length < 2) {
      this.#show([], '');
      this.open = false;
      return;
    }
    this.#timer = setTimeout(() => this.#ask(text), PATIENCE);
  }

  async #ask(text: string): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    const { t } = this;
    try {
      const reading = this.niveau ? ({ kind: 'none' } as const) : readCoordinate(text);
      if (reading.kind === 'outside') this.#show([], t('searchOutside'));
      else if (reading.kind === 'found') await this.#askPlace(reading.at, run.signal);
      else await this.#askName(text, run.signal);
    } catch (error) {
      if (run.signal.aborted) return;
      const detail = error instanceof Refusal ? error.message : '';
      this.#show([], t('searchFailed', { detail }).trim());
    }
  }

  async #askName(q: string, signal: AbortSignal): Promise<void> {
    const { t } = this;
    const query = { q, niveau: this.niveau || null, aantal: 12 };
    const { totaal, gebieden } = await this.client.search(query, signal);
    const shown = gebieden.length;
    const counts = { n: number(totaal, this.taal), shown, q };
    const message =
      shown === 0
        ? t('searchNone', counts)
        : shown < totaal
          ? t('searchMore', counts)
          : shown === 1
            ? t('searchOne')
            : t('searchCount', counts);
    this.#show(gebieden.map(fromFound), message);
  }

  async #askPlace(at: Coordinate, signal: AbortSignal): Promise<void> {
    const query = at.system === 'rd' ? { x: at.x, y: at.y } : { lat: at.lat, lon: at.lon };
    const place = await this.client.location(query, signal);
    const [lon, lat] = place.lonLat;
    const options = LEVELS.toReversed().flatMap((niveau): Option[] => {
      const found = { gemeenten: place.gemeente, wijken: place.wijk, buurten: place.buurt }[niveau];
      return found
        ? [
            {
              code: found.code,
              name: found.naam,
              niveau,
              gemeente: niveau === 'gemeenten' ? null : place.gemeente,
              at: { lon, lat },
            },
          ]
        : [];
    });
    this.#show(options, this.t('searchCount', { n: options.length }));
  }

  #show(options: Option[], message: string): void {
    this.options = options;
    this.message = message;
    this.active = options.length > 0 ? 0 : -1;
    this.open = document.activeElement === this.#input;
  }

  #key(event: KeyboardEvent): void {
    const last = this.options.length - 1;
    const go = (to: number) => {
      event.preventDefault();
      if (last >= 0) {
        this.open = true;
        this.active = to;
      }
    };
    if (event.key === 'ArrowDown') go(this.active >= last ? 0 : this.active + 1);
    else if (event.key === 'ArrowUp') go(this.active <= 0 ? last : this.active - 1);
    else if (event.key === 'Escape') {
      if (this.open) this.open = false;
      else this.#input.value = '';
      event.stopPropagation();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = this.options[this.active];
      if (this.open && option) this.#choose(option);
    }
  }

  #choose(option: Option): void {
    this.open = false;
    this.#input.value = this.niveau ? '' : option.name;
    this.options = [];
    this.send('wk-found', option);
  }
}

function fromFound({ code, naam, niveau, gemeente }: Found): Option {
  return { code, name: naam, niveau, gemeente, at: null };
}

customElements.define('wk-search', WkSearch);
