/** The head of the page: its name, the search box, the language. */
import { html, nothing } from 'lit';
import type { Client } from '../core/client.ts';
import type { Translate } from '../core/i18n/translate.ts';
import type { Language } from '../core/language.ts';
import type { Option } from '../ui/search.ts';
import type { Session } from './session.ts';
import '../ui/search.ts';

export interface Actions {
  found(option: Option): void;
  help(): void;
}

export function header(
  session: Session,
  client: Client,
  taal: Language,
  t: Translate,
  { found, help }: Actions,
) {
  const { config, shown } = session;
  const language = (to: Language, words: string) =>
    html`<button type="button" lang=${to} aria-pressed=${taal === to ? 'true' : 'false'}
      @click=${() => session.change({ taal: to })}>${words}</button>`;
  const placeholder = config.statisch
    ? t('searchPlaceholderSite')
    : t(config.adreszoeker ? 'searchPlaceholderAddress' : 'searchPlaceholder');
  return html`<header>
    <p class="brand">${config.titel ?? t('name')}</p>
    <div class="header-search" role="search" @wk-found=${(event: CustomEvent<Option>) => found(event.detail)}>
      <wk-search .taal=${taal} .client=${client} .division=${shown?.legend.indeling ?? null} .divisions=${config.jaren} .label=${t('search')} .addresses=${config.adreszoeker ?? false} .placeholder=${placeholder}></wk-search>
    </div>
    <div class="header-tools">
      <div class="languages" role="group" aria-label=${t('language')}>${language('nl', 'Nederlands')} ${language('en', 'English')}</div>
      <button type="button" class="plain" @click=${help}>${t('help')}</button>
    </div>
    ${config.fictief ? html`<p class="fictional">${t('fictional')}</p>` : nothing}
  </header>`;
}
