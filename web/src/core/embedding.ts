/** What the server wrote into a frame: what to show, and what its visitors may choose. */
import type { Wish } from './state.ts';

export const CHOICES = ['zoeken', 'onderwerp', 'jaar', 'niveau', 'gebied'] as const;
export type Choice = (typeof CHOICES)[number];

export interface Embedding {
  wens: Wish;
  /** Whether the year follows the newest. */
  laatste: boolean;
  keuze: Choice[];
  zonder: string[];
  kleuren: 'licht' | 'donker' | null;
  /** In pixels. */
  hoogte: number | null;
  /** Written by hand. */
  titel: string | null;
  tekst: string | null;
  /** What had to be changed, in sentences. */
  meldingen: string[];
  /** Whether the figures that were pinned are gone: the server says so, and there is no map. */
  vervallen: boolean;
  /** When these figures were last taken in; null where they cannot change. */
  herzien: string | null;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** A server that says less gets a frame all the same. */
export function readEmbedding(configuration: string): Embedding {
  let given: Record<string, unknown> = {};
  try {
    given = JSON.parse(configuration)?.insluiting ?? {};
  } catch {
    // What the page can show without it, it shows.
  }
  const { wens, laatste, kleuren, hoogte } = given;
  const asked = texts(given.keuze);
  return {
    wens: wens && typeof wens === 'object' ? (wens as Wish) : {},
    laatste: laatste === true,
    keuze: CHOICES.filter((one) => asked.includes(one)),
    zonder: texts(given.zonder),
    kleuren: kleuren === 'licht' || kleuren === 'donker' ? kleuren : null,
    hoogte: typeof hoogte === 'number' && hoogte >= 200 && hoogte <= 4000 ? hoogte : null,
    titel: text(given.titel),
    tekst: text(given.tekst),
    meldingen: texts(given.meldingen),
    vervallen: given.vervallen === true,
    herzien: text(given.herzien),
  };
}
