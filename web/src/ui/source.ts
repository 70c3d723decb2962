/** Where figures, borders and streets come from, in one line. */
import type { Config } from '../core/api.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Shown } from '../planner/shown.ts';

export function sourceLine(shown: Shown, config: Config, taal: Language, t: Translate): string {
  const { bronGrenzen } = shown.legend;
  const { bron, licentie } = shown.second?.key ?? shown.legend;
  const borders = bronGrenzen ? ` ${t('borders', { source: say(bronGrenzen, taal) })}.` : '';
  const basemap = config.achtergrondkaart ? ` ${t('attribution')}.` : '';
  return `${t('source', { source: say(bron, taal) })} (${licentie}).${borders}${basemap}`;
}
