/** The frame that is put on other people's pages: title, map, legend, where it comes from. */
import { html, nothing, type PropertyValues } from 'lit';
import type { Bounds, Config } from '../core/api.ts';
import type { Area } from '../core/area.ts';
import { Client } from '../core/client.ts';
import type { Embedding } from '../core/embedding.ts';
import { announcement } from '../core/headline.ts';
import { ancestor, hasExtent, liesIn } from '../core/level.ts';
import { rooted } from '../core/root.ts';
import type { Sight } from '../core/state.ts';
import { writeAddress } from '../core/state.ts';
import type { Scheme } from '../core/theme.ts';
import { pictureOf, tablesOf } from '../planner/files.ts';
import { notices } from '../planner/notices.ts';
import { Session } from '../planner/session.ts';
import type { Shown } from '../planner/shown.ts';
import { titleOf } from '../planner/title.ts';
import { plainReader, type Raster, startRaster } from '../raster/raster.ts';
import { WkElement } from '../ui/element.ts';
import type { WkMap } from '../ui/map.ts';
import type { Option } from '../ui/search.ts';
import { sourceLine } from '../ui/source.ts';
import { choices } from './choices.ts';
import { Host, type Page } from './host.ts';
import type { WkFrameLegend } from './legend.ts';
import { Dress } from './theme.ts';
import '../ui/map.ts';
import './legend.ts';
import './told.ts';

export class WkEmbed extends WkElement {
  static override properties = {
    ...WkElement.properties,
    chosen: { state: true },
    kleuren: { state: true },
    raster: { state: true },
  };
  /** The code of the area that was pointed out; null for that of the address. */
  declare chosen: string | null;
  declare kleuren: Scheme | null;
  declare raster: Raster | null;
  readonly #client = new Client();
  #config: Config | null = null;
  #embedding: Embedding | null = null;
  #session: Session | null = null;
  #host: Host | null = null;
  /** What the server made of it, until there is more to see. */
  #made: ChildNode[] = [];
  /** An area to be brought into view, once it is on the map. */
  #wanted: string | null = null;

  constructor() {
    super();
    this.chosen = null;
    this.kleuren = null;
    this.raster = null;
  }

  override connectedCallback(): void {
    this.#made = [...this.childNodes];
    super.connectedCallback();
  }

