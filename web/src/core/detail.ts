/** How fine borders are, and what a file of them is known by. */
import type { Level } from './level.ts';

export type Detail = 'grof' | 'middel' | 'fijn' | 'volledig';

/** The same for the page, which fetches a file, and for the worker, which makes tiles of it. */
export function bordersName(
  level: Level,
  division: number,
  detail: Detail,
  binnen: string | null,
): string {
  return [level, division, detail, binnen ?? ''].join('/');
}
