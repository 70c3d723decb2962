/** Lets the years of a view go by. */
import type { Session } from './session.ts';

/** How long a year stays while the years go by, in milliseconds. */
const PACE = 900;

/** One year after the other, from the first after the last, as long as `goesOn` says so. */
export async function play(session: Session, goesOn: () => boolean): Promise<void> {
  if (!session.view) return;
  await session.supply.fetchYears(session.view);
  while (goesOn() && session.view && session.catalogue) {
    const years = session.supply.years(session.view);
    const next = years[(years.indexOf(session.view.jaar) + 1) % years.length];
    if (next === undefined) return;
    await session.change({ jaar: next }, 'replace');
    if (session.trouble) return;
    await new Promise((resolve) => setTimeout(resolve, PACE));
  }
}
