/** What a choice of the visitor does to the rest of a view: what goes with it is let go, unsaid. */
import type { Catalogue } from './api.ts';
import { canChange, earlierYears } from './change.ts';
import { canDeviate } from './deviation.ts';
import { ancestor } from './level.ts';
import { canPair, yearBeside } from './pair.ts';
import { divisionOf, type View } from './state.ts';

/** What a filter is said in: the classes and the unit at hand. */
const CLASSES = [
  'indicator',
  'methode',
  'aantalKlassen',
  'klassegrenzen',
  'afwijking',
  'schaal',
  'met',
  'sinds',
  'schuif',
];

/** The view with a part of it chosen anew. It may ask for what there is not: see `settle`. */
export function chosen(view: View, part: Partial<View>, catalogue: Catalogue): View {
  const next = { ...view, ...part };
  if (part.indicator) {
    next.sinds = part.sinds ?? null;
    // Bounds are in the unit of their topic.
    next.klassegrenzen = part.klassegrenzen ?? null;
    if (next.methode === 'eigen' && !next.klassegrenzen) next.methode = null;
    const topic = catalogue.indicatoren.find(({ id }) => id === part.indicator);
    if (!topic || !canDeviate(topic)) next.afwijking = null;
  }
  loosen(next, part, catalogue);
  if (part.niveau === 'gemeenten' && next.afwijking === 'gemeente') next.afwijking = null;
  if (CLASSES.some((one) => one in part)) next.klassen = null;
  if (part.indicator || 'sinds' in part || 'schuif' in part) next.bereik = null;
  if (part.niveau && !('gebied' in part) && next.gebied) {
    // The selection follows to the level above and is let go on the way down.
    next.gebied = ancestor(next.gebied, part.niveau);
  }
  return next;
}

/** Lets go of a comparison that a choice of the visitor does away with. */
function loosen(next: View, part: Partial<View>, { indicatoren }: Catalogue): void {
  const topic = indicatoren.find(({ id }) => id === next.indicator);
  if (!topic) return;
  if (next.sinds !== null && canChange(topic)) {
    const fits = earlierYears(topic, next.niveau, next.jaar).some(
      ({ year, hindrance }) => year === next.sinds && hindrance === null,
    );
    if (!fits && !part.sinds) next.sinds = null;
  }
  if (next.met !== null && !part.met) {
    const other = indicatoren.find(({ id }) => id === next.met);
    const division = divisionOf(topic, next.niveau, next.jaar);
    const fits =
      other &&
      canPair(topic, other) &&
      yearBeside(other, next.niveau, next.jaar, division) !== null;
    if (!fits) next.met = null;
  }
  if (next.sinds === null) next.schuif = null;
  // One comparison at a time: the last one that was asked for.
  if (part.sinds && canChange(topic)) next.met = next.afwijking = null;
  if (part.met) next.afwijking = null;
  if (part.met && canChange(topic)) next.sinds = null;
  if (part.afwijking) next.met = null;
  if (part.afwijking && canChange(topic)) next.sinds = null;
}
