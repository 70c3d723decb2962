/** The three levels of Dutch statistical areas, coarse to fine, as they stand in addresses. */
export const LEVELS = ['gemeenten', 'wijken', 'buurten'] as const;
export type Level = (typeof LEVELS)[number];

export function isLevel(text: unknown): text is Level {
  return (LEVELS as readonly unknown[]).includes(text);
}

/** The level that a code's letters name, or null for a text that is no code. */
export function levelOf(code: string): Level | null {
  if (/^GM\d{4}$/.test(code)) return 'gemeenten';
  if (/^WK\d{4}[0-9A-Z]{2}$/.test(code)) return 'wijken';
  if (/^BU\d{4}[0-9A-Z]{4}$/.test(code)) return 'buurten';
  return null;
}

/** The code of the area of `level` that holds `code`; null where the code is coarser than that. */
export function ancestor(code: string, level: Level): string | null {
  const own = levelOf(code);
  if (own === null || LEVELS.indexOf(own) < LEVELS.indexOf(level)) return null;
  if (own === level) return code;
  return level === 'gemeenten' ? `GM${code.slice(2, 6)}` : `WK${code.slice(2, 8)}`;
}

/** Whether `code` lies in the extent `within`; null is the whole country. */
export function liesIn(code: string, within: string | null): boolean {
  if (within === null) return true;
  const level = levelOf(within);
  return level !== null && ancestor(code, level) === within;
}
