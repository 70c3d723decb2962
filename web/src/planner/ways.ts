/** How the page asks its questions, and where its state stands in the address. */
import { Client } from '../core/client.ts';
import { rooted, unrooted } from '../core/root.ts';
import { readAddress, type Wish } from '../core/state.ts';

export interface Ways {
  client: Client;
  /** What the present address asks for. */
  read(): Wish;
  /** The address to show, of one that the state is written as. */
  written(address: string): string;
}

/** Those of a page that a server gave. */
export const serverWays = (): Ways => ({
  client: new Client(),
  read: () => readAddress(unrooted(location.pathname), location.search),
  written: rooted,
});
