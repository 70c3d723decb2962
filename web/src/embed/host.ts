/** The conversation of a frame with the page that it is on. */
import type { Tokens } from '../core/theme.ts';

/** What a page says of itself. */
export interface Page {
  /** Whether the frame is made as high as what is in it. */
  auto: boolean;
  scheme: 'light' | 'dark' | null;
  tokens: Tokens;
}

export type Word =
  | { type: 'hello' }
  | { type: 'ready' }
  | { type: 'height'; height: number }
  | { type: 'state'; address: string }
  | { type: 'select'; code: string; naam: string };

/** Null for what is no message of a page. */
export function readPage(data: unknown): Page | null {
  if (typeof data !== 'object' || data === null) return null;
  const { wk, type, auto, scheme, tokens } = data as Record<string, unknown>;
  if (wk !== 1 || type !== 'host') return null;
  const isPlain = typeof tokens === 'object' && tokens !== null && !Array.isArray(tokens);
  return {
    auto: auto === true,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : null,
    tokens: isPlain ? (tokens as Tokens) : {},
  };
}

export class Host {
  readonly #heard: (page: Page) => void;
  #said = new Set<string>();

  constructor(heard: (page: Page) => void) {
    this.#heard = heard;
    if (window.parent === window) return;
    window.addEventListener('message', this.#hear);
    this.send({ type: 'hello' });
  }

  /** Nothing in it is a secret: who frames the page may read it. */
  send(word: Word): void {
    if (window.parent !== window) window.parent.postMessage({ wk: 1, ...word }, '*');
  }

  /** Says a thing once. */
  once(type: 'ready'): void {
    if (this.#said.has(type)) return;
    this.#said.add(type);
    this.send({ type });
  }

  #hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== window.parent) return;
    // Not every browser tells who is around.
    const around = window.location.ancestorOrigins?.[0];
    if (around !== undefined && around !== origin) return;
    const page = readPage(data);
    if (page) this.#heard(page);
  };
}
