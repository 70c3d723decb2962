/** The same map in each year, small: one tile of ids, and other colours for each. */
import { html, nothing } from 'lit';
import type { Indicator } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import { unitsOf } from '../core/coverage.ts';
import { bordersName } from '../core/detail.ts';
import { legendRows } from '../core/headline.ts';
import type { Layer } from '../core/layer.ts';
import type { Level } from '../core/level.ts';
import { lookOf } from '../core/look.ts';
import { number } from '../core/number.ts';
import { divisionOf, yearsOf } from '../core/state.ts';
import { readInk } from '../map/ink.ts';
import { tableOf } from '../map/table.ts';
import type { Shown } from '../planner/shown.ts';
import type { Raster } from '../raster/raster.ts';
import { WkElement } from './element.ts';

/** Pixels along a side: a multiple of the period of every pattern. */
const SIDE = 240;

export class WkMultiples extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    topic: { attribute: false },
    raster: { attribute: false },
    column: { attribute: false },
    layers: { state: true },
  };
  declare shown: Shown;
  /** As the catalogue has it. */
  declare topic: Indicator;
  declare raster: Raster | null;
  /** Asks for the figures of a year. */
  declare column: (year: number) => Promise<ValueColumn>;
  declare layers: { year: number; layer: Layer }[];
  #key = '';

  constructor() {
    super();
    this.layers = [];
    this.raster = null;
    this.column = () => Promise.reject(new Error('no figures'));
  }

  get #years(): { own: number[]; others: number[] } {
    const { view } = this.shown;
    const all = yearsOf(this.topic, view.niveau);
    const division = divisionOf(this.topic, view.niveau, view.jaar);
    const isOwn = (year: number) => divisionOf(this.topic, view.niveau, year) === division;
    return { own: all.filter(isOwn), others: all.filter((year) => !isOwn(year)) };
  }

  protected override updated(): void {
    const { shown } = this;
    if (!shown) return;
    const { view, layer } = shown;
    const key = JSON.stringify([
      view.indicator,
      view.niveau,
      view.binnen,
      view.methode,
      view.aantalKlassen,
      view.klassegrenzen,
      layer.coverage.order,
    ]);
    if (key === this.#key) return;
    this.#key = key;
    void this.#load(key);
  }

  async #load(key: string): Promise<void> {
    const { layer } = this.shown;
    const made = await Promise.allSettled(
      this.#years.own.map(async (year) => ({ year, layer: layer.with(await this.column(year)) })),
    );
    if (key !== this.#key) return;
    this.layers = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await this.updateComplete;
    await this.#paint(key);
  }

  async #paint(key: string): Promise<void> {
    const { raster, layers, shown } = this;
    const box = shown.bounds ?? shown.layer.bounds;
    if (!raster || !box || layers.length === 0) return;
    const [west, north] = unitsOf(0, box[0], box[3]);
    const [east, south] = unitsOf(0, box[2], box[1]);
    const ratio = (window.devicePixelRatio || 1) > 1 ? 2 : 1;
    const world = ((SIDE - 8) / Math.max(east - west, south - north)) | 0;
    const { description } = shown.layer.coverage;
    const name = bordersName(description.niveau as Level, description.jaar, 'grof', null);
    const tile = await raster.tile([name], {
      world,
      left: Math.round(((west + east) / 2) * world - SIDE / 2),
      top: Math.round(((north + south) / 2) * world - SIDE / 2),
      size: SIDE,
      ratio,
      lines: false,
      strong: 1,
    });
    const ink = readInk();
    for (const { year, layer } of layers) {
      const look = lookOf(layer, ink, false, null);
      const [buffer] = await raster.paint([tile.tile], tableOf(look, ink, ratio));
      if (key !== this.#key || !buffer) continue;
      const canvas = this.querySelector<HTMLCanvasElement>(`#kaart-${year}`);
      if (!canvas) continue;
      canvas.width = tile.side;
      canvas.height = tile.side;
      const picture = new ImageData(new Uint8ClampedArray(buffer), tile.side);
      canvas.getContext('2d')!.putImageData(picture, 0, 0);
    }
    raster.drop(tile.tile);
  }

  override render() {
    const { t, taal, shown, layers } = this;
    if (!shown) return nothing;
    const { own, others } = this.#years;
    const rows = legendRows(
      (layers[0]?.layer.column.description ?? shown.layer.column.description).legenda,
      taal,
      t,
    );
    return html`<div class="compare-page scroll" tabindex="0" role="region" aria-label=${t('yearsTitle')}>
      <h2>${t('yearsTitle')}</h2>
      ${own.length < 2 ? html`<p>${t('yearsNone')}</p>` : nothing}
      ${others.length > 0 ? html`<p class="quiet">${t('yearsOther', { years: others.join(', ') })}</p>` : nothing}
      <ul class="multiples">
        ${own.map(
          (
            year,
          ) => html`<li><button type="button" aria-label=${t('yearsOpen', { year })} @click=${() => this.send('wk-change', { jaar: year, sinds: null, weergave: 'kaart' })}>
            <canvas id=${`kaart-${year}`} width=${SIDE} height=${SIDE} aria-hidden="true"></canvas>
            <span>${year}</span></button></li>`,
        )}
      </ul>
      ${
        layers.length > 0
          ? html`<div class="scroll" tabindex="0" role="region" aria-label=${t('yearsTableCaption', { many: t(`many_${shown.view.niveau}`) })}>
            <table class="facts side-by-side">
            <caption>${t('yearsTableCaption', { many: t(`many_${shown.view.niveau}`) })}</caption>
            <thead><tr><th scope="col">${t('class')}</th>${layers.map(({ year }) => html`<th scope="col">${year}</th>`)}</tr></thead>
            <tbody>
              ${rows.map(
                (
                  row,
                ) => html`<tr><th scope="row"><svg class="swatch" width="20" height="16" aria-hidden="true"><rect width="20" height="16" fill=${row.kleur}></rect></svg> ${row.name}</th>
                ${layers.map(({ layer }) => html`<td>${number(countOf(layer, row.nummer), taal)}</td>`)}</tr>`,
              )}
              <tr><th scope="row">${t('missing')}</th>${layers.map(({ layer }) => html`<td>${number(missingOf(layer), taal)}</td>`)}</tr>
            </tbody>
          </table></div>`
          : nothing
      }
    </div>`;
  }
}

/** Areas of the extent in a class; water counts nowhere. */
function countOf(layer: Layer, nummer: number): number {
  return tally(
    layer,
    (painted, classes) => painted < classes && classes - painted === indexOf(layer, nummer),
  );
}
const indexOf = ({ column }: Layer, nummer: number) =>
  column.description.legenda.klassen.findIndex((one) => one.nummer === nummer) + 1;
const missingOf = (layer: Layer) => tally(layer, (painted, classes) => painted >= classes);

function tally(
  { column, ordinals }: Layer,
  test: (painted: number, classes: number) => boolean,
): number {
  const { vlaggen, legenda } = column.description;
  const water = vlaggen.includes('water') ? 1 << vlaggen.indexOf('water') : 0;
  let count = 0;
  for (const one of ordinals) {
    if (column.flags[one]! & water) continue;
    if (test(column.painted[one]!, legenda.klassen.length)) count += 1;
  }
  return count;
}

customElements.define('wk-multiples', WkMultiples);
