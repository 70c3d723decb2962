/** An area beside what it is compared with: figure, reference, difference, and the areas most alike. */
import { html, nothing } from 'lit';
import type { Area } from '../core/area.ts';
import { comparedValue, comparedWith, referenceName, yardstick } from '../core/comparison.ts';
import { unitOf } from '../core/deviation.ts';
import { figure } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { number } from '../core/number.ts';
import type { Shown } from '../planner/shown.ts';

export function comparedPart(
  area: Area,
  shown: Shown,
  language: Language,
  t: Translate,
  select: (code: string) => void,
) {
  const told = comparedWith(area, shown, language, t);
  if (!shown.compared) return nothing;
  return html`<section class="compared" aria-label=${t('comparedTo')}>
    ${told ? html`<p class=${told.known ? '' : 'quiet'}>${sentence(told.words)}</p>` : nothing}
    ${told?.known ? beside(area, shown, language, t) : nothing}
    ${alike(shown, t, language, select)}
  </section>`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** The figures that the sentence is made of. A place has no mean beside it. */
function beside(area: Area, shown: Shown, language: Language, t: Translate) {
  const { deviation } = shown.compared!;
  const { measure } = deviation;
  const group = deviation.groupOf(area.ordinal);
  const value = shown.drawn.area(area.ordinal).value;
  if (!group || value === null) return nothing;
  const own = figure(area, shown.indicator, shown.legend, language, t);
  const many = t(`many_${shown.view.niveau}`);
  const of = group.count > 0 ? t('comparedOf', { n: number(group.count, language), many }) : '';
  const name = referenceName(area, shown, language, t);
  const unit = say(unitOf(shown.indicator, measure), language).trim();
  const last = t(measure === 'percentiel' ? 'comparedPlace' : 'comparedDifference');
  return html`<dl>
    <div><dt>${t('comparedFigure')}</dt><dd>${own.figure}</dd></div>
    ${
      measure === 'percentiel'
        ? html`<div><dt>${sentence(name).slice(0, -1)}</dt><dd>${of}</dd></div>`
        : html`<div><dt>${sentence(name).slice(0, -1)} <span class="quiet">${of}</span></dt><dd>${yardstick(group.mean, shown, language)}</dd></div>`
    }
    <div><dt>${last} <span class="quiet">${unit}</span></dt><dd><b>${comparedValue(value, shown, language)}</b></dd></div>
  </dl>`;
}

/** The ten by name; pressing one chooses it. */
function alike(shown: Shown, t: Translate, language: Language, select: (code: string) => void) {
  const found = shown.compared?.alike;
  if (!found) return nothing;
  const values = {
    n: number(found.areas.length, language),
    many: t(`many_${shown.view.niveau}`),
    area: found.name,
  };
  return html`<h3>${t('alikeList', values)}</h3>
    <ul class="alike">
      ${found.areas.map(({ code, naam, gemeente }) => {
        const area = shown.layer.whole.find(code);
        const told = area && figure(area, shown.indicator, shown.legend, language, t);
        const place = gemeente && gemeente.naam !== naam ? gemeente.naam : '';
        return html`<li><button type="button" class="link" @click=${() => select(code)}>${naam}</button>
          <span class="quiet">${place}</span> <span class="value">${told?.figure ?? ''}</span></li>`;
      })}
    </ul>
    <p class="quiet">${t('alikeWhy')}</p>`;
}
