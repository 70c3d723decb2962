/** The displays of one view: map, table and what lies beside them. */
import { html, nothing } from 'lit';
import type { Translate } from '../core/i18n/translate.ts';
import { codesOf, DISPLAYS, type Display } from '../core/state.ts';
import type { Session } from './session.ts';

export function tabs(session: Session, t: Translate) {
  const now = session.view?.weergave ?? 'kaart';
  const pins = codesOf(session.view?.vergelijk ?? null).length;
  const go = (id: Display) => session.change({ weergave: id });
  const words: Record<Display, string> = {
    kaart: t('map'),
    tabel: t('table'),
    vergelijk: pins > 0 ? t('compareTabCount', { n: pins }) : t('compareTab'),
    jaren: t('smallTab'),
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : DISPLAYS.length - 1;
    const other = DISPLAYS[(DISPLAYS.indexOf(now) + step) % DISPLAYS.length]!;
    void go(other);
    document.getElementById(`tab-${other}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${t('mapOrTable')} @keydown=${key}>
    ${DISPLAYS.map(
      (id) => html`<button type="button" role="tab" id=${`tab-${id}`} aria-controls="wk-inhoud"
        aria-selected=${now === id ? 'true' : 'false'} tabindex=${now === id ? 0 : -1}
        @click=${() => go(id)}>${words[id]}</button>`,
    )}
  </div>
  <p class="state" role="status">${session.busy ? html`<span class="busy">${t('loading')}</span>` : nothing}</p>`;
}
