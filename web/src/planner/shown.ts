/** A layer as it is shown, with what its extent is called. */

import type { AreaDetail, Bounds, Indicator, Legend, Named } from '../core/api.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor } from '../core/level.ts';
import type { View } from '../core/state.ts';

/** A layer with its legend: always of the same view, so that title, map and legend agree. */
export interface Shown {
  view: View;
  indicator: Indicator;
  layer: Layer;
  legend: Legend;
  /** The gemeente and the wijk of the extent, where it has them. */
  gemeente: Named | null;
  wijk: Named | null;
  /** The wijken to choose from in that gemeente, of the division of this layer. */
  wijken: Named[];
  bounds: Bounds | null;
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
