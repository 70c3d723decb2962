/** Area mode: with the arrow keys from area to area, each of which is said aloud. */
import type { Area } from '../core/area.ts';
import { comparedWith } from '../core/comparison.ts';
import { announcement } from '../core/headline.ts';
import { translator } from '../core/i18n/translate.ts';
import type { Language } from '../core/language.ts';
import { type Direction, nearest, neighbour } from '../core/neighbour.ts';
import { sort } from '../core/row.ts';
import type { Shown } from '../planner/shown.ts';

/** The map that is walked on, which keeps whether it is, and what is said. */
export interface Walked {
  readonly shown: Shown | null;
  readonly selected: Area | null;
  readonly taal: Language;
  walking: boolean;
  spoken: string;
}

/** What the map does for a walk. */
export interface Ground {
  /** The area that is pointed at. */
  current(): Area | null;
  /** Longitude and latitude of the middle of what is in view. */
  middle(): [lon: number, lat: number];
  /** Brings an area into view and points at it; at none with null. */
  stand(area: Area | null): void;
  choose(area: Area): void;
}

const WAYS: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

export class Walk {
  readonly #map: Walked;
  readonly #ground: Ground;

  constructor(map: Walked, ground: Ground) {
    this.#map = map;
    this.#ground = ground;
  }

  /** Whether the key was one of the walk: Enter begins it, the other keys are its own while it lasts. */
  key(key: string): boolean {
    const isEnter = key === 'Enter' || key === ' ';
    if (!this.#map.walking) {
      if (isEnter) this.start();
      return isEnter;
    }
    const way = WAYS[key];
    const current = this.#ground.current();
    if (way) this.#step(way);
    else if (isEnter) {
      if (current) this.#ground.choose(current);
    } else if (key === 'Escape') this.stop(true);
    else if (key === 'Home' || key === 'End') this.#end(key === 'End');
    else return false;
    return true;
  }

  /** At the selected area, or at the one that is nearest to the middle. */
  start(): void {
    const map = this.#map;
    if (map.walking) return;
    map.walking = true;
    const start =
      map.selected ?? (map.shown ? nearest(map.shown.layer, ...this.#ground.middle()) : null);
    if (start) this.#stand(start, `${translator(map.taal)('modeOn')} `);
  }

  stop(aloud = false): void {
    const map = this.#map;
    if (!map.walking) return;
    map.walking = false;
    this.#ground.stand(null);
    if (aloud) map.spoken = translator(map.taal)('modeOff');
  }

  #step(direction: Direction): void {
    const { shown, taal } = this.#map;
    const current = this.#ground.current();
    if (!current || !shown) return;
    const next = neighbour(current, shown.layer, direction);
    if (next) this.#stand(next);
    else this.#map.spoken = translator(taal)('edge');
  }

  /** To the first area by name, or the last. */
  #end(descending: boolean): void {
    const { shown, taal } = this.#map;
    const [first] = sort(shown?.layer.areas ?? [], { column: 'name', descending }, taal);
    if (first) this.#stand(first);
  }

  #stand(area: Area, before = ''): void {
    const { shown, taal } = this.#map;
    const t = translator(taal);
    this.#ground.stand(area);
    const told = comparedWith(area, shown!, taal, t);
    const said =
      shown!.second?.spoken(area, taal, t) ??
      announcement(area, shown!.indicator, shown!.legend, taal, t);
    this.#map.spoken = before + [said, told?.words].filter(Boolean).join(', ');
  }
}
