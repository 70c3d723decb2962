/** The words about approaches and initiatives: they come with the first of these. */
import type { Language } from '../core/language.ts';

const nl = {
  title: 'Aanpak en initiatieven',
  since: 'sinds',
  kind: 'Soort aanpak',
  all: 'alle soorten',
  running: 'alleen wat in {year} liep',
  counted: '{n} aanpakken in {areas} gebieden.',
  countedOne: '1 aanpak.',
  countedHere: '{n} aanpakken in 1 gebied.',
  none: 'Niets gevonden. Kies een andere soort of een ander jaar.',
  noneAtAll: 'Hier is geen aanpak beschreven.',
  failed: 'De lijst komt nu niet. Probeer het later nog eens.',
  list: 'Gebieden met een aanpak',
  press:
    'Een teken met een letter is één aanpak. Met een getal zijn het er meer; in een ruit zijn ze van verschillende soort.',
  more: 'Toon alle {n} gebieden',
  moreTitles: 'en nog {n}',
  areas: '{n} gebieden',
  zoom: 'Druk om in te zoomen.',
  ofArea: 'van {one} {area}',
  source: 'Bron: {source}',
  link: 'Lees meer op {host}',
  helped: 'Heeft het geholpen?',
  helpedFor: 'Heeft het geholpen? {title}, bij {topic}',
  bars: 'Periodes onder de lijn: {list}.',
  numbers: 'De nummers staan bij “Aanpak en initiatieven”.',
  around: 'Een onderbroken streep is van de wijk of de gemeente.',
};

const en: typeof nl = {
  title: 'Approaches and initiatives',
  since: 'since',
  kind: 'Kind of approach',
  all: 'all kinds',
  running: 'only what ran in {year}',
  counted: '{n} approaches in {areas} areas.',
  countedOne: '1 approach.',
  countedHere: '{n} approaches in 1 area.',
  none: 'Nothing found. Choose another kind or another year.',
  noneAtAll: 'No approach is described here.',
  failed: 'The list does not come now. Try again later.',
  list: 'Areas with an approach',
  press:
    'A mark with a letter is one approach. With a number there are more; in a diamond these are of several kinds.',
  more: 'Show all {n} areas',
  moreTitles: 'and {n} more',
  areas: '{n} areas',
  zoom: 'Press to zoom in.',
  ofArea: 'of {one} {area}',
  source: 'Source: {source}',
  link: 'Read more at {host}',
  helped: 'Did it help?',
  helpedFor: 'Did it help? {title}, for {topic}',
  bars: 'Periods below the line: {list}.',
  numbers: 'The numbers are those of “Approaches and initiatives”.',
  around: 'A broken line is of the district or the municipality.',
};

export type StoryKey = keyof typeof nl;
export type StoryWords = (key: StoryKey, values?: Record<string, string | number>) => string;

export function storyWords(language: Language): StoryWords {
  const texts = { nl, en }[language];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const STORY_TEXTS = { nl, en };
