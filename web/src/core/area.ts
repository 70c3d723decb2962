/** One area of a layer, in the shape that map, table and panel share. */
import type { Geometry, Position } from 'geojson';
import type { Bounds, Layer } from './api.ts';
import { ancestor } from './level.ts';

export interface Area {
  code: string;
  name: string;
  /** The name of its gemeente, or its code where no name is known; its own name for a gemeente. */
  gemeente: string;
  value: number | null;
  reason: string | null;
  class: number | null;
  className: string | null;
  flags: string[];
  /** What a rounded value may stand for, lowest and highest. */
  interval: [number, number] | null;
  /** The ranks that follow in the whole country, best and worst. */
  rank: [number, number] | null;
  fill: string | null;
  geometry: Geometry | null;
  /** Longitude and latitude of the middle of its largest part. */
  middle: [number, number];
  bounds: Bounds;
}

export const isWater = (area: Area) => area.flags.includes('water');
export const isSparse = (area: Area) => area.flags.includes('nauwelijks-woongebied');
/** Whether an area takes part in comparisons: it has a value and no flag says to leave it out. */
export const counts = (area: Area) => area.value !== null && area.flags.length === 0;

/** Whether a layer leaves it to the codes which gemeente its areas lie in. */
export function lacksGemeente(layer: Layer): boolean {
  return layer.niveau !== 'gemeenten' && layer.features.some((one) => !one.properties.gemeente);
}

/** `names` are those of gemeenten by code, for a layer that does not say them. */
export function areasOf(layer: Layer, names = new Map<string, string>()): Area[] {
  return layer.features.map((feature) => {
    const one = feature.properties;
    const code = one.code ?? feature.id;
    const gemeente = ancestor(code, 'gemeenten');
    const { middle, bounds } = measure(feature.geometry);
    return {
      code,
      name: one.naam,
      gemeente: one.gemeente ?? (gemeente === code ? one.naam : nameOf(gemeente, names)),
      value: one.waarde,
      reason: one.reden,
      class: one.klasse,
      className: one.klassenaam,
      flags: flagsOf(one.vlaggen),
      interval: one.marge ?? null,
      rank: one.rang ?? null,
      fill: one.fill ?? null,
      geometry: feature.geometry,
      middle,
      bounds,
    };
  });
}

function nameOf(gemeente: string | null, names: Map<string, string>): string {
  return gemeente === null ? '' : (names.get(gemeente) ?? gemeente);
}

/** The box around all of them; null around nothing. */
export function boundsAround(areas: Area[]): Bounds | null {
  const drawn = areas.filter(({ geometry }) => geometry !== null);
  if (drawn.length === 0) return null;
  const side = (index: number, pick: (...all: number[]) => number) =>
    drawn.map(({ bounds }) => bounds[index]!).reduce((a, b) => pick(a, b));
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)];
}

/** Tools that pass a layer on may flatten a list to one text. */
function flagsOf(flags: string[] | string | null | undefined): string[] {
  if (typeof flags === 'string') return flags.split(/[\s,;]+/).filter(Boolean);
  return flags ?? [];
}

/** The outer and inner rings of each part. */
export function parts(geometry: Geometry | null): Position[][][] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates;
  return [];
}

function measure(geometry: Geometry | null): { middle: [number, number]; bounds: Bounds } {
  if (geometry?.type === 'Point') {
    const [x = 0, y = 0] = geometry.coordinates;
    return { middle: [x, y], bounds: [x, y, x, y] };
  }
  const bounds: Bounds = [180, 90, -180, -90];
  let largest = -1;
  let middle: [number, number] = [0, 0];
  for (const part of parts(geometry)) {
    const ring = part[0] ?? [];
    for (const [x = 0, y = 0] of ring) {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    }
    const { surface, at } = centre(ring);
    if (surface > largest) {
      largest = surface;
      middle = at;
    }
  }
  return { middle, bounds };
}

/** The centre of gravity of a ring, and twice its surface. */
function centre(ring: Position[]): { surface: number; at: [number, number] } {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let doubled = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 1; i < ring.length; i++) {
    const ax = (ring[i - 1]?.[0] ?? 0) - x0;
    const ay = (ring[i - 1]?.[1] ?? 0) - y0;
    const bx = (ring[i]?.[0] ?? 0) - x0;
    const by = (ring[i]?.[1] ?? 0) - y0;
    const cross = ax * by - bx * ay;
    doubled += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  }
  if (doubled === 0) return { surface: 0, at: [x0, y0] };
  return {
    surface: Math.abs(doubled),
    at: [x0 + sumX / (3 * doubled), y0 + sumY / (3 * doubled)],
  };
}
