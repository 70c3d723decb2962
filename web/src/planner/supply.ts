/** Makes what a view shows: borders and figures from the stock, joined. */
import type { AreaDetail, Catalogue, Config, Indicator } from '../core/api.ts';
import { canChange, changeOf } from '../core/change.ts';
import { type Client, type Query, Refusal } from '../core/client.ts';
import type { ValueColumn } from '../core/columns.ts';
import { Layer, Mismatch } from '../core/layer.ts';
import { ancestor, type Level } from '../core/level.ts';
import { yearBeside } from '../core/pair.ts';
import { nearestYear } from '../core/settle.ts';
import { divisionOf, type View, yearsOf } from '../core/state.ts';
import type { Reader } from '../raster/raster.ts';
import { drawnOf, extentOf, type Shown, secondOf } from './shown.ts';
import { Stock } from './stock.ts';

export class Supply {
  readonly stock: Stock;
  /** Comes with the first answer of the server: until then there is no view to make. */
  catalogue: Catalogue | null = null;
  readonly #config: Config;
  readonly #client: Client;
  readonly #extents = new Map<string, Promise<AreaDetail>>();

  constructor(config: Config, client: Client, reader: Reader) {
    this.#config = config;
    this.#client = client;
    this.stock = new Stock(client, reader);
  }

  indicator(view: View): Indicator {
    return this.catalogue!.indicatoren.find((one) => one.id === view.indicator)!;
  }

  /** Borders and values side by side; a `Mismatch` where they do not belong together. */
  async make(view: View): Promise<Shown> {
    const { niveau, binnen } = view;
    const indicator = this.indicator(view);
    const division = divisionOf(indicator, niveau, view.jaar);
    const query = this.query(view);
    const newest = Math.max(division, ...this.#config.jaren);
    const begin = this.begin(view);
    const other = this.catalogue!.indicatoren.find(({ id }) => id === view.met);
    const beside = other ? yearBeside(other, niveau, view.jaar, division) : null;
    const [coverage, column, inside, names, gemeente, wijk, earlier, second] = await Promise.all([
      this.stock.borders(niveau, division, 'grof'),
      this.stock.column(niveau, this.#columnQuery(view)),
      binnen === null ? null : this.stock.legend({ ...query, niveau }),
      niveau === 'gemeenten' ? new Map<string, string>() : this.stock.names(division, newest),
      this.#extent(binnen && ancestor(binnen, 'gemeenten')),
      this.#extent(binnen && ancestor(binnen, 'wijken')),
      begin === null
        ? null
        : this.stock.column(niveau, this.#columnQuery({ ...view, jaar: begin })),
      beside === null ? null : this.#figures(other!, niveau, beside),
    ]);
    let layer = Layer.of(coverage, column, binnen, names);
    let legend = inside ?? column.description.legenda;
    const extent = extentOf(view, legend, layer, gemeente, wijk);
    const crossed = second && other ? secondOf(layer, second, indicator, other) : null;
    let topic = indicator;
    let band: number | null = null;
    let under: Shown['earlier'] = null;
    // Figures of two deliveries would be of other areas.
    if (earlier && earlier.order !== column.order) throw new Mismatch('two orders of areas');
    if (earlier && begin !== null && view.schuif) {
      under = { year: begin, layer: layer.with(earlier) };
    } else if (earlier && begin !== null) {
      const change = changeOf(layer, earlier, indicator, begin);
      ({ layer, indicator: topic, band } = change);
      legend = { ...layer.column.description.legenda, binnen };
    }
    const drawn = drawnOf(view, topic, layer, legend, crossed);
    return {
      view,
      indicator: topic,
      layer,
      legend,
      second: crossed,
      band,
      earlier: under,
      ...drawn,
      ...extent,
    };
  }

  /** The year from which the page itself computes a change; null for what the server answers. */
  begin(view: View): number | null {
    return view.sinds !== null && canChange(this.indicator(view)) ? view.sinds : null;
  }

  #figures(indicator: Indicator, niveau: Level, jaar: number): Promise<ValueColumn> {
    return this.stock.column(niveau, {
      indicator: indicator.id,
      jaar,
      decimalen: indicator.decimalen,
    });
  }

  /** The residents of the areas that are shown, of the year nearest to the figures; null without. */
  async residents(shown: Shown | null): Promise<ValueColumn | null> {
    const topic = this.catalogue?.indicatoren.find(({ id }) => id === 'inwoners');
    if (!shown || !topic) return null;
    const { niveau, jaar } = shown.view;
    const years = (topic.niveaus.find((one) => one.niveau === niveau)?.jaren ?? [])
      .filter(({ indeling }) => indeling === shown.legend.indeling)
      .map((one) => one.jaar);
    if (years.length === 0) return null;
    try {
      return await this.#figures(topic, niveau, nearestYear(years, jaar));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  #columnQuery(view: View): Query {
    const { binnen: _, taal: __, ...classes } = this.query(view);
    // A difference of rounded figures would be off by as much as they are.
    const isExact = this.begin(view) !== null;
    return { ...classes, decimalen: isExact ? null : this.indicator(view).decimalen };
  }

  /** The figures of a year in the classes of the view. */
  yearColumn(view: View, jaar: number): Promise<ValueColumn> {
    return this.stock.column(view.niveau, this.#columnQuery({ ...view, jaar, sinds: null }));
  }

  /** The same topic and year at another level, in the same extent, or in the gemeente around it. */
  async levelLayer(view: View, niveau: Level): Promise<Layer> {
    const binnen = niveau === 'gemeenten' ? ancestor(view.binnen ?? '', 'gemeenten') : view.binnen;
    const at = { ...view, niveau, sinds: null };
    const division = divisionOf(this.indicator(view), niveau, view.jaar);
    const newest = Math.max(division, ...this.#config.jaren);
    const [coverage, column, names] = await Promise.all([
      this.stock.borders(niveau, division, 'grof'),
      this.stock.column(niveau, this.#columnQuery(at)),
      this.stock.names(division, newest),
    ]);
    return Layer.of(coverage, column, binnen, names);
  }

  /** Fetches the values of all years, so that going through them shows each at once. */
  async fetchYears(view: View): Promise<void> {
    const years = yearsOf(this.indicator(view), view.niveau);
    await Promise.allSettled(years.map((jaar) => this.yearColumn(view, jaar)));
  }

  /** The parameters that a layer, its legend and its downloads share. */
  query(view: View): Query {
    return {
      indicator: view.indicator,
      jaar: view.jaar,
      sinds: this.begin(view) === null ? view.sinds : null,
      methode: view.methode,
      aantalKlassen: view.aantalKlassen,
      klassegrenzen: view.klassegrenzen,
      schaal: view.schaal,
      binnen: view.binnen,
      taal: view.taal === 'nl' ? null : view.taal,
    };
  }

  async #extent(code: string | null): Promise<AreaDetail | null> {
    if (!code) return null;
    let found = this.#extents.get(code);
    if (!found) {
      found = this.#client.area(code, {});
      this.#extents.set(code, found);
      found.catch(() => this.#extents.delete(code));
    }
    try {
      return await found;
    } catch (error) {
      // A gemeente of an older division has no entry, but its wijken have a layer.
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  /** After a new delivery what was kept may not belong to what is fetched. */
  forget(): void {
    this.#extents.clear();
    this.stock.forget();
  }
}
