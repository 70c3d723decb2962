/** Reads borders, makes tiles of them and paints these, off the thread that the page moves on. */
import { decodeBorders } from '../core/borders.ts';
import { type Coverage, coverageOf } from '../core/coverage.ts';
import { paint, type Table } from './paint.ts';
import { type Tile, type TileQuery, tileOf } from './tile.ts';

export type Task =
  | { id: number; kind: 'read'; name: string; bytes: Uint8Array }
  | { id: number; kind: 'forget'; name: string }
  | { id: number; kind: 'tile'; sources: string[]; query: TileQuery }
  | { id: number; kind: 'drop'; tile: number }
  /** Pictures of tiles in the colours of a table, into buffers that were used before. */
  | { id: number; kind: 'paint'; tiles: number[]; table: Table; buffers: ArrayBuffer[] };
export type Done = { id: number; fault: string } | { id: number; result: unknown };

/** What the page keeps of a tile: the rest stays here. */
export interface Ids {
  tile: number;
  side: number;
  ids: Uint16Array;
  isEmpty: boolean;
}

const known = new Map<string, Coverage>();
const tiles = new Map<number, Tile>();

self.onmessage = ({ data: task }: MessageEvent<Task>) => {
  try {
    const [result, transfer] = done(task);
    self.postMessage({ id: task.id, result } satisfies Done, { transfer });
  } catch (error) {
    self.postMessage({ id: task.id, fault: String(error) } satisfies Done);
  }
};

function done(task: Task): [unknown, Transferable[]] {
  switch (task.kind) {
    case 'read': {
      const coverage = coverageOf(decodeBorders(task.bytes));
      known.set(task.name, coverage);
      return [coverage, []];
    }
    case 'forget':
      known.delete(task.name);
      return [null, []];
    case 'drop':
      tiles.delete(task.tile);
      return [null, []];
    case 'tile': {
      const sources = task.sources.map((name) => {
        const coverage = known.get(name);
        if (!coverage) throw new Error(`no borders ${name}`);
        return coverage;
      });
      const tile = tileOf(sources, task.query);
      tiles.set(task.id, tile);
      const ids = tile.ids.slice();
      const { side, isEmpty } = tile;
      return [{ tile: task.id, side, ids, isEmpty } satisfies Ids, [ids.buffer]];
    }
    case 'paint': {
      const pictures = task.tiles.map((id, at) => {
        const tile = tiles.get(id);
        if (!tile) return null;
        const bytes = 4 * tile.side ** 2;
        const spare = task.buffers[at];
        const buffer = spare?.byteLength === bytes ? spare : new ArrayBuffer(bytes);
        paint(tile, task.table, new Uint32Array(buffer));
        return buffer;
      });
      return [pictures, pictures.flatMap((one) => one ?? [])];
    }
  }
}
