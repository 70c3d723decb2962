/** Figures for the country that does not exist, with every kind of missing value. */
import { wave } from './country.mjs';

const both = (nl, en) => ({ nl, en });
const BLUE_ORANGE = [
  '#7f2704',
  '#b8460b',
  '#e6782a',
  '#fdb47a',
  '#f2efe6',
  '#b3d1e6',
  '#6aa5cf',
  '#2f76b0',
  '#0b3c73',
];
const SEQUENTIAL = {
  3: ['#edf8b1', '#7fcdbb', '#2c7fb8'],
  4: ['#ffffcc', '#a1dab4', '#41b6c4', '#225ea8'],
  5: ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'],
  6: ['#ffffcc', '#c7e9b4', '#7fcdbb', '#41b6c4', '#2c7fb8', '#253494'],
  7: ['#ffffcc', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'],
};
const LIVEABILITY_CUTS = [-0.428, -0.354, -0.2815, -0.164, -0.103, 0.0101, 0.0895, 0.168];
const LIVEABILITY_NAMES = [
  both('zeer onvoldoende', 'very insufficient'),
  both('ruim onvoldoende', 'largely insufficient'),
  both('onvoldoende', 'insufficient'),
  both('zwak', 'weak'),
  both('voldoende', 'sufficient'),
  both('ruim voldoende', 'more than sufficient'),
  both('goed', 'good'),
  both('zeer goed', 'very good'),
  both('uitstekend', 'excellent'),
];
export const REASONS = {
  geen_score: both('geen score in deze bron', 'no score in this source'),
  te_weinig_inwoners: both('te weinig inwoners', 'too few inhabitants'),
  geheim_of_afwezig: both(
    'onbekend, onvoldoende betrouwbaar of geheim',
    'unknown, not reliable enough or confidential',
  ),
  niet_gevraagd: both('niet geleverd', 'not delivered'),
};
export const HIDDEN = new Set(['te_weinig_inwoners', 'geheim_of_afwezig']);
export const FLAGS = {
  water: both('water', 'water'),
  'nauwelijks-woongebied': both('nauwelijks woongebied', 'hardly residential'),
};

const ALL = ['gemeenten', 'wijken', 'buurten'];
export const INDICATORS = [
  {
    id: 'leefbaarheid',
    naam: both('Leefbaarheid', 'Liveability'),
    omschrijving: both(
      'Hoe aantrekkelijk een plek is om te wonen, geschat uit kenmerken van woningen, omgeving, voorzieningen, samenleven en veiligheid.',
      'How attractive a place is to live in, estimated from housing, surroundings, amenities, social cohesion and safety.',
    ),
    thema: both('Leefbaarheid', 'Liveability'),
    soort: 'score',
    decimalen: 3,
    eenheid: both('', ''),
    methode: 'publicatie',
    aantalKlassen: 9,
    cuts: LIVEABILITY_CUTS,
    names: LIVEABILITY_NAMES,
    colours: BLUE_ORANGE,
    years: {
      gemeenten: [2020, 2022, 2024],
      wijken: [2014, 2020, 2022, 2024],
      buurten: [2012, 2014, 2016, 2020, 2022, 2024],
    },
    figure: (area, year) =>
      0.06 +
      0.21 * wave(area.x, area.y, 3) +
      0.1 * (area.distance - 0.6) +
      0.05 * wave(area.x * 4, area.y * 4, year * 0.3) -
      0.003 * (2024 - year),
  },
  {
    id: 'leefbaarheid-klasse',
    naam: both('Leefbaarheid in klassen', 'Liveability in classes'),
    omschrijving: both(
      'De klasse die de bron zelf geeft.',
      'The class that the source itself gives.',
    ),
    thema: both('Leefbaarheid', 'Liveability'),
    soort: 'klasse',
    decimalen: 0,
    eenheid: both('', ''),
    methode: 'publicatie',
    aantalKlassen: 9,
    cuts: [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5],
    names: LIVEABILITY_NAMES,
    colours: BLUE_ORANGE,
    years: { wijken: [2002, 2008, 2012, 2014, 2016], buurten: [2002, 2008, 2012, 2014, 2016] },
    figure: (area, year) => {
      const score =
        0.05 +
        0.2 * wave(area.x, area.y, 3) +
        0.1 * (area.distance - 0.6) +
        0.05 * wave(area.x * 4, area.y * 4, year * 0.3);
      return LIVEABILITY_CUTS.filter((cut) => score > cut).length + 1;
    },
  },
  {
    id: 'leefbaarheid-ontwikkeling-klasse',
    naam: both('Ontwikkeling van de leefbaarheid', 'Development of liveability'),
    omschrijving: both(
      'Hoe de leefbaarheid veranderde tussen twee jaren, in klassen.',
      'How liveability changed between two years, in classes.',
    ),
    thema: both('Leefbaarheid', 'Liveability'),
    soort: 'klasse',
    decimalen: 0,
    eenheid: both('', ''),
    methode: 'publicatie',
    aantalKlassen: 3,
    cuts: [1.5, 2.5],
    names: [
      both('gedaald', 'fallen'),
      both('gelijk gebleven', 'the same'),
      both('gestegen', 'risen'),
    ],
    colours: ['#e6782a', '#f2efe6', '#2f76b0'],
    years: { wijken: [2014, 2016], buurten: [2014, 2016] },
    periods: [
      [2012, 2014],
      [2012, 2016],
      [2014, 2016],
    ],
    figure: (area, year, since) => {
      const change = wave(area.x * 3, area.y * 2, year + since);
      return change < -0.3 ? 1 : change > 0.3 ? 3 : 2;
    },
  },
  {
    id: 'leefbaarheid-afwijking',
    naam: both(
      'Leefbaarheid: afstand tot de referentie, in klassen',
      'Liveability: distance to the reference, in classes',
    ),
    omschrijving: both('Hoe ver de score van de referentie ligt.', 'How far the score is off.'),
    thema: both('Leefbaarheid', 'Liveability'),
    soort: 'klasse',
    decimalen: 0,
    eenheid: both('', ''),
    methode: 'publicatie',
    aantalKlassen: 3,
    cuts: [1.5, 2.5],
    names: [both('onder', 'below'), both('rond', 'around'), both('boven', 'above')],
    colours: ['#e6782a', '#f2efe6', '#2f76b0'],
    years: { buurten: [2024] },
    figure: (area) => 1 + Math.floor(2.99 * (0.5 + 0.5 * wave(area.x, area.y, 3))),
  },
  {
    id: 'overlast-onveiligheid',
    naam: both('Overlast en onveiligheid', 'Nuisance and insecurity'),
    omschrijving: both(
      'Het deel van de score dat uit overlast en onveiligheid komt.',
      'The part of the score that comes from nuisance and insecurity.',
    ),
    thema: both('Leefbaarheid', 'Liveability'),
    soort: 'score',
    decimalen: 3,
    eenheid: both('', ''),
    methode: 'publicatie',
    aantalKlassen: 9,
    onderdeelVan: ['leefbaarheid'],
    cuts: [-0.2352, -0.1568, -0.0784, -0.0392, 0.0392, 0.0784, 0.1568, 0.2352],
    names: null,
    colours: BLUE_ORANGE,
    years: {
      gemeenten: [2020, 2022, 2024],
      wijken: [2014, 2020, 2022, 2024],
      buurten: [2014, 2020, 2022, 2024],
    },
    figure: (area, year) =>
      0.1 * wave(area.x, area.y, 7) +
      0.14 * (area.distance - 0.5) +
      0.02 * wave(area.x * 3, area.y, year),
  },
  {
    id: 'lage-inkomens',
    naam: both('Huishoudens met een laag inkomen', 'Low-income households'),
    omschrijving: both(
      'Het aandeel huishoudens met een inkomen onder de lage-inkomensgrens.',
      'The share of households with an income below the low-income line.',
    ),
    thema: both('Inkomen en werk', 'Income and work'),
    soort: 'aandeel',
    decimalen: 1,
    eenheid: both('%', '%'),
    richting: 'laag',
    methode: 'kwantielen',
    aantalKlassen: 5,
    years: {
      gemeenten: [2020, 2021, 2022],
      wijken: [2019, 2020, 2021, 2022],
      buurten: [2019, 2020, 2021, 2022],
    },
    figure: (area, year) =>
      Math.max(
        0.5,
        9 -
          9 * wave(area.x, area.y, 3) -
          4 * (area.distance - 0.5) +
          1.5 * wave(area.x * 5, area.y * 3, year),
      ),
  },
  {
    id: 'woningwaarde',
    naam: both('Gemiddelde woningwaarde', 'Average home value'),
    omschrijving: both(
      'De gemiddelde WOZ-waarde van woningen.',
      'The average assessed value of homes.',
    ),
    thema: both('Wonen', 'Housing'),
    soort: 'gemiddelde',
    decimalen: 0,
    eenheid: both('€', '€'),
    richting: 'neutraal',
    methode: 'kwantielen',
    aantalKlassen: 5,
    years: {
      gemeenten: [2022, 2023, 2024],
      wijken: [2022, 2023, 2024],
      buurten: [2022, 2023, 2024],
    },
    figure: (area, year) =>
      Math.round(
        (330 +
          120 * wave(area.x, area.y, 3) +
          60 * wave(area.x * 2, area.y * 2, 5) +
          18 * (year - 2022)) /
          2,
      ) * 2000,
  },
  {
    id: 'inwoners',
    naam: both('Aantal inwoners', 'Number of residents'),
    omschrijving: both(
      'Het aantal mensen dat er op 1 januari woont.',
      'The number of people living there on 1 January.',
    ),
    thema: both('Bevolking', 'Population'),
    soort: 'aantal',
    decimalen: 0,
    eenheid: both('', ''),
    richting: 'neutraal',
    weergave: 'cirkel',
    methode: 'natuurlijke-grenzen',
    aantalKlassen: 5,
    years: {
      gemeenten: [2022, 2023, 2024],
      wijken: [2022, 2023, 2024],
      buurten: [2022, 2023, 2024],
    },
    figure: (area) => area.inhabitants,
  },
];
for (const one of INDICATORS) {
  one.richting ??= 'hoog';
  one.weergave ??= 'vlak';
  one.onderdeelVan ??= [];
  one.methoden = [
    ...(one.cuts ? ['publicatie'] : []),
    'kwantielen',
    'gelijke-intervallen',
    'natuurlijke-grenzen',
    'standaarddeviatie',
    'eigen',
  ];
}
export const LEVELS = ALL;

/** Inhabitants and flags of every area; a gemeente and wijk hold the sum of their buurten. */
export function people(areas) {
  for (const area of areas.filter((one) => one.niveau === 'buurten')) {
    area.vlaggen = [];
    if (area.chance < 0.035) area.vlaggen.push('water');
    else if (area.chance > 0.955) area.vlaggen.push('nauwelijks-woongebied');
    const dense = Math.max(0.2, 1.3 - area.distance);
    area.inhabitants = area.vlaggen.includes('water')
      ? 0
      : area.vlaggen.length > 0 || area.chance < 0.1
        ? Math.round(20 + 80 * area.chance)
        : Math.round(dense * (900 + 3000 * area.chance));
  }
  for (const area of areas.filter((one) => one.niveau !== 'buurten')) {
    area.vlaggen = [];
    const key = area.niveau === 'gemeenten' ? area.code.slice(2) : area.code.slice(2, 8);
    area.inhabitants = areas
      .filter((one) => one.niveau === 'buurten' && one.code.slice(2).startsWith(key))
      .reduce((sum, one) => sum + one.inhabitants, 0);
  }
}

/** From which year to which a topic has figures: a plain figure has no begin. */
export const periodsOf = (indicator, niveau) =>
  indicator.periods ?? indicator.years[niveau].map((year) => [null, year]);

export function figureOf(indicator, area, year, since = null) {
  if (area.vlaggen.includes('water')) return { waarde: null, reden: 'geen_score' };
  if (indicator.id !== 'inwoners' && area.niveau === 'buurten') {
    if (area.chance > 0.035 && area.chance < 0.07) return { waarde: null, reden: 'geen_score' };
    if (area.chance < 0.1) return { waarde: null, reden: 'te_weinig_inwoners' };
    if (area.chance < 0.115 && year % 4 === 0) return { waarde: null, reden: 'geheim_of_afwezig' };
  }
  const raw = indicator.figure(area, year, since);
  return { waarde: Number(raw.toFixed(6)), reden: null };
}

/** Upper bounds of all classes but the highest. */
export function cutsOf(indicator, values, method, count) {
  if (method === 'publicatie') return indicator.cuts;
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const steps = Array.from({ length: count - 1 }, (_, index) => (index + 1) / count);
  if (method === 'standaarddeviatie') {
    const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (sorted.length - 1));
    const reach = Math.floor((count - 1) / 2);
    const multiples = Array.from({ length: 2 * reach + 1 }, (_, index) => index - reach);
    return multiples
      .filter((multiple) => multiple !== 0 || count % 2 === 0)
      .map((multiple) => mean + multiple * deviation);
  }
  if (method === 'gelijke-intervallen') {
    const low = sorted[0];
    const high = sorted.at(-1);
    return steps.map((share) => Number((low + (high - low) * share).toFixed(4)));
  }
  return [...new Set(steps.map((share) => sorted[Math.floor(share * (sorted.length - 1))]))];
}

export function coloursOf(indicator, count) {
  if (indicator.colours && indicator.colours.length === count) return indicator.colours;
  return SEQUENTIAL[Math.min(7, Math.max(3, count))];
}

export const classOf = (value, cuts) => cuts.filter((cut) => value > cut).length + 1;
