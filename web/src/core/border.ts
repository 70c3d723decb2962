/** The lines that part gemeenten, read from the areas of a layer: no other shapes are needed. */
import type { Position } from 'geojson';
import { type Area, parts } from './area.ts';
import { ancestor } from './level.ts';

export type Line = Position[];

/** Vertices that lie within a tenth of a metre are the same. */
const GRAIN = 1e6;
const SPAN = 2e7;
const MOST = 2 ** 24;

/**
 * The sides that no other area of the same gemeente has, joined into lines, each drawn once. Where
 * neighbours do not share their vertices a side counts as outer. Linear in the number of vertices.
 */
export function outerLines(areas: Area[]): Line[] {
  const vertices = new Map<number, number>();
  const first = areas.flatMap((area) => parts(area.geometry)[0]?.[0]?.[0] ?? []);
  const [lon0 = 0, lat0 = 0] = first;
  const idOf = ([lon = 0, lat = 0]: Position): number => {
    const x = Math.round((lon - lon0) * GRAIN) + SPAN / 2;
    const y = Math.round((lat - lat0) * GRAIN) + SPAN / 2;
    const key = x * SPAN + y;
    let id = vertices.get(key);
    if (id === undefined) {
      id = vertices.size;
      vertices.set(key, id);
    }
    return id;
  };
  const sideOf = (a: number, b: number) => Math.min(a, b) * MOST + Math.max(a, b);

  const rings = areas.map((area, owner) => ({
    owner,
    gemeente: ancestor(area.code, 'gemeenten'),
    rings: parts(area.geometry)
      .flat()
      .map((ring) => ({ ring, ids: ring.map(idOf) })),
  }));
  /** Per side the area that draws it, or the area's complement where the side lies inside. */
  const sides = new Map<number, number>();
  for (const { owner, gemeente, rings: own } of rings) {
    for (const { ids } of own) {
      for (let i = 1; i < ids.length; i++) {
        const key = sideOf(ids[i - 1]!, ids[i]!);
        const known = sides.get(key);
        if (known === undefined) sides.set(key, owner);
        else if (known >= 0 && rings[known]!.gemeente === gemeente) sides.set(key, ~known);
      }
    }
  }

  const lines: Line[] = [];
  for (const { owner, rings: own } of rings) {
    for (const { ring, ids } of own) {
      let line: Line = [];
      for (let i = 1; i < ids.length; i++) {
        if (sides.get(sideOf(ids[i - 1]!, ids[i]!)) === owner) {
          if (line.length === 0) line.push(ring[i - 1]!);
          line.push(ring[i]!);
        } else if (line.length > 0) {
          lines.push(line);
          line = [];
        }
      }
      if (line.length > 0) lines.push(line);
    }
  }
  return lines;
}
