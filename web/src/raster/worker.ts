/** Reads borders and makes tiles of them, off the thread that the page moves on. */
import { decodeBorders } from '../core/borders.ts';
import { type Coverage, coverageOf } from '../core/coverage.ts';
import { type TileQuery, tileOf } from './tile.ts';

export type Task =
  | { id: number; kind: 'read'; name: string; bytes: Uint8Array }
  | { id: number; kind: 'tile'; sources: string[]; query: TileQuery };
export type Done = { id: number; fault: string } | { id: number; result: unknown };

const known = new Map<string, Coverage>();

self.onmessage = ({ data: task }: MessageEvent<Task>) => {
  try {
    if (task.kind === 'read') {
      const coverage = coverageOf(decodeBorders(task.bytes));
      known.set(task.name, coverage);
      self.postMessage({ id: task.id, result: coverage } satisfies Done);
      return;
    }
    const sources = task.sources.flatMap((name) => known.get(name) ?? []);
    const tile = tileOf(sources, task.query);
    const { ids, spans, mixed, quarters, inked } = tile;
    self.postMessage({ id: task.id, result: tile } satisfies Done, {
      transfer: [ids.buffer, spans.buffer, mixed.buffer, quarters.buffer, inked.buffer],
    });
  } catch (error) {
    self.postMessage({ id: task.id, fault: String(error) } satisfies Done);
  }
};
