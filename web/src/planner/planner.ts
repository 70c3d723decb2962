/** The whole page: header, choices, map or table, the selected place. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Config } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import { addressOf, type Query } from '../core/client.ts';
import { type Alone, filterOf } from '../core/filter.ts';
import { countryName, headline, titled } from '../core/headline.ts';
import { isKey } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Layer } from '../core/layer.ts';
import { ancestor, isLevel, liesIn } from '../core/level.ts';
import type { Filter } from '../core/look.ts';
import { MOST_CODES, MOST_PINS, selectedOrdinals } from '../core/selection.ts';
import type { Change } from '../core/settle.ts';
import { COUNTRY, codesOf, DISPLAYS, type Sight, type View, yearsOf } from '../core/state.ts';
import { plainReader, type Raster, startRaster } from '../raster/raster.ts';
import { colophon } from '../ui/colophon.ts';
import { WkElement } from '../ui/element.ts';
import type { WkHelp } from '../ui/help.ts';
import type { WkLegend } from '../ui/legend.ts';
import type { WkMap } from '../ui/map.ts';
import type { Option } from '../ui/search.ts';
import type { Picking } from '../ui/selection.ts';
import { strip } from '../ui/strip.ts';
import type { WkTopics } from '../ui/topics.ts';
import { Session, type Surface } from './session.ts';
import type { Shown } from './shown.ts';
import { serverWays, type Ways } from './ways.ts';
import '../ui/comparing.ts';
import '../ui/controls.ts';
import '../ui/help.ts';
import '../ui/legend.ts';
import '../ui/map.ts';
import '../ui/methods.ts';
import '../ui/panel.ts';
import '../ui/search.ts';
import '../ui/table.ts';

/** How far the sheet is drawn up on a phone. */
type Stop = 'low' | 'half' | 'full';
/** How long a year stays while the years go by, in milliseconds. */
const PACE = 900;
/** How long the address waits for the next one that replaces it, in milliseconds. */
const REST = 200;
const STOPS: Stop[] = ['low', 'half', 'full'];

interface Click {
  code: string | null;
  lon: number;
  lat: number;
  /** Whether a key was held that adds to the selection. */
  adds: boolean;
}

export class WkPlanner extends WkElement {
  static override properties = {
    ...WkElement.properties,
    config: { attribute: false },
    alone: { state: true },
    picking: { state: true },
    corners: { state: true },
    playing: { state: true },
    stop: { state: true },
  };
  declare config: Config;
  /** What the pointer is at in the legend. */
  declare alone: Alone | null;
  /** What a click on the map is taken for. */
  declare picking: Picking;
  /** Of an area that is being drawn. */
  declare corners: [number, number][];
  declare playing: boolean;
  declare stop: Stop;
  #ways: Ways = serverWays();
  #session: Session | null = null;
  #raster: Raster | null = null;
  #reveal: 'no' | 'gently' | 'fully' = 'no';
  #focusPanel = false;

  constructor() {
    super();
    this.alone = null;
    this.picking = 'no';
    this.corners = [];
    this.playing = false;
    this.stop = 'low';
  }

  /** Called once, with what the server wrote into the page. */
  start(config: Config, ways: Ways = serverWays()): void {
    this.config = config;
    this.#ways = ways;
    this.#raster = startRaster();
    const surface: Surface = {
      changed: () => this.requestUpdate(),
      address: (address, step) => this.#write(ways.written(address), step),
    };
    this.#session = new Session(config, ways.client, surface, this.#raster ?? plainReader);
    window.addEventListener('popstate', this.#back);
    if (this.#raster) {
      this.#raster.onfailed = () => {
        this.#raster = null;
        void this.#session?.readPlainly();
      };
    }
    void this.#session.open(ways.read(), 'replace');
  }

  #late: ReturnType<typeof setTimeout> | undefined;
  #pending: string | null = null;

  /**
   * Steps are written at once; what a drag, a filter or playing years replace, once these rest:
   * a browser does much for each address, and refuses many in a short time.
   */
  #write(address: string, step: 'push' | 'replace'): void {
    if (step === 'replace') {
      this.#pending = address;
      clearTimeout(this.#late);
      this.#late = setTimeout(() => this.#flush(), REST);
      return;
    }
    this.#flush();
    if (address !== location.pathname + location.search) history.pushState(null, '', address);
  }

