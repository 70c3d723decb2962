/** What is asked to put a map on another page, and what is pasted there. */
import type { Query } from './client.ts';
import type { Choice } from './embedding.ts';
import type { Language } from './language.ts';
import { hasExtent } from './level.ts';
import type { View } from './state.ts';
import { COUNTRY, writeSight } from './state.ts';

/** In the order in which a CMS accepts them. */
export const WAYS = ['plaatje', 'iframe', 'element'] as const;
export type Way = (typeof WAYS)[number];

/** What may be left out. */
export const PARTS = ['legenda', 'tabel'] as const;

/** What the server answers. */
export interface EmbedCode {
  indicator: string;
  titel: string;
  alt: string;
  samenvatting: string[];
  adres: string;
  kaart: string;
  tabel: string;
  plaatje: string;
  codes: Record<Way | 'oembed', string>;
  /** What tells these figures from those of another delivery. */
  levering: string;
  meldingen: string[];
}

export interface EmbedOptions {
  way: Way;
  /** The newest year, whichever that is. */
  latest: boolean;
  /** These figures alone: another delivery is told, and not shown. */
  pinned: boolean;
  /** Where the map is now, in place of its whole extent. */
  sight: boolean;
  interactive: boolean;
  choices: ReadonlySet<Choice>;
  without: ReadonlySet<(typeof PARTS)[number]>;
  colours: 'licht' | 'donker' | null;
  /** In pixels; null is the usual height, or as high as what is in it. */
  height: number | null;
  /** Of a picture, in pixels. */
  width: number | null;
  title: string;
  text: string;
  taal: Language;
}

export function usualOptions(view: View): EmbedOptions {
  return {
    way: 'plaatje',
    latest: true,
    pinned: false,
    sight: false,
    interactive: true,
    choices: new Set(),
    without: new Set(),
    colours: null,
    height: null,
    width: null,
    title: '',
    text: '',
    taal: view.taal,
  };
}

/** The question to the server. Texts by hand go with a year that stays, and so does a delivery. */
export function embedQuery(view: View, options: EmbedOptions, delivery: string | null): Query {
  const { way, latest, pinned, sight, interactive, colours, height, width, taal } = options;
  const isFrame = way !== 'plaatje';
  // The element keeps its picture where no map comes.
  const isUsed = interactive || way === 'element';
  const list = (all: ReadonlySet<string>) => (all.size > 0 ? [...all].join(',') : null);
  const byHand = (text: string) => (latest || text.trim() === '' ? null : text.trim());
  return {
    indicator: view.indicator,
    jaar: latest ? 'laatste' : view.jaar,
    niveau: view.niveau,
    binnen: hasExtent(view.niveau) ? (view.binnen ?? COUNTRY) : null,
    gebied: view.gebied,
    sinds: view.sinds,
    schuif: view.schuif,
    methode: view.methode,
    aantalKlassen: view.aantalKlassen,
    klassegrenzen: view.klassegrenzen,
    schaal: view.schaal,
    met: view.met,
    afwijking: view.afwijking,
    maat: view.maat,
    klassen: view.klassen,
    bereik: view.bereik,
    selectie: view.selectie,
    z: isFrame && sight && view.zicht ? writeSight(view.zicht) : null,
    taal: taal === 'nl' ? null : taal,
    versie: isFrame && pinned && !latest ? delivery : null,
    keuze: isFrame && isUsed ? list(options.choices) : null,
    zonder: isFrame ? list(options.without) : null,
    interactief: isFrame && !isUsed ? 'nee' : null,
    kleuren: isFrame ? colours : null,
    hoogte: isFrame ? height : null,
    breedte: isFrame ? null : width,
    titel: isFrame ? byHand(options.title) : null,
    tekst: isFrame ? byHand(options.text) : null,
  };
}

/** The frame as this page may ask for it, wherever the server says that others reach it. */
export function ownAddress(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}
