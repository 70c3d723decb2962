/** What stands below the choices: how the figures are made, and where they come from. */
import { html, nothing } from 'lit';
import type { Config } from '../core/api.ts';
import { addressOf } from '../core/client.ts';
import type { Translate } from '../core/i18n/translate.ts';
import type { Language } from '../core/language.ts';
import { levelOf } from '../core/level.ts';

/** The address of a page that is made beforehand: by the server, or as a file beside this one. */
const page = (name: string, { statisch }: Config, taal: Language): string =>
  statisch
    ? `${name}${taal === 'en' ? '-en' : ''}.html`
    : addressOf(`/${name}`, { taal: taal === 'en' ? taal : null });

export const colophon = (config: Config, taal: Language, t: Translate) =>
  html`<footer class="page-foot">
    ${config.statisch ? nothing : html`<a href=${page('analyse', config, taal)}>${t('studiesPage')}</a>`}
    <a href=${page('methoden', config, taal)}>${t('methodsPage')}</a>
    <a href=${page('bronnen', config, taal)}>${t('sourcesPage')}</a>
  </footer>`;

/** Where the server tells all of an area, and of a gemeente its wijken and buurten on paper. */
export const profileLinks = (
  area: { code: string; name: string },
  division: number,
  taal: Language,
  t: Translate,
) => {
  const query = { jaar: division, taal: taal === 'en' ? taal : null };
  const at = `/gebied/${encodeURIComponent(area.code)}`;
  const report =
    levelOf(area.code) === 'gemeenten'
      ? html` <a href=${addressOf(`${at}/rapport`, query)}>${t('toReport')}</a>`
      : '';
  return html`<p class="to-profile">
    <a href=${addressOf(at, query)}>${t('toProfile', { area: area.name })}</a>${report}
  </p>`;
};
