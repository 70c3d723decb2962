/** Has borders read and tiles made, by a worker where the browser has one. */
import { decodeBorders } from '../core/borders.ts';
import { type Coverage, coverageOf } from '../core/coverage.ts';
import type { Tile, TileQuery } from './tile.ts';
import type { Done, Task } from './worker.ts';

/** Who reads borders. */
export interface Reader {
  read(name: string, bytes: Uint8Array): Promise<Coverage>;
}

/** Reads on the thread of the page; makes no tiles. */
export const plainReader: Reader = {
  read: async (_, bytes) => coverageOf(decodeBorders(bytes)),
};

type Waiting = { resolve: (result: never) => void; reject: (fault: Error) => void };
type Asked = Task extends infer One ? (One extends Task ? Omit<One, 'id'> : never) : never;

export class Raster implements Reader {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
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
    return this.#ask({ kind: 'read', name, bytes }, [bytes.buffer as ArrayBuffer]);
  }

  /** A tile of what was read under these names. */
  tile(sources: string[], query: TileQuery): Promise<Tile> {
    return this.#ask({ kind: 'tile', sources, query });
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
