/** What was asked of approaches, so that going back asks nothing twice. */
import type { Client } from '../core/client.ts';
import { Refusal } from '../core/client.ts';
import type { Story, StoryList } from '../core/stories.ts';

const MOST = 30;
const kept = new Map<string, Promise<StoryList>>();

function keep(client: Client, query: Record<string, string | null>): Promise<StoryList> {
  const key = JSON.stringify(query);
  let found = kept.get(key);
  if (!found) {
    found = client.stories(query);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > MOST) kept.delete(oldest);
  }
  return found;
}

/** All stories of a gemeente or wijk and of what lies in it; null is the whole country. */
export const storiesWithin = (client: Client, binnen: string | null): Promise<StoryList> =>
  keep(client, { binnen });

/** Those of an area, and of the wijk and gemeente that it lies in; none of one that nobody knows. */
export async function storiesAbout(client: Client, gebied: string): Promise<Story[]> {
  try {
    return (await keep(client, { gebied })).verhalen;
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
