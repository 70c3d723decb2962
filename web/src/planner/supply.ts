/** Makes what a view shows: borders and figures from the stock, joined. */
import type {
  AreaDetail,
  Catalogue,
  Config,
  Indicator,
  Series,
  SimilarAreas,
} from '../core/api.ts';
import { canChange, changeOf } from '../core/change.ts';
import { type Client, type Query, Refusal } from '../core/client.ts';
import type { ValueColumn } from '../core/columns.ts';
import type { Crossing } from '../core/crossing.ts';
import { canShowOn, divisionShown } from '../core/division.ts';
import { Layer, Mismatch } from '../core/layer.ts';
import { ancestor, isStatistical, type Level } from '../core/level.ts';
import { type Elsewhere, hasSameOutline } from '../core/outline.ts';
import { yearBeside } from '../core/pair.ts';
import { urbanityIn, urbanityYear } from '../core/reference.ts';
import { nearestYear } from '../core/settle.ts';
import { divisionOf, type View, yearsOf } from '../core/state.ts';
import type { Reader } from '../raster/raster.ts';
import { drawnOf, extentOf, type Material, type Shown } from './shown.ts';
import { Stock } from './stock.ts';

/** A gemeente is called what its area is called. */
const NONE = new Map<string, string>();

export class Supply {
  readonly stock: Stock;
  /** Comes with the first answer of the server: until then there is no view to make. */
  catalogue: Catalogue | null = null;
  readonly #config: Config;
  readonly #client: Client;
  readonly #extents = new Map<string, Promise<AreaDetail>>();
  readonly #there = new Map<string, Promise<AreaDetail | null>>();
  readonly #series = new Map<string, Promise<Series | null>>();
  readonly #alike = new Map<string, Promise<SimilarAreas | null>>();

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
    const division = divisionShown(indicator, view);
    const query = this.query(view);
    const newest = Math.max(division, ...this.#config.jaren);
    const begin = this.begin(view);
    const [coverage, column, inside, names, gemeente, wijk, earlier, second, material] =
      await Promise.all([
        this.stock.borders(niveau, division, 'grof'),
        this.stock.column(niveau, this.#columnQuery(view)),
        binnen === null ? null : this.stock.legend({ ...query, niveau }),
        this.#names(niveau, division, newest),
        this.#extent(binnen && ancestor(binnen, 'gemeenten')),
        this.#extent(binnen && ancestor(binnen, 'wijken')),
        begin === null
          ? null
          : this.stock.column(
              niveau,
              this.#columnQuery({ ...view, jaar: begin, indeling: division }),
            ),
        this.#second(view, division),
        this.#material(view, division),
      ]);
    let layer = Layer.of(coverage, column, binnen, names);
    let legend = inside ?? column.description.legenda;
    const extent = extentOf(view, legend, layer, gemeente, wijk);
    const crossed = second?.(layer) ?? null;
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
    const drawn = drawnOf(view, topic, layer, legend, crossed, material);
    return {
      view,
      indicator: topic,
      layer,
      legend,
      second: crossed,
      band,
      earlier: under,
      begun: earlier?.description.legenda ?? null,
      material,
      ...drawn,
      ...extent,
    };
  }

  /** What gemeenten are called, or in which the areas of an own level lie. */
  async #names(niveau: Level, division: number, newest: number): Promise<Map<string, string>> {
    if (niveau === 'gemeenten') return NONE;
    if (isStatistical(niveau)) return this.stock.names(division, newest);
    return this.stock.holders(niveau, division);
  }

  /** The year from which the page itself computes a change; null for what the server answers. */
  begin(view: View): number | null {
    return view.sinds !== null && canChange(this.indicator(view)) ? view.sinds : null;
  }

