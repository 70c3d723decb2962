/** The files of a site: where an answer lies, and what is in it. */

/** A division as the site has it: `gegevens/indelingen.json`. */
export interface Division {
  jaar: number;
  niveaus: string[];
  /** The levels with numbers of residents. */
  inwoners: string[];
  /** The gemeenten with borders of their own. */
  gemeenten: string[];
  /** Of these, those whose areas are told in full. */
  uitgebreid: string[];
}

type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

export class Files {
  readonly #fetch: Fetch;
  readonly #kept = new Map<string, Promise<unknown>>();
  constructor(fetcher: Fetch) {
    this.#fetch = fetcher;
  }

  /** The bytes of a file, unpacked. Fails where it does not come. */
  async bytes(path: string, signal?: AbortSignal | null): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await this.#fetch(`gegevens/${path}.gz`, { signal: signal ?? null });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // Some web spaces say that such a file is packed, and then the browser has opened it.
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : bytes;
  }

  /** What a file of JSON holds, kept: for what is asked for often. */
  json<T>(path: string): Promise<T> {
    let found = this.#kept.get(path);
    if (!found) {
      // Without the signal of who asks first: the next one wants it as well.
      found = this.bytes(path).then((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
      this.#kept.set(path, found);
      found.catch(() => this.#kept.delete(path));
    }
    return found as Promise<T>;
  }

  divisions(): Promise<Division[]> {
    return this.json('indelingen.json');
  }
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(opened).arrayBuffer());
}
