/** Says what is shown: the title, and what is read out about one area. */

import type { Config, Indicator, Legend } from './api.ts';
import { type Area, isSparse, isWater } from './area.ts';
import { isKey, type Translate } from './i18n/translate.ts';
import { type Language, say } from './language.ts';
import { hasExtent, isStatistical, type Level, levelOf } from './level.ts';
import { number, percent, quantity } from './number.ts';
import type { Perspective } from './perspective.ts';
import { topDown } from './scale.ts';
import { isComputed, type View } from './state.ts';

export function countryName(config: Config, t: Translate, initial = false): string {
  if (config.fictief) return t(initial ? 'TheDemoCountry' : 'theDemoCountry');
  return t(initial ? 'TheCountry' : 'theCountry');
}

/** A topic and its year; a comma parts "versie 2.0" from "2016". */
export function titled(topic: string, year: string | number): string {
  return `${topic}${/\d$/.test(topic) ? ',' : ''} ${year}`;
}

export function headline(
  view: View,
  indicator: Indicator,
  place: string | null,
  config: Config,
  t: Translate,
  year: string | number = view.jaar,
): string {
  const values = {
    topic: titled(say(indicator.naam, view.taal), year),
    one: t(`one_${view.niveau}`),
  };
  if (!hasExtent(view.niveau)) return t('headlineAll', values);
  return t('headlineIn', { ...values, place: place ?? countryName(config, t) });
}

/** The figure of an area in words: a number with its unit, a class, or why there is none. */
export function figure(
  area: Pick<Area, 'value' | 'reason' | 'class' | 'flags'>,
  indicator: Indicator,
  legend: Legend | null,
  language: Language,
  t: Translate,
): { figure: string; class: string; known: boolean } {
  if (area.flags.includes('water')) return { figure: t('flag_water'), class: '', known: false };
  if (area.value === null) {
    return { figure: reasonText(area.reason, legend, language, t), class: '', known: false };
  }
  const klass = classText(area.class, legend, language, t);
  if (indicator.soort === 'klasse') {
    return {
      figure: klass,
      class: t('classNumber', { number: area.value }),
      known: true,
    };
  }
  const unit = say(indicator.eenheid, language);
  return {
    figure: quantity(area.value, language, indicator.decimalen, unit),
    class: klass,
    known: true,
  };
}

export function reasonText(
  reason: string | null,
  legend: Legend | null,
  language: Language,
  t: Translate,
): string {
  const entry = legend?.redenen.find((one) => one.reden === reason);
  if (entry) return say(entry.naam, language);
  const key = `reason_${reason}`;
  return isKey(key) ? t(key) : t('unknown');
}

function classText(
  klass: number | null,
  legend: Legend | null,
  language: Language,
  t: Translate,
): string {
  if (klass === null) return '';
  const entry = legend?.klassen.find((one) => one.nummer === klass);
  // Bounds are written as the legend writes them, so that the eye finds the row.
  const bounds = entry && legend ? range(entry, legend, language, t) : '';
  return say(entry?.naam, language) || bounds || t('classNumber', { number: klass });
}

/** A bound repeats a sign, not a word: the title of the legend says the word once. */
function boundUnit(unit: string): string {
  return /^\s*[%‰€]/.test(unit) ? unit : '';
}

/** The bounds of a class in words; without bounds an empty text. */
export function range(
  { van, tot }: { van: number | null; tot: number | null },
  legend: Pick<Legend, 'decimalen' | 'eenheid' | 'methode'>,
  language: Language,
  t: Translate,
): string {
  const unit = boundUnit(say(legend.eenheid, language));
  const decimals = (value: number) => {
    if (isComputed(legend.methode)) return legend.decimalen;
    // A bound that somebody chose is often finer than the figures: cut off, two classes would
    // share it.
    const exact = String(Math.abs(value)).split('.')[1]?.length ?? 0;
    const most = legend.methode === 'eigen' ? 12 : legend.decimalen + 2;
    return Math.min(Math.max(legend.decimalen, exact), most);
  };
  const write = (value: number) => quantity(value, language, decimals(value), unit);
  if (van === null && tot === null) return '';
  if (van === null) return t('upTo', { to: write(tot!) });
  if (tot === null) return t('above', { from: write(van) });
  return t('between', { from: write(van), to: write(tot) });
}