  #flush(): void {
    clearTimeout(this.#late);
    const address = this.#pending;
    this.#pending = null;
    if (address !== null && address !== location.pathname + location.search)
      history.replaceState(null, '', address);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#back);
  }

  #back = (): void => {
    clearTimeout(this.#late);
    this.#pending = null;
    void this.#session?.open(this.#ways.read(), 'none');
  };

  get #selected(): Area | null {
    const { shown, view } = this.#session!;
    return shown?.layer.find(view?.gebied) ?? null;
  }

  get #headline(): string {
    const { shown } = this.#session!;
    if (!shown) return '';
    const place = shown.wijk
      ? `${shown.wijk.naam}, ${shown.gemeente?.naam ?? ''}`
      : (shown.gemeente?.naam ?? null);
    const { view, indicator, legend } = shown;
    const named = shown.second
      ? {
          ...indicator,
          naam: this.t('crossHeadline', {
            one:
              shown.second.legend.jaar === view.jaar
                ? say(indicator.naam, view.taal)
                : titled(say(indicator.naam, view.taal), view.jaar),
            other: say(shown.second.indicator.naam, view.taal),
          }),
        }
      : indicator;
    const year = shown.second?.legend.jaar ?? view.jaar;
    const text = headline(
      { ...view, jaar: year },
      named,
      place,
      this.config,
      this.t,
      legend.sinds ?? null,
    );
    return view.afwijking ? `${text}: ${this.t(`deviation_${view.afwijking}`)}` : text;
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.taal = this.#session?.view?.taal ?? this.taal;
  }

  override render() {
    const session = this.#session;
    if (!session) return nothing;
    const { t, taal } = this;
    const { shown, view } = session;
    const panel = shown && (this.#selected || session.point);
    return html`
      <a class="skip" href="#wk-kaart">${t('skip')}</a>
      ${this.#header()}
      <div class=${panel ? 'stage with-panel' : 'stage'}
        @wk-change=${(event: CustomEvent<Partial<View>>) => session.change(event.detail)}
        @wk-found=${(event: CustomEvent<Option>) => this.#found(event.detail)}
        @wk-select=${(event: CustomEvent<string>) => this.#select(event.detail)}
        @wk-filter=${(event: CustomEvent<Partial<View>>) => session.change(event.detail, 'replace')}
        @wk-alone=${(event: CustomEvent<Alone | null>) => {
          this.alone = event.detail;
        }}
        @wk-play=${this.#play}
        @wk-pin=${(event: CustomEvent<string>) => this.#pin(event.detail)}
        @wk-picking=${(event: CustomEvent<Picking>) => {
          this.picking = event.detail;
          this.corners = [];
        }}
        @wk-topics=${this.#topics}
        @wk-close=${this.#close}
        @wk-help=${this.#help}>
        <section class="side" aria-label=${t('settings')} data-stop=${this.stop}>
          ${this.#sheetHandle()}
          <h1 id="wk-titel">${this.#headline || t('loading')}</h1>
          ${shown && !shown.second ? strip(shown.key, taal, t) : nothing}
          <div class="side-body">
            ${
              view && session.catalogue
                ? html`<wk-controls .taal=${taal} .catalogue=${session.catalogue} .config=${this.config}
              .client=${this.#ways.client} .view=${view} .shown=${shown} .playing=${this.playing}></wk-controls>`
                : nothing
            }
            <wk-legend .taal=${taal} .shown=${shown} .filter=${this.#filter} .selected=${this.#selected}></wk-legend>
            ${
              shown
                ? html`<div class="more">
                  <wk-comparing .taal=${taal} .catalogue=${session.catalogue} .view=${shown.view}></wk-comparing>
                  ${shown.second || shown.band !== null || this.config.statisch ? nothing : html`<wk-methods .taal=${taal} .indicator=${shown.indicator} .view=${shown.view} .legend=${shown.legend}></wk-methods>`}
                  ${this.#selection(shown)} ${this.#export(shown)}
                </div>`
                : nothing
            }
            ${colophon(this.config, taal, t)}
          </div>
        </section>
        <main>${this.#tabs()} ${this.#notices()} ${this.#main()}</main>
        ${
          panel
            ? html`<aside class="panel" aria-label=${t('selectedArea', { area: this.#selected?.name ?? t('clickedPoint') })}>
          <wk-panel .taal=${taal} .shown=${shown} .area=${this.#selected} .detail=${session.detail}
            .catalogue=${session.catalogue} .point=${session.point} .pins=${session.view?.vergelijk ?? ''} .served=${!this.config.statisch}></wk-panel>
        </aside>`
            : nothing
        }
      </div>
      <p class="print-address">${location.href}</p>
      <wk-help .taal=${taal}></wk-help>
      ${this.#asksTopics ? html`<wk-topics .taal=${taal} .catalogue=${session.catalogue} .now=${view?.indicator ?? ''} @wk-change=${(event: CustomEvent<Partial<View>>) => session.change(event.detail)}></wk-topics>` : nothing}
    `;
  }

  #filterOf: { key: string; drawn: Layer | null; filter: Filter | null } = {
    key: '',
    drawn: null,
    filter: null,
  };

  /** The same object as long as it means the same, so that the map paints when it must. */
  get #filter(): Filter | null {
    const { shown } = this.#session!;
    if (!shown) return null;
    const { drawn, layer, view } = shown;
    const key = JSON.stringify([view.klassen, view.bereik, this.alone]);
    if (key !== this.#filterOf.key || drawn !== this.#filterOf.drawn) {
      const { values } = layer.column;
      const filter = filterOf(drawn, values, view.klassen, view.bereik, this.alone);
      this.#filterOf = { key, drawn, filter };
    }
    return this.#filterOf.filter;
  }

  /** The server's picture of the layer, as wide as the screen. */
  #picture(): string {
    const { shown } = this.#session!;
    if (!shown || this.config.statisch) return '';
    const [breedte, hoogte] = [window.innerWidth, window.innerHeight].map((side) =>
      Math.min(1600, Math.max(280, side)),
    );
    const query = { ...this.#session!.query(shown.view), breedte, hoogte };
    return addressOf(`/v1/lagen/${shown.view.niveau}.png`, query);
  }

  /** One year after the other, from the first after the last; until it is pressed again. */
  #play = async (): Promise<void> => {
    const session = this.#session!;
    this.playing = !this.playing;
    if (!this.playing) return;
    await session.fetchYears();
    while (this.playing && this.isConnected && session.view && session.catalogue) {
      const years = yearsOf(session.indicator(session.view), session.view.niveau);
      const next = years[(years.indexOf(session.view.jaar) + 1) % years.length];
      if (next === undefined) break;
      await session.change({ jaar: next }, 'replace');
      if (session.trouble) break;
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    this.playing = false;
  };

  #header() {
    const { t, taal } = this;
    const session = this.#session!;
    const language = (to: Language, words: string) =>
      html`<button type="button" lang=${to} aria-pressed=${taal === to ? 'true' : 'false'}
        @click=${() => session.change({ taal: to })}>${words}</button>`;
    return html`<header>
      <p class="brand">${this.config.titel ?? t('name')}</p>
      <div class="header-search" role="search" @wk-found=${(event: CustomEvent<Option>) => this.#found(event.detail)}>
        <wk-search .taal=${taal} .client=${this.#ways.client} .division=${session.shown?.legend.indeling ?? null} .divisions=${this.config.jaren} .label=${t('search')} .addresses=${this.config.adreszoeker ?? false} .placeholder=${t(this.config.statisch ? 'searchPlaceholderSite' : this.config.adreszoeker ? 'searchPlaceholderAddress' : 'searchPlaceholder')}></wk-search>
      </div>
      <div class="header-tools">
        <div class="languages" role="group" aria-label=${t('language')}>${language('nl', 'Nederlands')} ${language('en', 'English')}</div>
        <button type="button" class="plain" @click=${this.#help}>${t('help')}</button>
      </div>
      ${this.config.fictief ? html`<p class="fictional">${t('fictional')}</p>` : nothing}
    </header>`;
  }

  #sheetHandle() {
    const { t } = this;
    const place = STOPS.indexOf(this.stop);
    const go = (to: Stop) => () => {
      this.stop = to;
    };
    return html`<div class="sheet-handle">
      <button type="button" ?disabled=${place === 2} aria-label=${t('showLegend')} @click=${go(STOPS[place + 1] ?? 'full')}><span aria-hidden="true">▲</span></button>
      <button type="button" ?disabled=${place === 0} aria-label=${t('hideLegend')} @click=${go(STOPS[place - 1] ?? 'low')}><span aria-hidden="true">▼</span></button>
    </div>`;
  }

  #tabs() {
    const { t } = this;
    const session = this.#session!;
    const now = session.view?.weergave ?? 'kaart';
    const pins = codesOf(session.view?.vergelijk ?? null).length;
    if (now === 'vergelijk') void import('../ui/compare.ts');
    if (now === 'jaren') void import('../ui/multiples.ts');
    const tab = (id: View['weergave'], words: string) =>
      html`<button type="button" role="tab" id=${`tab-${id}`} aria-controls="wk-inhoud"
        aria-selected=${now === id ? 'true' : 'false'} tabindex=${now === id ? 0 : -1}
        @click=${() => session.change({ weergave: id })}>${words}</button>`;
    return html`<div class="tabs" role="tablist" aria-label=${t('mapOrTable')} @keydown=${this.#tabKey}>
      ${tab('kaart', t('map'))} ${tab('tabel', t('table'))} ${tab('vergelijk', pins > 0 ? t('compareTabCount', { n: pins }) : t('compareTab'))} ${tab('jaren', t('yearsTab'))}
      ${session.busy ? html`<span class="busy" role="presentation">${t('loading')}</span>` : nothing}
    </div>`;
  }

  #tabKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : DISPLAYS.length - 1;
    const now = DISPLAYS.indexOf(this.#session?.view?.weergave ?? 'kaart');
    const other = DISPLAYS[(now + step) % DISPLAYS.length]!;
    void this.#session?.change({ weergave: other });
    this.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
  }

  #main() {
    const session = this.#session!;
    const { shown } = session;
    const { taal } = this;
    const display = session.view?.weergave ?? 'kaart';
    const isTable = display === 'tabel';
    const served = this.config.statisch ? null : shown;
    const csv = served
      ? addressOf(`/v1/lagen/${served.view.niveau}.csv`, session.query(served.view))
      : '';
    const { indicator = '', ...rest } = served ? session.query(served.view) : {};
    const plain = served
      ? addressOf(`/kaart/${indicator}/tabel`, { niveau: served.view.niveau, ...rest })
      : '';
    return html`<div id="wk-inhoud" class="content" role="tabpanel" aria-labelledby=${`tab-${display}`}>
      <wk-map ?hidden=${display !== 'kaart'} .taal=${taal} .config=${this.config} .shown=${shown} .selected=${this.#selected} .point=${session.point}
        .filter=${this.#filter}   .gathered=${this.#gathered} .pinned=${this.#pinned} .corners=${this.corners} .picture=${display !== 'kaart' || this.#raster ? '' : this.#picture()}
        .raster=${this.#raster} .stock=${session.stock} .extent=${session.extentBounds()} .headline=${this.#headline}
        @wk-hover=${(event: CustomEvent<Area | null>) => {
          this.querySelector<WkLegend>('wk-legend')?.hover(event.detail);
        }}
        @wk-moved=${(event: CustomEvent<Sight | null>) => session.moved(event.detail)}
        @wk-click=${(event: CustomEvent<Click>) => this.#clicked(event.detail)}
      ></wk-map>
      ${isTable ? html`<wk-table .taal=${taal} .shown=${shown} .gathered=${this.#gathered} .filter=${this.#filter} .headline=${this.#headline} .csv=${csv} .plain=${plain}></wk-table>` : nothing}
      ${display === 'vergelijk' ? html`<wk-compare .taal=${taal} .shown=${shown} .catalogue=${session.catalogue} .client=${this.#ways.client}></wk-compare>` : nothing}
      ${display === 'jaren' && shown && session.catalogue ? html`<wk-multiples .taal=${taal} .shown=${shown} .topic=${session.indicator(shown.view)} .raster=${this.#raster} .column=${this.#yearColumn}></wk-multiples>` : nothing}
    </div>`;
  }

  #notices() {
    const session = this.#session!;
    const { t } = this;
    const { trouble, changes } = session;
    const text =
      trouble?.kind === 'refused'
        ? t('refused', { detail: trouble.detail })
        : trouble
          ? t(trouble.kind)
          : '';
    return html`<div class="notices" role="status">
      ${
        trouble
          ? html`<div class="notice alert"><p>${text}</p>
          <button type="button" @click=${() => session.retry()}>${t('retry')}</button></div>`
          : nothing
      }
      ${
        changes.length > 0
          ? html`<div class="notice">
            ${changes.map((change) => html`<p>${this.#told(change)}</p>`)}
            <button type="button" class="plain" @click=${() => session.dismiss()}>${t('dismiss')}</button>
          </div>`
          : nothing
      }
    </div>`;
  }

  #told({ what, asked, shown }: Change): string {
    const { t, config } = this;
    const session = this.#session!;
    const words = (text: string): string => {
      if (isLevel(text))
        return t(what === 'niveauOnderwerp' && text === asked ? `one_${text}` : `many_${text}`);
      const method = `method_${text}`;
      if (isKey(method)) return t(method);
      if (text === COUNTRY || text === '') return countryName(config, t);
      if (text === session.shown?.gemeente?.code) return session.shown.gemeente.naam;
      return session.shown?.layer.find(text)?.name ?? text;
    };
    return t(`change_${what}`, {
      asked: what === 'niveauOnderwerp' ? words(asked) : asked,
      shown: words(shown),
    });
  }

  #help = (): void => {
    this.querySelector<WkHelp>('wk-help')?.show();
  };

  #close = (): void => {
    const session = this.#session!;
    session.leavePoint();
    if (session.view?.gebied) void session.change({ gebied: null });
    this.querySelector<HTMLElement>('#wk-kaart')?.focus({ preventScroll: true });
  };

  #yearColumn = (year: number) => this.#session!.yearColumn(this.#session!.shown!.view, year);

  /** Takes an area into the comparison, or out of it. */
  #pin(code: string): void {
    const session = this.#session!;
    const now = codesOf(session.view?.vergelijk ?? null);
    const next = now.includes(code) ? now.filter((one) => one !== code) : [...now, code];
    if (next.length > MOST_PINS) return;
    void session.change({ vergelijk: next.join(',') || null });
  }

  /** Takes an area into the own selection, or out of it. */
  #gather(code: string): void {
    const session = this.#session!;
    const now = codesOf(session.view?.selectie ?? null);
    const next = now.includes(code) ? now.filter((one) => one !== code) : [...now, code];
    void session.change({ selectie: next.slice(0, MOST_CODES).join(',') || null });
  }

  #asksTopics = false;
  #topics = async (): Promise<void> => {
    await import('../ui/topics.ts');
    this.#asksTopics = true;
    this.requestUpdate();
    await this.updateComplete;
    await this.querySelector<WkTopics>('wk-topics')?.show();
  };

  #ordinalsOf: Record<
    'selectie' | 'vergelijk',
    { key: string; layer: Layer | null; list: number[] }
  > = {
    selectie: { key: '', layer: null, list: [] },
    vergelijk: { key: '', layer: null, list: [] },
  };

  /** The same list as long as it means the same. */
  #ordinals(which: 'selectie' | 'vergelijk'): number[] {
    const { shown, view } = this.#session!;
    const known = this.#ordinalsOf[which];
    const key = view?.[which] ?? '';
    const layer = shown?.layer ?? null;
    if (known.key === key && known.layer === layer) return known.list;
    const list = layer && key ? [...selectedOrdinals(layer, codesOf(key))] : [];
    this.#ordinalsOf[which] = {
      key,
      layer,
      list: list.length === 0 && known.list.length === 0 ? known.list : list,
    };
    return this.#ordinalsOf[which].list;
  }
  get #gathered(): number[] {
    return this.#ordinals('selectie');
  }
  get #pinned(): number[] {
    return this.#ordinals('vergelijk');
  }

  /** Opened when it is asked for, or when the address has a selection; its code comes then. */
  #selection(shown: Shown) {
    const { t, taal } = this;
    const n = this.#gathered.length;
    const isOpen = shown.view.selectie !== null;
    if (isOpen) void import('../ui/selection.ts');
    const place = shown.wijk?.naam ?? shown.gemeente?.naam ?? countryName(this.config, t);
    return html`<details class="selection" ?open=${isOpen || this.picking !== 'no'} @toggle=${() => import('../ui/selection.ts')}>
      <summary>${n > 0 ? t('selectionCount', { n }) : t('selection')}</summary>
      <wk-selection .taal=${taal} .shown=${shown} .client=${this.#ways.client} .picking=${this.picking} .corners=${this.corners}
        .place=${place} .known=${this.config.selecties ?? []} .people=${this.#people} .view=${this.#inView}></wk-selection>
    </details>`;
  }
  #people = () => this.#session!.residents();
  #inView = () => this.querySelector<WkMap>('wk-map')!.inView();
  #scene = () => this.querySelector<WkMap>('wk-map')?.scene() ?? null;

  #queryOf: { key: string; query: Query } = { key: '', query: {} };
  #export(shown: Shown) {
    const { t, taal } = this;
    const query = this.#session!.query(shown.view);
    const key = JSON.stringify(query);
    if (key !== this.#queryOf.key) this.#queryOf = { key, query };
    return html`<details class="downloads" @toggle=${() => import('../ui/export.ts')}>
      <summary>${t('exportTitle')}</summary>
      <wk-export .taal=${taal} .shown=${shown} .filter=${this.#filter} .query=${this.config.statisch ? null : this.#queryOf.query} .headline=${this.#headline}
        .raster=${this.#raster} .scene=${this.#scene}></wk-export>
    </details>`;
  }

  #clicked({ code, lon, lat, adds }: Click): void {
    const session = this.#session!;
    if (this.picking === 'corners') {
      this.corners = [...this.corners, [lon, lat]];
      return;
    }
    if (code && (adds || this.picking === 'areas')) {
      this.#gather(code);
      return;
    }
    void session.locate(lon, lat);
    this.#reveal = 'gently';
    if (code && session.view?.niveau === 'gemeenten') {
      this.querySelector<WkMap>('wk-map')?.fitGemeente(code);
    }
    if (code !== session.view?.gebied) void session.change({ gebied: code });
  }

  #select(code: string): void {
    if (this.picking === 'areas' && this.#session!.view?.weergave === 'kaart') {
      this.#gather(code);
      return;
    }
    this.#session!.leavePoint();
    this.#focusPanel = true;
    void this.#session!.change({ gebied: code });
  }

  /** A found gemeente becomes the extent; a wijk or buurt is selected in its gemeente. */
  #found({ code, niveau, at, division }: Option): void {
    const session = this.#session!;
    if (at) void session.locate(at.lon, at.lat);
    else session.leavePoint();
    if (at && session.shown && session.shown.legend.indeling !== division) {
      void this.#showPlace(code, at);
      return;
    }
    this.#reveal = 'fully';
    if (niveau !== 'gemeenten') this.#focusPanel = true;
    if (niveau === 'gemeenten') {
      const level =
        session.view?.niveau === 'gemeenten' ? 'buurten' : (session.view?.niveau ?? 'buurten');
      void session.change({ niveau: level, binnen: code, gebied: null, zicht: null });
    } else {
      const topic = session.topicOf(niveau, division);
      if (topic === null) {
        this.#focusPanel = false;
        // No figures per wijk: its buurten are what can be shown of it.
        void session.change({ niveau: 'buurten', binnen: code, gebied: null, zicht: null });
        return;
      }
      // The extent stays where it holds the place: the map goes there.
      const now = session.view?.binnen ?? null;
      const binnen = liesIn(code, now) ? now : ancestor(code, 'gemeenten');
      const zicht = binnen === now ? (session.view?.zicht ?? null) : null;
      void session.change({ ...topic, niveau, binnen, gebied: code, zicht });
    }
  }

  /** A place on a map of another division: its gemeente, and the area of that map that holds it. */
  async #showPlace(code: string, at: { lon: number; lat: number }): Promise<void> {
    const session = this.#session!;
    if (session.view?.niveau !== 'gemeenten') {
      await session.change({ binnen: ancestor(code, 'gemeenten'), gebied: null, zicht: null });
    }
    const area = session.shown?.layer.at(at.lon, at.lat);
    if (!area) return;
    this.#reveal = 'fully';
    this.#focusPanel = true;
    await session.change({ gebied: area.code });
  }

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
    const arrived = selected && this.#session!.shown?.view.gebied === selected.code;
    if (arrived && this.#reveal !== 'no') {
      const gently = this.#reveal === 'gently';
      this.#reveal = 'no';
      const map = this.querySelector<WkMap>('wk-map');
      void map?.updateComplete.then(() => map.reveal(selected, gently));
    }
    if (arrived && this.#focusPanel) {
      this.#focusPanel = false;
      const panel = this.querySelector<WkElement>('wk-panel');
      void panel?.updateComplete.then(() =>
        panel.querySelector<HTMLElement>('.place')?.focus({ preventScroll: true }),
      );
    }
  }
}

customElements.define('wk-planner', WkPlanner);
