/** Has borders read and tiles made, by a worker where the browser has one. */
import { decodeBorders } from '../core/borders.ts';
import { type Coverage, coverageOf } from '../core/coverage.ts';
import type { Table } from './paint.ts';
import type { TileQuery } from './tile.ts';
import type { Done, Ids, Task } from './worker.ts';

export type { Ids };

/** Who reads borders. */
export interface Reader {
  read(name: string, bytes: Uint8Array): Promise<Coverage>;
  /** Lets go of what was read under a name. */
  forget(name: string): void;
}

/** Reads on the thread of the page; makes no tiles. */
export const plainReader: Reader = {
  read: async (_, bytes) => coverageOf(decodeBorders(bytes)),
  forget: () => {},
};

/** Buffers that are kept for the next pictures, a megabyte each. */
const SPARE = 12;

type Waiting = { resolve: (result: never) => void; reject: (fault: Error) => void };
type Asked = Task extends infer One ? (One extends Task ? Omit<One, 'id'> : never) : never;

export class Raster implements Reader {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #known = new Set<string>();
  readonly #spare: ArrayBuffer[] = [];
  #asked = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Done>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('fault' in data) waiting?.reject(new Error(data.fault));
      else waiting?.resolve(data.result as never);
    };
    worker.onerror = () => this.#fail();
  }

  /** A worker that could not be loaded answers nothing any more. */
  #fail(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the worker failed'));
    this.#waiting.clear();
    this.onfailed();
  }

  onfailed: () => void = () => {};

  read(name: string, bytes: Uint8Array): Promise<Coverage> {
    this.#known.add(name);
    return this.#ask({ kind: 'read', name, bytes }, [bytes.buffer as ArrayBuffer]);
  }

  /** Whether borders were read under a name and not let go since. */
  knows(name: string): boolean {
    return this.#known.has(name);
  }

  forget(name: string): void {
    this.#known.delete(name);
    this.#ask({ kind: 'forget', name }).catch(() => {});
  }

  /** A tile of what was read under these names. */
  tile(sources: string[], query: TileQuery): Promise<Ids> {
    return this.#ask({ kind: 'tile', sources, query });
  }

  /** Lets go of a tile. */
  drop(tile: number): void {
    this.#ask({ kind: 'drop', tile }).catch(() => {});
  }

  /** Tiles as pictures, in their order; null for one that was let go. The buffers are used up. */
  async paint(tiles: number[], table: Table): Promise<(ArrayBuffer | null)[]> {
    const buffers = this.#spare.splice(0, tiles.length);
    return this.#ask({ kind: 'paint', tiles, table, buffers }, buffers);
  }

  /** A buffer that was drawn from serves for the next picture. */
  reuse(buffer: ArrayBuffer): void {
    if (this.#spare.length < SPARE) this.#spare.push(buffer);
  }

  #ask<T>(task: Asked, transfer: Transferable[] = []): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker.postMessage({ ...task, id }, transfer);
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** Null where the browser has no module workers. */
export function startRaster(): Raster | null {
  try {
    return new Raster(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
  } catch {
    return null;
  }
}
