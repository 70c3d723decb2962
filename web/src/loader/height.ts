/** How high a frame may be, in pixels. */
const LEAST = 200;
const MOST = 4000;
/** Within so many milliseconds, shrinking after growing is the frame answering to its own height. */
const PACE = 1000;
/** How often it may turn round before it is held. */
const TURNS = 2;

export const clamped = (height: number): number =>
  Math.round(Math.min(MOST, Math.max(LEAST, height)));

/** The height that a frame asks for, without running after one that cannot make up its mind. */
export class Height {
  #now = 0;
  #turns = 0;
  #grew = true;
  #last = Number.NEGATIVE_INFINITY;

  /** The height to take, in pixels; null where it stays as it is. */
  take(asked: number, at: number): number | null {
    if (!(asked > 0)) return null;
    const next = clamped(asked);
    if (Math.abs(next - this.#now) < 2) return null;
    const grows = next > this.#now;
    if (at - this.#last > PACE) this.#turns = 0;
    else if (grows !== this.#grew) this.#turns += 1;
    this.#last = at;
    this.#grew = grows;
    // In a loop the larger one shows everything.
    if (this.#turns > TURNS && !grows) return null;
    this.#now = next;
    return next;
  }
}
