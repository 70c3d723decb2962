/** Bounds of somebody's own classes: as the address has them, and as people type them. */
import type { LegendClass } from './api.ts';
import type { Language } from './language.ts';

/** Eight bounds make nine classes, for which there are colours. */
export const MOST_BOUNDS = 8;

/** Ascending upper bounds from an address, `10,12.5,20`; null where they are none. */
export function readBounds(text: string): number[] | null {
  const parts = text.split(',');
  if (parts.some((part) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part))) return null;
  const bounds = parts.map((part) => Number(part) + 0);
  return faultOf(bounds) ? null : bounds;
}

/** As they stand in an address: the same bounds are the same text. */
export function writeBounds(bounds: number[]): string {
  return bounds.join(',');
}

export type BoundsFault =
  | { kind: 'none' }
  | { kind: 'many'; count: number }
  | { kind: 'number'; text: string }
  | { kind: 'order'; low: number; high: number };

/**
 * What somebody typed: numbers parted by semicolons or spaces, with the decimal sign of the
 * language (a Dutch reader may write a point too), a unit sign or not.
 */
export function parseBounds(text: string, language: Language): number[] | BoundsFault {
  const parts = text
    .replaceAll('−', '-')
    .replace(/[%‰€]/g, ' ')
    .split(text.includes(';') ? ';' : /\s+/)
    .map((part) => part.trim().replace(/,$/, ''))
    .filter((part) => part !== '');
  const bounds: number[] = [];
  for (const part of parts) {
    const value = parseNumber(part, language);
    if (value === null) return { kind: 'number', text: part };
    bounds.push(value);
  }
  return faultOf(bounds) ?? bounds;
}

/** A number as a reader of the language types it. */
export function parseNumber(text: string, language: Language): number | null {
  const [decimal, group] = language === 'nl' ? [',', '.'] : ['.', ','];
  const grouped = new RegExp(`^[-+]?[1-9]\\d{0,2}(\\${group}\\d{3})+(\\${decimal}\\d*)?$`);
  let plain = grouped.test(text) ? text.replaceAll(group, '') : text;
  if (language === 'nl') plain = plain.replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain) + 0;
  return Number.isFinite(value) ? value : null;
}

function faultOf(bounds: number[]): BoundsFault | null {
  if (bounds.length === 0) return { kind: 'none' };
  if (bounds.length > MOST_BOUNDS) return { kind: 'many', count: bounds.length };
  const place = bounds.findIndex((bound, index) => index > 0 && bound <= bounds[index - 1]!);
  if (place > 0) return { kind: 'order', low: bounds[place - 1]!, high: bounds[place]! };
  return bounds.every(Number.isFinite) ? null : { kind: 'number', text: '∞' };
}

/** As a reader of the language types them, to be edited further: without signs for thousands. */
export function typedBounds(bounds: number[], language: Language): string {
  return bounds.map((bound) => typed(bound, language)).join('; ');
}

export function typed(bound: number, language: Language): string {
  return language === 'nl' ? String(bound).replace('.', ',') : String(bound);
}

/** The bounds that a legend shows, rounded as it rounds them: where one starts to edit. */
export function boundsOf(classes: LegendClass[], decimals: number): number[] {
  const rounded = classes
    .flatMap(({ tot }) => (tot === null ? [] : [Number(tot.toFixed(decimals)) + 0]))
    .sort((a, b) => a - b);
  return [...new Set(rounded)].slice(0, MOST_BOUNDS);
}
