import { describe, expect, it } from 'vitest';
import { readAddressText } from './address.ts';
import type { Indicator } from './api.ts';
import { bandOf, canChange, changeOf, delivered, earlierYears, isRelative } from './change.ts';
import { layerOf } from './grid.ts';
import { readCodes, selectedOrdinals, totalsOf } from './selection.ts';
import { sheet } from './sheet.ts';

const indicator = (more: Partial<Indicator> = {}): Indicator =>
  ({
    id: 'leefbaarheid',
    naam: { nl: 'Leefbaarheid', en: 'Liveability' },
    eenheid: '',
    decimalen: 3,
    richting: 'hoog',
    soort: 'score',
    weergave: 'vlak',
    onderdeelVan: [],
    reeksbreuken: [],
    bron: 'Leefbaarometer 3.0',
    niveaus: [
      {
        niveau: 'buurten',
        jaren: [2012, 2016, 2020, 2024].map((jaar) => ({
          jaar,
          sinds: null,
          indeling: jaar < 2020 ? 2016 : 2024,
          gebieden: 0,
          metWaarde: 0,
        })),
      },
    ],
    ...more,
  }) as Indicator;

const cells = (values: (number | null)[]) =>
  values.map((value, at) => ({ code: `BU0001${1000 + at}`, value }));

describe('a change that the page computes', () => {
  it('offers earlier years of the same division and says why not the others', () => {
    const at = { niveau: 'buurten', jaar: 2024, indeling: null } as const;
    const found = earlierYears(indicator(), at);
    expect(found.map(({ year }) => year)).toEqual([2012, 2016, 2020]);
    expect(found.map(({ hindrance }) => hindrance?.kind ?? null)).toEqual([
      'division',
      'division',
      null,
    ]);
    const broken = indicator({ reeksbreuken: [{ vanaf: 2022, tekst: '' }] });
    expect(earlierYears(broken, at)[2]!.hindrance).toEqual({ kind: 'break', year: 2022 });
    // Those that can be read on the borders at hand are offered too.
    const read = indicator();
    for (const year of read.niveaus[0]!.jaren) year.leesbaarOp = [2024];
    read.niveaus[0]!.jaren[0]!.leesbaarOp = [];
    const offered = earlierYears(read, at);
    expect(offered.map(({ hindrance }) => hindrance?.kind ?? null)).toEqual([
      'division',
      null,
      null,
    ]);
    expect(offered.map(({ isConverted }) => isConverted)).toEqual([true, true, false]);
  });

  it('is later less earlier, and missing where either is', () => {
    const later = layerOf(cells([0.1, 0.5, null, 0.2, -0.1]), 5);
    const earlier = layerOf(cells([0.3, 0.5, 0.1, null, -0.4]), 5);
    const { layer, band } = changeOf(later, earlier.column, indicator(), 2012);
    const values = later.areas.map((_, at) => layer.areas[at]!.value);
    expect(values).toEqual([-0.2, 0, null, null, 0.3]);
    expect(band).toBe(0.0392);
    const { klassen, dekking } = layer.column.description.legenda;
    expect(klassen.reduce((sum, one) => sum + one.gebieden, 0)).toBe(3);
    expect(dekking).toMatchObject({ gebieden: 5, metWaarde: 3 });
    expect(layer.areas[1]!.class).toBe(4);
    expect(layer.areas[0]!.class).toBe(1);
    expect(layer.areas[4]!.class).toBe(7);
    // What is missing keeps a reason, never a class.
    expect(layer.areas[2]!.class).toBeNull();
    expect(layer.areas[3]!.reason).not.toBeNull();
  });

  it('is relative to the country for the scores of version 2.0 alone', () => {
    expect(isRelative(indicator({ id: 'leefbaarheid-2' }))).toBe(true);
    expect(isRelative(indicator({ id: 'leefbaarheid-2-woningen' }))).toBe(true);
    expect(isRelative(indicator({ id: 'leefbaarheid-2-ontwikkeling' }))).toBe(false);
    expect(isRelative(indicator())).toBe(false);
    expect(bandOf(indicator({ id: 'leefbaarheid-2' }), new Float64Array())).toBe(0.0665);
  });

  it('gives way to the change that the publisher delivers', () => {
    const development = (id: string) =>
      indicator({
        id,
        niveaus: [
          {
            niveau: 'buurten',
            jaren: [2012, 2014].map((sinds) => ({
              jaar: 2016,
              sinds,
              indeling: 2016,
              gebieden: 1,
              metWaarde: 1,
            })),
          },
        ],
      });
    const catalogue = {
      versie: '',
      fictief: false,
      indicatoren: [
        development('leefbaarheid-2-ontwikkeling'),
        development('leefbaarheid-2-ontwikkeling-woningen'),
      ],
    };
    const of = (id: string) => delivered(indicator({ id }), catalogue, 'buurten', 2016);
    expect(of('leefbaarheid-2')?.indicator.id).toBe('leefbaarheid-2-ontwikkeling');
    expect(of('leefbaarheid-2-woningen')?.indicator.id).toBe(
      'leefbaarheid-2-ontwikkeling-woningen',
    );
    expect(of('leefbaarheid-2')?.begins).toEqual([2012, 2014]);
    expect(of('leefbaarheid')).toBeNull();
    expect(canChange(development('x'))).toBe(false);
  });
});

