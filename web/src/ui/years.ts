/** All years of an area beside each other: the score and its class, with each gap named. */
import { html, nothing } from 'lit';
import type { AreaDetail, AreaValue, Indicator, Legend } from '../core/api.ts';
import { type Family, members, shortName, yearsKnown } from '../core/family.ts';
import { reasonText } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { quantity } from '../core/number.ts';
import { type HatchName, hatchOf } from '../core/palette.ts';
import { wayText } from './division-words.ts';
import { swatch } from './swatch.ts';

interface Scene {
  detail: AreaDetail;
  legend: Legend;
  language: Language;
  t: Translate;
}
/** What a sign in the table stands for, told below it. */
interface Sign {
  colour: string | null;
  hatch: HatchName | null;
  words: string;
}
/** With more years than this the years go down instead of across. */
const ACROSS = 6;
/** So many characters of figures fit beside each other. */
const FIT = 30;

export function years(
  detail: AreaDetail,
  family: Family,
  legend: Legend,
  language: Language,
  t: Translate,
) {
  const known = yearsKnown(family, detail);
  if (known.length < 2) return nothing;
  const scene = { detail, legend, language, t };
  const { base, classes } = family;
  const signs = new Map<string, Sign>();
  const isScore = base.soort === 'score';
  const rows = [
    {
      name: t(isScore ? 'figureRow_score' : 'figureRow_other'),
      cell: (year: number) => figureCell(entryOf(base, year, detail), base, scene, signs),
    },
    ...(classes || hasClasses(base, detail)
      ? [
          {
            name: t('class'),
            cell: (year: number) => classCell(year, base, classes, scene, signs),
          },
        ]
      : []),
  ].filter((_, index) => index > 0 || base.soort !== 'klasse');
  const title = t('allYearsOf', { year: detail.jaar });
  /** Marks the first year after a break in the series. */
  const head = (year: number, scope: 'col' | 'row') => {
    const before = known[known.indexOf(year) - 1];
    const after = base.reeksbreuken.some(
      ({ vanaf }) => before !== undefined && before < vanaf && vanaf <= year,
    );
    return after
      ? html`<th scope=${scope} class="after-break">${year}<span class="visually-hidden">, ${t('afterBreak')}</span></th>`
      : html`<th scope=${scope}>${year}</th>`;
  };
  const across = known.length <= ACROSS && known.length * longest(base, detail, language) <= FIT;
  return html`<h3>${t('allYears')}</h3>
    <div class="scroll" role="region" aria-label=${title} tabindex="0">
      <table class=${across ? 'years across' : 'years'}>
        <caption class="visually-hidden">${title}</caption>
        ${
          across
            ? html`<thead>
              <tr>
                <td></td>
                ${known.map((year) => head(year, 'col'))}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                ({ name, cell }) => html`<tr>
                  <th scope="row">${name}</th>
                  ${known.map((year) => html`<td>${cell(year)}</td>`)}
                </tr>`,
              )}
            </tbody>`
            : html`<thead>
              <tr>
                <th scope="col">${t('year')}</th>
                ${rows.map(({ name }) => html`<th scope="col">${name}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${known.toReversed().map(
                (year) => html`<tr>
                  ${head(year, 'row')}
                  ${rows.map(({ cell }) => html`<td>${cell(year)}</td>`)}
                </tr>`,
              )}
            </tbody>`
        }
      </table>
    </div>
    ${key(signs)}`;
}

/** The most characters that a figure of any year takes. */
function longest(one: Indicator, detail: AreaDetail, language: Language): number {
  const unit = say(one.eenheid, language);
  const lengths = (detail.waarden[one.id] ?? []).map(({ waarde }) =>
    waarde === null ? 0 : quantity(waarde, language, one.decimalen, unit).length,
  );
  return Math.max(0, ...lengths);
}

function key(signs: Map<string, Sign>) {
  if (signs.size === 0) return nothing;
  // Read out in each cell already.
  return html`<ul class="years-key" aria-hidden="true">
    ${[...signs]
      .sort(([a], [b]) => b.localeCompare(a, 'nl', { numeric: true }))
      .map(([mark, { colour, hatch, words }]) => {
        const number = /^(\d+|≈)$/.test(mark) ? mark : '';
        return html`<li>${colour || hatch ? swatch(colour, hatch) : nothing} ${number ? html`<b>${number}</b> ` : nothing}${words}</li>`;
      })}
  </ul>`;
}

function entryOf(one: Indicator, year: number, detail: AreaDetail): AreaValue | undefined {
  return detail.waarden[one.id]?.find(({ jaar, sinds }) => jaar === year && sinds === null);
}

const hasClasses = (one: Indicator, detail: AreaDetail) =>
  (detail.waarden[one.id] ?? []).some(({ klasse }) => klasse !== null);

function figureCell(
  value: AreaValue | undefined,
  one: Indicator,
  scene: Scene,
  signs: Map<string, Sign>,
) {
  const { language, t } = scene;
  if (!value) {
    return html`<span class="quiet">${t(one.soort === 'score' ? 'noScore' : 'notThatYear')}</span>`;
  }
  if (value.waarde === null) return gap(value, scene, signs);
  const text = quantity(value.waarde, language, one.decimalen, say(one.eenheid, language));
  if (!value.geschat) return html`<span class="value">${text}</span>`;
  const how = wayText(value.omrekening ?? null, language);
  signs.set('≈', { colour: null, hatch: null, words: how });
  return html`<span class="value"><span aria-hidden="true">≈ </span>${text}</span><span class="visually-hidden">, ${how}</span>`;
}

/** The publisher's class of that year; else that of the score itself. */
function classCell(
  year: number,
  base: Indicator,
  classes: Indicator | null,
  scene: Scene,
  signs: Map<string, Sign>,
) {
  const { detail, legend, language, t } = scene;
  const entries = [classes, base].flatMap((one) => (one && entryOf(one, year, detail)) || []);
  const found = entries.find(({ klasse }) => klasse !== null);
  if (!found?.klasse) {
    const missing = entries.find(({ reden }) => reden !== null);
    if (missing) return gap(missing, scene, signs);
    return html`<span class="quiet">${t('noClass')}</span>`;
  }
  const words = say(found.klassenaam, language) || t('classNumber', { number: found.klasse });
  // Only where the map shows these same classes: another division has other colours.
  const isSame = [base.id, classes?.id].includes(legend.indicator);
  const colours = isSame && legend.methode === 'publicatie' ? legend.klassen : [];
  const colour = colours.find(({ nummer }) => nummer === found.klasse)?.kleur ?? null;
  signs.set(String(found.klasse), { colour, hatch: null, words });
  return html`${colour ? swatch(colour) : nothing}<span class="value" aria-hidden="true">${found.klasse}</span
    ><span class="visually-hidden">${words}</span>`;
}

/** A hatch as on the map; its reason is told below, and read out here. */
function gap(value: AreaValue, { legend, language, t }: Scene, signs: Map<string, Sign>) {
  const words = reasonText(value.reden, legend, language, t);
  const hatch = hatchOf(value.reden);
  signs.set(value.reden ?? hatch, { colour: null, hatch, words });
  return html`${swatch(null, hatch)}<span class="visually-hidden">${words}</span>`;
}

/** The other forms of the figure in the year that is shown: one line each. */
export function forms(
  detail: AreaDetail,
  indicator: Indicator,
  family: Family,
  year: number,
  legend: Legend,
  language: Language,
  t: Translate,
) {
  const across = yearsKnown(family, detail).length > 1;
  const told = new Set([indicator, ...(across ? [family.base, family.classes] : [])]);
  // The class of a score stands under its figure.
  if (indicator === family.base) told.add(family.classes);
  const rows = members(family).flatMap((one) => {
    const value = told.has(one) ? undefined : entryOf(one, year, detail);
    return value ? [{ one, value }] : [];
  });
  if (rows.length === 0) return nothing;
  return html`<dl class="forms">
    ${rows.map(
      ({ one, value }) => html`<div>
        <dt>${formName(one, family.base, language)}</dt>
        <dd>${valueCell(value, one, legend, language, t)}</dd>
      </div>`,
    )}
  </dl>`;
}

/** "Leefbaarheid: afstand tot de referentie, in klassen" under Leefbaarheid: what comes after it. */
export function formName(one: Indicator, base: Indicator, language: Language): string {
  const name = shortName(one, base, language);
  const own = say(base.naam, language);
  const rest = name.startsWith(`${own}:`) ? name.slice(own.length + 1).trim() : name;
  return rest.charAt(0).toUpperCase() + rest.slice(1).replace(/, (in klassen|in classes)$/, '');
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
  const guess = value.geschat ? html` <span class="quiet">(${t('estimate')})</span>` : nothing;
  return html`<span class="value">${text}</span>${name ? html` <span class="quiet">${name}</span>` : nothing}${guess}`;
}
