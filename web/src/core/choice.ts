/** What a choice of the visitor does to the rest of a view: what goes with it is let go, unsaid. */
import type { Catalogue } from './api.ts';
import { canChange, earlierYears } from './change.ts';
import { canDeviate } from './deviation.ts';
import { canShowOn } from './division.ts';
import { ancestor, isStatistical, levelOf } from './level.ts';
import { kindOf, lackOf, measuresOf } from './reference.ts';
import { codesOf, type View } from './state.ts';

/** What a filter is said in: the classes and the unit at hand. */
const CLASSES = [
  'indicator',
  'methode',
  'aantalKlassen',
  'klassegrenzen',
  'afwijking',
  'maat',
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
    // So is a norm.
    if (!topic || !canDeviate(topic) || next.afwijking?.startsWith('norm:')) next.afwijking = null;
  }
  if (CLASSES.some((one) => one in part)) next.klassen = null;
  if (part.indicator || 'sinds' in part || 'schuif' in part) next.bereik = null;
  if (part.niveau && !('gebied' in part) && next.gebied) {
    // The selection follows to the level above and is let go on the way down.
    next.gebied = ancestor(next.gebied, part.niveau);
  }
  if (part.niveau && part.niveau !== view.niveau) leaveOwn(next, view, part);
  loosen(next, part, catalogue);
  return next;
}

/** From and to an own level: its codes mean nothing elsewhere, and it lies where it lies. */
function leaveOwn(next: View, before: View, part: Partial<View>): void {
  const isLeft = !isStatistical(before.niveau);
  if (!isLeft && isStatistical(next.niveau)) return;
  if (!('zicht' in part)) next.zicht = null;
  if (!isLeft) return;
  if (!('gebied' in part)) next.gebied = null;
  const others = (codes: string | null) =>
    codesOf(codes)
      .filter((code) => levelOf(code) !== null)
      .join(',') || null;
  next.vergelijk = others(next.vergelijk);
  next.selectie = others(next.selectie);
}

/** Lets go of a comparison that a choice of the visitor does away with. */
function loosen(next: View, part: Partial<View>, catalogue: Catalogue): void {
  const { indicatoren } = catalogue;
  const topic = indicatoren.find(({ id }) => id === next.indicator);
  if (!topic) return;
  // Another topic or level may not know these borders; that another year does not is told.
  if (next.indeling !== null && (part.indicator || part.niveau) && !part.indeling)
    if (!canShowOn(topic, next.niveau, next.jaar, next.indeling)) next.indeling = null;
  if (part.indeling) next.met = null;
  if (part.met) next.indeling = null;
  if (next.sinds !== null && canChange(topic)) {
    const fits = earlierYears(topic, next).some(
      ({ year, hindrance }) => year === next.sinds && hindrance === null,
    );
    if (!fits && !part.sinds) next.sinds = null;
  }
  if (next.sinds === null) next.schuif = null;
  // One comparison at a time: the last one that was asked for.
  if (part.sinds && canChange(topic)) next.met = next.afwijking = null;
  if (part.met) next.afwijking = null;
  if (part.met && canChange(topic)) next.sinds = null;
  if (part.afwijking) next.met = null;
  if (part.afwijking && canChange(topic)) next.sinds = null;
  const isOther = 'afwijking' in part || 'jaar' in part;
  // Another year may lack what areas are grouped by: that is said, not passed over.
  if (next.afwijking && !isOther && lackOf(kindOf(next.afwijking), next, topic, catalogue))
    next.afwijking = null;
  const measures = next.afwijking ? measuresOf(kindOf(next.afwijking)) : [];
  if (next.maat && !('maat' in part) && !measures.includes(next.maat)) next.maat = null;
}
