/** Rounding in words: what a figure may stand for, and the ranks that follow. */
import type { Indicator, Rank } from './api.ts';
import type { Translate } from './i18n/translate.ts';
import { type Language, say } from './language.ts';
import { isStatistical, type Level } from './level.ts';
import { number, quantity } from './number.ts';

/** "46,5 tot 47,5%": the bounds with the one decimal more that they need. */
export function interval(
  [low, high]: readonly [number, number],
  indicator: Pick<Indicator, 'soort' | 'decimalen' | 'eenheid'>,
  language: Language,
  t: Translate,
): string {
  const unit = say(indicator.eenheid, language);
  // People come whole: of 17.5 to 22.5 they are 18 to 22.
  const whole = indicator.soort === 'aantal';
  const [from, to] = whole ? [Math.ceil(low), Math.max(Math.ceil(high) - 1, 0)] : [low, high];
  const scale = 10 ** indicator.decimalen;
  const isOn = (value: number) => Math.abs(value * scale - Math.round(value * scale)) < 1e-6;
  const decimals = indicator.decimalen + (isOn(from) && isOn(to) ? 0 : 1);
  // A word or sign after the number is said once; one before it stands with both.
  const first = unit.trim().startsWith('€') ? unit : '';
  return t('range', {
    from: quantity(from, language, decimals, first),
    to: quantity(to, language, decimals, unit),
  });
}

/** "12–31", or "12" where there is no doubt. */
export function rankRange([best, worst]: readonly [number, number], language: Language): string {
  const write = (rank: number) => number(rank, language);
  return best === worst ? write(best) : `${write(best)}–${write(worst)}`;
}

/** "Rang 12–31 van 13.041 buurten in het hele land, rang 3–4 van 107 in deze gemeente." */
export function ranks(list: Rank[], level: Level, language: Language, t: Translate): string {
  const told = list.map(({ binnen, van, tot, aantal }) => {
    const values = {
      rank: rankRange([van, tot], language),
      n: number(aantal, language),
      many: t(`many_${level}`),
    };
    const all = isStatistical(level) ? 'rankCountry' : 'rankOwn';
    return t(binnen === null ? all : 'rankGemeente', values);
  });
  return told.length > 0 ? `${told.join(', ')}. ${t('rankFirst')}` : '';
}