  /** Called once, with what the server wrote into the page. */
  start(config: Config, embedding: Embedding): void {
    const { wens, kleuren, hoogte } = embedding;
    this.#config = config;
    this.#embedding = embedding;
    this.taal = wens.taal === 'en' ? 'en' : 'nl';
    this.kleuren = kleuren;
    if (hoogte) document.documentElement.style.setProperty('--wk-map-height', `${hoogte}px`);
    const dress = new Dress();
    this.#host = new Host((page) => {
      this.kleuren = dress.wear(page, kleuren);
      this.#grow(page);
    });
    new ResizeObserver(() => this.#measure()).observe(this);
    // What the server says of it is all there is to show.
    if (embedding.vervallen) {
      this.#host.once('ready');
      return;
    }
    this.raster = startRaster();
    const surface = {
      changed: () => this.requestUpdate(),
      address: (address: string) => {
        this.#host!.send({ type: 'state', address: rooted(address) });
        this.requestUpdate();
      },
    };
    const session = new Session(config, this.#client, surface, this.raster ?? plainReader);
    this.#session = session;
    if (this.raster) {
      this.raster.onfailed = () => {
        this.raster = null;
        void session.readPlainly();
      };
    }
    void session.open(wens, 'none');
  }

  /** As high as what is in it, where the page around it makes room. */
  #grow({ auto }: Page): void {
    document.documentElement.toggleAttribute('data-auto', auto);
    this.#measure();
  }
  #measure(): void {
    if (!document.documentElement.hasAttribute('data-auto')) return;
    const height = Math.ceil(this.getBoundingClientRect().height);
    if (height > 0) this.#host?.send({ type: 'height', height });
  }

  get #map(): WkMap | null {
    return this.querySelector<WkMap>('wk-map');
  }
  get #selected(): Area | null {
    const { shown, view } = this.#session!;
    return shown?.layer.find(this.chosen ?? view?.gebied ?? null) ?? null;
  }
  get #isFree(): boolean {
    return this.#embedding!.keuze.includes('gebied');
  }

  #choose(code: string | null): void {
    this.chosen = code;
    const area = this.#session!.shown?.layer.find(code);
    if (area) this.#host!.send({ type: 'select', code: area.code, naam: area.name });
  }

  /** Brings what was found into view, as far as the frame may go there. */
  #found({ code, niveau, at }: Option): void {
    const session = this.#session!;
    const { shown, view } = session;
    if (!shown || !view) return;
    const own = ancestor(code, view.niveau);
    const area = shown.layer.find(own) ?? (at && shown.layer.at(at.lon, at.lat));
    if (area && own) {
      this.#choose(area.code);
      this.#map?.reveal(area);
      return;
    }
    const within = shown.layer.areas.filter((one) => liesIn(one.code, code));
    if (within.length > 0) this.#map?.fit(around(within));
    else if (this.#isFree && hasExtent(view.niveau)) {
      this.#wanted = niveau === 'gemeenten' ? null : own;
      const binnen = ancestor(code, 'gemeenten');
      void session.change({ binnen, gebied: own, zicht: null }, 'replace');
    }
  }

  override render() {
    const session = this.#session;
    if (!session || (!session.shown && !session.trouble)) return nothing;
    const { t } = this;
    const { keuze, meldingen } = this.#embedding!;
    const { shown } = session;
    return html`<main class="frame"
      @wk-found=${(event: CustomEvent<Option>) => this.#found(event.detail)}
      @wk-select=${(event: CustomEvent<string>) => this.#choose(event.detail)}
      @wk-click=${(event: CustomEvent<{ code: string | null }>) => this.#choose(event.detail.code)}
      @wk-close=${() => this.#choose(null)}
      @wk-painted=${() => this.#host!.once('ready')}>
      ${shown ? this.#head(shown) : nothing}
      ${notices(session, t, meldingen)}
      ${choices(keuze, session, this.#client, t)}
      ${shown ? this.#figure(shown, session) : nothing}
      ${shown ? this.#foot(shown, session) : nothing}
      <p class="visually-hidden" role="status">${session.busy ? html`<span class="busy">${t('loading')}</span>` : nothing}</p>
    </main>`;
  }

  /** What was written by hand stands first; what is shown is always said by the page itself. */
  #head(shown: Shown) {
    const { titel, tekst } = this.#embedding!;
    const headline = titleOf(shown, this.#config!, this.t);
    return html`<header>
      <h1>${titel ?? headline}</h1>
      ${titel ? html`<p class="subtitle">${headline}</p>` : nothing}
      ${tekst ? html`<p class="lead">${tekst}</p>` : nothing}
    </header>`;
  }

  #figure(shown: Shown, session: Session) {
    const { taal, raster } = this;
    const extent = session.extentBounds();
    const selected = this.#selected;
    const picture = raster ? '' : pictureOf(session.supply, shown.view);
    const hasLegend = !this.#embedding!.zonder.includes('legenda');
    return html`<div class=${`frame-figure${hasLegend ? '' : ' alone'}`}>
      <wk-map .cooperative=${true} .limits=${this.#isFree ? null : extent} .kleuren=${this.kleuren ?? ''} .taal=${taal} .config=${this.#config!}
        .shown=${shown} .selected=${selected} .picture=${picture} .raster=${raster} .stock=${session.stock} .extent=${extent} .headline=${titleOf(shown, this.#config!, this.t)}
        @wk-hover=${(event: CustomEvent<Area | null>) => {
          this.querySelector<WkFrameLegend>('wk-frame-legend')?.hover(event.detail);
        }}
        @wk-moved=${(event: CustomEvent<Sight | null>) => session.moved(event.detail)}></wk-map>
      ${hasLegend ? html`<wk-frame-legend .taal=${taal} .shown=${shown} .selected=${selected}></wk-frame-legend>` : nothing}
    </div>
    <p class="frame-chosen" role="status">${selected ? this.#told(selected, shown) : nothing}</p>`;
  }

  #told(area: Area, { second, indicator, legend }: Shown): string {
    const { taal, t } = this;
    return second?.spoken(area, taal, t) ?? announcement(area, indicator, legend, taal, t);
  }

  #foot(shown: Shown, session: Session) {
    const { t, taal } = this;
    const { herzien, zonder } = this.#embedding!;
    const { supply } = session;
    const config = this.#config!;
    const view = {
      ...shown.view,
      gebied: this.#selected?.code ?? null,
      zicht: session.view?.zicht ?? null,
    };
    const { csv, plain } = tablesOf(supply, view);
    const { niveau } = view;
    const link = (href: string, words: string) =>
      html`<a href=${href} target="_blank" rel="noopener">${words}<span aria-hidden="true"> ↗</span><span class="visually-hidden"> (${t('newTab')})</span></a>`;
    return html`<footer>
      <p class="source">
        ${shown.legend.fictief ? html`<strong>${t('frameFictional')}</strong> ` : nothing}${sourceLine(shown, config, taal, t)}
        ${herzien ? t('frameRevised', { date: herzien }) : nothing}
      </p>
      <nav aria-label=${t('frameFiles')}>
        ${link(rooted(writeAddress(view, config, session.indicator(view))), t('frameOpen'))}
        ${zonder.includes('tabel') ? nothing : html`${link(plain, t('frameTable'))} ${link(csv, t('frameDownload'))}`}
      </nav>
      <wk-told .taal=${taal} .client=${this.#client} .query=${{ niveau, ...supply.served(view) }}></wk-told>
    </footer>`;
  }

  protected override willUpdate(_: PropertyValues<this>): void {
    this.taal = this.#session?.view?.taal ?? this.taal;
  }

  protected override updated(): void {
    const session = this.#session;
    if (!session || (!session.shown && !session.trouble)) return;
    for (const node of this.#made) node.remove();
    this.#made = [];
    const { shown } = session;
    if (!shown) return;
    const title = this.#embedding!.titel ?? titleOf(shown, this.#config!, this.t);
    if (document.title !== title) document.title = title;
    if (this.#wanted && this.#selected?.code === this.#wanted) {
      const area = this.#selected;
      this.#wanted = null;
      const map = this.#map;
      void map?.updateComplete.then(() => map.reveal(area));
    }
  }
}

function around(areas: Area[]): Bounds {
  return areas
    .map(({ bounds }) => bounds)
    .reduce(([w, s, e, n], [west, south, east, north]) => [
      Math.min(w, west),
      Math.min(s, south),
      Math.max(e, east),
      Math.max(n, north),
    ]);
}

customElements.define('wk-embed', WkEmbed);