describe('a selection', () => {
  it('reads codes from any text and tells what is none', () => {
    expect(readCodes('bu00141000; WK001410\nGM0014 "Selwerd" BU00141000')).toEqual({
      codes: ['BU00141000', 'WK001410', 'GM0014'],
      strange: ['SELWERD'],
    });
  });

  it('counts inside and outside; what is missing is in no total', () => {
    const layer = layerOf(cells([1, 2, 3, null, 5]), 3);
    const people = layerOf(cells([100, 300, 100, 50, null]), 3).column;
    const inside = selectedOrdinals(layer, [
      'BU00011000',
      'BU00011001',
      'BU00011003',
      'BU99999999',
    ]);
    expect([...inside]).toEqual([0, 1, 3]);
    const total = totalsOf(layer, inside, people, false);
    expect(total).toMatchObject({ areas: 3, counted: 2, missing: 1, residents: 450, figure: 1.75 });
    expect(total.residentsCounted).toBe(400);
    expect(totalsOf(layer, inside, null, false).figure).toBe(1.5);
    expect(totalsOf(layer, inside, people, true).figure).toBe(3);
    expect(selectedOrdinals(layer, ['GM0001']).size).toBe(5);
  });
});

describe('a sheet', () => {
  const rows = [
    ['naam', 'waarde'],
    ['Wijk, oost; "A"', -0.5],
    ['=1+1', null],
  ];
  it('is read by programs and by Dutch Excel, and computes nothing', () => {
    expect(sheet(rows, 'plain')).toBe(`naam,waarde\r\n"Wijk, oost; ""A""",-0.5\r\n'=1+1,\r\n`);
    expect(sheet(rows, 'dutch')).toBe(
      `\ufeffnaam;waarde\r\n"Wijk, oost; ""A""";-0,5\r\n'=1+1;\r\n`,
    );
  });
});

describe('an address', () => {
  it.each([
    ['1011AB 1', { postcode: '1011AB', huisnummer: 1 }],
    ['1011 ab', { postcode: '1011AB', huisnummer: null }],
    ['9741 aa, 12-b', { postcode: '9741AA', huisnummer: 12 }],
    ['1011AB 12 bis', { postcode: '1011AB', huisnummer: 12 }],
  ])('%s', (text, expected) => {
    expect(readAddressText(text)).toEqual(expected);
  });
  it.each(['0111AB 1', 'BU00141000', '52.3, 4.9', 'Selwerd', '1011'])('is not %s', (text) => {
    expect(readAddressText(text)).toBeNull();
  });
});
