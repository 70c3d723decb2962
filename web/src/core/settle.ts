/** From what an address asks to a view that can be shown, and what had to be changed for it. */
import type { Catalogue, Config, Indicator } from './api.ts';
import { readBounds, writeBounds } from './bounds.ts';
import { canChange, earlierYears } from './change.ts';
import { canDeviate } from './deviation.ts';
import { canShowOn, divisionShown } from './division.ts';
import { readClasses, readRange, writeRange } from './filter.ts';
import { say } from './language.ts';
import {
  ancestor,
  hasExtent,
  isOf,
  isStatistical,
  LEVELS,
  type Level,
  levelOf,
  levelsOf,
  liesIn,
} from './level.ts';
import { pairable } from './pair.ts';
import { readMarking } from './pillar.ts';
import { kindOf, lackOf, MEASURES, measuresOf, readReference } from './reference.ts';
import { MOST_CODES, MOST_PINS, readCodes } from './selection.ts';
import {
  beginsOf,
  COUNTRY,
  DISPLAYS,
  type Display,
  defaultCount,
  defaultYear,
  isComputed,
  isExtent,
  readSight,
  type View,
  type Wish,
  yearsOf,
} from './state.ts';

export interface Change {
  what:
    | 'onderwerp'
    | 'jaar'
    | 'indeling'
    | 'sinds'
    | 'verschil'
    | 'met'
    | 'codes'
    | 'niveau'
    | 'niveauOnderwerp'
    | 'binnen'
    | 'gebied'
    | 'gebiedNiveau'
    | 'methode'
    | 'klassen'
    | 'grenzen'
    | 'schaal'
    | 'afwijking'
    | 'afwijkingNorm'
    | 'afwijkingStedelijk'
    | 'afwijkingGebied'
    | 'afwijkingSelectie'
    | 'afwijkingLeeg'
    | 'maat'
    | 'maatPast'
    | 'filter'
    | 'verhalen'
    | 'zicht'
    | 'taal';
  asked: string;
  shown: string;
}
export interface Settled {
  view: View;
  changes: Change[];
}

