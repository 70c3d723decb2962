/** What was done about one area: told in its panel, with its periods below the trend line. */
import { html, nothing, type PropertyValues, svg } from 'lit';
import type { Indicator } from '../core/api.ts';
import { addressOf, type Client } from '../core/client.ts';
import { say } from '../core/language.ts';
import { yearsOf } from '../core/state.ts';
import { hostOf, period, type Span, type Story, spans } from '../core/stories.ts';
import { WkElement } from './element.ts';
import { storiesAbout } from './story-store.ts';
import { storyWords } from './story-words.ts';

/** What both parts share: the stories of an area. */
class OfArea extends WkElement {
  static override properties = {
    ...WkElement.properties,
    code: {},
    client: { attribute: false },
    stories: { state: true },
  };
  declare code: string;
  declare client: Client;
  declare stories: Story[];

  constructor() {
    super();
    this.stories = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('code') || !this.code) return;
    const { code } = this;
    this.stories = [];
    // Without them the panel still serves.
    storiesAbout(this.client, code).then(
      (stories) => {
        if (code === this.code) this.stories = stories;
      },
      () => {},
    );
  }

  protected when(story: Story): string {
    return period(story, storyWords(this.taal)('since'));
  }
}

export class WkAreaStories extends OfArea {
  static override properties = { ...OfArea.properties, topic: { attribute: false } };
  /** The topic that is shown. */
  declare topic: Indicator;

  override render() {
    const { taal, stories } = this;
    if (stories.length === 0) return nothing;
    const w = storyWords(taal);
    return html`<section class="area-stories" aria-labelledby="aanpak">
      <h3 id="aanpak">${w('title')}</h3>
      <ol>${stories.map((one) => this.#story(one))}</ol>
    </section>`;
  }

  #story(one: Story) {
    const { t, taal, topic } = this;
    const w = storyWords(taal);
    // As they were written down.
    const told = taal === 'en' ? 'nl' : nothing;
    const host = hostOf(one.link);
    const elsewhere =
      one.code === this.code ? '' : w('ofArea', { one: t(`one_${one.niveau}`), area: one.naam });
    // Before and after need years to be before and after in.
    const hasYears = yearsOf(topic, one.niveau).length > 1;
    const query = { gebied: one.code, verhaal: one.id, indicator: topic.id };
    const asked = addressOf('/analyse/voor-en-na', { ...query, taal: taal === 'en' ? taal : null });
    const named = w('helpedFor', { title: one.titel, topic: say(topic.naam, taal) });
    return html`<li>
      <p class="story-title" lang=${told}>${one.titel}</p>
      <p class="quiet">${[this.when(one), say(one.pijlerNaam, taal), elsewhere].filter(Boolean).join(' · ')}</p>
      ${one.tekst ? html`<p class="story-text" lang=${told}>${one.tekst}</p>` : nothing}
      <p class="quiet">${w('source', { source: one.bron })}${one.licentie ? ` (${one.licentie})` : nothing}</p>
      ${host ? html`<p><a href=${one.link!} rel="noopener nofollow">${w('link', { host })}</a></p>` : nothing}
      ${hasYears ? html`<p><a href=${asked} aria-label=${named}>${w('helped')}</a></p>` : nothing}
    </li>`;
  }
}

const WIDE = 300;
const LEFT = 8;
const LANE = 24;
/** Half a number. */
const HALF = 9;

/** On the same plane as the trend line above it, so that years lie below years. */
export class WkStoryBars extends OfArea {
  static override properties = {
    ...OfArea.properties,
    from: { attribute: false },
    to: { attribute: false },
  };
  declare from: number;
  declare to: number;

  override render() {
    const { from, to, taal } = this;
    const found = spans(this.stories, from, to, WIDE - 2 * LEFT);
    if (found.length === 0) return nothing;
    const w = storyWords(taal);
    const tall = (Math.max(...found.map(({ lane }) => lane)) + 1) * LANE;
    const list = found.map(({ number, story }) => `${number}. ${story.titel}, ${this.when(story)}`);
    return html`<svg class="trend story-bars" viewBox="0 0 ${WIDE} ${tall}" role="img" aria-label=${w('bars', { list: list.join('; ') })}>
      ${found.map((one) => this.#bar(one))}
    </svg>
    <p class="break-note">${w('numbers')}${found.some(({ story }) => story.code !== this.code) ? ` ${w('around')}` : nothing}</p>`;
  }

  /** A line between two ends; an arrow where it goes on. That of a larger area is broken. */
  #bar({ number, story, lane, left, right, isEarlier, isLater }: Span) {
    const y = lane * LANE + LANE / 2;
    const [x, end] = [LEFT + left, LEFT + right];
    const badge = Math.min(Math.max(x, HALF), WIDE - HALF);
    const isOwn = story.code === this.code;
    return svg`<g class=${isOwn ? 'own' : 'around'}>
      ${end > badge + HALF ? svg`<path class="story-line" d="M${badge + HALF} ${y}H${end}"></path>` : nothing}
      ${
        isLater
          ? svg`<path class="story-end" d="M${end - 5} ${y - 5}L${end + 1} ${y}L${end - 5} ${y + 5}"></path>`
          : end > badge + HALF
            ? svg`<path class="story-end" d="M${end} ${y - 5}v10"></path>`
            : nothing
      }
      ${isEarlier ? svg`<path class="story-end" d="M${badge - HALF - 1} ${y - 5}l-5 5l5 5"></path>` : nothing}
      <circle cx=${badge} cy=${y} r=${HALF}></circle>
      <text x=${badge} y=${y + 4.5} text-anchor="middle">${number}</text>
    </g>`;
  }
}

customElements.define('wk-area-stories', WkAreaStories);
customElements.define('wk-story-bars', WkStoryBars);
