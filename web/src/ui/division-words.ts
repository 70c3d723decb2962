/** The words about figures on the borders of another division: of the planner, and of no frame. */
import { type Language, say } from '../core/language.ts';
import { isStatistical } from '../core/level.ts';
import type { Shown } from '../planner/shown.ts';

const nl = {
  borders: 'Grenzen van',
  own: '{year} (eigen indeling)',
  about: 'Op andere grenzen zijn cijfers omgerekend; schattingen zijn gearceerd.',
  estimatedIn: 'geschat, in {year}',
  convertedYears:
    'De cijfers van {years} zijn omgerekend naar de grenzen van {to}. Gebieden met een schatting zijn gearceerd.',
  ofOwn:
    'De cijfers van {years} zijn gemaakt van die van buurten. Gebieden met een schatting zijn gearceerd.',
  changeOn: 'Verschil op de grenzen van {to}',
  converted: '{year} (omgerekend)',
  estimates: 'Geschatte gebieden',
  how: 'Hoe',
  known: 'Bekend deel (%)',
  othersTitle: 'Jaren van andere indelingen',
  othersAbout: 'Deze cijfers horen bij een andere indeling. Hier zijn ze gelezen op die van {to}.',
  othersEstimates: 'Schattingen zijn open punten, met een stippellijn ernaartoe.',
  openDots: 'Open punten zijn geschat op de grenzen van {to}.',
  way_: 'ongewijzigd',
  way_gelijk: 'ongewijzigd',
  way_hernoemd: 'alleen een andere code',
  way_samengevoegd: 'samengevoegd uit hele gebieden',
  way_adressen: 'geschat naar adressen',
  way_inwoners: 'geschat naar inwoners van een fijner niveau',
  way_oppervlakte: 'geschat naar oppervlakte',
  knownPart: '{how}; {share} van het gebied bekend',
  trendEstimates: 'Geschat: {years}.',
  trendConverted: 'Omgerekend van een andere indeling: {years}.',
};

const en: typeof nl = {
  borders: 'Borders of',
  own: '{year} (its own division)',
  about: 'On other borders figures are converted; estimates are hatched.',
  estimatedIn: 'estimated, in {year}',
  convertedYears:
    'The figures of {years} are converted to the borders of {to}. Areas with an estimate are hatched.',
  ofOwn:
    'The figures of {years} are made of those of neighbourhoods. Areas with an estimate are hatched.',
  changeOn: 'Difference on the borders of {to}',
  converted: '{year} (converted)',
  estimates: 'Estimated areas',
  how: 'How',
  known: 'Part known (%)',
  othersTitle: 'Years of other divisions',
  othersAbout: 'These figures belong to another division. Here they are read on that of {to}.',
  othersEstimates: 'Estimates are open dots, with a dashed line to them.',
  openDots: 'Open dots are estimated on the borders of {to}.',
  way_: 'unchanged',
  way_gelijk: 'unchanged',
  way_hernoemd: 'another code alone',
  way_samengevoegd: 'joined from whole areas',
  way_adressen: 'estimated by addresses',
  way_inwoners: 'estimated by residents of a finer level',
  way_oppervlakte: 'estimated by area of ground',
  knownPart: '{how}; {share} of the area known',
  trendEstimates: 'Estimated: {years}.',
  trendConverted: 'Converted from another division: {years}.',
};

export type DivisionKey = keyof typeof nl;
export type DivisionWords = (key: DivisionKey, values?: Record<string, string | number>) => string;

export function divisionWords(language: Language): DivisionWords {
  const texts = { nl, en }[language];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** How a figure came here, by the key that the server has for it. */
export function wayText(way: string | null, language: Language): string {
  const key = `way_${way ?? ''}`;
  return Object.hasOwn(nl, key) ? divisionWords(language)(key as DivisionKey) : (way ?? '');
}

/** What was done to show figures on these borders, in sentences; none where nothing was. */
export function conversionTold({ view, legend, begun, band }: Shown, language: Language): string[] {
  const w = divisionWords(language);
  const [now, before] = [legend.omrekening, begun?.omrekening];
  // Of the layer as it is, areas are counted by the way that their figures came.
  if (now && !before && band === null) return [say(now.zin, language)];
  const years = [...(before ? [begun!.jaar] : []), ...(now ? [view.jaar] : [])];
  const to = (now ?? before)?.naar;
  if (to === undefined) return [];
  const key = isStatistical(view.niveau) ? 'convertedYears' : 'ofOwn';
  return [w(key, { years: years.join(', '), to })];
}
