/** From GeoJSON to Leaflet: latitude goes first there. */
import type { Position } from 'geojson';
import L from 'leaflet';
import type { Bounds } from '../core/api.ts';
import { type Area, parts } from '../core/area.ts';

/** How much Leaflet may simplify; the same everywhere, so that lines lie on each other. */
export const SMOOTH = 0.7;

const turn = ([lon = 0, lat = 0]: Position): L.LatLngTuple => [lat, lon];

export function rings(area: Area): L.LatLngTuple[][][] {
  return parts(area.geometry).map((part) => part.map((ring) => ring.map(turn)));
}

export function lineOf(line: Position[]): L.LatLngTuple[] {
  return line.map(turn);
}

export function boundsOf([west, south, east, north]: Bounds): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east]);
}

export function middleOf(area: Area): L.LatLngTuple {
  return [area.middle[1], area.middle[0]];
}
