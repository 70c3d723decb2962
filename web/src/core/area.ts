/** One area of a layer, in the shape that map, table and panel share. */
import type { Bounds } from './api.ts';
import type { Estimate } from './origin.ts';

export interface Area {
  /** Its place among all areas of the level: what borders and values are joined by. */
  ordinal: number;
  code: string;
  name: string;
  /** The name of its gemeente, or its code where no name is known; its own name for a gemeente. */
  gemeente: string;
  value: number | null;
  reason: string | null;
  class: number | null;
  flags: string[];
  /** Where the figure was estimated, from the areas of another division. */
  estimate: Estimate | null;
  fill: string | null;
  /** Longitude and latitude of the middle of its largest part. */
  middle: [number, number];
  bounds: Bounds;
}

export const isWater = (area: Area) => area.flags.includes('water');
export const isSparse = (area: Area) => area.flags.includes('nauwelijks-woongebied');
/** Whether an area takes part in comparisons: it has a value and no flag says to leave it out. */
export const counts = (area: Area) => area.value !== null && area.flags.length === 0;
