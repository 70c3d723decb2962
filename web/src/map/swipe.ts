/** A second painter over the first, of which only what lies left of a line is seen. */
import type L from 'leaflet';
import type { Raster } from '../raster/raster.ts';
import { Painter } from './painter.ts';

const PANE = 'areas-left';

export class Swipe {
  readonly painter: Painter;
  readonly #map: L.Map;
  readonly #pane: HTMLElement;
  #at = 0;

  constructor(map: L.Map, raster: Raster) {
    this.#map = map;
    this.#pane = map.getPane(PANE) ?? map.createPane(PANE);
    this.#pane.style.zIndex = '355';
    this.painter = new Painter(raster, { pane: PANE });
    map.on('move zoom resize viewreset', this.#clip);
  }

  get at(): number {
    return this.#at;
  }

  /** The line, in pixels from the left of the map. */
  slide(at: number): void {
    this.#at = at;
    this.#clip();
  }

  #clip = (): void => {
    const map = this.#map;
    // The pane moves with the map, and the line does not.
    const { x: left, y: top } = map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = map.getSize();
    const [right, bottom] = [left + Math.min(width, this.#at), top + height];
    this.#pane.style.clipPath = `polygon(${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px)`;
  };

  remove(): void {
    this.#map.off('move zoom resize viewreset', this.#clip);
    this.painter.remove();
  }
}
