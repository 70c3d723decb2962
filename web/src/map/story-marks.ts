/** Marks of approaches on the map, each in its shape, with what they are called beside them. */
import L from 'leaflet';
import { type Group, groups, type Story } from '../core/stories.ts';
import { shapeOf } from '../core/story-shape.ts';
import type { Over } from './view.ts';

const PANE = 'stories';
/** The width of a mark, in parts of the text. */
const WIDE = 2;
/** Beyond this the map comes no nearer: what still lies together is chosen. */
const NEAREST = 15;

export interface Telling {
  /** The lines that say what a mark stands for. */
  lines(group: Group): string[];
  choose(story: Story): void;
}

export class StoryMarks implements Over {
  readonly #stories: Story[];
  readonly #telling: Telling;
  readonly #group = L.layerGroup();
  #map: L.Map | null = null;

  constructor(stories: Story[], telling: Telling) {
    this.#stories = stories;
    this.#telling = telling;
  }

  put(map: L.Map): void {
    this.#map = map;
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = '550';
    this.#group.addTo(map);
    map.on('zoomend', this.#write);
    document.addEventListener('keydown', this.#hush);
    this.#write();
  }

  remove(): void {
    this.#map?.off('zoomend', this.#write);
    document.removeEventListener('keydown', this.#hush);
    this.#group.remove();
    this.#map = null;
  }

  #write = (): void => {
    const map = this.#map!;
    this.#group.clearLayers();
    // As large as a reader has made the text.
    const text = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    const found = groups(this.#stories, WIDE * text, ([lon, lat]) =>
      map.latLngToLayerPoint([lat, lon]),
    );
    for (const group of found) this.#add(map, group);
  };

  #add(map: L.Map, group: Group): void {
    const [lon, lat] = group.at;
    const element = drawn(group, this.#telling.lines(group));
    const icon = L.divIcon({ className: 'wk-story', html: element, iconSize: [0, 0] });
    // The list beside the map is how keys and screen readers reach it.
    const marker = L.marker([lat, lon], { pane: PANE, keyboard: false, icon });
    marker.on('click', () => this.#press(map, group)).addTo(this.#group);
    element.addEventListener('pointerenter', () => {
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      const size = map.getSize();
      element.classList.toggle('below', y < size.y / 2);
      element.classList.toggle('leftward', x > size.x / 2);
      element.classList.remove('hushed');
      // The area below it is not pointed at.
      map.getContainer().dispatchEvent(new PointerEvent('pointerleave'));
    });
    element.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) event.stopPropagation();
    });
  }

  /** Chooses the area; of several it goes there, so that they come apart. */
  #press(map: L.Map, { stories, areas }: Group): void {
    const places = stories.flatMap(({ plek }): L.LatLngTuple[] =>
      plek ? [[plek[1], plek[0]]] : [],
    );
    const bounds = L.latLngBounds(places);
    const isApart =
      areas > 1 && map.getZoom() < NEAREST && map.getBoundsZoom(bounds) > map.getZoom();
    if (isApart) map.fitBounds(bounds, { animate: false, padding: [64, 64], maxZoom: NEAREST });
    else this.#telling.choose(stories[0]!);
  }

  /** What lies over the map goes without the pointer having to move. */
  #hush = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape') return;
    const pane = this.#map?.getPane(PANE);
    for (const one of pane?.querySelectorAll('.story-mark:hover') ?? [])
      one.classList.add('hushed');
  };
}

function drawn({ stories, pillar }: Group, lines: string[]): HTMLElement {
  const element = document.createElement('span');
  element.className = 'story-mark';
  const { letter, path } = shapeOf(pillar);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  const sign = document.createElement('b');
  sign.textContent = stories.length > 1 ? String(stories.length) : letter;
  const tip = document.createElement('span');
  tip.className = 'story-tip';
  for (const line of lines) {
    const row = document.createElement('span');
    row.textContent = line;
    tip.append(row);
  }
  element.append(svg, sign, tip);
  return element;
}
