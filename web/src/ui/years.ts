/** All years of an area beside each other: scores and classes of one theme in one table. */
import { html, nothing } from 'lit';
import type { AreaDetail, AreaValue, Catalogue, Indicator, Legend } from '../core/api.ts';
import { reasonText } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { quantity } from '../core/number.ts';

/** The indicator itself, then what the same theme tells about the same thing in other years. */
export function family(
  indicator: Indicator,
  catalogue: Catalogue,
  detail: AreaDetail,
): Indicator[] {
  const theme = say(indicator.thema, 'nl');
  const kin = catalogue.indicatoren.filter(
    (one) =>
      one.id !== indicator.id &&
      say(one.thema, 'nl') === theme &&
      one.onderdeelVan.length === 0 &&
      (one.soort === 'score' || one.soort === 'klasse') &&
      (indicator.soort === 'score' || indicator.soort === 'klasse'),
  );
  return [indicator, ...kin].filter((one) => (detail.waarden[one.id]?.length ?? 0) > 0).slice(0, 3);
}

export function years(
  detail: AreaDetail,
  indicator: Indicator,
  catalogue: Catalogue,
  legend: Legend,
  language: Language,
  t: Translate,
) {
  const columns = family(indicator, catalogue, detail);
  const labels = new Map<string, string>();
  for (const one of columns) {
    for (const value of detail.waarden[one.id] ?? []) labels.set(period(value), label(value, t));
  }
  if (labels.size < 2) return nothing;
  const rows = [...labels].sort(([a], [b]) => (a < b ? 1 : -1));
  const title = t('allYearsOf', { year: detail.jaar });
  return html`<h3>${t('allYears')}</h3>
    <div class="scroll" role="region" aria-label=${title} tabindex="0">
      <table class="years">
        <caption class="visually-hidden">${title}</caption>
        <thead>
          <tr>
            <th scope="col">${t('year')}</th>
            ${columns.map((one) => html`<th scope="col">${say(one.naam, language)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([key, text]) => html`<tr>
              <th scope="row">${text}</th>
              ${columns.map((one) => {
                const value = detail.waarden[one.id]?.find((entry) => period(entry) === key);
                return html`<td>${value ? valueCell(value, one, legend, language, t) : html`<span class="quiet">${t('notThatYear')}</span>`}</td>`;
              })}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const period = ({ jaar, sinds }: AreaValue) => `${jaar}/${sinds ?? ''}`;

function label({ jaar, sinds }: AreaValue, t: Translate): string {
  return sinds === null ? String(jaar) : t('since', { from: sinds, to: jaar });
}

/** A figure with its class, or in words why there is none. */
export function valueCell(
  value: AreaValue,
  indicator: Indicator,
  legend: Legend,
  language: Language,
  t: Translate,
) {
  const name = say(value.klassenaam, language);
  if (value.waarde === null) {
    return html`<span class="quiet">${reasonText(value.reden, legend, language, t)}</span>`;
  }
  if (indicator.soort === 'klasse') return name || t('classNumber', { number: value.waarde });
  const text = quantity(
    value.waarde,
    language,
    indicator.decimalen,
    say(indicator.eenheid, language),
  );
  return html`<span class="value">${text}</span>${name ? html` <span class="quiet">${name}</span>` : nothing}`;
}
