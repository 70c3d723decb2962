/** The title of a view: what is shown, where, and when. */
import type { Config } from '../core/api.ts';
import { comparisonHeading } from '../core/comparison.ts';
import { headline, titled } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { say } from '../core/language.ts';
import type { Shown } from './shown.ts';

export function titleOf(shown: Shown, config: Config, t: Translate): string {
  const { view, indicator, legend, second, gemeente, wijk } = shown;
  const place = wijk ? `${wijk.naam}, ${gemeente?.naam ?? ''}` : (gemeente?.naam ?? null);
  const own = say(indicator.naam, view.taal);
  const named = second
    ? {
        ...indicator,
        naam: t('crossTitle', {
          one: second.legend.jaar === view.jaar ? own : titled(own, view.jaar),
          other: say(second.indicator.naam, view.taal),
        }),
      }
    : indicator;
  const jaar = second?.legend.jaar ?? view.jaar;
  const span = { from: shown.earlier?.year ?? legend.sinds ?? '', to: jaar };
  const year = shown.earlier ? t('swipeYears', span) : legend.sinds ? t('since', span) : jaar;
  const plain = headline(view, named, place, config, t, year);
  const { indeling } = view;
  const text = indeling === null ? plain : t('onBorders', { headline: plain, year: indeling });
  // Small maps show the figures themselves.
  if (!shown.compared || view.weergave === 'jaren') return text;
  return `${text}: ${comparisonHeading(shown, view.taal, t)}`;
}
