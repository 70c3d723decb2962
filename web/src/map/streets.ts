/** Streets and their names through the colours: what is white in them leaves the colour as it is. */
import L from 'leaflet';
import { rooted } from '../core/root.ts';

/** From this zoom on streets show through the colours. */
export const STREETS = 12;

export class Streets {
  readonly #pane: HTMLElement;

  constructor(map: L.Map) {
    const pane = map.createPane('streets');
    pane.style.zIndex = '360';
    pane.style.opacity = '0.7';
    pane.style.mixBlendMode = 'multiply';
    pane.style.pointerEvents = 'none';
    L.tileLayer(rooted('/v1/achtergrondkaart/{z}/{x}/{y}.png'), {
      pane: 'streets',
      minZoom: STREETS,
      maxZoom: 17,
      minNativeZoom: STREETS,
    }).addTo(map);
    this.#pane = pane;
  }

  /** How much of them shows, from 0 to 1. */
  show(opacity: number): void {
    this.#pane.style.opacity = String(opacity);
  }
}
