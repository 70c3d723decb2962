/** The land around what is shown: the gemeenten beside an extent, and where gemeenten meet. */

import type { Bounds, Catalogue } from '../core/api.ts';
import { type Area, areasOf } from '../core/area.ts';
import { type Line, outerLines } from '../core/border.ts';
import type { Client, Query } from '../core/client.ts';
import type { Shown } from './shown.ts';

/** How far the land around an extent is shown, as a part of its size. */
const AROUND = 0.6;

export class Around {
  readonly #client: Client;
  readonly #changed: () => void;
  areas: Area[] = [];
  /** The lines of gemeenten in the layer itself, where no gemeenten of its division are known. */
  lines: Line[] = [];
  /** The areas that the land was last asked around. */
  #of: Area[] = [];
  #key = '';

  constructor(client: Client, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** The gemeenten around; a map without them is still a map, so failure stays silent. */
  async load(
    { view, indicator, areas, legend }: Shown,
    extent: Bounds,
    catalogue: Catalogue,
  ): Promise<void> {
    const whole = view.binnen === null;
    const division = legend.indeling;
    this.#of = areas;
    this.lines = [];
    if (view.niveau === 'gemeenten') {
      // The gemeenten themselves: their lines keep a pale one apart from the paper.
      this.#surround(areas, '');
      return;
    }
    if (whole) {
      // Nothing lies around a country, and its own areas say where gemeenten meet. The areas first.
      this.#surround([], '');
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#of !== areas) return;
      this.lines = outerLines(areas);
      this.#changed();
      return;
    }
    // Of the same division alone: gemeenten merge, and their lines and names move with them.
    const topic = [indicator, ...catalogue.indicatoren]
      .flatMap(({ id, niveaus }) =>
        (niveaus.find(({ niveau }) => niveau === 'gemeenten')?.jaren ?? [])
          .filter(({ indeling }) => indeling === division)
          .map(({ jaar }) => ({ id, jaar })),
      )
      .at(0);
    if (!topic) {
      this.lines = outerLines(areas);
      this.#surround([], '');
      return;
    }
    const [w, s, e, n] = extent;
    const dx = (e - w) * AROUND;
    const dy = (n - s) * AROUND;
    const bbox = [w - dx, s - dy, e + dx, n + dy].map((one) => one.toFixed(5)).join(',');
    const query: Query = { indicator: topic.id, jaar: topic.jaar, bbox };
    const key = JSON.stringify(query);
    if (key === this.#key) return;
    this.#key = key;
    try {
      const around = areasOf(await this.#client.layer('gemeenten', query));
      if (key === this.#key) this.#surround(around, key);
    } catch {
      this.#key = '';
    }
  }

  #surround(areas: Area[], key: string): void {
    this.areas = areas;
    this.#key = key;
    this.#changed();
  }
}
