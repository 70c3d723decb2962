/** The legend of two topics: nine cells to press, what they count, and what to beware of. */
import { html, nothing, svg } from 'lit';
import { readClasses } from '../core/filter.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import { number, quantity } from '../core/number.ts';
import { cellOf, overlap, thirdWords } from '../core/pair.ts';
import type { Shown } from '../planner/shown.ts';

const SIDE = 44;

export function cross(
  shown: Shown,
  language: Language,
  t: Translate,
  press: (cell: number) => void,
  point: (cell: number | null) => (event: PointerEvent) => void,
) {
  const { second, indicator, key, view } = shown;
  if (!second) return nothing;
  const [one, other] = [say(indicator.naam, language), say(second.indicator.naam, language)];
  const classOf = (cell: number) => key.klassen.find(({ nummer }) => nummer === cell)!;
  const on = view.klassen === null ? null : readClasses(view.klassen);
  const many = t(`many_${view.niveau}`);
  const words = (cell: number) => say(classOf(cell).naam, language);
  const cell = (first: number, place: number) => {
    const own = cellOf(first, place);
    const { kleur, gebieden } = classOf(own);
    const label = t('crossCell', { cell: words(own), n: number(gebieden, language), many });
    const isOn = on === null || on.includes(own);
    return html`<td data-of=${`class ${own}`} @pointerenter=${point(own)} @pointerleave=${point(null)}>
      <button type="button" class=${isOn ? 'cell' : 'cell off'} aria-pressed=${on?.includes(own) ? 'true' : 'false'} aria-label=${label} title=${label} @click=${() => press(own)}>
        ${svg`<svg width=${SIDE} height=${SIDE} viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true"><rect width=${SIDE} height=${SIDE} fill=${kleur}></rect></svg>`}
        <span class="cell-count">${number(gebieden, language)}</span>
      </button>
    </td>`;
  };
  const head = (place: number) => say(thirdWords(place), language);
  return html`<table class="cross">
      <caption>${t('crossTitle', { one: `${one} ${view.jaar}`, other: `${other} ${second.legend.jaar}` })}</caption>
      <thead>
        <tr><td></td><th scope="colgroup" colspan="3">${other}</th></tr>
        <tr><td></td>${[0, 1, 2].map((place) => html`<th scope="col">${head(place)}</th>`)}</tr>
      </thead>
      <tbody>
        ${[2, 1, 0].map(
          (first) =>
            html`<tr><th scope="row">${one}: ${head(first)}</th>${[0, 1, 2].map((place) => cell(first, place))}</tr>`,
        )}
      </tbody>
    </table>
    <p class="cross-sentence" role="status">${sentence(shown, language, t)}</p>`;
}

/** "63 buurten: laagste derde van … én hoogste derde van …. 210 zonder cijfer." */
function sentence(
  { second, indicator, key, view }: Shown,
  language: Language,
  t: Translate,
): string {
  if (!second) return '';
  const pressed = view.klassen === null ? [] : (readClasses(view.klassen) ?? []);
  const areasIn = (cell: number) =>
    key.klassen.find(({ nummer }) => nummer === cell)?.gebieden ?? 0;
  const cells = pressed.length > 0 ? pressed : [second.pair.worst];
  const told = cells.map((cell) =>
    t('crossSentence', {
      n: number(areasIn(cell), language),
      many: t(`many_${view.niveau}`),
      a: say(thirdWords(Math.floor((cell - 1) / 3)), language),
      b: say(thirdWords((cell - 1) % 3), language),
      one: say(indicator.naam, language),
      other: say(second.indicator.naam, language),
    }),
  );
  const { gebieden, metWaarde } = key.dekking;
  return `${told.join(' ')} ${t('crossMissing', { n: number(gebieden - metWaarde, language) })}`;
}

/** What the thirds are, of which years, and where an overlap was put in. */
export function crossNotes(shown: Shown, language: Language, t: Translate) {
  const { second, indicator, view } = shown;
  if (!second) return nothing;
  const write = (value: number, of = indicator) =>
    quantity(value, language, of.decimalen, say(of.eenheid, language));
  const [[a1, a2], [b1, b2]] = second.pair.bounds;
  const names = { one: say(indicator.naam, language), other: say(second.indicator.naam, language) };
  const built = overlap(indicator, second.indicator);
  const isPartOfOther =
    second.indicator.id === indicator.vormVan ||
    indicator.onderdeelVan.includes(second.indicator.id);
  const turned = isPartOfOther ? { one: names.other, other: names.one } : names;
  return html`
    ${built === 'part' ? html`<p class="warning">${t('crossPart', turned)}</p>` : nothing}
    ${built === 'ingredients' ? html`<p class="warning">${t('crossIngredients')}</p>` : nothing}
    ${second.legend.jaar === view.jaar ? nothing : html`<p class="quiet">${t('crossYear', { topic: names.other, year: second.legend.jaar })}</p>`}
    <p class="quiet">${t('crossThirds', {
      ...names,
      many: t(`many_${view.niveau}`),
      a1: write(a1),
      a2: write(a2),
      b1: write(b1, second.indicator),
      b2: write(b2, second.indicator),
    })}</p>`;
}
