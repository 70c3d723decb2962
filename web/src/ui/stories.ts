/** Approaches on the map: which ones, and as a list for whom the marks are no use. */
import { html, nothing, type PropertyValues, svg } from 'lit';
import type { Client } from '../core/client.ts';
import { say } from '../core/language.ts';
import { number } from '../core/number.ts';
import { isMarking, type Marking } from '../core/pillar.ts';
import type { View } from '../core/state.ts';
import { byArea, type Group, period, type Story, type StoryList, wanted } from '../core/stories.ts';
import { shapeOf } from '../core/story-shape.ts';
import { StoryMarks } from '../map/story-marks.ts';
import type { Shown } from '../planner/shown.ts';
import '../style/stories.css';
import './area-stories.ts';
import { WkElement } from './element.ts';
import { storiesWithin } from './story-store.ts';
import { storyWords } from './story-words.ts';

/** Areas that are listed at once, and titles beside a mark. */
const ROWS = 20;
const TITLES = 5;

export class WkStories extends WkElement {
  static override properties = {
    ...WkElement.properties,
    view: { attribute: false },
    shown: { attribute: false },
    client: { attribute: false },
    list: { state: true },
    failed: { state: true },
    all: { state: true },
  };
  declare view: View;
  declare shown: Shown | null;
  declare client: Client;
  declare list: StoryList | null;
  declare failed: boolean;
  /** Whether all areas are listed, however many. */
  declare all: boolean;
  #asked: string | null = null;
  #told: string | null = null;

  constructor() {
    super();
    this.list = null;
    this.failed = false;
    this.all = false;
    this.shown = null;
  }

