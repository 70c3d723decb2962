/** The same map small: in each year, and at each level. */
import { html, nothing } from 'lit';
import type { Indicator, Legend } from '../core/api.ts';
import type { ValueColumn } from '../core/columns.ts';
import { canShowOn, divisionShown } from '../core/division.ts';
import { legendRows } from '../core/headline.ts';
import type { Layer } from '../core/layer.ts';
import { isStatistical, LEVELS, type Level } from '../core/level.ts';
import { number, percent } from '../core/number.ts';
import { estimatesAmong } from '../core/origin.ts';
import { divisionOf, isComputed, type View, yearsOf } from '../core/state.ts';
import { SMALL, SmallMaps } from '../map/small.ts';
import type { Shown } from '../planner/shown.ts';
import type { Raster } from '../raster/raster.ts';
import { divisionWords } from './division-words.ts';
import { WkElement } from './element.ts';

interface One {
  /** Of its canvas. */
  id: string;
  name: string;
  /** What its button says. */
  open: string;
  layer: Layer;
  /** What a press makes of the view. */
  part: Partial<View>;
}

export class WkMultiples extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    topic: { attribute: false },
    raster: { attribute: false },
    column: { attribute: false },
    level: { attribute: false },
    years: { state: true },
    levels: { state: true },
  };
  declare shown: Shown;
  /** As the catalogue has it. */
  declare topic: Indicator;
  declare raster: Raster | null;
  /** Asks for the figures of a year, and for the layer of a level. */
  declare column: (year: number) => Promise<ValueColumn>;
  declare level: (level: Level) => Promise<Layer>;
  declare years: One[];
  declare levels: One[];
  #key = '';

  constructor() {
    super();
    this.years = [];
    this.levels = [];
    this.raster = null;
    this.column = () => Promise.reject(new Error('no figures'));
    this.level = () => Promise.reject(new Error('no layer'));
  }

  get #years(): { own: number[]; others: number[] } {
    const { view } = this.shown;
    const all = yearsOf(this.topic, view.niveau);
    const division = divisionShown(this.topic, view);
    const isOwn = (year: number) => canShowOn(this.topic, view.niveau, year, division);
    return { own: all.filter(isOwn), others: all.filter((year) => !isOwn(year)) };
  }

  /** The levels that have figures of this year; an own level is a map of another ground. */
  get #levels(): Level[] {
    const { jaar, niveau } = this.shown.view;
    if (!isStatistical(niveau)) return [];
    return LEVELS.filter((level) => yearsOf(this.topic, level).includes(jaar));
  }

  /** Of an own level all figures are made of those of buurten: the legend says so. */
  #isConverted({ column }: Layer): boolean {
    const isRead = isStatistical(this.shown.view.niveau);
    return isRead && Boolean(column.description.legenda.omrekening);
  }

  protected override updated(): void {
    const { shown, taal } = this;
    if (!shown || shown.second) return;
    const { view, layer } = shown;
    const key = JSON.stringify([
      view.indicator,
      view.niveau,
      view.jaar,
      view.indeling,
      view.binnen,
      view.methode,
      view.aantalKlassen,
      view.klassegrenzen,
      view.schaal,
      taal,
      layer.coverage.order,
    ]);
    if (key === this.#key) return;
    this.#key = key;
    void this.#load(key);
  }

  async #load(key: string): Promise<void> {
    const { t } = this;
    const { layer, view } = this.shown;
    const w = divisionWords(this.taal);
    const division = divisionShown(this.topic, view);
    const years = this.#years.own.map(async (year): Promise<One> => {
      const made = layer.with(await this.column(year));
      const isOwn = divisionOf(this.topic, view.niveau, year) === division;
      return {
        id: `kaart-${year}`,
        name: this.#isConverted(made) ? w('converted', { year }) : String(year),
        open: t('yearsOpen', { year }),
        layer: made,
        part: {
          jaar: year,
          indeling: isOwn ? view.indeling : division,
          sinds: null,
          weergave: 'kaart',
        },
      };
    });
    const levels = this.#levels.map(
      async (level): Promise<One> => ({
        id: `kaart-${level}`,
        name: t('levelsName', { level: t(`one_${level}`) }),
        open: t('levelsOpen', { level: t(`one_${level}`) }),
        layer: await this.level(level),
        part: { niveau: level, sinds: null, weergave: 'kaart' },
      }),
    );
    const [ofYears, ofLevels] = await Promise.all([come(years), come(levels)]);
    if (key !== this.#key) return;
    this.years = ofYears;
    this.levels = ofLevels;
    await this.updateComplete;
    await this.#paint(key);
  }

  async #paint(key: string): Promise<void> {
    const { raster, shown } = this;
    const box = shown.bounds ?? shown.layer.bounds;
    if (!raster || !box) return;
    const known = new Map<string, SmallMaps>();
    for (const { id, layer } of [...this.levels, ...this.years]) {
      const { order } = layer.coverage;
      const maps = known.get(order) ?? (await SmallMaps.of(raster, layer.coverage, box));
      known.set(order, maps);
      const canvas = this.querySelector<HTMLCanvasElement>(`#${id}`);
      if (key !== this.#key) break;
      if (canvas) await maps.paint(layer, canvas);
    }
    for (const maps of known.values()) maps.end();
  }

  override render() {
    const { t, shown, years, levels } = this;
    if (!shown) return nothing;
    if (shown.second)
      return html`<div class="compare-page"><p>${t('crossSmall')}</p>
        <p><button type="button" @click=${() => this.send('wk-change', { met: null })}>${t('crossRemove')}</button></p></div>`;
    const { own, others } = this.#years;
    // Some years may have been delivered on more than one division.
    const converted = years
      .filter(({ layer }) => this.#isConverted(layer))
      .map(({ id }) => id.slice(-4));
    const { legenda } = (years[0]?.layer ?? shown.layer).column.description;
    return html`<div class="compare-page scroll" tabindex="0" role="region" aria-label=${t('smallTab')}>
      ${
        isStatistical(shown.view.niveau)
          ? html`<h2>${t('levelsTitle')}</h2>
          ${this.#maps(levels)}
          ${isComputed(legenda.methode) ? html`<p class="quiet">${t('levelsScale')}</p>` : nothing}
          ${this.#table(levels, t('levelsTableCaption'), true)}`
          : nothing
      }
      <h2>${t('yearsTitle')}</h2>
      ${own.length < 2 ? html`<p>${t('yearsNone')}</p>` : nothing}
      ${others.length > 0 ? html`<p class="quiet">${t('yearsOther', { years: others.join(', ') })}</p>` : nothing}
      ${converted.length > 0 && own.length > 1 ? html`<p class="quiet">${divisionWords(this.taal)('convertedYears', { years: converted.join(', '), to: divisionShown(this.topic, shown.view) })}</p>` : nothing}
      ${own.length < 2 ? nothing : html`${this.#maps(years)} ${this.#table(years, t('yearsTableCaption', { many: t(`many_${shown.view.niveau}`) }), false)}`}
    </div>`;
  }

  #maps(all: One[]) {
    return html`<ul class="multiples">
      ${all.map(
        ({
          id,
          name,
          open,
          part,
        }) => html`<li><button type="button" aria-label=${open} @click=${() => this.send('wk-change', part)}>
          <canvas id=${id} width=${SMALL} height=${SMALL} aria-hidden="true"></canvas>
          <span>${name}</span></button></li>`,
      )}
    </ul>`;
  }

  /** How many areas are in each class; of levels which part, since there are many more buurten. */
  #table(all: One[], caption: string, isShare: boolean) {
    const { t, taal } = this;
    const first = all[0];
    if (!first) return nothing;
    const rows = legendRows(first.layer.column.description.legenda, taal, t);
    // Bounds that were computed for each level are no row that levels have in common.
    const isOne = !isShare || all.every((one) => sameClasses(one.layer, first.layer));
    if (!isOne) return nothing;
    const counted = all.map(({ layer }) => tally(layer));
    const estimates = all.map(({ layer }) => estimatesAmong(layer.column, layer.ordinals));
    const cell = (count: number, at: number) =>
      html`<td>${isShare ? percent(count / Math.max(1, counted[at]!.all), taal) : number(count, taal)}</td>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="facts side-by-side">
        <caption>${caption}</caption>
        <thead><tr><th scope="col">${t('class')}</th>${all.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            (
              row,
            ) => html`<tr><th scope="row"><svg class="swatch" width="20" height="16" aria-hidden="true"><rect width="20" height="16" fill=${row.kleur}></rect></svg> ${row.name}</th>
            ${counted.map(({ classes }, at) => cell(classes.get(row.nummer) ?? 0, at))}</tr>`,
          )}
          <tr><th scope="row">${t('missing')}</th>${counted.map(({ missing }, at) => cell(missing, at))}</tr>
          ${estimates.some((one) => one > 0) ? html`<tr><th scope="row">${divisionWords(taal)('estimates')}</th>${estimates.map(cell)}</tr>` : nothing}
        </tbody>
      </table></div>`;
  }
}

/** Those that came; what could not be fetched is left out. */
async function come(all: Promise<One>[]): Promise<One[]> {
  const made = await Promise.allSettled(all);
  return made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

const boundsIn = ({ klassen }: Legend) => JSON.stringify(klassen.map(({ van, tot }) => [van, tot]));
const sameClasses = (one: Layer, other: Layer) =>
  boundsIn(one.column.description.legenda) === boundsIn(other.column.description.legenda);

/** Areas of the extent by class, and those without a figure; water counts nowhere. */
function tally({ column, ordinals }: Layer): {
  classes: Map<number, number>;
  missing: number;
  all: number;
} {
  const { vlaggen, legenda } = column.description;
  const { klassen } = legenda;
  const water = vlaggen.includes('water') ? 1 << vlaggen.indexOf('water') : 0;
  const classes = new Map<number, number>();
  let [missing, all] = [0, 0];
  for (const one of ordinals) {
    if (column.flags[one]! & water) continue;
    all += 1;
    // The legend lists the highest class first.
    const klass = klassen[klassen.length - 1 - column.painted[one]!];
    if (klass) classes.set(klass.nummer, (classes.get(klass.nummer) ?? 0) + 1);
    else missing += 1;
  }
  return { classes, missing, all };
}

customElements.define('wk-multiples', WkMultiples);
