/** Which area lies at a place: boxes first, then a walk along the edges. */
import type { Position } from 'geojson';
import { type Area, parts } from './area.ts';

export function areaAt(areas: Area[], lon: number, lat: number): Area | null {
  return (
    areas.find(({ bounds: [w, s, e, n], geometry }) => {
      if (lon < w || lon > e || lat < s || lat > n) return false;
      // Even-odd over the rings of one part: inside the outer ring and outside its holes.
      return parts(geometry).some(
        (rings) => rings.filter((ring) => holds(ring, lon, lat)).length % 2 === 1,
      );
    }) ?? null
  );
}

function holds(ring: Position[], lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
