/** What follows from a view: the same object as long as it means the same, so that nothing is painted twice. */
import type { Query } from '../core/client.ts';
import { type Alone, filterOf } from '../core/filter.ts';
import type { Layer } from '../core/layer.ts';
import type { Filter } from '../core/look.ts';
import { selectedOrdinals } from '../core/selection.ts';
import { codesOf, type View } from '../core/state.ts';
import type { Shown } from './shown.ts';

interface Ordinals {
  key: string;
  layer: Layer | null;
  list: number[];
}

interface Known {
  key: string;
  drawn: Layer | null;
  filter: Filter | null;
}
const NONE: Known = { key: '', drawn: null, filter: null };

export class Derived {
  #filters: Record<'now' | 'earlier', Known> = { now: NONE, earlier: NONE };
  #ordinals: Record<'selectie' | 'vergelijk', Ordinals> = {
    selectie: { key: '', layer: null, list: [] },
    vergelijk: { key: '', layer: null, list: [] },
  };
  #query: { key: string; query: Query } = { key: '', query: {} };

  /** Which areas keep their colour, now or in the earlier year under the slider; null for all. */
  filter(shown: Shown | null, alone: Alone | null, when: 'now' | 'earlier' = 'now'): Filter | null {
    const under = when === 'earlier' ? shown?.earlier?.layer : null;
    const drawn = when === 'now' ? shown?.drawn : under;
    if (!shown || !drawn) return null;
    const { klassen, bereik } = shown.view;
    const key = JSON.stringify([klassen, bereik, alone]);
    const known = this.#filters[when];
    if (key === known.key && drawn === known.drawn) return known.filter;
    const { values } = (under ?? shown.layer).column;
    const filter = filterOf(drawn, values, klassen, bereik, alone);
    this.#filters[when] = { key, drawn, filter };
    return filter;
  }

  /** The own selection, or the areas that are compared, on the layer at hand. */
  ordinals(which: 'selectie' | 'vergelijk', view: View | null, layer: Layer | null): number[] {
    const known = this.#ordinals[which];
    const key = view?.[which] ?? '';
    if (known.key === key && known.layer === layer) return known.list;
    const list = layer && key ? [...selectedOrdinals(layer, codesOf(key))] : [];
    this.#ordinals[which] = {
      key,
      layer,
      list: list.length === 0 && known.list.length === 0 ? known.list : list,
    };
    return this.#ordinals[which].list;
  }

  query(query: Query): Query {
    const key = JSON.stringify(query);
    if (key !== this.#query.key) this.#query = { key, query };
    return this.#query.query;
  }
}
