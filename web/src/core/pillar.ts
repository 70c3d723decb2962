/** What an approach aims at, as it stands in addresses. */
import type { Config } from './api.ts';
import type { Wish } from './state.ts';

export const PILLARS = [
  'sociale-basis',
  'sociale-stijging',
  'sociale-herovering',
  'fysiek',
] as const;
export type Pillar = (typeof PILLARS)[number];

/** Which approaches the map marks: all of them, or those of one pillar. */
export type Marking = 'aan' | Pillar;

export const isMarking = (text: string | undefined): text is Marking =>
  text === 'aan' || (PILLARS as readonly unknown[]).includes(text);

/** Whether a server tells of approaches: where it does not, nothing of them is loaded. */
export const hasStories = ({ verhalen, statisch }: Config): boolean =>
  verhalen === true && !statisch;

/** What an address asks to mark; nothing where that is not to be had. */
export function readMarking(
  { verhalen, lopend }: Wish,
  config: Config,
): { verhalen: Marking | null; lopend: 'ja' | null } {
  if (!hasStories(config) || !isMarking(verhalen)) return { verhalen: null, lopend: null };
  return { verhalen, lopend: lopend === 'ja' ? 'ja' : null };
}