  /** What makes the layer one of two topics; null where the view has one. */
  async #second(view: View, division: number): Promise<((layer: Layer) => Crossing) | null> {
    const { niveau, jaar, binnen, met } = view;
    const own = this.indicator(view);
    const indicator = this.catalogue!.indicatoren.find(({ id }) => id === met);
    const year = indicator ? yearBeside(indicator, niveau, jaar, division) : null;
    if (!indicator || year === null) return null;
    const [{ Crossing }, key, column, exact, ownExact] = await Promise.all([
      // Its code comes with the first pair of topics.
      import('../core/crossing.ts'),
      this.stock.pairLegend({ niveau, indicator: own.id, met, jaar, binnen }),
      this.#figures(indicator, niveau, year),
      this.#exact(niveau, this.#figuresQuery(indicator, year)),
      this.#exact(niveau, this.#columnQuery(view)),
    ]);
    // Classes of other years would be a wrong picture.
    if (key.metJaar !== year || key.jaar !== jaar) throw new Mismatch('a legend of other years');
    const other = { indicator, legend: column.description.legenda, exact };
    return (layer) => {
      if (column.order !== layer.column.order) throw new Mismatch('two orders of areas');
      const { legenda } = layer.column.description;
      return new Crossing(
        layer,
        { indicator: own, legend: legenda, exact: ownExact },
        column,
        other,
        key,
      );
    };
  }

  /** Unrounded: rounded figures could fall on the other side of a bound. */
  async #exact(niveau: Level, query: Query): Promise<ValueColumn> {
    const column = await this.stock.column(niveau, query);
    if (!column.description.afgerond) return column;
    return this.stock.column(niveau, { ...query, decimalen: null });
  }

  #figuresQuery({ id, decimalen }: Indicator, jaar: number): Query {
    return { indicator: id, jaar, decimalen };
  }

  #figures(indicator: Indicator, niveau: Level, jaar: number): Promise<ValueColumn> {
    return this.stock.column(niveau, this.#figuresQuery(indicator, jaar));
  }

  /** What a comparison needs beside the figures. */
  async #material(view: View, division: number): Promise<Material> {
    const { afwijking, niveau, gebied } = view;
    const catalogue = this.catalogue!;
    const topic = afwijking === 'stedelijkheid' ? urbanityIn(catalogue) : null;
    const year = topic && urbanityYear(catalogue, this.indicator(view), view);
    const [urbanity, alike] = await Promise.all([
      topic && year !== null ? this.#figures(topic, niveau, year) : null,
      afwijking === 'gelijkend' && gebied ? this.#alikeTo(gebied, division) : null,
    ]);
    return { urbanity, alike };
  }

  #alikeTo(code: string, jaar: number): Promise<SimilarAreas | null> {
    const key = `${code} ${jaar}`;
    let found = this.#alike.get(key);
    if (!found) {
      found = this.#client.similar(code, { jaar }).catch((error: unknown) => {
        // The layer says whether there is such an area; without its like there is no comparison.
        if (error instanceof Refusal) return null;
        throw error;
      });
      this.#alike.set(key, found);
      found.catch(() => this.#alike.delete(key));
    }
    return found;
  }

  /** The same area in the other divisions that have figures of the topic. */
  async elsewhere(detail: AreaDetail, indicator: Indicator): Promise<Elsewhere[]> {
    const level = indicator.niveaus.find(({ niveau }) => niveau === detail.niveau);
    const divisions = [...new Set((level?.jaren ?? []).map(({ indeling }) => indeling))];
    const others = divisions.filter((one) => one !== detail.jaar).sort();
    const found = others.map(async (jaar): Promise<Elsewhere[]> => {
      const isOwn = (detail.jaren ?? []).includes(jaar);
      // A code that the area had before is one with the same border.
      for (const code of isOwn ? [detail.code] : (detail.vorigeCodes ?? [])) {
        const there = await this.#areaIn(code, jaar);
        if (there) return [{ detail: there, isSame: !isOwn || hasSameOutline(detail, there) }];
      }
      return [];
    });
    return (await Promise.all(found)).flat();
  }

  /** The topic in every year that can be read on the division of an area; null where nobody knows. */
  async series({ code, jaar, niveau }: AreaDetail, indicator: Indicator): Promise<Series | null> {
    const level = indicator.niveaus.find((one) => one.niveau === niveau);
    if (!level?.jaren.some(({ indeling, leesbaarOp }) => indeling !== jaar && leesbaarOp?.length))
      return null;
    const key = `${code} ${jaar} ${indicator.id}`;
    let found = this.#series.get(key);
    if (!found) {
      found = this.#client.series(code, { indicator: indicator.id, jaar }).catch(() => null);
      this.#series.set(key, found);
      for (const oldest of this.#series.keys())
        if (this.#series.size > 50) this.#series.delete(oldest);
    }
    return found;
  }

  #areaIn(code: string, jaar: number): Promise<AreaDetail | null> {
    const key = `${code} ${jaar}`;
    let found = this.#there.get(key);
    if (!found) {
      // Without other years a panel still serves.
      found = this.#client.area(code, { jaar }).catch(() => null);
      this.#there.set(key, found);
      for (const oldest of this.#there.keys())
        if (this.#there.size > 50) this.#there.delete(oldest);
    }
    return found;
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

  /** The figures of a year in the classes of the view, on the borders of the view. */
  yearColumn(view: View, jaar: number): Promise<ValueColumn> {
    const indeling = divisionShown(this.indicator(view), view);
    return this.#yearColumn({ ...view, jaar, indeling });
  }

  #yearColumn(view: View): Promise<ValueColumn> {
    return this.stock.column(view.niveau, this.#columnQuery({ ...view, sinds: null }));
  }

  /** The same topic and year at another level, in the same extent, or in the gemeente around it. */
  async levelLayer(view: View, niveau: Level): Promise<Layer> {
    const binnen = niveau === 'gemeenten' ? ancestor(view.binnen ?? '', 'gemeenten') : view.binnen;
    const indicator = this.indicator(view);
    const { indeling } = view;
    const fits = indeling !== null && canShowOn(indicator, niveau, view.jaar, indeling);
    const at = { ...view, niveau, sinds: null, indeling: fits ? indeling : null };
    const division = divisionShown(indicator, at);
    const newest = Math.max(division, ...this.#config.jaren);
    const [coverage, column, names] = await Promise.all([
      this.stock.borders(niveau, division, 'grof'),
      this.stock.column(niveau, this.#columnQuery(at)),
      this.#names(niveau, division, newest),
    ]);
    return Layer.of(coverage, column, binnen, names);
  }

  /** The years that have figures of all that the view shows, on the borders that it asks for. */
  years(view: View): number[] {
    const { niveau, met, indeling } = view;
    const own = this.indicator(view);
    const other = this.catalogue!.indicatoren.find(({ id }) => id === met);
    const has = (year: number) =>
      !other || yearBeside(other, niveau, year, divisionOf(own, niveau, year)) !== null;
    const fits = (year: number) => indeling === null || canShowOn(own, niveau, year, indeling);
    return yearsOf(own, niveau).filter((year) => has(year) && fits(year));
  }

  /** Fetches the values of all years, so that going through them shows each at once. */
  async fetchYears(view: View): Promise<void> {
    const years = this.years(view);
    await Promise.allSettled(years.map((jaar) => this.#yearColumn({ ...view, jaar })));
  }

  /** The parameters that a layer and its legend share. */
  query(view: View): Query {
    const own = divisionOf(this.indicator(view), view.niveau, view.jaar);
    return {
      indicator: view.indicator,
      jaar: view.jaar,
      indeling: view.indeling === own ? null : view.indeling,
      sinds: this.begin(view) === null ? view.sinds : null,
      methode: view.methode,
      aantalKlassen: view.aantalKlassen,
      klassegrenzen: view.klassegrenzen,
      schaal: view.schaal,
      binnen: view.binnen,
      taal: view.taal === 'nl' ? null : view.taal,
    };
  }

  /** What files and pages of the server are asked with: of two topics these have their own classes. */
  served(view: View): Query {
    const query = this.query(view);
    const { indicator, jaar, binnen, taal } = query;
    return view.met === null ? query : { indicator, met: view.met, jaar, binnen, taal };
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
    this.#alike.clear();
    this.#there.clear();
    this.#series.clear();
    this.stock.forget();
  }
}
