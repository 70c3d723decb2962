/** The address is the state: what it says, and how a view is written into it. */
import type { Config, Indicator } from './api.ts';
import type { Language } from './language.ts';
import { hasExtent, type Level, levelOf } from './level.ts';
import type { Marking } from './pillar.ts';
import type { Measure, Reference } from './reference.ts';

export interface Sight {
  z: number;
  lat: number;
  lon: number;
}
export const DISPLAYS = ['kaart', 'tabel', 'vergelijk', 'jaren'] as const;
export type Display = (typeof DISPLAYS)[number];

/** All that a visitor sees is decided by this. */
export interface View {
  indicator: string;
  jaar: number;
  /**
   * The division whose borders the figures are read on; null is the one they were delivered on. It
   * may be that one too: then other years stay on it.
   */
  indeling: number | null;
  /**
   * The year that a change is counted from. Where the source delivers changes, null is the earliest
   * there is; where the page computes them, null is the figure itself.
   */
  sinds: number | null;
  /** Whether two years lie over each other with a slider between them, in place of their difference. */
  schuif: 'ja' | null;
  niveau: Level;
  /** The gemeente or wijk that is shown; null is the whole country. */
  binnen: string | null;
  /** The selected area. */
  gebied: string | null;
  methode: string | null;
  aantalKlassen: number | null;
  /** The bounds of one's own classes, as the address has them; with the method `eigen` alone. */
  klassegrenzen: string | null;
  /** Whether computed classes are of this year alone; null is the same classes in all years. */
  schaal: 'jaar' | null;
  /** What values are compared with instead of being shown as they are. */
  afwijking: Reference | null;
  /** In what measure; null is the difference in the unit of the topic. */
  maat: Exclude<Measure, 'verschil'> | null;
  /** The numbers of the classes that keep their colour, with commas; null is all. */
  klassen: string | null;
  /** The values that keep their colour, `from:to`; null is all. */
  bereik: string | null;
  /** The topic that is crossed with the first. */
  met: string | null;
  /** The codes of areas that are compared side by side, with commas. */
  vergelijk: string | null;
  /** The codes of the own selection, with commas. */
  selectie: string | null;
  /** Which approaches the map marks; null is none. */
  verhalen: Marking | null;
  /** Whether these are only the ones that ran in the year that is shown. */
  lopend: 'ja' | null;
  /** The question to the figures that stands beside the map, by its id; null is none. */
  vraag: string | null;
  weergave: Display;
  /** Where the map was moved to; null is the extent of `binnen`. */
  zicht: Sight | null;
  taal: Language;
}

/** What an address asks for, as it stands there: any of it may be missing or wrong. */
export type Wish = Partial<Record<keyof View, string>>;

const PARAMETERS = {
  jaar: 'jaar',
  indeling: 'indeling',
  sinds: 'sinds',
  schuif: 'schuif',
  niveau: 'niveau',
  binnen: 'binnen',
  gebied: 'gebied',
  methode: 'methode',
  aantalKlassen: 'aantalKlassen',
  klassegrenzen: 'klassegrenzen',
  schaal: 'schaal',
  afwijking: 'afwijking',
  maat: 'maat',
  klassen: 'klassen',
  bereik: 'bereik',
  met: 'met',
  vergelijk: 'vergelijk',
  selectie: 'selectie',
  verhalen: 'verhalen',
  lopend: 'lopend',
  vraag: 'vraag',
  weergave: 'weergave',
  zicht: 'z',
  taal: 'taal',
} as const satisfies Record<Exclude<keyof View, 'indicator'>, string>;

/** `binnen` for the whole country, where the default is a gemeente. */
export const COUNTRY = 'land';

