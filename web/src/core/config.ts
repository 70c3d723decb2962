/** What the server wrote into the page: what to show when the address says nothing. */
import type { Config } from './api.ts';

/** For a page that was served without configuration, as in development. */
const BARE: Config = {
  fictief: false,
  indicator: 'leefbaarheid',
  jaar: 2024,
  niveau: 'buurten',
  binnen: null,
  omvang: [3.2, 50.7, 7.3, 53.6],
  achtergrondkaart: false,
  jaren: [],
  pad: '',
};

export function readConfig(text: string): Config {
  try {
    const given: unknown = JSON.parse(text);
    if (given && typeof given === 'object') {
      // A server without figures has no year to name: null says no more than nothing would.
      const known = Object.entries(given).filter(([, value]) => value !== null);
      return { ...BARE, ...Object.fromEntries(known) };
    }
  } catch {
    // The page still opens with what the server answers.
  }
  return BARE;
}
