/** The three levels of Dutch statistical areas, coarse to fine, as they stand in addresses. */
export const LEVELS = ['gemeenten', 'wijken', 'buurten'] as const;
export type StatisticalLevel = (typeof LEVELS)[number];

declare const drawn: unique symbol;
/** A level that a gemeente drew itself, by its id: the configuration says which there are. */
export type OwnLevel = string & { readonly [drawn]: true };
export type Level = StatisticalLevel | OwnLevel;

export function isStatistical(text: unknown): text is StatisticalLevel {
  return (LEVELS as readonly unknown[]).includes(text);
}

/** All levels that there are to choose from: the three, and those of the configuration. */
export function levelsOf({ eigenNiveaus = [] }: { eigenNiveaus?: { id: OwnLevel }[] }): Level[] {
  return [...LEVELS, ...eigenNiveaus.map(({ id }) => id)];
}

/** Whether the areas of a level are shown of one gemeente or wijk; other levels are shown whole. */
export const hasExtent = (level: Level): boolean => level === 'wijken' || level === 'buurten';

/** The level that a code's letters name, or null for a text that is no code of these three. */
export function levelOf(code: string): StatisticalLevel | null {
  if (/^GM\d{4}$/.test(code)) return 'gemeenten';
  if (/^WK\d{4}[0-9A-Z]{2}$/.test(code)) return 'wijken';
  if (/^BU\d{4}[0-9A-Z]{4}$/.test(code)) return 'buurten';
  return null;
}

/** Whether a text may be the code of an area of a level. Those of own levels are free. */
export function isOf(code: string, level: Level): boolean {
  if (isStatistical(level)) return levelOf(code) === level;
  return levelOf(code) === null && /^[\p{L}\d._-]{1,32}$/u.test(code);
}

/** The code of the area of `level` that holds `code`; null where that cannot be told by the codes. */
export function ancestor(code: string, level: Level): string | null {
  if (isOf(code, level)) return code;
  const own = levelOf(code);
  if (own === null || !isStatistical(level)) return null;
  if (LEVELS.indexOf(own) < LEVELS.indexOf(level)) return null;
  return level === 'gemeenten' ? `GM${code.slice(2, 6)}` : `WK${code.slice(2, 8)}`;
}

/** Whether `code` lies in the extent `within`; null is the whole country. */
export function liesIn(code: string, within: string | null): boolean {
  if (within === null) return true;
  const level = levelOf(within);
  return level !== null && ancestor(code, level) === within;
}
