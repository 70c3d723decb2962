/** A small catalogue for tests. */
import type { Catalogue, Config, Indicator, YearEntry } from './api.ts';
import type { Level, OwnLevel } from './level.ts';

export function indicator(
  id: string,
  years: Partial<Record<Level, number[]>>,
  more: Partial<Indicator> = {},
): Indicator {
  const entry = (jaar: number): YearEntry => ({
    jaar,
    sinds: null,
    indeling: jaar >= 2020 ? 2024 : 2016,
    gebieden: 10,
    metWaarde: 9,
  });
  return {
    id,
    naam: { nl: id, en: id },
    omschrijving: { nl: '', en: '' },
    thema: { nl: 'Leefbaarheid', en: 'Liveability' },
    eenheid: { nl: '', en: '' },
    decimalen: 3,
    richting: 'hoog',
    soort: 'score',
    weergave: 'vlak',
    noemer: null,
    publicatiegrens: null,
    palet: 'blauw-oranje',
    methode: 'publicatie',
    aantalKlassen: 9,
    methoden: ['publicatie', 'kwantielen', 'standaarddeviatie', 'eigen'],
    onderdeelVan: [],
    reeksbreuken: [],
    nietVergelijkbaarMet: [],
    gevoelig: false,
    bron: { nl: 'bron', en: 'source' },
    licentie: 'CC0 1.0',
    opmerking: null,
    niveaus: Object.entries(years).map(([niveau, list = []]) => ({
      niveau: niveau as Level,
      jaren: list.map(entry),
    })),
    ...more,
  };
}

/** A change with two begins for its last year. */
const changing = indicator('ontwikkeling', { wijken: [2014, 2016, 2016] }, { soort: 'klasse' });
[2012, 2012, 2014].forEach((sinds, index) => {
  changing.niveaus[0]!.jaren[index]!.sinds = sinds;
});

export const catalogue: Catalogue = {
  versie: '1',
  fictief: true,
  indicatoren: [
    indicator('leefbaarheid', {
      gemeenten: [2014, 2020, 2024],
      wijken: [2014, 2020, 2024],
      buurten: [2014, 2016, 2020, 2024],
    }),
    indicator('inkomen', { gemeenten: [2021, 2022] }),
    indicator('geluid', { buurten: [2022] }),
    indicator(
      'huur',
      { buurten: [2024] },
      { soort: 'aandeel', eenheid: { nl: '%', en: '%' }, decimalen: 0 },
    ),
    indicator('stedelijkheid', { buurten: [2022] }, { soort: 'klasse', decimalen: 0 }),
    changing,
  ],
};

export const config: Config = {
  fictief: true,
  indicator: 'leefbaarheid',
  jaar: 2024,
  niveau: 'buurten',
  binnen: 'GM0363',
  omvang: [3, 50, 7, 54],
  achtergrondkaart: false,
  jaren: [2016, 2024],
  pad: '',
};

/** The same where a gemeente drew a level of its own, of which one topic has figures. */
export const stadsdelen = 'stadsdelen' as OwnLevel;
export const ownConfig: Config = {
  ...config,
  eigenNiveaus: [
    {
      id: stadsdelen,
      een: { nl: 'stadsdeel', en: 'city part' },
      meer: { nl: 'stadsdelen', en: 'city parts' },
      omvang: [4, 52, 5, 53],
    },
  ],
};
export const ownCatalogue: Catalogue = {
  ...catalogue,
  indicatoren: catalogue.indicatoren.map((one) =>
    one.id === 'leefbaarheid'
      ? indicator('leefbaarheid', {
          gemeenten: [2014, 2020, 2024],
          wijken: [2014, 2020, 2024],
          buurten: [2014, 2016, 2020, 2024],
          [stadsdelen]: [2020, 2024],
        })
      : one,
  ),
};
