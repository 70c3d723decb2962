/** What the server answers. The words are those of `docs/API.md`. */
import type { Geometry } from 'geojson';
import type { Level, OwnLevel } from './level.ts';

export interface Text {
  nl: string;
  en: string;
}
/** A text that may come in two languages or in one. */
export type Words = Text | string;
export type Bounds = [west: number, south: number, east: number, north: number];

export interface Config {
  versie?: string;
  fictief: boolean;
  indicator: string;
  jaar: number;
  niveau: Level;
  binnen: string | null;
  omvang: Bounds;
  achtergrondkaart: boolean;
  jaren: number[];
  /** What every address begins with, where the server is below a path. */
  pad: string;
  /** What the map is called, where it has a name of its own. */
  titel?: string;
  /** Whose map it is. */
  gemeente?: Named;
  /** What the map shows at first, where that is not the whole of `omvang`. */
  opening?: Bounds;
  /** Whether addresses in words can be asked of the server. */
  adreszoeker?: boolean;
  /** Whether the page is a folder of files, without a server. */
  statisch?: boolean;
  /** The named selections; absent where the server knows none. */
  selecties?: SelectionEntry[];
  /** The levels that a gemeente drew itself; absent where there are none. */
  eigenNiveaus?: OwnLevelEntry[];
  /** Whether the server tells of approaches; absent where it knows of none. */
  verhalen?: boolean;
}

/** A level that a gemeente drew itself: what one area of it is called, and what several are. */
export interface OwnLevelEntry {
  id: OwnLevel;
  een: Text;
  meer: Text;
  omvang: Bounds;
}

export interface YearEntry {
  jaar: number;
  sinds: number | null;
  indeling: number;
  /** The other divisions that these figures can be read on. */
  leesbaarOp?: number[];
  gebieden: number;
  metWaarde: number;
}
/** From that year an indicator means something else. */
export interface SeriesBreak {
  vanaf: number;
  tekst: Words;
}
export interface Indicator {
  id: string;
  naam: Words;
  omschrijving: Words;
  thema: Words;
  eenheid: Words;
  decimalen: number;
  richting: 'hoog' | 'laag' | 'neutraal';
  soort: 'aantal' | 'aandeel' | 'gemiddelde' | 'score' | 'klasse';
  weergave: 'vlak' | 'cirkel';
  noemer: string | null;
  publicatiegrens: Words | null;
  /** What published numbers are a multiple of. */
  afronding?: number | null;
  palet: string;
  methode: string;
  aantalKlassen: number;
  methoden: string[];
  onderdeelVan: string[];
  /** The topic that this one tells in another form. */
  vormVan?: string | null;
  /** What the atlas computes it from. */
  berekendUit?: string[];
  reeksbreuken: SeriesBreak[];
  /** Indicators that look alike and measure something else. */
  nietVergelijkbaarMet: string[];
  gevoelig: boolean;
  bron: Words;
  licentie: string;
  opmerking: Words | null;
  niveaus: { niveau: Level; jaren: YearEntry[] }[];
}
export interface Catalogue {
  versie: string;
  fictief: boolean;
  indicatoren: Indicator[];
}

export interface LayerProperties {
  code: string;
  naam: string;
  niveau: Level;
  gemeente: string | null;
  waarde: number | null;
  reden: string | null;
  klasse: number | null;
  klassenaam: string | null;
  vlaggen: string[] | null;
  /** What a rounded value may stand for. */
  marge?: [number, number];
  /** On another division: how the figure came there, whether that is an estimate, and which part is known. */
  omrekening?: string | null;
  geschat?: boolean;
  gedekt?: number | null;
  /** The ranks that follow, in the whole country; 1 is the highest value. */
  rang?: [number, number];
  fill?: string | null;
  'fill-opacity'?: number;
  stroke?: string;
  'stroke-width'?: number;
}
export interface LayerFeature {
  type: 'Feature';
  id: string;
  geometry: Geometry | null;
  properties: LayerProperties;
}
export interface Layer {
  type: 'FeatureCollection';
  features: LayerFeature[];
  indicator: string;
  jaar: number;
  niveau: Level;
  versie: string;
  fictief?: boolean;
}

export interface LegendClass {
  nummer: number;
  naam: Words | null;
  van: number | null;
  tot: number | null;
  kleur: string;
  gebieden: number;
  inwoners: number | null;
}
export interface LegendReason {
  reden: string;
  naam: Words;
  arcering: 'geen-cijfer' | 'verborgen';
  kleur: string;
  gebieden: number;
  inwoners: number | null;
}
export interface LegendFlag {
  vlag: string;
  naam: Words;
  /** What makes an area so, with the thresholds. */
  uitleg?: Words | null;
  kleur: string | null;
  gebieden: number;
  inwoners: number | null;
}
/** How figures came to areas of another division than their own. */
export interface ConversionWay {
  wijze: string;
  naam: Words;
  geschat: boolean;
  gebieden: number;
}
export interface Conversion {
  van: number;
  naar: number;
  wijzen: ConversionWay[];
  geschat: number;
  gedekt: number | null;
  /** The same in a sentence. */
  zin: Words;
}
export interface Legend {
  indicator: string;
  naam: Words;
  niveau: Level;
  /** The year that a change is counted from. */
  sinds?: number | null;
  jaar: number;
  indeling: number;
  binnen: string | null;
  eenheid: Words;
  decimalen: number;
  methode: string;
  schaal: string;
  palet: string;
  klassen: LegendClass[];
  redenen: LegendReason[];
  vlaggen: LegendFlag[];
  /** Null where figures are shown on their own division. */
  omrekening?: Conversion | null;
  dekking: {
    gebieden: number;
    metWaarde: number;
    inwoners: number | null;
    inwonersMetWaarde: number | null;
  };
  bron: Words;
  licentie: string;
  opmerking: Words | null;
  /** How many areas of the level in the country are ranked; null for classes. */
  gerangschikt: number | null;
  /** The publisher of the borders. */
  bronGrenzen?: Words | null;
  versie: string;
  fictief: boolean;
}

