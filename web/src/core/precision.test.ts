import { describe, expect, it } from 'vitest';
import { translator } from './i18n/translate.ts';
import { interval, rankRange, ranks } from './precision.ts';

const t = translator('nl');
const of = (soort: 'aantal' | 'aandeel' | 'gemiddelde', decimalen: number, eenheid: string) => ({
  soort,
  decimalen,
  eenheid: { nl: eenheid, en: eenheid },
});

describe('what a rounded figure may stand for', () => {
  it('has the one decimal more that it needs, and the unit once', () => {
    expect(interval([46.5, 47.5], of('aandeel', 0, '%'), 'nl', t)).toBe('46,5 tot 47,5%');
    expect(interval([46.15, 46.25], of('aandeel', 1, '%'), 'nl', t)).toBe('46,15 tot 46,25%');
    const euros = of('gemiddelde', 0, ' euro');
    expect(interval([311_500, 312_500], euros, 'nl', t)).toBe('311.500 tot 312.500\u00a0euro');
    const rate = of('gemiddelde', 0, ' per 1.000 inwoners');
    expect(interval([21.0526, 24.87], rate, 'nl', t)).toBe('21,1 tot 24,9\u00a0per 1.000 inwoners');
    expect(interval([1, 2.5], of('gemiddelde', 0, '€'), 'nl', t)).toBe('€\u00a01,0 tot €\u00a02,5');
  });
  it('counts people whole', () => {
    const people = of('aantal', 0, ' inwoners');
    expect(interval([17.5, 22.5], people, 'nl', t)).toBe('18 tot 22\u00a0inwoners');
    expect(interval([0, 2.5], people, 'nl', t)).toBe('0 tot 2\u00a0inwoners');
    // Half a step of ten: 35 itself would have been rounded up.
    expect(interval([25, 35], people, 'nl', t)).toBe('25 tot 34\u00a0inwoners');
  });
});

describe('ranks', () => {
  it('are a range where figures are rounded, and one number where not', () => {
    expect(rankRange([12, 31], 'nl')).toBe('12–31');
    expect(rankRange([1204, 1204], 'nl')).toBe('1.204');
  });
  it('say among how many, in the country and in the gemeente', () => {
    const list = [
      { binnen: null, van: 12, tot: 31, aantal: 13_041 },
      { binnen: 'GM0014', van: 3, tot: 3, aantal: 107 },
    ];
    expect(ranks(list, 'buurten', 'nl', t)).toBe(
      'Rang 12–31 van 13.041 buurten in het hele land, rang 3 van 107 in deze gemeente. Rang 1 is het hoogste cijfer.',
    );
    expect(ranks([], 'buurten', 'nl', t)).toBe('');
  });
});
