/** Which two topics can be on one map, and of which years. */
import type { Catalogue, Indicator } from './api.ts';
import { canDeviate } from './deviation.ts';
import type { Level } from './level.ts';
import { divisionOf, type View } from './state.ts';

/** How many years apart two figures may be. */
const NEAR = 3;

/** The year of a second topic beside a first: the same division, the nearest within three years. */
export function yearBeside(
  other: Indicator,
  level: Level,
  year: number,
  division: number,
): number | null {
  const years = (other.niveaus.find(({ niveau }) => niveau === level)?.jaren ?? [])
    .filter(
      ({ indeling, sinds, metWaarde }) => indeling === division && sinds === null && metWaarde > 0,
    )
    .map(({ jaar }) => jaar)
    .filter((one) => Math.abs(one - year) <= NEAR)
    // Of two equally near years the earlier: what came after cannot have been known.
    .sort((a, b) => Math.abs(a - year) - Math.abs(b - year) || a - b);
  return years[0] ?? null;
}

/** Version 2.0 of the Leefbaarometer reckons with origin: beside origin it would show itself. */
const isMadeOfOrigin = ({ id }: Indicator) => /^leefbaarheid-2(-|$)/.test(id);

/** Whether two topics can be crossed: figures that lie in areas, not counts or classes. */
export const canPair = (one: Indicator, other: Indicator): boolean =>
  one.id !== other.id &&
  canDeviate(one) &&
  canDeviate(other) &&
  !(isMadeOfOrigin(one) && other.gevoelig) &&
  !(isMadeOfOrigin(other) && one.gevoelig);

/** The topics that can stand beside the one at hand, in this year and at this level. */
export function pairable(
  one: Indicator,
  { niveau, jaar }: Pick<View, 'niveau' | 'jaar'>,
  { indicatoren }: Catalogue,
): Indicator[] {
  const division = divisionOf(one, niveau, jaar);
  return indicatoren.filter(
    (other) => canPair(one, other) && yearBeside(other, niveau, jaar, division) !== null,
  );
}
