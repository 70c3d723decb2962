/** One box for names, codes and coordinates: a combobox with a list, as the ARIA practices draw it. */
import { html, nothing, type PropertyValues } from 'lit';
import { type PostalAddress, readAddressText } from '../core/address.ts';
import type { Named } from '../core/api.ts';
import { type Client, Refusal } from '../core/client.ts';
import { type Coordinate, readCoordinate } from '../core/coordinate.ts';
import { filter, find, type Match, type Matches } from '../core/find.ts';
import { LEVELS, type Level, liesIn } from '../core/level.ts';
import { number } from '../core/number.ts';
import { WkElement } from './element.ts';

export interface Option {
  code: string;
  name: string;
  niveau: Level;
  gemeente: Named | null;
  /** The division that has it. */
  division: number;
  /** Only where the option came from a coordinate. */
  at: { lon: number; lat: number } | null;
  /** Whether a gemeente is meant itself, and not what lies in it. */
  isItself?: boolean;
  /** What it was found by, where that is worth a word. */
  note?: string;
}
const PATIENCE = 160;

export class WkSearch extends WkElement {
  static override properties = {
    ...WkElement.properties,
    client: { attribute: false },
    niveau: {},
    division: { attribute: false },
    divisions: { attribute: false },
    label: {},
    placeholder: {},
    addresses: { attribute: false },
    name: {},
    within: { attribute: false },
    options: { state: true },
    active: { state: true },
    message: { state: true },
    open: { state: true },
  };
  declare client: Client;
  /** Only gemeenten, all of them, and no coordinates. */
  declare niveau: 'gemeenten' | '';
  /** The division that is shown, and all that have shapes. */
  declare division: number | null;
  declare divisions: number[];
  declare label: string;
  declare placeholder: string;
  /** Whether the server looks up addresses in words. */
  declare addresses: boolean;
  declare name: string;
  /** Only what lies in this gemeente or wijk is found; null for everything. */
  declare within: string | null;
  declare options: Option[];
  declare active: number;
  declare message: string;
  declare open: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: AbortController | null = null;

  constructor() {
    super();
    this.niveau = '';
    this.division = null;
    this.divisions = [];
    this.label = '';
    this.placeholder = '';
    this.addresses = false;
    this.name = 'zoek';
    this.within = null;
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
          @focus=${this.#focused}
          @click=${this.#focused}
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
        : option.gemeente
          ? t('place', { one: t(`one_${option.niveau}`), gemeente: option.gemeente.naam })
          : t(`one_${option.niveau}`);
    return html`<li
      id=${`${this.name}-${index}`}
      role="option"
      aria-selected=${index === this.active ? 'true' : 'false'}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#choose(option)}
    >
      <span class="option-name">${option.name}</span>
      <span class="option-place">${place}${this.#division(option)}${option.note ? `, ${option.note}` : option.at ? `, ${t('atCoordinate')}` : ''}</span>
    </li>`;
  }

  /** Said where it is not the newest: a wijk of 2016 may have other borders now. */
  #division({ niveau, division }: Option): string {
    const newest = Math.max(...this.divisions, 0);
    if (niveau === 'gemeenten' || division === newest || newest === 0) return '';
    return `, ${this.t('division', { year: division })}`;
  }

  #focused(): void {
    if (this.niveau && !this.open) void this.#ask(this.#input.value.trim());
    else this.open = this.options.length > 0;
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#run?.abort();
    const text = this.#input.value.trim();
    if (this.niveau) {
      void this.#ask(text);
      return;
    }
    if (text.length < 2) {
      this.#show([], '');
      this.open = false;
      return;
    }
    // What is listed answers an older text: until the new answer comes Enter must not take it.
    this.active = -1;
    this.#timer = setTimeout(() => this.#ask(text), PATIENCE);
  }