export function settle(wish: Wish, config: Config, catalogue: Catalogue): Settled {
  const changes: Change[] = [];
  const note = (what: Change['what'], asked: string, shown: string) =>
    changes.push({ what, asked, shown });

  const taal = wish.taal === 'en' ? 'en' : 'nl';
  if (wish.taal !== undefined && wish.taal !== taal) note('taal', wish.taal, taal);

  const indicator = chooseIndicator(wish, config, catalogue);
  if (wish.indicator !== undefined && wish.indicator !== indicator.id) {
    note('onderwerp', wish.indicator, say(indicator.naam, taal));
  }

  let gebied = wish.gebied ?? null;
  const known = levelsOf(config);
  const level = known.find((one) => one === wish.niveau) ?? config.niveau;
  // The code of an own area says nothing without its level.
  if (gebied !== null && levelOf(gebied) === null && !isOf(gebied, level)) {
    note('gebied', gebied, '');
    gebied = null;
  }

  // An area in the address says the level where the address itself does not.
  const asked = wish.niveau ?? (gebied ? levelOf(gebied) : null) ?? config.niveau;
  let niveau = known.find((one) => one === asked) ?? config.niveau;
  if (niveau !== asked) note('niveau', asked, niveau);
  const offered = nearestLevel(indicator, niveau);
  if (offered !== niveau) {
    if (wish.niveau !== undefined) note('niveauOnderwerp', niveau, offered);
    niveau = offered;
  }

  let binnen = chooseExtent(wish, config, gebied, note);
  if (!hasExtent(niveau)) binnen = null;
  if (gebied !== null && !isOf(gebied, niveau)) {
    const coarser = ancestor(gebied, niveau);
    note(coarser ? 'gebiedNiveau' : 'gebied', gebied, coarser ?? '');
    gebied = coarser;
  }

  const years = yearsOf(indicator, niveau);
  let jaar = defaultYear(indicator, niveau, config);
  if (wish.jaar !== undefined) {
    const year = /^\d{4}$/.test(wish.jaar) ? Number(wish.jaar) : null;
    jaar = year === null ? jaar : nearestYear(years, year);
    if (String(jaar) !== wish.jaar) note('jaar', wish.jaar, String(jaar));
  }

  let indeling: number | null = null;
  if (wish.indeling !== undefined) {
    const division = Number(wish.indeling);
    // Two topics stand on the division of the first.
    const fits = !wish.met && canShowOn(indicator, niveau, jaar, division);
    if (fits) indeling = division;
    else {
      const own = divisionShown(indicator, { niveau, jaar, indeling });
      note('indeling', wish.indeling, String(own));
    }
  }

  let sinds: number | null = null;
  if (wish.sinds !== undefined) {
    if (canChange(indicator)) {
      const earlier = earlierYears(indicator, { niveau, jaar, indeling });
      const found = earlier.find(({ year }) => String(year) === wish.sinds);
      sinds = found && !found.hindrance ? found.year : null;
      if (sinds === null) note('verschil', wish.sinds, String(jaar));
    } else {
      const begins = beginsOf(indicator, niveau, jaar);
      sinds = begins.find((one) => String(one) === wish.sinds) ?? null;
      if (sinds === null) note('sinds', wish.sinds, String(begins[0] ?? jaar));
      if (sinds === begins[0]) sinds = null;
    }
  }

  const classes = chooseClasses(wish, indicator, note);

  const isChange = canChange(indicator) && sinds !== null;
  // Without a second year there is nothing to slide over.
  const schuif = isChange && wish.schuif === 'ja' ? 'ja' : null;
  const codes = (key: 'vergelijk' | 'selectie', most: number) => {
    const text = wish[key];
    if (text === undefined) return null;
    const read = readCodes(text, niveau);
    if (read.strange.length > 0) note('codes', read.strange.join(', '), '');
    return read.codes.slice(0, most).join(',') || null;
  };
  const selectie = codes('selectie', MOST_CODES);
  const at = { niveau, jaar, indeling, gebied, selectie };
  // A change has its own classes and no distance to a mean; a pair of topics is of one year.
  const compared = isChange
    ? { afwijking: null, maat: null }
    : chooseReference(wish, at, indicator, catalogue, note);
  const isTaken = sinds !== null || compared.afwijking !== null;
  const met = chooseSecond(wish, isTaken, { niveau, jaar }, indicator, catalogue, note);
  const filter = chooseFilter(wish, indicator, note);
  // Cells are no classes of one topic.
  if (wish.met !== undefined && met === null) filter.klassen = null;

  const marked = readMarking(wish, config);
  if (wish.verhalen && !marked.verhalen) note('verhalen', wish.verhalen, '');

  const zicht = wish.zicht === undefined ? null : readSight(wish.zicht);
  if (wish.zicht !== undefined && zicht === null) note('zicht', wish.zicht, '');

  return {
    view: {
      indicator: indicator.id,
      jaar,
      indeling,
      sinds,
      schuif,
      niveau,
      binnen,
      gebied,
      ...classes,
      ...compared,
      ...filter,
      met,
      ...marked,
      vraag: /^[a-z-]{1,40}$/.test(wish.vraag ?? '') ? (wish.vraag ?? null) : null,
      vergelijk: codes('vergelijk', MOST_PINS),
      selectie,
      weergave: DISPLAYS.find((one) => one === wish.weergave) ?? ('kaart' satisfies Display),
      zicht,
      taal,
    },
    changes,
  };
}

