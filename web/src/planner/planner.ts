/** The whole page: header, choices, map or table, the selected place. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Config } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import type { Alone } from '../core/filter.ts';
import { wholeName } from '../core/headline.ts';
import type { Level } from '../core/level.ts';
import type { Filter } from '../core/look.ts';
import { hasStories } from '../core/pillar.ts';
import type { Sight, View } from '../core/state.ts';
import { NUMBERS } from '../map/numbers.ts';
import type { Over } from '../map/view.ts';
import { plainReader, type Raster, startRaster } from '../raster/raster.ts';
import { colophon } from '../ui/colophon.ts';
import { WkElement } from '../ui/element.ts';
import type { WkHelp } from '../ui/help.ts';
import type { WkLegend } from '../ui/legend.ts';
import type { WkMap } from '../ui/map.ts';
import type { Option } from '../ui/search.ts';
import type { Picking } from '../ui/selection.ts';
import { storyToggle } from '../ui/story-toggle.ts';
import { strip } from '../ui/strip.ts';
import type { WkTopics } from '../ui/topics.ts';
import { AddressBar } from './address-bar.ts';
import { Choosing, type Click } from './choosing.ts';
import { Derived } from './derived.ts';
import { pictureOf, tablesOf } from './files.ts';
import { header } from './header.ts';
import { notices } from './notices.ts';
import { Session } from './session.ts';
import { type Stop, sheetHandle } from './sheet.ts';
import type { Shown } from './shown.ts';
import { tabs } from './tabs.ts';
import { titleOf } from './title.ts';
import { serverWays, type Ways } from './ways.ts';
import { play } from './years.ts';
import '../ui/comparing.ts';
import '../ui/controls.ts';
import '../ui/help.ts';
import '../ui/legend.ts';
import '../ui/map.ts';
import '../ui/methods.ts';
import '../ui/panel.ts';

export class WkPlanner extends WkElement {
  static override properties = {
    ...WkElement.properties,
    config: { attribute: false },
    alone: { state: true },
    playing: { state: true },
    stop: { state: true },
    asksTopics: { state: true },
    numbers: { state: true },
    isNear: { state: true },
    isNarrow: { state: true },
    over: { state: true },
  };
  declare config: Config;
  /** What the pointer is at in the legend. */
  declare alone: Alone | null;
  declare playing: boolean;
  declare stop: Stop;
  declare asksTopics: boolean;
  /** Whether areas bear the number of their class, and whether the map is near enough for it. */
  declare numbers: boolean;
  declare isNear: boolean;
  /** Whether a sheet or a panel covers what is below it: then it cannot be reached by keys either. */
  declare isNarrow: boolean;
  /** The marks of approaches, where the map has them. */
  declare over: Over | null;
  #ways: Ways = serverWays();
  readonly #derived = new Derived();
  #session: Session | null = null;
  #choosing: Choosing | null = null;
  #bar: AddressBar | null = null;
  #raster: Raster | null = null;

  constructor() {
    super();
    this.alone = null;
    this.playing = false;
    this.stop = 'low';
    this.asksTopics = false;
    this.numbers = true;
    this.isNear = false;
    this.over = null;
    const narrow = matchMedia('(max-width: 48em)');
    this.isNarrow = narrow.matches;
    narrow.addEventListener('change', () => {
      this.isNarrow = narrow.matches;
    });
  }

  /** Called once, with what the server wrote into the page. */
  start(config: Config, ways: Ways = serverWays()): void {
    this.config = config;
    this.#ways = ways;
    this.#raster = startRaster();
    const bar = new AddressBar(ways, (wish) => void session.open(wish, 'none'));
    const surface = {
      changed: () => this.requestUpdate(),
      address: (address: string, step: 'push' | 'replace') => bar.write(address, step),
    };
    const session = new Session(config, this.#ways.client, surface, this.#raster ?? plainReader);
    this.#session = session;
    this.#bar = bar;
    this.#choosing = new Choosing(session, {
      changed: () => this.requestUpdate(),
      fitGemeente: (code) => this.#map?.fitGemeente(code),
      reveal: (area, gently) => {
        const map = this.#map;
        void map?.updateComplete.then(() => map.reveal(area, gently));
      },
      focusPanel: () => this.#focusPanel(),
      focusMap: () => this.querySelector<HTMLElement>('#wk-kaart')?.focus({ preventScroll: true }),
    });
    if (this.#raster) {
      this.#raster.onfailed = () => {
        this.#raster = null;
        void session.readPlainly();
      };
    }
    void session.open(bar.read(), 'replace');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#bar?.end();
  }

  get #map(): WkMap | null {
    return this.querySelector<WkMap>('wk-map');
  }

  #focusPanel(): void {
    const panel = this.querySelector<WkElement>('wk-panel');
    void panel?.updateComplete.then(() =>
      panel.querySelector<HTMLElement>('.place')?.focus({ preventScroll: true }),
    );
  }

  get #selected(): Area | null {
    const { shown, view } = this.#session!;
    return shown?.layer.find(view?.gebied) ?? null;
  }
  get #headline(): string {
    const { shown } = this.#session!;
    return shown ? titleOf(shown, this.config, this.t) : '';
  }
  get #filter(): Filter | null {
    return this.#derived.filter(this.#session!.shown, this.alone);
  }
  /** Whether areas can have numbers: not under circles, nor of two topics. */
  get #hasNumbers(): boolean {
    const { shown } = this.#session!;
    return shown !== null && !shown.second && shown.indicator.weergave !== 'cirkel';
  }
  /** Null where the map has no numbers to show or hide: far away, or behind a table. */
  get #numbers(): boolean | null {
    const isMap = this.isNear && this.#session!.shown?.view.weergave === 'kaart';
    return isMap && this.#hasNumbers ? this.numbers : null;
  }
  /** Pictures may end up in grey: those of one gemeente have numbers however far away. */
  get #numbersInPicture(): boolean {
    const isClose = this.isNear || this.#session!.shown?.gemeente !== null;
    return this.numbers && isClose && this.#hasNumbers;
  }
  #ordinals(which: 'selectie' | 'vergelijk'): number[] {
    const { shown, view } = this.#session!;
    return this.#derived.ordinals(which, view, shown?.layer ?? null);
  }

  /**
   * One picture of all that comes in one turn: a view, and the figures for it where they are here
   * already. Each picture of its own would be laid out anew.
   */
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    super.scheduleUpdate();
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.taal = this.#session?.view?.taal ?? this.taal;
  }

  override render() {
    const session = this.#session;
    const choosing = this.#choosing;
    if (!session || !choosing) return nothing;
    const { t, taal } = this;
    const { shown, view } = session;
    const panel = shown && (this.#selected || session.point);
    const found = (option: Option) => choosing.found(option);
    // On a phone the panel lies over the sheet.
    const isCovered = Boolean(panel) && this.isNarrow;
    return html`
      <a class="skip" href="#wk-kaart">${t('skip')}</a>
      ${header(session, this.#ways.client, taal, t, { found, help: this.#help })}
      <div class=${`stage${panel ? ' with-panel' : ''}${shown?.second ? ' crossed' : ''}`}
        @wk-change=${(event: CustomEvent<Partial<View>>) => session.change(event.detail)}
        @wk-found=${(event: CustomEvent<Option>) => found(event.detail)}
        @wk-select=${(event: CustomEvent<string>) => choosing.select(event.detail)}
        @wk-filter=${(event: CustomEvent<Partial<View>>) => session.change(event.detail, 'replace')}
        @wk-alone=${(event: CustomEvent<Alone | null>) => {
          this.alone = event.detail;
        }}
        @wk-play=${this.#play}
        @wk-pin=${(event: CustomEvent<string>) => choosing.pin(event.detail)}
        @wk-zoomed=${(event: CustomEvent<number>) => {
          this.isNear = event.detail >= NUMBERS;
        }}
        @wk-numbers=${(event: CustomEvent<boolean>) => {
          this.numbers = event.detail;
        }}
        @wk-picking=${(event: CustomEvent<Picking>) => choosing.pick(event.detail)}
        @wk-topics=${this.#topics}
        @wk-over=${(event: CustomEvent<Over | null>) => {
          this.over = event.detail;
        }}
        @wk-close=${() => choosing.close()}
        @wk-help=${this.#help}>
        <section class="side" aria-label=${t('settings')} data-stop=${this.stop}>
          ${sheetHandle(this.stop, isCovered, t, (to) => {
            this.stop = to;
          })}
          <h1 id="wk-titel">${this.#headline || t('loading')}</h1>
          ${shown && !shown.second ? strip(shown.key, taal, t) : nothing}
          <div class="side-body" ?inert=${isCovered}>
            ${
              view && session.catalogue
                ? html`<wk-controls .taal=${taal} .catalogue=${session.catalogue} .config=${this.config}
              .client=${this.#ways.client} .view=${view} .shown=${shown} .playing=${this.playing}></wk-controls>`
                : nothing
            }
            ${shown && !this.config.statisch ? this.#question(shown) : nothing}
            <wk-legend .taal=${taal} .shown=${shown} .filter=${this.#filter} .numbers=${this.#numbers} .selected=${this.#selected}></wk-legend>
            ${view && hasStories(this.config) ? storyToggle(view, shown, this.#ways.client, t, (part) => void session.change(part)) : nothing}
            ${shown ? this.#more(shown, session, choosing) : nothing}
            ${colophon(this.config, taal, t)}
          </div>
        </section>
        <main ?inert=${this.isNarrow && this.stop === 'full'}>${tabs(session, t)} ${notices(session, t)} ${this.#content(session, choosing)}</main>
        ${
          panel
            ? html`<aside class="panel" aria-label=${t('selectedArea', { area: this.#selected?.name ?? t('clickedPoint') })}>
          <wk-panel .taal=${taal} .shown=${shown} .area=${this.#selected} .detail=${session.detail} .elsewhere=${session.elsewhere} .series=${session.series}
            .catalogue=${session.catalogue} .point=${session.point} .pins=${view?.vergelijk ?? ''} .served=${!this.config.statisch} .teller=${hasStories(this.config) ? this.#ways.client : null}></wk-panel>
        </aside>`
            : nothing
        }
      </div>
      <p class="visually-hidden" role="status">${this.#headline}</p>
      <p class="print-address">${location.href}</p>
      <wk-help .taal=${taal}></wk-help>
      ${view ? html`<wk-embedding .taal=${taal} .client=${this.#ways.client} .view=${view}></wk-embedding>` : nothing}
      ${this.asksTopics ? html`<wk-topics .taal=${taal} .catalogue=${session.catalogue} .now=${view?.indicator ?? ''} @wk-change=${(event: CustomEvent<Partial<View>>) => session.change(event.detail)}></wk-topics>` : nothing}
    `;
  }

  /** Below the legend: comparisons, classes, the own selection, downloads. */
  #more(shown: Shown, session: Session, choosing: Choosing) {
    const { t, taal } = this;
    return html`<div class="more">
      <wk-comparing .taal=${taal} .catalogue=${session.catalogue} .view=${shown.view} .shown=${shown} .served=${!this.config.statisch}></wk-comparing>
      ${shown.second || shown.band !== null || this.config.statisch ? nothing : html`<wk-methods .taal=${taal} .indicator=${shown.indicator} .view=${shown.view} .legend=${shown.legend}></wk-methods>`}
      ${this.#selection(shown, choosing)}
      <details class="downloads" @toggle=${() => import('../ui/export.ts')}>
        <summary>${t('exportTitle')}</summary>
        <wk-export .taal=${taal} .shown=${shown} .filter=${this.#filter} .earlierFilter=${this.#derived.filter(shown, this.alone, 'earlier')} .query=${this.config.statisch ? null : this.#derived.query(session.supply.served(shown.view))}
          .headline=${this.#headline} .raster=${this.#raster} .numbers=${this.#numbersInPicture} .scene=${this.#scene}></wk-export>
      </details>
      ${this.config.statisch || shown.indicator.gevoelig || shown.second?.indicator.gevoelig ? nothing : html`<button type="button" class="plain embed" @click=${this.#embed}>${t('embed')}</button>`}
    </div>`;
  }

  /** Its code comes when it is asked for. */
  readonly #embed = async (): Promise<void> => {
    const { WkEmbedding } = await import('../ui/embedding.ts');
    const dialog = this.querySelector('wk-embedding');
    if (dialog instanceof WkEmbedding) await dialog.show();
  };

  /** Opened when it is asked for, or when the address has a question; its code comes then. */
  #question(shown: Shown) {
    const { view } = shown;
    if (view.vraag !== null) void import('../ui/question.ts');
    return html`<details class="asking" ?open=${view.vraag !== null} @toggle=${() => import('../ui/question.ts')}>
      <summary>${this.t('askTitle')}</summary>
      <wk-question .taal=${this.taal} .view=${view}></wk-question>
    </details>`;
  }

  /** Opened when it is asked for, or when the address has a selection; its code comes then. */
  #selection(shown: Shown, { picking, corners }: Choosing) {
    const { t, taal } = this;
    const n = this.#ordinals('selectie').length;
    const isOpen = shown.view.selectie !== null;
    if (isOpen) void import('../ui/selection.ts');
    const whole = wholeName(shown.view, this.config, t);
    const place = shown.wijk?.naam ?? shown.gemeente?.naam ?? whole;
    return html`<details class="selection" ?open=${isOpen || picking !== 'no'} @toggle=${() => import('../ui/selection.ts')}>
      <summary>${n > 0 ? t('selectionCount', { n }) : t('selection')}</summary>
      <wk-selection .taal=${taal} .shown=${shown} .client=${this.#ways.client} .picking=${picking} .corners=${corners}
        .place=${place} .known=${this.config.selecties ?? []} .people=${this.#people} .view=${this.#inView}></wk-selection>
    </details>`;
  }

  #content(session: Session, choosing: Choosing) {
    const { shown, view } = session;
    const { taal } = this;
    const display = view?.weergave ?? 'kaart';
    const gathered = this.#ordinals('selectie');
    const picture = display !== 'kaart' || this.#raster ? '' : this.#picture();
    return html`<div id="wk-inhoud" class="content" role="tabpanel" aria-labelledby=${`tab-${display}`}>
      <wk-map class=${display === 'kaart' ? '' : 'behind'} .taal=${taal} .config=${this.config} .shown=${shown} .selected=${this.#selected} .point=${session.point}
        .filter=${this.#filter} .earlierFilter=${this.#derived.filter(shown, this.alone, 'earlier')} .numbers=${this.#numbers ?? false} .gathered=${gathered} .pinned=${this.#ordinals('vergelijk')} .corners=${choosing.corners} .over=${view?.verhalen ? this.over : null} .picture=${picture}
        .raster=${this.#raster} .stock=${session.stock} .extent=${session.extentBounds()} .headline=${this.#headline}
        @wk-hover=${(event: CustomEvent<Area | null>) => {
          this.querySelector<WkLegend>('wk-legend')?.hover(event.detail);
        }}
        @wk-moved=${(event: CustomEvent<Sight | null>) => session.moved(event.detail)}
        @wk-click=${(event: CustomEvent<Click>) => choosing.click(event.detail)}
      ></wk-map>
      ${shown ? this.#beside(shown, session, gathered) : nothing}
    </div>`;
  }

  /** What is shown in place of the map; its code comes when it is asked for. */
  #beside(shown: Shown, session: Session, gathered: number[]) {
    const { taal } = this;
    switch (session.view?.weergave) {
      case 'tabel': {
        void import('../ui/table.ts');
        const { csv, plain } = this.config.statisch
          ? { csv: '', plain: '' }
          : tablesOf(session.supply, shown.view);
        return html`<wk-table .taal=${taal} .shown=${shown} .gathered=${gathered} .filter=${this.#filter} .headline=${this.#headline} .csv=${csv} .plain=${plain}></wk-table>`;
      }
      case 'vergelijk':
        void import('../ui/compare.ts');
        return html`<wk-compare .taal=${taal} .shown=${shown} .catalogue=${session.catalogue} .client=${this.#ways.client}></wk-compare>`;
      case 'jaren':
        void import('../ui/multiples.ts');
        return html`<wk-multiples .taal=${taal} .shown=${shown} .topic=${session.indicator(shown.view)} .raster=${this.#raster} .column=${this.#yearColumn} .level=${this.#levelLayer}></wk-multiples>`;
      default:
        return nothing;
    }
  }

  #picture(): string {
    const { shown, supply } = this.#session!;
    if (!shown || this.config.statisch) return '';
    return pictureOf(supply, shown.view);
  }

  #play = async (): Promise<void> => {
    this.playing = !this.playing;
    if (!this.playing) return;
    await play(this.#session!, () => this.playing && this.isConnected);
    this.playing = false;
  };

  #help = (): void => {
    this.querySelector<WkHelp>('wk-help')?.show();
  };

  #topics = async (): Promise<void> => {
    await import('../ui/topics.ts');
    this.asksTopics = true;
    await this.updateComplete;
    await this.querySelector<WkTopics>('wk-topics')?.show();
  };

  // The same functions at each turn, so that an element that has them sees nothing new.
  #yearColumn = (year: number) => {
    const { supply, shown } = this.#session!;
    return supply.yearColumn(shown!.view, year);
  };
  #levelLayer = (level: Level) => {
    const { supply, shown } = this.#session!;
    return supply.levelLayer(shown!.view, level);
  };
  #people = () => this.#session!.supply.residents(this.#session!.shown);
  #inView = () => this.#map!.inView();
  #scene = () => this.#map?.scene() ?? null;

  protected override updated(): void {
    if (!this.#session) return;
    const { taal } = this;
    // Also the language it has already would have the whole page styled anew.
    if (document.documentElement.lang !== taal) document.documentElement.lang = taal;
    const title = this.#headline;
    const name = this.config.titel ?? this.t('name');
    const page = title ? this.t('pageTitle', { headline: title, name }) : name;
    if (document.title !== page) document.title = page;
    const selected = this.#selected;
    if (selected && this.#session.shown?.view.gebied === selected.code)
      this.#choosing?.arrived(selected);
  }
}

customElements.define('wk-planner', WkPlanner);