  async #ask(text: string): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    const { t } = this;
    try {
      if (this.niveau) {
        const found = filter(await this.client.gemeenten(), text);
        if (run.signal.aborted) return;
        const matches = found.map((one) => ({ ...one, division: Math.max(...this.divisions, 0) }));
        this.#tell({ total: found.length, matches }, text);
        return;
      }
      const reading = readCoordinate(text);
      if (reading.kind === 'outside') this.#show([], t('searchOutside'));
      else if (reading.kind === 'found') await this.#askPlace(reading.at, run.signal);
      else if (readAddressText(text)) await this.#askAddress(readAddressText(text)!, run.signal);
      else await this.#askName(text, run.signal);
    } catch (error) {
      if (run.signal.aborted) return;
      const detail = error instanceof Refusal ? error.message : '';
      this.#show([], t('searchFailed', { detail }).trim());
    }
  }

  async #askName(q: string, signal: AbortSignal): Promise<void> {
    const found = await find(this.client, q, this.division, this.divisions, signal, this.within);
    // What is the name of a place is nobody else's business; a house number is of no place.
    if (this.addresses && (found.total === 0 || /\d/.test(q)) && q.length >= 4) {
      try {
        const options = [...found.matches.map(fromMatch), ...(await this.#hits(q, signal))];
        if (options.length > found.matches.length) {
          this.#show(options, this.t('searchCount', { n: options.length }));
          return;
        }
      } catch (error) {
        if (signal.aborted) throw error;
        // The places that were found are found all the same.
        this.#show(found.matches.map(fromMatch), this.t('addressFailed'));
        return;
      }
    }
    this.#tell(found, q);
  }

  /** Addresses with the buurt of each. What was asked is kept nowhere. */
  async #hits(q: string, signal: AbortSignal): Promise<Option[]> {
    const { jaar, adressen } = await this.client.addresses(q, signal);
    return adressen.flatMap(({ omschrijving, lonLat, buurt, gemeente, bron }): Option[] =>
      buurt
        ? [
            {
              code: buurt.code,
              name: omschrijving,
              niveau: 'buurten',
              gemeente,
              division: jaar,
              at: lonLat && { lon: lonLat[0], lat: lonLat[1] },
              note: this.t('foundBy', { source: bron }),
            },
          ]
        : [],
    );
  }

  #tell({ total, matches }: Matches, q: string): void {
    const { t } = this;
    const shown = matches.length;
    const counts = { n: number(total, this.taal), shown, q };
    const message =
      shown === 0
        ? t('searchNone', counts)
        : shown < total
          ? t('searchMore', counts)
          : shown === 1
            ? t('searchOne')
            : t('searchCount', counts);
    this.#show(matches.map(fromMatch), message);
  }

  async #askPlace(at: Coordinate, signal: AbortSignal): Promise<void> {
    const query = at.system === 'rd' ? { x: at.x, y: at.y } : { lat: at.lat, lon: at.lon };
    const place = await this.client.location(query, signal);
    const [lon, lat] = place.lonLat ?? [0, 0];
    const options = LEVELS.toReversed().flatMap((niveau): Option[] => {
      const found = { gemeenten: place.gemeente, wijken: place.wijk, buurten: place.buurt }[niveau];
      return found
        ? [
            {
              code: found.code,
              name: found.naam,
              niveau,
              gemeente: niveau === 'gemeenten' ? null : place.gemeente,
              division: place.jaar,
              at: { lon, lat },
            },
          ]
        : [];
    });
    this.#show(options, this.t('searchCount', { n: options.length }));
  }

  /** The question goes to the server alone: it stands in no address. */
  async #askAddress({ postcode, huisnummer }: PostalAddress, signal: AbortSignal): Promise<void> {
    const place = await this.client.location({ postcode, huisnummer }, signal);
    const list = place.buurt ? [place.buurt] : (place.adres?.kandidaten ?? []);
    const option = (found: Named, niveau: Level): Option => ({
      code: found.code,
      name: found.naam,
      niveau,
      gemeente: niveau === 'gemeenten' ? null : place.gemeente,
      division: place.jaar,
      at: null,
      note: this.t('atAddress', { postcode, number: huisnummer ?? '' }).trim(),
    });
    const options = [
      ...list.map((one) => option(one, 'buurten')),
      ...(place.wijk ? [option(place.wijk, 'wijken')] : []),
      ...(place.gemeente ? [option(place.gemeente, 'gemeenten')] : []),
    ];
    const isDoubtful = !place.buurt && huisnummer === null;
    this.#show(
      options,
      this.t('searchCount', { n: options.length }) +
        (isDoubtful ? ` ${this.t('searchSeveral')}` : ''),
    );
  }

  #show(found: Option[], message: string): void {
    const options = found.filter(({ code }) => liesIn(code, this.within));
    this.options = options;
    this.message =
      options.length < found.length && options.length === 0 ? this.t('searchNotHere') : message;
    // In a list that opened by itself nothing is chosen yet: Enter must not take the first.
    this.active = options.length > 0 && (!this.niveau || this.#input.value.trim() !== '') ? 0 : -1;
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
    if (event.key === 'ArrowDown' && this.niveau && !this.open) this.#focused();
    else if (event.key === 'ArrowDown') go(this.active >= last ? 0 : this.active + 1);
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

  /** A long list follows the row that the keyboard is at. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('active') && this.open && this.active >= 0) {
      this.querySelector(`#${this.name}-${this.active}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  #choose(option: Option): void {
    this.open = false;
    // An address that was typed does not stay on the screen.
    this.#input.value = this.niveau || option.note ? '' : option.name;
    this.options = [];
    this.send('wk-found', option);
  }
}

function fromMatch({ code, naam, niveau, gemeente, division }: Match): Option {
  return { code, name: naam, niveau, gemeente, division, at: null };
}

customElements.define('wk-search', WkSearch);
