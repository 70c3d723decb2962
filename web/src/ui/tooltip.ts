/** What is said of the area under the pointer, or the one that the keys are at. */
import { html, nothing } from 'lit';
import { type Area, isSparse } from '../core/area.ts';
import { comparedWith } from '../core/comparison.ts';
import { estimateText, figure, perspectiveText } from '../core/headline.ts';
import { say } from '../core/language.ts';
import { perspective } from '../core/perspective.ts';
import { interval } from '../core/precision.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';
import { areaSwatch } from './swatch.ts';

/** Where it points at, in pixels of the map. */
export interface At {
  x: number;
  y: number;
}

/** How far it stays from what it points at, within the padding of the style sheet, in pixels. */
const AWAY = 16 - 8;

/** An element of its own, so that a move of the pointer renders nothing else. */
export class WkTooltip extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    area: { attribute: false },
    at: { attribute: false },
  };
  declare shown?: Shown | null;
  declare area?: Area | null;
  declare at?: At | null;
  /** Of the map, as last observed: asking for it would lay the page out. */
  #width = 0;
  #height = 0;
  #observer: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const map = this.parentElement!;
    ({ width: this.#width, height: this.#height } = map.getBoundingClientRect());
    this.#observer = new ResizeObserver(([entry]) => {
      ({ width: this.#width, height: this.#height } = entry!.contentRect);
    });
    this.#observer.observe(map);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
  }

  override render() {
    const { area, at, shown, taal, t } = this;
    if (!area || !at || !shown) return nothing;
    const { view, indicator, legend, layer } = shown;
    const told = figure(area, indicator, legend, taal, t);
    const standing = perspectiveText(perspective(area, layer.ranked), view, indicator, taal, t);
    return html`<div class="tooltip" aria-hidden="true">
      <p class="tooltip-name">${area.name}</p>
      ${area.gemeente === '' || area.gemeente === area.name ? nothing : html`<p class="quiet">${area.gemeente}</p>`}
      ${this.#second(area, shown) ?? html`<p class="tooltip-figure">${told.figure}${told.class ? html` <span>${told.class}</span>` : nothing}</p>`}
      ${this.#estimate(area, shown)}
      ${this.#rounded(area, shown)} ${this.#deviation(area, shown)} ${this.#earlier(area, shown)}
      ${standing && !shown.second ? html`<p class="quiet">${standing}</p>` : nothing}
      ${isSparse(area) ? html`<p class="quiet">${t('flag_nauwelijks-woongebied')}</p>` : nothing}
      <p class="quiet">${t('source', { source: say((shown.second?.key ?? legend).bron, taal) })}${shown.second ? '' : `, ${view.jaar}`}</p>
    </div>`;
  }

  /** How the figure was estimated, from another division. */
  #estimate(area: Area, { earlier }: Shown) {
    const told = estimateText(area, this.taal, this.t);
    const before = earlier && estimateText(earlier.layer.area(area.ordinal), this.taal, this.t);
    return html`${told ? html`<p class="estimate">${told}</p>` : nothing}
      ${before ? html`<p class="estimate">${earlier.year}: ${before}</p>` : nothing}`;
  }

  /** What a rounded figure may stand for. */
  #rounded({ value }: Area, { indicator, band }: Shown) {
    const step = indicator.afronding;
    if (!step || value === null || band !== null) return nothing;
    const bounds = [Math.max(0, value - step / 2), value + step / 2] as const;
    const range = interval(bounds, indicator, this.taal, this.t);
    return html`<p class="quiet">${this.t('roundedTip', { range })}</p>`;
  }

  /** How far it lies from what it is compared with, where the map shows that. */
  #deviation(area: Area, shown: Shown) {
    const told = comparedWith(area, shown, this.taal, this.t);
    return told ? html`<p class=${told.known ? '' : 'quiet'}>${told.words}</p>` : nothing;
  }

  /** The figures of two topics, and where they meet. */
  #second(area: Area, { second }: Shown) {
    if (!second) return null;
    const { own, other, cell, known } = second.told(area, this.taal, this.t);
    return html`${[own, other].map(({ topic, figure: words }) => html`<p>${topic}: <b>${words}</b></p>`)}
      ${known ? html`<p class="tooltip-cell">${areaSwatch(second.drawn.area(area.ordinal))} ${cell}</p>` : nothing}`;
  }

  /** The figure of the year on the other side of the slider. */
  #earlier({ ordinal }: Area, { earlier, indicator, legend }: Shown) {
    if (!earlier) return nothing;
    const told = figure(earlier.layer.area(ordinal), indicator, legend, this.taal, this.t);
    return html`<p>${earlier.year}: <b>${told.figure}</b></p>`;
  }

  /** Towards the middle of the map, and never over its edges: see the style sheet. */
  protected override updated(): void {
    if (!this.area || !this.at) return;
    const { x, y } = this.at;
    this.style.gridTemplateColumns = tracks(x, this.#width);
    this.style.gridTemplateRows = tracks(y, this.#height);
  }
}

/**
 * Room beside the point, the tooltip, and what is left: the room shrinks where the tooltip needs
 * it. On the further half it is the other way round.
 */
function tracks(at: number, size: number): string {
  const near = `minmax(0, ${Math.max(0, Math.min(at, size - at) + AWAY)}px)`;
  const rest = 'minmax(0, 1fr)';
  return at > size / 2 ? `${rest} auto ${near}` : `${near} auto ${rest}`;
}

customElements.define('wk-tooltip', WkTooltip);
