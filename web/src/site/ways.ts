/** The ways of a page that is a folder of files: its figures beside it, its state in the query. */
import { Client } from '../core/client.ts';
import { readAddress, type Wish } from '../core/state.ts';
import type { Ways } from '../planner/ways.ts';
import { Answers } from './answers.ts';
import { Files } from './files.ts';

/** The topic, which a server has in the path. */
const TOPIC = 'onderwerp';

export function siteWays(): Ways {
  const answers = new Answers(new Files((path, init) => fetch(path, init)));
  return {
    client: new Client((address, init) => answers.fetch(address, init)),
    read: () => readSite(location.search),
    written: (address) => writeSite(address, location.pathname),
  };
}

export function readSite(search: string): Wish {
  const topic = new URLSearchParams(search).get(TOPIC);
  const wish = readAddress(topic === null ? '/' : `/kaart/${encodeURIComponent(topic)}`, search);
  const { aantalKlassen, klassegrenzen, schaal, ...rest } = wish;
  // Of other classes there are no files. A method that there is none of is told on the screen.
  const isOther = aantalKlassen ?? klassegrenzen ?? schaal;
  return isOther === undefined ? rest : { ...rest, methode: rest.methode ?? 'eigen' };
}

/** What a server has as `/kaart/topic?…`, on the page at `pathname`. */
export function writeSite(address: string, pathname: string): string {
  const [path = '', query = ''] = address.split('?');
  const topic = /^\/kaart\/(.+)$/.exec(path)?.[1];
  const parts = [topic ? `${TOPIC}=${topic}` : '', query].filter((part) => part !== '');
  return parts.length > 0 ? `${pathname}?${parts.join('&')}` : pathname;
}
