/** What the visitors of a frame may choose: as much as who made the frame left open. */
import { html, nothing } from 'lit';
import type { Client } from '../core/client.ts';
import type { Choice } from '../core/embedding.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { levelsOf } from '../core/level.ts';
import type { View } from '../core/state.ts';
import { framed } from '../core/topics.ts';
import type { Session } from '../planner/session.ts';
import { levelSelect, topicSelect, yearSelect } from '../ui/selects.ts';

/** More of them would keep somebody with a keyboard too long from the map. */
const MOST_OPEN = 2;

export function choices(keuze: Choice[], session: Session, client: Client, t: Translate) {
  const { view, shown, config, catalogue } = session;
  if (!view || !catalogue) return nothing;
  const indicator = session.indicator(view);
  const change = (part: Partial<View>) => void session.change(part, 'replace');
  const field = (id: string, words: string, choice: unknown) =>
    html`<div class="field"><label for=${id} class="field-label">${words}</label>${choice}</div>`;
  if (keuze.includes('zoeken')) void import('./search.ts');
  const found: Record<Choice, () => unknown> = {
    zoeken: () =>
      html`<wk-search role="search" .taal=${view.taal} .client=${client} .division=${shown?.legend.indeling ?? null} .divisions=${config.jaren}
        .label=${t('search')} .addresses=${config.adreszoeker ?? false} .within=${keuze.includes('gebied') ? null : view.binnen}
        .placeholder=${t(config.adreszoeker ? 'searchPlaceholderAddress' : 'searchPlaceholder')}></wk-search>`,
    onderwerp: () =>
      field(
        'onderwerp',
        t('topic'),
        topicSelect({ ...catalogue, indicatoren: framed(catalogue.indicatoren) }, view, change),
      ),
    jaar: () => field('jaar', t('year'), yearSelect(indicator, view, change)),
    niveau: () =>
      field('niveau', t('level'), levelSelect(levelsOf(config), indicator, view, t, change)),
    gebied: () => nothing,
  };
  const all = keuze.filter((one) => one !== 'gebied');
  if (all.length === 0) return nothing;
  const list = html`<div class="frame-choices">${all.map((one) => found[one]())}</div>`;
  if (all.length <= MOST_OPEN) return list;
  return html`<details><summary>${t('frameChoices')}</summary>${list}</details>`;
}
