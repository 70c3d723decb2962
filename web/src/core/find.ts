/** Finds areas by name or code, in the division that is shown before any other. */
import type { Found } from './api.ts';
import type { Client } from './client.ts';
import { ancestor } from './level.ts';

/** An area found, and the division that has it. */
export type Match = Found & { division: number };
export interface Matches {
  total: number;
  matches: Match[];
}
const MOST = 12;

/** Asks other divisions than the newest only where they are shown, or where the newest has nothing. */
export async function find(
  client: Client,
  q: string,
  shown: number | null,
  divisions: number[],
  signal?: AbortSignal,
  binnen: string | null = null,
): Promise<Matches> {
  const newest = Math.max(...divisions, 0);
  const ask = async (division: number): Promise<Matches> => {
    const jaar = division === newest ? null : division;
    const { totaal, gebieden } = await client.search({ q, jaar, binnen, aantal: MOST }, signal);
    const matches = gebieden.map((one) => ({ ...one, division }));
    return { total: totaal, matches: await withGemeente(client, matches) };
  };
  const isOld = shown !== null && shown !== newest && divisions.includes(shown);
  if (isOld) {
    const [own, other] = await Promise.all([ask(shown), ask(newest)]);
    return {
      total: own.total + other.total,
      // Gemeenten are choices of extent, whatever the division.
      matches: [
        ...other.matches.filter(({ niveau }) => niveau === 'gemeenten'),
        ...own.matches,
        ...other.matches.filter(({ niveau }) => niveau !== 'gemeenten'),
      ].slice(0, MOST),
    };
  }
  let found = await ask(newest);
  for (const division of divisions.filter((one) => one !== newest).sort((a, b) => b - a)) {
    if (found.matches.length > 0) break;
    found = await ask(division);
  }
  return found;
}

/** A name never stands without its gemeente: where the answer leaves it out, the code says which. */
async function withGemeente(client: Client, matches: Match[]): Promise<Match[]> {
  const lacks = (one: Match) => one.niveau !== 'gemeenten' && one.gemeente === null;
  if (!matches.some(lacks)) return matches;
  const names = new Map((await client.gemeenten()).map(({ code, naam }) => [code, naam]));
  return matches.map((one) => {
    const code = lacks(one) ? ancestor(one.code, 'gemeenten') : null;
    return code ? { ...one, gemeente: { code, naam: names.get(code) ?? code } } : one;
  });
}

export const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’‘-]/g, '')
    .toLowerCase()
    .trim();

/** The areas of a list whose name or code begins with or holds `q`, in that order; all without it. */
export function filter<T extends { code: string; naam: string }>(list: T[], q: string): T[] {
  const wanted = bare(q);
  if (wanted === '') return list;
  const starts = (one: T) =>
    bare(one.naam).startsWith(wanted) || one.code.toLowerCase().startsWith(wanted);
  const holds = (one: T) => !starts(one) && bare(one.naam).includes(wanted);
  return [...list.filter(starts), ...list.filter(holds)];
}