function chooseSecond(
  { met: asked, taal }: Wish,
  isTaken: boolean,
  at: Pick<View, 'niveau' | 'jaar'>,
  indicator: Indicator,
  catalogue: Catalogue,
  note: Note,
): string | null {
  if (asked === undefined) return null;
  const fits = pairable(indicator, at, catalogue).some(({ id }) => id === asked);
  if (fits && !isTaken) return asked;
  const found = catalogue.indicatoren.find(({ id }) => id === asked);
  note('met', found ? say(found.naam, taal === 'en' ? 'en' : 'nl') : asked, '');
  return null;
}

type Note = (what: Change['what'], asked: string, shown: string) => void;

/** What to say where a reference is not there. */
const LACKS = {
  level: 'afwijking',
  urbanity: 'afwijkingStedelijk',
  area: 'afwijkingGebied',
  selection: 'afwijkingSelectie',
} as const;

function chooseReference(
  { afwijking: asked, maat }: Wish,
  at: Pick<View, 'niveau' | 'jaar' | 'indeling' | 'gebied' | 'selectie'>,
  indicator: Indicator,
  catalogue: Catalogue,
  note: Note,
): Pick<View, 'afwijking' | 'maat'> {
  const none = { afwijking: null, maat: null };
  if (asked === undefined) {
    if (maat !== undefined) note('maat', maat, '');
    return none;
  }
  const afwijking = readReference(asked, indicator);
  if (!afwijking || !canDeviate(indicator)) {
    const isNorm = asked.startsWith('norm') && canDeviate(indicator);
    note(isNorm ? 'afwijkingNorm' : 'afwijking', asked, '');
    return none;
  }
  const kind = kindOf(afwijking);
  const lack = lackOf(kind, at, indicator, catalogue);
  if (lack) {
    note(LACKS[lack], asked, '');
    return none;
  }
  const measure = MEASURES.find((one) => one === (maat ?? 'verschil'));
  if (measure && measuresOf(kind).includes(measure))
    return { afwijking, maat: measure === 'verschil' ? null : measure };
  note(measure ? 'maatPast' : 'maat', maat ?? '', '');
  return { afwijking, maat: null };
}

function chooseFilter(
  wish: Wish,
  indicator: Indicator,
  note: Note,
): Pick<View, 'klassen' | 'bereik'> {
  const classes = wish.klassen === undefined ? null : readClasses(wish.klassen);
  if (wish.klassen !== undefined && classes === null) note('filter', wish.klassen, '');
  // A class has a number and a name, and nothing in between.
  const hasRange = indicator.soort !== 'klasse';
  const range = wish.bereik === undefined || !hasRange ? null : readRange(wish.bereik);
  if (wish.bereik !== undefined && range === null) note('filter', wish.bereik, '');
  return { klassen: classes?.join(',') ?? null, bereik: range && writeRange(range) };
}

type Classes = Pick<View, 'methode' | 'aantalKlassen' | 'klassegrenzen' | 'schaal'>;

function chooseClasses(
  wish: Wish,
  indicator: Indicator,
  note: (what: Change['what'], asked: string, shown: string) => void,
): Classes {
  let methode = wish.methode ?? null;
  if (methode !== null && !indicator.methoden.includes(methode)) {
    note('methode', methode, indicator.methode);
    methode = null;
  }
  let klassegrenzen: string | null = null;
  if (methode === 'eigen' || wish.klassegrenzen !== undefined) {
    const bounds = methode === 'eigen' ? readBounds(wish.klassegrenzen ?? '') : null;
    if (bounds) klassegrenzen = writeBounds(bounds);
    else {
      if (methode === 'eigen') methode = null;
      note('grenzen', wish.klassegrenzen ?? '', methode ?? indicator.methode);
    }
  }
  if (methode === indicator.methode) methode = null;
  const method = methode ?? indicator.methode;

  let aantalKlassen: number | null = null;
  if (wish.aantalKlassen !== undefined) {
    const count = Number(wish.aantalKlassen);
    const standard = defaultCount(indicator, method);
    if (!Number.isInteger(count) || count < 2 || count > 9) {
      note('klassen', wish.aantalKlassen, String(standard));
    } else if (isComputed(method) && count !== standard) aantalKlassen = count;
  }

  const schaal = wish.schaal === 'jaar' && isComputed(method) ? 'jaar' : null;
  if (wish.schaal !== undefined && !['jaar', 'vast'].includes(wish.schaal)) {
    note('schaal', wish.schaal, '');
  }
  return { methode, aantalKlassen, klassegrenzen, schaal };
}