/** "geschat naar adressen; 98% van het gebied bekend"; empty where the figure is no estimate. */
export function estimateText(
  { estimate, flags }: Pick<Area, 'estimate' | 'flags'>,
  language: Language,
  t: Translate,
): string {
  if (!estimate || flags.includes('water')) return '';
  const share = percent(estimate.known, language);
  return t('estimated', { how: say(estimate.how, language), share });
}

/** A name with its gemeente; those of own levels may lie in more than one, and stand alone. */
export const placeName = ({ name, gemeente }: Pick<Area, 'name' | 'gemeente'>): string =>
  gemeente === '' || gemeente === name ? name : `${name}, ${gemeente}`;

/** "alle buurten van het land"; of an own level all that there are. */
export const allOf = (level: Level, t: Translate): string => {
  const values = { many: t(`many_${level}`), group: t('groupCountry') };
  return t(isStatistical(level) ? 'amongAll' : 'groupAll', values);
};

/** What a map without an extent shows. */
export const wholeName = ({ niveau }: View, config: Config, t: Translate): string =>
  isStatistical(niveau) ? countryName(config, t) : allOf(niveau, t);

/** "Centrum, Lindestad: 0,123, goed": what the tooltip says and a screen reader hears. */
export function announcement(
  area: Area,
  indicator: Indicator,
  legend: Legend | null,
  language: Language,
  t: Translate,
): string {
  const { figure: text, class: klass } = figure(area, indicator, legend, language, t);
  const sparse = isSparse(area) && !isWater(area) ? t('flag_nauwelijks-woongebied') : '';
  const place = placeName(area);
  const estimate = estimateText(area, language, t);
  return `${place}: ${[text, klass, sparse, estimate].filter(Boolean).join(', ')}`;
}

/** What the figure of a topic is called: "de hoogste score", "het hoogste cijfer". */
function kindOf({ soort }: Indicator): 'score' | 'klasse' | 'aantal' | 'other' {
  return soort === 'aandeel' || soort === 'gemiddelde' ? 'other' : soort;
}

export function perspectiveText(
  standing: Perspective,
  view: View,
  indicator: Indicator,
  language: Language,
  t: Translate,
): string {
  const within = view.binnen ? levelOf(view.binnen) : null;
  const all = isStatistical(view.niveau) ? 'whereCountry' : 'whereOwn';
  const where = t(
    within === 'gemeenten' ? 'whereGemeente' : within === 'wijken' ? 'whereWijk' : all,
  );
  const words = {
    many: t(`many_${view.niveau}`),
    one: t(`one_${view.niveau}`),
    figure: t(indicator.soort === 'score' ? 'figure_score' : 'figure_other'),
    where,
  };
  switch (standing.kind) {
    case 'none':
      return '';
    case 'alone':
      return t('alone', words);
    case 'equal':
      return t('equal', {
        ...words,
        same: t(`same_${kindOf(indicator)}`),
        n: number(standing.n, language),
      });
    case 'lowest':
    case 'highest':
      return t('extreme', {
        ...words,
        which: t(`${standing.kind}_${kindOf(indicator)}`),
        n: number(standing.n, language),
      });
    default: {
      // With few areas a percentage would suggest a precision that is not there.
      const few = standing.n < 10;
      return t(few ? `${standing.kind}Few` : standing.kind, {
        ...words,
        share: percent(standing.share, language),
        count: number(standing.count, language),
        n: number(standing.n, language),
      });
    }
  }
}

export function legendRows(legend: Legend, language: Language, t: Translate) {
  return topDown(legend.klassen).map((one) => {
    const name = one.naam ? say(one.naam, language) : '';
    const bounds = range(one, legend, language, t);
    return {
      ...one,
      name: name || bounds || t('classNumber', { number: one.nummer }),
      bounds,
      named: name !== '',
    };
  });
}