  get #marking(): Marking {
    return this.view.verhalen ?? 'aan';
  }
  get #stories(): Story[] {
    const { lopend, jaar } = this.view;
    return wanted(this.list?.verhalen ?? [], this.#marking, lopend ? jaar : null);
  }

  protected override updated(_: PropertyValues<this>): void {
    const { view } = this;
    if (!view) return;
    const asked = view.binnen ?? '';
    if (asked !== this.#asked) {
      this.#asked = asked;
      void this.#ask(asked);
    }
    if (!this.list) return;
    const told = JSON.stringify([this.taal, this.#stories.map(({ id }) => id)]);
    if (told === this.#told) return;
    this.#told = told;
    const marks = new StoryMarks(this.#stories, {
      lines: (group) => this.#lines(group),
      choose: (story) => this.#choose(story),
    });
    this.send('wk-over', marks);
  }

  async #ask(asked: string): Promise<void> {
    try {
      const list = await storiesWithin(this.client, asked || null);
      if (asked === this.#asked) [this.list, this.failed] = [list, false];
    } catch {
      if (asked !== this.#asked) return;
      [this.list, this.failed] = [null, true];
      // Marks of another extent would be wrong.
      this.#told = null;
      this.send('wk-over', null);
    }
  }

  #when(story: Story): string {
    return period(story, storyWords(this.taal)('since'));
  }

  /** Beside a mark: the area, and what was done there. */
  #lines({ stories, areas }: Group): string[] {
    const w = storyWords(this.taal);
    const rest = stories.length - TITLES;
    return [
      areas > 1 ? w('areas', { n: areas }) : placeOf(stories[0]!),
      ...stories
        .slice(0, TITLES)
        .map((one) =>
          [areas > 1 ? one.naam : '', one.titel, this.#when(one)].filter(Boolean).join(', '),
        ),
      ...(rest > 0 ? [w('moreTitles', { n: rest })] : []),
      ...(areas > 1 ? [w('zoom')] : []),
    ];
  }

  #choose = (story: Story): void => {
    const { code, naam, niveau, gemeente, indeling } = story;
    if (this.shown?.layer.find(code)) {
      this.send('wk-select', code);
      return;
    }
    const found = { code, name: naam, niveau, gemeente, division: indeling, at: null };
    this.send('wk-found', { ...found, isItself: true });
  };

  override render() {
    const { view, taal, list } = this;
    if (!view) return nothing;
    const w = storyWords(taal);
    if (this.failed) return html`<p class="fault" role="alert">${w('failed')}</p>`;
    if (!list) return html`<p class="quiet" role="status">${this.t('loading')}</p>`;
    if (list.verhalen.length === 0) return html`<p role="status">${w('noneAtAll')}</p>`;
    const stories = this.#stories;
    const areas = [...byArea(stories).values()];
    const n = number(stories.length, taal);
    const counted =
      stories.length === 0
        ? w('none')
        : stories.length === 1
          ? w('countedOne')
          : w(areas.length === 1 ? 'countedHere' : 'counted', {
              n,
              areas: number(areas.length, taal),
            });
    const rows = this.all ? areas : areas.slice(0, ROWS);
    return html`<fieldset class="pillars">
        <legend class="field-label">${w('kind')}</legend>
        ${this.#pillar('aan', w('all'), list.verhalen.length)}
        ${list.pijlers.map(({ id, naam, aantal }) => this.#pillar(id, say(naam, taal), aantal))}
      </fieldset>
      <label class="check"><input type="checkbox" id="lopend" .checked=${view.lopend !== null} @change=${(
        event: Event,
      ) =>
        this.send('wk-change', {
          lopend: (event.target as HTMLInputElement).checked ? 'ja' : null,
        })} /> ${w('running', { year: view.jaar })}</label>
      <p class="explain">${w('press')}</p>
      <p role="status">${counted}</p>
      ${
        rows.length > 0
          ? html`<ul class="story-areas" aria-label=${w('list')}>
        ${rows.map((one) => this.#row(one))}
      </ul>`
          : nothing
      }
      ${
        areas.length > rows.length
          ? html`<button type="button" class="plain" @click=${() => {
              this.all = true;
            }}>${w('more', { n: number(areas.length, taal) })}</button>`
          : nothing
      }
      ${list.bron ? html`<p class="source">${w('source', { source: list.bron })}. ${this.t('licence', { licence: list.licentie })}.</p>` : nothing}`;
  }

  #pillar(id: string, name: string, count: number) {
    if (!isMarking(id)) return nothing;
    return html`<label><input type="radio" name="verhalen" value=${id} .checked=${id === this.#marking}
      @change=${() => this.send('wk-change', { verhalen: id })} />${id === 'aan' ? nothing : symbol(id)}<span>${name}</span><span class="count">${number(count, this.taal)}</span></label>`;
  }

  #row(stories: Story[]) {
    const first = stories[0]!;
    const isChosen = this.view.gebied === first.code;
    return html`<li>
      <button type="button" class="link" aria-current=${isChosen ? 'true' : nothing} @click=${() => this.#choose(first)}>${placeOf(first)}</button>
      <ul>${stories.map(
        (one) =>
          html`<li>${symbol(one.pijler)} <span><span lang=${this.taal === 'en' ? 'nl' : nothing}>${one.titel}</span><span class="quiet">, <span class="period">${this.#when(one)}</span><span class="visually-hidden">, ${say(one.pijlerNaam, this.taal)}</span></span></span></li>`,
      )}</ul>
    </li>`;
  }
}

/** A name never stands without its gemeente. */
const placeOf = ({ naam, gemeente }: Story) => (gemeente ? `${naam}, ${gemeente.naam}` : naam);

/** The mark of a pillar, beside its name. */
function symbol(pillar: string) {
  const { letter, path } = shapeOf(pillar);
  return svg`<svg class="story-symbol" viewBox="0 0 32 32" aria-hidden="true"><path d=${path}></path><text x="16" y=${pillar === 'sociale-stijging' ? 25 : 22}>${letter}</text></svg>`;
}

customElements.define('wk-stories', WkStories);
