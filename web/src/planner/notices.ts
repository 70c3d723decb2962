/** What went wrong, and what was changed to show anything at all. */
import { html, nothing } from 'lit';
import { countryName } from '../core/headline.ts';
import { isKey, type Translate } from '../core/i18n/translate.ts';
import { levelsOf } from '../core/level.ts';
import type { Change } from '../core/settle.ts';
import { COUNTRY } from '../core/state.ts';
import type { Session } from './session.ts';

/** In a frame these are told and stay; `before` was told by the server. */
export function notices(session: Session, t: Translate, before: string[] | null = null) {
  const { trouble, changes } = session;
  const text =
    trouble?.kind === 'refused'
      ? html`${t('refused')} <span lang="nl">${trouble.detail}</span>`
      : trouble?.kind === 'unreachable' && !session.shown
        ? t('unreachableNow')
        : trouble
          ? t(trouble.kind)
          : '';
  return html`<div class="notices" role="status">
    ${
      trouble
        ? html`<div class="notice alert"><p>${text}</p>
        <button type="button" @click=${() => session.retry()}>${t('retry')}</button></div>`
        : nothing
    }
    ${
      changes.length > 0 || before?.length
        ? html`<div class="notice">
          ${before?.map((sentence) => html`<p>${sentence}</p>`)}
          ${changes.map((change) => html`<p>${told(change, session, t)}</p>`)}
          ${before ? nothing : html`<button type="button" class="plain" @click=${() => session.dismiss()}>${t('dismiss')}</button>`}
        </div>`
        : nothing
    }
  </div>`;
}

function told({ what, asked, shown }: Change, session: Session, t: Translate): string {
  const words = (text: string): string => {
    const level = levelsOf(session.config).find((one) => one === text);
    if (level)
      return t(what === 'niveauOnderwerp' && text === asked ? `one_${level}` : `many_${level}`);
    const method = `method_${text}`;
    if (isKey(method)) return t(method);
    if (what === 'afwijkingLeeg') return text;
    if (text === COUNTRY || text === '') return countryName(session.config, t);
    if (text === session.shown?.gemeente?.code) return session.shown.gemeente.naam;
    return session.shown?.layer.find(text)?.name ?? text;
  };
  return t(`change_${what}`, {
    asked: what === 'niveauOnderwerp' ? words(asked) : asked,
    shown: words(shown),
  });
}
