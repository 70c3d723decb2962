/** What was done about areas, and from when to when. Fetched when it is asked for. */
import type { Named, Text } from './api.ts';
import type { Level } from './level.ts';
import type { Marking } from './pillar.ts';

export interface Story {
  id: string;
  /** The area that it is of, on the newest division that has it. */
  code: string;
  naam: string;
  niveau: Level;
  indeling: number;
  gemeente: Named | null;
  van: number;
  /** Null while it goes on. */
  tot: number | null;
  pijler: string;
  pijlerNaam: Text;
  titel: string;
  /** May be empty, and have line breaks. */
  tekst: string;
  bron: string;
  licentie: string;
  link: string | null;
  /** Longitude and latitude of a place inside the area. */
  plek: [number, number] | null;
}
export interface StoryList {
  /** By the year in which they began. */
  verhalen: Story[];
  pijlers: { id: string; naam: Text; aantal: number }[];
  bron: string;
  licentie: string;
}

/** "2016–2022", "2016", or "sinds 2016". */
export function period({ van, tot }: Pick<Story, 'van' | 'tot'>, since: string): string {
  if (tot === null) return `${since} ${van}`;
  return tot === van ? String(van) : `${van}–${tot}`;
}

/** Those of a pillar, and with a year those that went on in it. */
export function wanted(stories: Story[], marking: Marking, year: number | null): Story[] {
  return stories.filter(
    ({ pijler, van, tot }) =>
      (marking === 'aan' || pijler === marking) &&
      (year === null || (van <= year && (tot === null || tot >= year))),
  );
}

/** The stories of one area, or of several whose marks would cover each other. */
export interface Group {
  stories: Story[];
  /** Longitude and latitude. */
  at: [number, number];
  /** The pillar of all of them; null where they have several. */
  pillar: string | null;
  areas: number;
}

/** By area, in the order of the list. */
export function byArea(stories: Story[]): Map<string, Story[]> {
  const found = new Map<string, Story[]>();
  for (const one of stories) {
    const list = found.get(one.code) ?? [];
    list.push(one);
    found.set(one.code, list);
  }
  return found;
}

/** A mark for each area, and one for areas that are nearer than `least` on the screen. */
export function groups(
  stories: Story[],
  least: number,
  onScreen: (lonLat: [number, number]) => { x: number; y: number },
): Group[] {
  const made: { x: number; y: number; at: [number, number]; lists: Story[][] }[] = [];
  for (const list of byArea(stories).values()) {
    const at = list[0]!.plek;
    if (!at) continue;
    const { x, y } = onScreen(at);
    const near = made.find((one) => Math.hypot(one.x - x, one.y - y) < least);
    if (near) near.lists.push(list);
    else made.push({ x, y, at, lists: [list] });
  }
  return made.map(({ at, lists }) => {
    const all = lists.flat();
    const pillars = new Set(all.map(({ pijler }) => pijler));
    const pillar = pillars.size === 1 ? all[0]!.pijler : null;
    return { stories: all, at, pillar, areas: lists.length };
  });
}

/** A period along the years of a trend line. */
export interface Span {
  /** The place of the story in its list, from 1 on. */
  number: number;
  story: Story;
  lane: number;
  left: number;
  right: number;
  /** Whether it began before the first year, and goes on after the last. */
  isEarlier: boolean;
  isLater: boolean;
}

/** The least between two periods in one lane, and what a number takes. */
const AIR = 8;
const BADGE = 20;

/** Periods that fall in the years, each in the first lane that has room. */
export function spans(stories: Story[], from: number, to: number, wide: number): Span[] {
  const xOf = (year: number) => ((year - from) / (to - from)) * wide;
  const ends: number[] = [];
  return stories.flatMap((story, index): Span[] => {
    const until = story.tot ?? Number.POSITIVE_INFINITY;
    if (story.van > to || until < from) return [];
    const left = xOf(Math.max(story.van, from));
    const right = xOf(Math.min(until, to));
    let lane = ends.findIndex((end) => end + AIR <= left);
    if (lane < 0) lane = ends.length;
    ends[lane] = Math.max(right, left + BADGE);
    return [
      {
        number: index + 1,
        story,
        lane,
        left,
        right,
        isEarlier: story.van < from,
        isLater: until > to,
      },
    ];
  });
}

/** Where a link goes, in words; null for one that is none, or not of the web. */
export function hostOf(link: string | null): string | null {
  if (link === null) return null;
  try {
    const { protocol, hostname } = new URL(link);
    return protocol === 'https:' || protocol === 'http:' ? hostname.replace(/^www\./, '') : null;
  } catch {
    return null;
  }
}
