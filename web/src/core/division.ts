/** On which borders figures are shown: those they were delivered on, or others they can be read on. */
import type { Indicator, YearEntry } from './api.ts';
import type { Level } from './level.ts';
import { divisionOf, type View } from './state.ts';

const entriesOf = ({ niveaus }: Indicator, level: Level): YearEntry[] =>
  niveaus.find(({ niveau }) => niveau === level)?.jaren ?? [];

/** The other divisions that the figures of a year can be read on, ascending. */
export function readableOn(indicator: Indicator, level: Level, year: number): number[] {
  const [first, ...rest] = entriesOf(indicator, level).filter(({ jaar }) => jaar === year);
  const all = (first?.leesbaarOp ?? []).filter((division) =>
    rest.every(({ leesbaarOp }) => leesbaarOp?.includes(division)),
  );
  return all.sort((a, b) => a - b);
}

/** Whether figures of a year can be shown on a division: their own, or one they can be read on. */
export const canShowOn = (
  indicator: Indicator,
  level: Level,
  year: number,
  division: number,
): boolean =>
  divisionOf(indicator, level, year) === division ||
  readableOn(indicator, level, year).includes(division);

/** The division whose borders a view shows. */
export const divisionShown = (
  indicator: Indicator,
  { niveau, jaar, indeling }: Pick<View, 'niveau' | 'jaar' | 'indeling'>,
): number => indeling ?? divisionOf(indicator, niveau, jaar);
