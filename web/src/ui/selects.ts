/** Lists to choose a topic, a year and a level from. */
import { html, nothing } from 'lit';
import type { Catalogue, Indicator } from '../core/api.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import type { Level } from '../core/level.ts';
import { type View, yearsOf } from '../core/state.ts';
import { themed } from '../core/topics.ts';

type Change = (part: Partial<View>) => void;

const chosenIn = (event: Event) => (event.target as HTMLSelectElement).value;

/** `about` is the id of what explains the topic, where that is on the page. */
export function topicSelect(
  { indicatoren }: Catalogue,
  view: View,
  change: Change,
  about: string | null = null,
) {
  const groups = themed(indicatoren, view.taal);
  return html`<select id="onderwerp" aria-describedby=${about ?? nothing} @change=${(
    event: Event,
  ) => change({ indicator: chosenIn(event) })}>
    ${[...groups].map(
      ([theme, list]) => html`<optgroup label=${theme}>
        ${list.map(
          (one) =>
            html`<option value=${one.id} .selected=${one.id === view.indicator}>${say(one.naam, view.taal)}</option>`,
        )}
      </optgroup>`,
    )}
  </select>`;
}

export function yearSelect(indicator: Indicator, view: View, change: Change) {
  const years = yearsOf(indicator, view.niveau).toReversed();
  return html`<select id="jaar" @change=${(event: Event) => change({ jaar: Number(chosenIn(event)) })}>
    ${years.map((year) => html`<option value=${year} .selected=${year === view.jaar}>${year}</option>`)}
  </select>`;
}

export function levelSelect(
  levels: Level[],
  indicator: Indicator,
  view: View,
  t: Translate,
  change: Change,
) {
  return html`<select id="niveau" @change=${(event: Event) =>
    change({ niveau: chosenIn(event) as View['niveau'] })}>
    ${levels.map((level) => {
      const none = yearsOf(indicator, level).length === 0;
      return html`<option value=${level} ?disabled=${none} .selected=${level === view.niveau}>
        ${t(`one_${level}`)}${none ? ` (${t('levelMissing')})` : ''}
      </option>`;
    })}
  </select>`;
}
