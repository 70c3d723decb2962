/** Areas by name or code, in the order in which a server lists them. */
import type { Found } from '../core/api.ts';

const LEVELS = ['gemeenten', 'wijken', 'buurten'];

/** Lower case without accents. */
const fold = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replaceAll('ø', 'o');

/** How well a name or code fits; less is better, null is not at all. */
function rank(needle: string, code: string, name: string): number | null {
  if (needle === '') return null;
  if (code === needle) return 0;
  if (name === needle) return 1;
  if (name.startsWith(needle)) return 2;
  if (name.split(/[^\p{L}\p{N}]/u).some((word) => word.startsWith(needle))) return 3;
  if (name.includes(needle)) return 4;
  return needle.length >= 4 && code.startsWith(needle) ? 5 : null;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** All that fit: better fits first, then coarse before fine, then by name. */
export function search(areas: Found[], q: string): Found[] {
  const needle = fold(q);
  return areas
    .flatMap((area) => {
      const name = fold(area.naam);
      const fits = rank(needle, area.code.toLowerCase(), name);
      return fits === null ? [] : [{ area, fits, name }];
    })
    .sort(
      (a, b) =>
        a.fits - b.fits ||
        LEVELS.indexOf(a.area.niveau) - LEVELS.indexOf(b.area.niveau) ||
        order(a.name, b.name) ||
        order(a.area.code, b.area.code),
    )
    .map(({ area }) => area);
}
