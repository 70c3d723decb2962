/** The legend of a part of a level, counted as a server counts it. */
import type { Legend } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import { liesIn } from '../core/level.ts';

interface Count {
  gebieden: number;
  inwoners: number | null;
}

/**
 * `codes` are those of the level, in the order of the column. Residents are counted where the
 * level has them; an area without a number adds none.
 */
export function legendWithin(
  binnen: string,
  codes: string[],
  column: ValueColumn,
  residents: ValueColumn | null,
): Legend {
  const { legenda, redenen, vlaggen } = column.description;
  const known = residents?.order === column.order ? residents.values : null;
  const blank = (): Count => ({ gebieden: 0, inwoners: known ? 0 : null });
  const painted = Array.from({ length: 256 }, blank);
  const marked = new Array<number>(256).fill(0);
  const flagged = vlaggen.map((): Count => ({ gebieden: 0, inwoners: null }));
  const water = vlaggen.indexOf('water');
  const add = (count: Count, people: number) => {
    count.gebieden += 1;
    if (!Number.isNaN(people)) count.inwoners = (count.inwoners ?? 0) + people;
  };
  codes.forEach((code, ordinal) => {
    if (!liesIn(code, binnen)) return;
    const people = known?.[ordinal] ?? Number.NaN;
    const flags = column.flags[ordinal]!;
    flagged.forEach((count, place) => {
      if (flags & (1 << place)) add(count, people);
    });
    if (water >= 0 && flags & (1 << water)) return;
    add(painted[column.painted[ordinal]!]!, people);
    if (flags !== 0) marked[column.painted[ordinal]!]! += 1;
  });
  const classes = legenda.klassen.length;
  const sum = (counts: Count[]): Count => ({
    gebieden: counts.reduce((all, one) => all + one.gebieden, 0),
    inwoners: known ? counts.reduce((all, one) => all + (one.inwoners ?? 0), 0) : null,
  });
  const valued = sum(painted.slice(0, classes));
  const whole = sum(painted);
  return {
    ...legenda,
    binnen,
    // The legend lists the highest class first, a column counts from the lowest.
    klassen: legenda.klassen.map((one, at) => ({
      ...one,
      ...painted[classes - 1 - at]!,
      gemarkeerd: marked[classes - 1 - at]!,
    })),
    redenen: legenda.redenen.flatMap((one) => {
      const count = painted[255 - redenen.indexOf(one.reden)]!;
      return count.gebieden > 0 ? [{ ...one, ...count }] : [];
    }),
    vlaggen: legenda.vlaggen.flatMap((one) => {
      const count = flagged[vlaggen.indexOf(one.vlag)];
      return count && count.gebieden > 0 ? [{ ...one, ...count }] : [];
    }),
    dekking: {
      gebieden: whole.gebieden,
      metWaarde: valued.gebieden,
      inwoners: whole.inwoners,
      inwonersMetWaarde: valued.inwoners,
    },
  };
}
