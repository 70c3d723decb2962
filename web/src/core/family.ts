/** A score and its other forms: the same thing told as classes, or as a distance to a reference. */
import type { AreaDetail, Catalogue, Indicator } from './api.ts';
import { type Language, say } from './language.ts';

export interface Family {
  /** The figure itself; the topic at hand where it is no form of another. */
  base: Indicator;
  /** Its classes, in one word a year. */
  classes: Indicator | null;
  /** Other forms of it, such as the distance to a reference. */
  forms: Indicator[];
}

const isForm = (one: Indicator, base: Indicator) =>
  one.soort === 'klasse' &&
  base.soort !== 'klasse' &&
  one.onderdeelVan.length === 0 &&
  one.id.startsWith(`${base.id}-`) &&
  say(one.thema, 'nl') === say(base.thema, 'nl');

const isChange = (one: Indicator) =>
  one.niveaus.some(({ jaren }) => jaren.some(({ sinds }) => sinds !== null));

/** The family that a topic belongs to. A change has its own periods, and is no form. */
export function familyOf(indicator: Indicator, catalogue: Catalogue): Family {
  const all = catalogue.indicatoren;
  const base = (!isChange(indicator) && all.find((one) => isForm(indicator, one))) || indicator;
  const kin = all.filter((one) => isForm(one, base) && !isChange(one));
  const classes = kin.find((one) => one.id === `${base.id}-klasse`) ?? null;
  return { base, classes, forms: kin.filter((one) => one !== classes) };
}

export const members = ({ base, classes, forms }: Family): Indicator[] => [
  base,
  ...(classes ? [classes] : []),
  ...forms,
];

/** The years for which any member has an entry for the area, ascending. */
export function yearsKnown(family: Family, detail: AreaDetail): number[] {
  const years = members(family).flatMap((one) =>
    (detail.waarden[one.id] ?? []).filter(({ sinds }) => sinds === null).map(({ jaar }) => jaar),
  );
  return [...new Set(years)].sort((a, b) => a - b);
}

/**
 * The topics that a list names one by one: a form is told with its base, and so is what `told`
 * already shows. What is sensitive is told only where it is asked for.
 */
export function others(catalogue: Catalogue, detail: AreaDetail, told: Set<string>): Indicator[] {
  const has = (one: Indicator) => (detail.waarden[one.id]?.length ?? 0) > 0;
  return catalogue.indicatoren.filter((one) => {
    if (one.gevoelig || told.has(one.id) || !has(one)) return false;
    const { base } = familyOf(one, catalogue);
    return base === one || !has(base);
  });
}

/** "Woningen, versie 2.0" beside "Leefbaarheid, versie 2.0" is simply "Woningen". */
export function shortName(one: Indicator, beside: Indicator, language: Language): string {
  const name = say(one.naam, language);
  const tail = /, [^,]+$/.exec(say(beside.naam, language))?.[0];
  return tail && name.endsWith(tail) ? name.slice(0, -tail.length) : name;
}
