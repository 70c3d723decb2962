import { describe, expect, it } from 'vitest';
import { bound, number, percent, quantity } from './number.ts';

describe('number', () => {
  it('writes Dutch with comma, point and a true minus', () => {
    expect(number(1234.5, 'nl', 1)).toBe('1.234,5');
    expect(number(-0.156874, 'nl', 2)).toBe('−0,16');
  });
  it('writes English the other way round', () => {
    expect(number(-1234.5, 'en', 1)).toBe('−1,234.5');
  });
  it('has no minus before a zero', () => {
    expect(number(-0.0004, 'nl', 2)).toBe('0,00');
    expect(number(-0, 'nl')).toBe('0');
  });
  it('keeps the decimals that were asked for', () => {
    expect(number(3, 'nl', 3)).toBe('3,000');
  });
});

describe('bound', () => {
  it('drops needless zeros but keeps the fourth decimal', () => {
    expect(bound(-0.2815, 'nl', 3)).toBe('−0,2815');
    expect(bound(0.168, 'nl', 3)).toBe('0,168');
    expect(bound(20, 'en', 0)).toBe('20');
  });
});

describe('quantity', () => {
  it('puts the euro in front, per cents and units behind', () => {
    expect(quantity(312000, 'nl', 0, '€')).toBe('€\u00a0312.000');
    expect(quantity(-5, 'en', 0, '€')).toBe('−€5');
    expect(quantity(45, 'nl', 0, '%')).toBe('45%');
    expect(quantity(1.2, 'nl', 1, ' km')).toBe('1,2\u00a0km');
    expect(quantity(0.1, 'nl', 1, '')).toBe('0,1');
  });
});

describe('percent', () => {
  it('never rounds to all or nothing', () => {
    expect(percent(0.999, 'nl')).toBe('99%');
    expect(percent(0.001, 'nl')).toBe('1%');
    expect(percent(1, 'nl')).toBe('100%');
    expect(percent(0.856, 'nl')).toBe('86%');
  });
});
