/** A layer as it is shown, with what its extent is called. */

import type { AreaDetail, Bounds, Indicator, Legend, Named, SimilarAreas } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import type { Compared } from '../core/comparison.ts';
import type { Crossing } from '../core/crossing.ts';
import { deviate } from '../core/deviation.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor } from '../core/level.ts';
import { kindOf, normOf } from '../core/reference.ts';
import { selectedOrdinals } from '../core/selection.ts';
import { codesOf, type View } from '../core/state.ts';

/** A layer with its legend: always of the same view, so that title, map and legend agree. */
export interface Shown {
  view: View;
  indicator: Indicator;
  layer: Layer;
  /** What the map paints, with its legend: the layer itself, or how far it lies from a mean. */
  drawn: Layer;
  key: Legend;
  /** What values are compared with, where they are; null also where that cannot be made. */
  compared: Compared | null;
  /** What was fetched for that. */
  material: Material;
  legend: Legend;
  /** The gemeente and the wijk of the extent, where it has them. */
  gemeente: Named | null;
  wijk: Named | null;
  /** The wijken to choose from in that gemeente, of the division of this layer. */
  wijken: Named[];
  bounds: Bounds | null;
  /** The topic that is crossed with the first. */
  second: Crossing | null;
  /** Where the page computed a change: what it calls about the same, on either side of zero. */
  band: number | null;
  /** An earlier year under the slider, in the classes of the later one. */
  earlier: { year: number; layer: Layer } | null;
  /** The legend of the earlier of two years that are compared. */
  begun: Legend | null;
}

/** What comparisons need beside the figures; null where it is not asked for, or not to be had. */
export interface Material {
  urbanity: ValueColumn | null;
  alike: SimilarAreas | null;
}
export const NO_MATERIAL: Material = { urbanity: null, alike: null };

/** The last comparisons of a layer: the same object each time, so that nothing is painted twice. */
const comparisons = new WeakMap<Layer, Map<string, Compared | null>>();
const MOST = 12;

/** The layer as the view wants it painted. */
export function drawnOf(
  view: View,
  indicator: Indicator,
  layer: Layer,
  legend: Legend,
  second: Crossing | null,
  material: Material,
): Pick<Shown, 'drawn' | 'key' | 'compared'> {
  if (second) {
    const { drawn } = second;
    const { klassen, redenen, dekking } = drawn.column.description.legenda;
    const key = { ...legend, klassen, redenen, dekking, methode: 'eigen' };
    return { drawn, key, compared: null };
  }
  const compared = view.afwijking === null ? null : comparedOf(view, indicator, layer, material);
  if (!compared) return { drawn: layer, key: legend, compared };
  const drawn = compared.deviation.layer;
  const { klassen, redenen, methode, decimalen, eenheid } = drawn.column.description.legenda;
  const key = { ...legend, klassen, redenen, methode, decimalen, eenheid };
  return { drawn, key, compared };
}

/** Null where there is nothing to compare with. */
function comparedOf(
  { afwijking, maat, gebied, selectie }: View,
  indicator: Indicator,
  layer: Layer,
  { urbanity, alike }: Material,
): Compared | null {
  const reference = afwijking!;
  const kind = kindOf(reference);
  const measure = maat ?? 'verschil';
  const of = kind === 'gelijkend' ? gebied : kind === 'selectie' ? selectie : null;
  const key = JSON.stringify([reference, measure, of]);
  const known = comparisons.get(layer) ?? new Map<string, Compared | null>();
  comparisons.set(layer, known);
  const found = known.get(key);
  if (found) return found;
  const isReady =
    (kind !== 'gelijkend' || alike !== null) &&
    (kind !== 'stedelijkheid' || urbanity?.order === layer.column.order);
  if (!isReady) return null;
  const codes =
    kind === 'gelijkend'
      ? alike!.gebieden.map(({ code }) => code)
      : kind === 'selectie'
        ? codesOf(selectie)
        : null;
  const deviation = deviate(layer, indicator, {
    reference,
    measure,
    key,
    norm: normOf(reference),
    classes: kind === 'stedelijkheid' ? urbanity : null,
    areas: codes && [...selectedOrdinals(layer.whole, codes)],
  });
  const name = layer.whole.find(gebied)?.name ?? '';
  const made = deviation && {
    deviation,
    alike: kind === 'gelijkend' && alike ? { areas: alike.gebieden, name } : null,
    urbanity: kind === 'stedelijkheid' ? (urbanity?.description.legenda ?? null) : null,
  };
  known.set(key, made);
  for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
  return made;
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