export function readAddress(path: string, search: string): Wish {
  const wish: Wish = {};
  const topic = /^\/kaart\/([^/]+)\/?$/.exec(path)?.[1];
  if (topic) wish.indicator = decode(topic);
  const query = new URLSearchParams(search);
  for (const [key, parameter] of Object.entries(PARAMETERS)) {
    const value = query.get(parameter);
    if (value !== null && value !== '') wish[key as keyof View] = value;
  }
  return wish;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function readSight(text: string): Sight | null {
  const match = /^(\d{1,2}(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(text);
  if (!match) return null;
  const [z, lat, lon] = match.slice(1).map(Number) as [number, number, number];
  if (z > 22 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
  return { z, lat, lon };
}

export function writeSight({ z, lat, lon }: Sight): string {
  // A screen pixel at zoom 14 is about a ten-thousandth of a degree.
  const decimals = z < 9 ? 2 : z < 13 ? 3 : 4;
  return `${Number(z.toFixed(2))}/${lat.toFixed(decimals)}/${lon.toFixed(decimals)}`;
}

/** The year shown when none is asked for: the configured one, else the newest with values. */
export function defaultYear(indicator: Indicator, level: Level, config: Config): number {
  const years = yearsOf(indicator, level);
  if (indicator.id === config.indicator && years.includes(config.jaar)) return config.jaar;
  return years.at(-1) ?? config.jaar;
}

/** Ascending, each once (a change since several years is listed once for each of these). */
export function yearsOf(indicator: Indicator, level: Level): number[] {
  const entries = indicator.niveaus.find((entry) => entry.niveau === level)?.jaren ?? [];
  return [...new Set(entries.map((entry) => entry.jaar))].sort((a, b) => a - b);
}

/** The years that a change up to `year` can be counted from, ascending; none for a plain figure. */
export function beginsOf(indicator: Indicator, level: Level, year: number): number[] {
  const entries = indicator.niveaus.find((entry) => entry.niveau === level)?.jaren ?? [];
  return entries
    .flatMap(({ jaar, sinds }) => (jaar === year && sinds !== null ? [sinds] : []))
    .sort((a, b) => a - b);
}

/** How many classes a method makes when none says how many. */
export function defaultCount(indicator: Indicator, method: string): number {
  // Up to one and two standard deviations on either side of the mean.
  return method === 'standaarddeviatie' ? 5 : indicator.aantalKlassen;
}

/** Whether the bounds of classes are computed from the figures: others are the same in any year. */
export function isComputed(method: string): boolean {
  return method !== 'publicatie' && method !== 'eigen';
}

/** The division that draws a year; the year itself where the catalogue does not say. */
export function divisionOf(indicator: Indicator, level: Level, year: number): number {
  const entries = indicator.niveaus.find((entry) => entry.niveau === level)?.jaren ?? [];
  return entries.find((entry) => entry.jaar === year)?.indeling ?? year;
}

/** The address of a view: short, in a fixed order, without what would be shown anyway. */
export function writeAddress(view: View, config: Config, indicator: Indicator): string {
  const parts: string[] = [];
  const add = (parameter: string, value: string | number | null) => {
    if (value !== null)
      parts.push(
        `${parameter}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':')}`,
      );
  };
  if (view.jaar !== defaultYear(indicator, view.niveau, config)) add('jaar', view.jaar);
  add('indeling', view.indeling);
  add('sinds', view.sinds);
  add('schuif', view.schuif);
  if (view.niveau !== config.niveau) add('niveau', view.niveau);
  if (hasExtent(view.niveau) && view.binnen !== config.binnen) {
    add('binnen', view.binnen ?? COUNTRY);
  }
  add('gebied', view.gebied);
  add('methode', view.methode);
  add('aantalKlassen', view.aantalKlassen);
  add('klassegrenzen', view.klassegrenzen);
  add('schaal', view.schaal);
  add('afwijking', view.afwijking);
  add('maat', view.maat);
  add('klassen', view.klassen);
  add('bereik', view.bereik);
  add('met', view.met);
  add('vergelijk', view.vergelijk);
  add('selectie', view.selectie);
  add('verhalen', view.verhalen);
  add('lopend', view.lopend);
  add('vraag', view.vraag);
  if (view.weergave !== 'kaart') add('weergave', view.weergave);
  if (view.zicht) add('z', writeSight(view.zicht));
  if (view.taal !== 'nl') add('taal', view.taal);
  const isDefault = parts.length === 0 && view.indicator === config.indicator;
  const path = isDefault ? '/' : `/kaart/${encodeURIComponent(view.indicator)}`;
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path;
}

/** Whether going from one view to the other is a step that Back undoes; moving the map is none. */
export function isStep(from: View, to: View): boolean {
  const still = (view: View) => JSON.stringify({ ...view, zicht: null });
  return still(from) !== still(to);
}

/** The codes in a parameter, those that are codes, each once. */
export function codesOf(text: string | null): string[] {
  return text === null ? [] : text.split(',');
}

export function isExtent(code: string): boolean {
  const level = levelOf(code);
  return level === 'gemeenten' || level === 'wijken';
}
