/** From the grid of borders to Leaflet, where latitude goes first. */
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import { ringOf, ringsOf } from '../core/borders.ts';
import { type Coverage, lonLat } from '../core/coverage.ts';

/** The rings of an area of a file, from the arcs that it shares with its neighbours. */
export function outlineOf(coverage: Coverage, area: number): L.LatLngTuple[][] {
  return ringsOf(coverage, area).map((ring) => {
    const vertices = ringOf(coverage, ring);
    const found: L.LatLngTuple[] = [];
    for (let i = 0; i < vertices.length; i += 2) {
      const [lon, lat] = lonLat(coverage.bits, vertices[i]!, vertices[i + 1]!);
      found.push([lat, lon]);
    }
    return found;
  });
}

export function boundsOf([west, south, east, north]: Bounds): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east]);
}
