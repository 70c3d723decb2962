/** A layer as it is shown, with what its extent is called. */

import type { AreaDetail, Bounds, Indicator, Legend, Named } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import { deviate, type Reference } from '../core/deviation.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor } from '../core/level.ts';
import { type Pair, pairOf } from '../core/pair.ts';
import type { View } from '../core/state.ts';

/** A layer with its legend: always of the same view, so that title, map and legend agree. */
export interface Shown {
  view: View;
  indicator: Indicator;
  layer: Layer;
  /** What the map paints, with its legend: the layer itself, or how far it lies from a mean. */
  drawn: Layer;
  key: Legend;
  legend: Legend;
  /** The gemeente and the wijk of the extent, where it has them. */
  gemeente: Named | null;
  wijk: Named | null;
  /** The wijken to choose from in that gemeente, of the division of this layer. */
  wijken: Named[];
  bounds: Bounds | null;
  /** The topic that is crossed with the first. */
  second: Second | null;
  /** Where the page computed a change: what it calls about the same, on either side of zero. */
  band: number | null;
  /** An earlier year under the slider, in the classes of the later one. */
  earlier: { year: number; layer: Layer } | null;
}

export interface Second {
  indicator: Indicator;
  layer: Layer;
  legend: Legend;
  pair: Pair;
}

const deviations = new WeakMap<Layer, Map<Reference, Layer>>();

/** The layer as the view wants it painted. */
export function drawnOf(
  { afwijking }: View,
  indicator: Indicator,
  layer: Layer,
  legend: Legend,
  second: Second | null = null,
): Pick<Shown, 'drawn' | 'key'> {
  if (second) {
    const { layer: drawn } = second.pair;
    const { klassen, redenen, dekking } = drawn.column.description.legenda;
    return { drawn, key: { ...legend, klassen, redenen, dekking, methode: 'eigen' } };
  }
  if (afwijking === null) return { drawn: layer, key: legend };
  const known = deviations.get(layer) ?? new Map<Reference, Layer>();
  deviations.set(layer, known);
  const drawn = known.get(afwijking) ?? deviate(layer, indicator, afwijking);
  known.set(afwijking, drawn);
  const { klassen, methode, decimalen } = drawn.column.description.legenda;
  return { drawn, key: { ...legend, klassen, methode, decimalen } };
}

/** What the second topic adds. */
export function secondOf(
  layer: Layer,
  column: ValueColumn,
  one: Indicator,
  other: Indicator,
): Second {
  return {
    indicator: other,
    layer: layer.with(column),
    legend: column.description.legenda,
    pair: pairOf(layer, column, one, other),
  };
}

/** What is known about the extent of a layer, in the division of that layer. */
export function extentOf(
  { binnen, niveau }: View,
  { indeling }: Legend,
  layer: Layer,
  gemeente: AreaDetail | null,
  wijk: AreaDetail | null,
): Pick<Shown, 'gemeente' | 'wijk' | 'wijken' | 'bounds'> {
  if (binnen === null) return { gemeente: null, wijk: null, wijken: [], bounds: layer.bounds };
  const code = ancestor(binnen, 'gemeenten') ?? binnen;
  const wijkCode = ancestor(binnen, 'wijken');
  const own = () => layer.areas.map((area) => ({ code: area.code, naam: area.name }));
  const named = { code, naam: gemeente?.naam ?? layer.nameOf(code) };
  const chosen = wijkCode ? { code: wijkCode, naam: wijk?.naam ?? wijkCode } : null;
  const isSame = gemeente?.jaar === indeling;
  return {
    gemeente: named,
    wijk: chosen,
    wijken: isSame ? gemeente.onderliggend : niveau === 'wijken' ? own() : chosen ? [chosen] : [],
    bounds: layer.bounds,
  };
}
