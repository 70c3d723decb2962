/** The address in the browser: written as views change, read when the visitor goes back. */
import type { Wish } from '../core/state.ts';
import type { Ways } from './ways.ts';

/** How long the address waits for the next one that replaces it, in milliseconds. */
const REST = 200;

export class AddressBar {
  readonly #ways: Ways;
  readonly #back: (wish: Wish) => void;
  #late: ReturnType<typeof setTimeout> | undefined;
  #pending: string | null = null;

  /** `back` hears what an address asks for that the visitor went back or forward to. */
  constructor(ways: Ways, back: (wish: Wish) => void) {
    this.#ways = ways;
    this.#back = back;
    window.addEventListener('popstate', this.#popped);
  }

  read(): Wish {
    return this.#ways.read();
  }

  /**
   * Steps are written at once; what a drag, a filter or playing years replace, once these rest:
   * a browser does much for each address, and refuses many in a short time.
   */
  write(state: string, step: 'push' | 'replace'): void {
    const address = this.#ways.written(state);
    if (step === 'replace') {
      this.#pending = address;
      clearTimeout(this.#late);
      this.#late = setTimeout(() => this.#flush(), REST);
      return;
    }
    this.#flush();
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
  }

  #flush(): void {
    clearTimeout(this.#late);
    const address = this.#pending;
    this.#pending = null;
    if (address !== null && address !== location.pathname + location.search)
      history.replaceState(null, '', address);
  }

  #popped = (): void => {
    clearTimeout(this.#late);
    this.#pending = null;
    this.#back(this.read());
  };

  end(): void {
    window.removeEventListener('popstate', this.#popped);
  }
}
