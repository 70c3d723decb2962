/** The sheet that choices and legend are on a phone. */
import { html } from 'lit';
import type { Translate } from '../core/i18n/translate.ts';

/** How far the sheet is drawn up on a phone. */
export type Stop = 'low' | 'half' | 'full';
const STOPS: Stop[] = ['low', 'half', 'full'];

export function sheetHandle(stop: Stop, isCovered: boolean, t: Translate, go: (to: Stop) => void) {
  const place = STOPS.indexOf(stop);
  return html`<div class="sheet-handle" ?inert=${isCovered}>
    <button type="button" ?disabled=${place === 2} aria-label=${t('showLegend')} @click=${() => go(STOPS[place + 1] ?? 'full')}><span aria-hidden="true">▲</span></button>
    <button type="button" ?disabled=${place === 0} aria-label=${t('hideLegend')} @click=${() => go(STOPS[place - 1] ?? 'low')}><span aria-hidden="true">▼</span></button>
  </div>`;
}
