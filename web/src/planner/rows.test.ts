import { describe, expect, it } from 'vitest';
import { comparedWith } from '../core/comparison.ts';
import { indicator } from '../core/fixture.ts';
import { type Cell, layerOf } from '../core/grid.ts';
import { translator } from '../core/i18n/translate.ts';
import type { View } from '../core/state.ts';
import { fileName, rowsOf } from './rows.ts';
import { drawnOf, NO_MATERIAL, type Shown } from './shown.ts';

const nl = translator('nl');
const topic = indicator(
  'huur',
  { buurten: [2024] },
  { soort: 'aandeel', eenheid: '%', decimalen: 0, naam: 'Huur' },
);
const CELLS: Cell[] = [
  { code: 'BU00010001', value: 10 },
  { code: 'BU00010002', value: 30 },
  { code: 'BU00010003', value: null },
  { code: 'BU00020001', value: 50, flags: ['nauwelijks-woongebied'] },
  { code: 'BU00020002', value: 9, flags: ['water'] },
];

function shownWith(part: Partial<View>, cells = CELLS): Shown {
  const layer = layerOf(cells, 3);
  const view = { niveau: 'buurten', jaar: 2024, gebied: null, selectie: null, maat: null, ...part };
  const legend = { ...layer.column.description.legenda, jaar: 2024, decimalen: 0, eenheid: '%' };
  const drawn = drawnOf(view as View, topic, layer, legend, null, NO_MATERIAL);
  return { view, indicator: topic, layer, legend, second: null, ...drawn } as Shown;
}
const table = (shown: Shown) => rowsOf(shown, shown.layer.areas, new Set(), 'nl', nl);

describe('rows of a comparison', () => {
  it('have what areas are compared with, and the difference, or why there is none', () => {
    const shown = shownWith({ afwijking: 'gemeente' });
    const [head, ...rows] = table(shown);
    expect(head!.slice(3, 6)).toEqual([
      'Huur 2024 (%)',
      'Vergeleken met',
      'verschil met het gemiddelde van de eigen gemeente (procentpunt)',
    ]);
    expect(rows.map((row) => row[5])).toEqual([-10, 10, null, null, null]);
    expect(rows[0]![4]).toBe('het gemiddelde van de gemeente Stad: 20%');
    const reasons = rows.map((row) => row[7]);
    expect(reasons.slice(0, 2)).toEqual(['', '']);
    expect(reasons[2]).not.toBe('');
    expect(reasons[3]).toBe('te weinig gebieden om mee te vergelijken');
    expect(reasons[4]).toBe('water');
    expect(fileName(shown)).toBe('huur-2024-buurten-gemeente');
  });

  it('are those of the figures alone without one', () => {
    expect(table(shownWith({ afwijking: null }))[0]).toHaveLength(6);
  });

  it('name the norm as it was typed', () => {
    const shown = shownWith({ afwijking: 'norm:12.5' });
    expect(table(shown)[1]!.slice(4, 6)).toEqual(['de norm van 12,5%', -2.5]);
    expect(fileName(shown)).toBe('huur-2024-buurten-norm');
  });
});

describe('a comparison in words', () => {
  const words = (part: Partial<View>, at: number, cells = CELLS) => {
    const shown = shownWith(part, cells);
    const told = comparedWith(shown.layer.area(at), shown, 'nl', nl);
    return told?.words.replaceAll('\u00a0', ' ') ?? null;
  };

  it('says how far above or below, and nothing of an area without a figure', () => {
    expect(words({ afwijking: 'land' }, 1)).toBe(
      '10 procentpunt boven het gemiddelde van het land',
    );
    expect(words({ afwijking: 'norm:20' }, 0)).toBe('10 procentpunt onder de norm van 20%');
    expect(words({ afwijking: 'norm:30' }, 1)).toBe('ongeveer gelijk aan de norm van 30%');
    expect(words({ afwijking: 'land', maat: 'sd' }, 0)).toBe(
      '1,0 standaardafwijkingen onder het gemiddelde van het land',
    );
    expect(words({ afwijking: 'land' }, 2)).toBeNull();
    expect(words({ afwijking: 'land' }, 4)).toBeNull();
  });

  it('says a place, never the last or the first of a row that it is not', () => {
    const many = Array.from({ length: 400 }, (_, at) => ({
      code: `BU0001${1000 + at}`,
      value: at,
    }));
    const part = { afwijking: 'land', maat: 'percentiel' } as const;
    const place = (at: number) => words(part, at, many);
    expect(place(0)).toContain('plaats 0 in de rij van 0 tot 100 van alle buurten van het land');
    expect(place(1)).toContain('plaats 1 in');
    expect(place(398)).toContain('plaats 99 in');
    expect(place(399)).toContain('plaats 100 in');
  });
});
