/** Where the server has what a view shows: as a table, as a file, as a picture. */
import { addressOf } from '../core/client.ts';
import type { View } from '../core/state.ts';
import type { Supply } from './supply.ts';

/** The addresses of a table to read, and of one to keep. */
export function tablesOf(supply: Supply, view: View): { csv: string; plain: string } {
  const { niveau } = view;
  const { indicator, ...rest } = supply.served(view);
  return {
    csv: addressOf(`/v1/lagen/${niveau}.csv`, { indicator, ...rest }),
    plain: addressOf(`/kaart/${indicator}/tabel`, { niveau, ...rest }),
  };
}

/** The server's picture of a layer, about as large as the screen. */
export function pictureOf(supply: Supply, view: View): string {
  const [breedte, hoogte] = [window.innerWidth, window.innerHeight].map((side) =>
    Math.min(1600, Math.max(280, side)),
  );
  return addressOf(`/v1/lagen/${view.niveau}.png`, { ...supply.served(view), breedte, hoogte });
}
