/** The legend in one line, for a sheet that is drawn down: all colours, and the names of the ends. */
import { html, svg } from 'lit';
import type { Legend } from '../core/api.ts';
import { legendRows } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import type { Language } from '../core/language.ts';

export function strip(legend: Legend, language: Language, t: Translate) {
  const rows = legendRows(legend, language, t).reverse();
  const width = 100 / Math.max(1, rows.length);
  return html`<div class="strip" aria-hidden="true">
    ${svg`<svg width="100%" height="10" viewBox="0 0 100 10" preserveAspectRatio="none">
      ${rows.map((row, index) => svg`<rect x=${index * width} width=${width} height="10" fill=${row.kleur}></rect>`)}
    </svg>`}
    <p><span>${rows[0]?.name ?? ''}</span><span>${rows.at(-1)?.name ?? ''}</span></p>
  </div>`;
}