/** A view as an address would ask for it, so that every change goes through `settle`. */
export function wishOf(view: View): Wish {
  const wish: Wish = {
    indicator: view.indicator,
    jaar: String(view.jaar),
    niveau: view.niveau,
    weergave: view.weergave,
    taal: view.taal,
  };
  if (hasExtent(view.niveau)) wish.binnen = view.binnen ?? COUNTRY;
  if (view.indeling !== null) wish.indeling = String(view.indeling);
  if (view.sinds !== null) wish.sinds = String(view.sinds);
  if (view.schuif) wish.schuif = view.schuif;
  if (view.gebied) wish.gebied = view.gebied;
  if (view.vraag) wish.vraag = view.vraag;
  if (view.methode) wish.methode = view.methode;
  if (view.aantalKlassen) wish.aantalKlassen = String(view.aantalKlassen);
  if (view.klassegrenzen) wish.klassegrenzen = view.klassegrenzen;
  if (view.schaal) wish.schaal = view.schaal;
  if (view.afwijking) wish.afwijking = view.afwijking;
  if (view.maat) wish.maat = view.maat;
  if (view.klassen) wish.klassen = view.klassen;
  if (view.bereik) wish.bereik = view.bereik;
  if (view.met) wish.met = view.met;
  if (view.verhalen) wish.verhalen = view.verhalen;
  if (view.lopend) wish.lopend = view.lopend;
  if (view.vergelijk) wish.vergelijk = view.vergelijk;
  if (view.selectie) wish.selectie = view.selectie;
  if (view.zicht) wish.zicht = `${view.zicht.z}/${view.zicht.lat}/${view.zicht.lon}`;
  return wish;
}

function chooseIndicator(wish: Wish, config: Config, catalogue: Catalogue): Indicator {
  const byId = (id: string | undefined) => catalogue.indicatoren.find((one) => one.id === id);
  const found = byId(wish.indicator) ?? byId(config.indicator) ?? catalogue.indicatoren[0];
  if (!found) throw new Error('the catalogue is empty');
  return found;
}

/**
 * The level itself where the indicator has it, else the next coarser, else the next finer. Own
 * levels are made of buurten: these come next.
 */
export function nearestLevel(indicator: Indicator, level: Level): Level {
  const has = (one: Level | undefined) => one !== undefined && yearsOf(indicator, one).length > 0;
  const place = isStatistical(level) ? LEVELS.indexOf(level) : LEVELS.length;
  const coarser = LEVELS.slice(0, place).reverse();
  return [level, ...coarser, ...LEVELS.slice(place + 1)].find(has) ?? level;
}

/** Of two equally near years the later one. */
export function nearestYear(years: number[], year: number): number {
  return years.reduce(
    (best, one) => (Math.abs(one - year) <= Math.abs(best - year) ? one : best),
    years[0] ?? year,
  );
}

function chooseExtent(
  wish: Wish,
  config: Config,
  gebied: string | null,
  note: (what: Change['what'], asked: string, shown: string) => void,
): string | null {
  let binnen = config.binnen;
  if (wish.binnen === COUNTRY) binnen = null;
  else if (wish.binnen !== undefined && isExtent(wish.binnen)) binnen = wish.binnen;
  else if (wish.binnen !== undefined) note('binnen', wish.binnen, config.binnen ?? COUNTRY);
  // The area goes before the extent: a link to one place must show that place.
  if (gebied !== null && !liesIn(gebied, binnen) && levelOf(gebied) !== 'gemeenten') {
    return ancestor(gebied, 'gemeenten');
  }
  return binnen;
}
