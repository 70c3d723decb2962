/** The parts that a score is made of, as small bars from a common zero. */
import { html, nothing, svg } from 'lit';
import type { AreaDetail, Catalogue, Indicator } from '../core/api.ts';
import { shortName } from '../core/family.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { quantity } from '../core/number.ts';

const HALF = 60;

export function dimensions(
  detail: AreaDetail,
  indicator: Indicator,
  catalogue: Catalogue,
  year: number,
  language: Language,
  t: Translate,
) {
  const parts = partsOf(detail, indicator, catalogue, year);
  if (parts.length === 0) return nothing;
  const most = Math.max(...parts.map(({ value }) => Math.abs(value)), Number.EPSILON);
  return html`<h3>${t('madeOf')}</h3>
    <dl class="parts">
    ${parts.map(({ one, value }) => {
      const width = (Math.abs(value) / most) * (HALF - 2);
      return html`<div>
        <dt>${shortName(one, indicator, language)}</dt>
        <dd>
          ${svg`<svg width=${HALF * 2} height="14" viewBox="0 0 ${HALF * 2} 14" aria-hidden="true">
            <rect class="part-fill" x=${value < 0 ? HALF - width : HALF} y="3" width=${width} height="8"></rect>
            <path class="zero" d="M${HALF} 0V14"></path>
          </svg>`}
          <span class="value">${quantity(value, language, one.decimalen, say(one.eenheid, language))}</span>
        </dd>
      </div>`;
    })}
  </dl>`;
}

/** The parts of a figure that have a value in a year. */
export function partsOf(
  detail: AreaDetail,
  indicator: Indicator,
  catalogue: Catalogue,
  year: number,
): { one: Indicator; value: number }[] {
  return catalogue.indicatoren
    .filter((one) => one.soort === 'score' && one.onderdeelVan.includes(indicator.id))
    .flatMap((one) => {
      const value = detail.waarden[one.id]?.find((entry) => entry.jaar === year)?.waarde;
      return value === null || value === undefined ? [] : [{ one, value }];
    });
}