/** One of two topics on one map. */
export interface PairAxis {
  indicator: string;
  naam: Words;
  eenheid: Words;
  jaar: number;
  /** Ascending, at most two. */
  grenzen: number[];
  /** Whether class 1 holds the highest values. */
  omgekeerd: boolean;
  /** The names of class 1, 2 and 3. */
  klassen: Words[];
}
export interface PairCell {
  klasse: number;
  rij: number;
  kolom: number;
  kleur: string;
  naam: Words;
  gebieden: number;
  inwoners: number | null;
}
/** Of two topics: from favourable to less favourable by row, and by column. */
export interface PairLegend {
  indicator: string;
  met: string;
  jaar: number;
  metJaar: number;
  niveau: Level;
  indeling: number;
  rijen: PairAxis;
  kolommen: PairAxis;
  cellen: PairCell[];
  redenen: LegendReason[];
  dekking: Legend['dekking'];
  zin: Words;
  letOp: Words | null;
  bron: Words;
  licentie: string;
  opmerking?: Words | null;
  versie: string;
  fictief: boolean;
}

export interface Named {
  code: string;
  naam: string;
}
export interface Found extends Named {
  niveau: Level;
  gemeente: Named | null;
  omvang: Bounds;
}
export interface FoundList {
  totaal: number;
  gebieden: Found[];
}
/** The ranks that an area may have among the areas of a gemeente, or of the whole country. */
export interface Rank {
  binnen: string | null;
  van: number;
  tot: number;
  aantal: number;
}
export interface AreaValue {
  jaar: number;
  sinds: number | null;
  waarde: number | null;
  klasse: number | null;
  klassenaam: Words | null;
  reden: string | null;
  interval: { van: number; tot: number } | null;
  rang: Rank[];
  /** On an own level: how the figure came there, whether that is an estimate, and which part is known. */
  omrekening?: string | null;
  geschat?: boolean;
  gedekt?: number | null;
}
export interface AreaDetail extends Found {
  jaar: number;
  vlaggen: string[];
  /** Why it has a mark, where that is not plain. */
  vlagredenen: { vlag: string; reden: Words }[];
  wijk: Named | null;
  onderliggend: Named[];
  /** The divisions that have the code. */
  jaren: number[];
  /** The codes that it had before with the same border, where the atlas knows them. */
  vorigeCodes?: string[];
  /** With the metres of border that they share. */
  buren?: (Named & { grens: number })[];
  waarden: Record<string, AreaValue[]>;
  versie: string;
}
/** A figure of an area in one year, read on the division of that area. */
export interface SeriesYear {
  jaar: number;
  sinds: number | null;
  waarde: number | null;
  reden: string | null;
  /** The division that the figure was delivered on. */
  indelingCijfers: number;
  /** How it came here; null on its own division. */
  omrekening: string | null;
  geschat: boolean;
  /** Which part of the area is known, from 0 to 1. */
  gedekt: number | null;
}
export interface Series extends Named {
  jaar: number;
  indicator: string;
  reeks: SeriesYear[];
}
/** One of the areas most like another. */
export interface SimilarArea extends Named {
  gemeente: Named | null;
}
export interface SimilarAreas {
  /** The nearest first; empty where there is a reason. */
  gebieden: SimilarArea[];
  reden: Words | null;
}
export interface Location {
  jaar: number;
  /** Null for an address. */
  rd: [number, number] | null;
  lonLat: [number, number] | null;
  adres?: Address | null;
  buurt: Named | null;
  wijk: Named | null;
  gemeente: Named | null;
  /** By own level the area that it lies in. */
  eigen?: Record<OwnLevel, Named | null>;
}

export interface Address {
  postcode: string;
  huisnummer: number | null;
  kandidaten: Named[];
}
/** What the server found for an address in words. */
export interface AddressHit {
  omschrijving: string;
  lonLat: [number, number] | null;
  buurt: Named | null;
  wijk: Named | null;
  gemeente: Named | null;
  kandidaten: Named[];
  bron: string;
}
export interface AddressHits {
  jaar: number;
  adressen: AddressHit[];
}
/** A named list of areas. */
export interface SelectionEntry {
  id: string;
  naam: Words;
  omschrijving?: Words | null;
  bron?: Words | null;
  historisch?: boolean;
  eigen?: boolean;
  /** How many of its places the gemeente has yet to confirm. */
  kandidaten?: number;
}
export interface SelectionDetail extends SelectionEntry {
  lijst: {
    naam: string | null;
    gemeente: string | null;
    kandidaat: boolean;
    /** `aanwezig`: whether the division has it. */
    gebieden: (Named & { aanwezig?: boolean })[];
  }[];
  ontbreekt?: string[];
  toelichting?: Words | null;
}

/** A view told in words, in the language that was asked for. */
export interface Summary {
  titel: string;
  alt: string;
  tekst: string[];
}

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: { in: string; location: { name: string }; detail?: string; toegestaan?: string[] }[];
}
