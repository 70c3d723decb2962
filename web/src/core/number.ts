/** Numbers as Dutch and English readers write them, with a true minus. */
import type { Language } from './language.ts';

const LOCALES = { nl: 'nl-NL', en: 'en-GB' } as const;
const cache = new Map<string, Intl.NumberFormat>();

function notation(language: Language, least: number, most: number): Intl.NumberFormat {
  const key = `${language}/${least}/${most}`;
  let found = cache.get(key);
  if (!found) {
    found = new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    cache.set(key, found);
  }
  return found;
}

/** A number with exactly `decimals` decimals. A value that rounds to zero carries no minus. */
export function number(value: number, language: Language, decimals = 0): string {
  const text = notation(language, decimals, decimals).format(value);
  const bare = text.replace(/^[-−]/, '');
  if (bare === text) return text;
  return /[1-9]/.test(bare) ? `−${bare}` : bare;
}

/** A class bound: as precise as it was given, up to two decimals more than the values have. */
export function bound(value: number, language: Language, decimals: number): string {
  return notation(language, 0, decimals + 2)
    .format(value)
    .replace(/^-/, '−');
}

/** A number with its unit. The euro sign stands in front; other units follow as delivered. */
export function quantity(
  value: number,
  language: Language,
  decimals: number,
  unit: string,
): string {
  const text = number(value, language, decimals);
  const trimmed = unit.trim();
  if (trimmed === '') return text;
  if (trimmed.startsWith('€')) {
    const space = language === 'nl' ? '\u00a0' : '';
    const amount = text.startsWith('−') ? `−€${space}${text.slice(1)}` : `€${space}${text}`;
    return amount + trimmed.slice(1);
  }
  if (trimmed === '%' || trimmed === '‰') return text + trimmed;
  return `${text}\u00a0${trimmed}`;
}

/** A share as whole per cents; never 0% or 100% unless it is exactly that. */
export function percent(share: number, language: Language): string {
  let whole = Math.round(share * 100);
  if (whole === 100 && share < 1) whole = 99;
  if (whole === 0 && share > 0) whole = 1;
  return `${number(whole, language)}%`;
}
