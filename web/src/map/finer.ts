/** Finer borders where the map is near: the same areas in the same order, file by file. */
import type { Bounds } from '../core/api.ts';
import { type Coverage, lonLat } from '../core/coverage.ts';
import { bordersName, type Detail } from '../core/detail.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor, type Level } from '../core/level.ts';

/** The detail that is sharp from a zoom on, and whether it comes for each gemeente apart. */
const STEPS: { from: number; detail: Detail; apart: boolean }[] = [
  { from: 14.5, detail: 'volledig', apart: true },
  { from: 11.5, detail: 'fijn', apart: true },
  { from: 9.75, detail: 'middel', apart: false },
];
/** No more files than this for one view: beyond it the coarser borders do. */
const MOST = 24;

/** West, north, east, south in parts of the world. */
type Box = [number, number, number, number];

export class Finer {
  readonly #layer: Layer;
  readonly #level: Level;
  readonly #division: number;
  readonly #load: (detail: Detail, binnen: string | null) => Promise<Coverage>;
  readonly #loaded = new Map<string, Coverage>();
  readonly #asked = new Set<string>();
  readonly #boxes = new Map<string, Box>();

  readonly #keeps: (name: string) => boolean;

  /** `keeps` says whether borders that came are still there to make tiles of. */
  constructor(
    layer: Layer,
    load: (detail: Detail, binnen: string | null) => Promise<Coverage>,
    keeps: (name: string) => boolean,
  ) {
    this.#keeps = keeps;
    const { description } = layer.coverage;
    this.#layer = layer;
    this.#level = description.niveau as Level;
    this.#division = description.jaar;
    this.#load = load;
    const { codes, boxes, bits } = layer.coverage;
    codes.forEach((code, area) => {
      const gemeente = ancestor(code, 'gemeenten');
      if (gemeente === null) return;
      const [w, n, e, s] = Array.from(boxes.subarray(4 * area, 4 * area + 4), (x) => x / 2 ** bits);
      const own = this.#boxes.get(gemeente);
      const box: Box = own
        ? [Math.min(own[0], w!), Math.min(own[1], n!), Math.max(own[2], e!), Math.max(own[3], s!)]
        : [w!, n!, e!, s!];
      this.#boxes.set(gemeente, box);
    });
  }

  #name(detail: Detail, binnen: string | null): string {
    return bordersName(this.#level, this.#division, detail, binnen);
  }

  /** Whether borders come for each gemeente apart: areas of no gemeente come together. */
  #isApart({ apart }: { apart: boolean }): boolean {
    return apart && this.#boxes.size > 0;
  }

  #within([west, north, east, south]: Box): string[] {
    return [...this.#boxes].flatMap(([code, [w, n, e, s]]) =>
      w <= east && e >= west && n <= south && s >= north ? [code] : [],
    );
  }

  #has(name: string): boolean {
    if (!this.#loaded.has(name)) return false;
    if (this.#keeps(name)) return true;
    this.#loaded.delete(name);
    this.#asked.delete(name);
    return false;
  }

  /** Fetches what a view at this zoom lacks. Resolves with whether anything came. */
  async want(zoom: number, view: Box): Promise<boolean> {
    const step = STEPS.find(({ from }) => zoom >= from);
    if (!step) return false;
    const isApart = this.#isApart(step);
    const apart = isApart ? this.#within(view) : [];
    if (apart.length > MOST) return this.want(STEPS[2]!.from, view);
    const files = isApart ? apart : [null];
    const lacking = files.filter((code) => {
      const name = this.#name(step.detail, code);
      return !this.#has(name) && !this.#asked.has(name);
    });
    const came = await Promise.all(
      lacking.map(async (code) => {
        const name = this.#name(step.detail, code);
        this.#asked.add(name);
        try {
          const coverage = await this.#load(step.detail, code);
          // Of another delivery: its ordinals would mean other areas.
          if (coverage.order !== this.#layer.coverage.order) return false;
          this.#loaded.set(name, coverage);
          return true;
        } catch {
          // Coarser borders are borders too; the next move asks again.
          this.#asked.delete(name);
          return false;
        }
      }),
    );
    return came.includes(true);
  }

  /** The borders for a tile: all of one detail, so that nothing gapes between them. */
  sources(zoom: number, box: Box): string[] {
    for (const step of STEPS) {
      const { from, detail } = step;
      if (zoom < from) continue;
      const codes = this.#isApart(step) ? this.#within(box) : [null];
      if (codes.length > MOST) continue;
      const names = codes.map((code) => this.#name(detail, code));
      if (names.every((name) => this.#has(name))) return names;
    }
    return [this.#name('grof', null)];
  }

  /** The finest borders that are here of an area, and its place in them. */
  finest(ordinal: number): { coverage: Coverage; area: number } {
    const gemeente = ancestor(this.#layer.coverage.codes[ordinal] ?? '', 'gemeenten');
    for (const { detail, apart } of STEPS) {
      const coverage = this.#loaded.get(this.#name(detail, apart ? gemeente : null));
      const area = coverage?.ordinals.indexOf(ordinal) ?? -1;
      if (coverage && area >= 0) return { coverage, area };
    }
    return { coverage: this.#layer.coverage, area: ordinal };
  }

  /** The box around a gemeente. */
  boundsOf(gemeente: string): Bounds | null {
    const box = this.#boxes.get(gemeente);
    if (!box) return null;
    const [west, north] = lonLat(0, box[0], box[1]);
    const [east, south] = lonLat(0, box[2], box[3]);
    return [west, south, east, north];
  }
}
