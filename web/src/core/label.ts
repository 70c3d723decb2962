/** Where a number in an area stands: the place inside it that is farthest from its border. */
import { type Borders, ringOf, ringsOf } from './borders.ts';
import type { Coverage } from './coverage.ts';

export interface Label {
  /** In units of the grid. */
  x: number;
  y: number;
  /** How far the border is, in units: a circle of this radius lies in the area. */
  room: number;
}

const known = new WeakMap<Coverage, Map<number, Label | null>>();

/** Null for an area without a shape. Reckoned when first asked for, linear in vertices a trial. */
export function labelOf(coverage: Coverage, area: number): Label | null {
  const labels = known.get(coverage) ?? new Map<number, Label | null>();
  known.set(coverage, labels);
  let found = labels.get(area);
  if (found === undefined) {
    found = farthest(coverage, area);
    labels.set(area, found);
  }
  return found;
}

/** A square that may hold a better place than the best one yet. */
interface Cell extends Label {
  half: number;
}

/** Squares are halved as long as they may hold a place with this much more room, as a part of it. */
const GAIN = 0.05;
/** No more trials than this, however long and thin the area. */
const MOST = 160;

function farthest(coverage: Coverage, area: number): Label | null {
  const { boxes, middles } = coverage;
  const [west, north, east, south] = boxes.subarray(4 * area, 4 * area + 4) as unknown as Box;
  if (west >= east || north >= south) return null;
  const edges = edgesOf(coverage, area);
  const cell = (x: number, y: number, half: number): Cell => ({
    x,
    y,
    half,
    room: roomAt(edges, x, y),
  });
  const side = Math.min(east - west, south - north);
  let best = cell(middles[2 * area]!, middles[2 * area + 1]!, 0);
  const waiting: Cell[] = [];
  for (let x = west + side / 2; x < east + side / 2; x += side)
    for (let y = north + side / 2; y < south + side / 2; y += side)
      waiting.push(cell(x, y, side / 2));
  for (let tried = 0; waiting.length > 0 && tried < MOST; tried++) {
    waiting.sort((a, b) => a.room + reach(a) - b.room - reach(b));
    const next = waiting.pop()!;
    if (next.room > best.room) best = next;
    if (next.room + reach(next) <= best.room * (1 + GAIN)) break;
    const half = next.half / 2;
    for (const [dx, dy] of [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ] as const)
      waiting.push(cell(next.x + dx * half, next.y + dy * half, half));
  }
  return best.room > 0 ? { x: best.x, y: best.y, room: best.room } : null;
}

type Box = [number, number, number, number];

const reach = ({ half }: Cell) => half * Math.SQRT2;

/** By edge: both ends. */
function edgesOf(borders: Borders, area: number): Float64Array {
  const edges: number[] = [];
  for (const ring of ringsOf(borders, area)) {
    const vertices = ringOf(borders, ring);
    for (let i = 0; i < vertices.length; i += 2) {
      const next = i + 2 < vertices.length ? i + 2 : 0;
      edges.push(vertices[i]!, vertices[i + 1]!, vertices[next]!, vertices[next + 1]!);
    }
  }
  return Float64Array.from(edges);
}

/** The distance to the nearest edge; negative outside. */
function roomAt(edges: Float64Array, x: number, y: number): number {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < edges.length; i += 4) {
    const [ax, ay, bx, by] = [edges[i]!, edges[i + 1]!, edges[i + 2]!, edges[i + 3]!];
    if (ay > y !== by > y && x >= ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(
      1,
      Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)),
    );
    const [ex, ey] = [ax + along * dx - x, ay + along * dy - y];
    nearest = Math.min(nearest, ex * ex + ey * ey);
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}
