import { describe, expect, it } from 'vitest';
import { boundsOf, parseBounds, readBounds, typedBounds, writeBounds } from './bounds.ts';

describe('readBounds', () => {
  it('reads what an address holds, and writes equal bounds the same', () => {
    expect(readBounds('-0.5,0,12.50')).toEqual([-0.5, 0, 12.5]);
    expect(writeBounds(readBounds('-0,1e1,12.50')!)).toBe('0,10,12.5');
  });
  it.each([
    '',
    '1,',
    '1;2',
    '1, 2',
    '2,1',
    '1,1',
    '1,twee',
    'NaN',
    '1e999',
    '0x1',
    '1,2,3,4,5,6,7,8,9',
  ])('refuses %j', (text) => expect(readBounds(text)).toBeNull());
});

describe('parseBounds', () => {
  it.each([
    ['10; 12,5; 20', [10, 12.5, 20]],
    ['10 12,5 20', [10, 12.5, 20]],
    ['  10, 12,5, 20 ', [10, 12.5, 20]],
    ['−0,1; 0; 0.125', [-0.1, 0, 0.125]],
    ['10%; 20 %', [10, 20]],
    ['€ 250.000; € 1.250.000,50', [250_000, 1_250_000.5]],
    ['12.5', [12.5]],
    ['10;12,5;', [10, 12.5]],
  ])('reads Dutch %j', (text, bounds) => expect(parseBounds(text, 'nl')).toEqual(bounds));
  it.each([
    ['10; 12.5; 20', [10, 12.5, 20]],
    ['10, 12.5, 20', [10, 12.5, 20]],
    ['250,000 1,250,000.5', [250_000, 1_250_000.5]],
  ])('reads English %j', (text, bounds) => expect(parseBounds(text, 'en')).toEqual(bounds));
  it('says what is wrong', () => {
    expect(parseBounds(' ; ', 'nl')).toEqual({ kind: 'none' });
    expect(parseBounds('10; tien', 'nl')).toEqual({ kind: 'number', text: 'tien' });
    expect(parseBounds('10,20,30', 'nl')).toEqual({ kind: 'number', text: '10,20,30' });
    expect(parseBounds('1,5', 'en')).toEqual({ kind: 'number', text: '1,5' });
    expect(parseBounds('20; 10', 'nl')).toEqual({ kind: 'order', low: 20, high: 10 });
    expect(parseBounds('1 2 3 4 5 6 7 8 9', 'nl')).toEqual({ kind: 'many', count: 9 });
  });
});

describe('typedBounds', () => {
  it.each(['nl', 'en'] as const)('reads back: %s', (language) => {
    const bounds = [-1_234.5, 0, 0.125, 250_000];
    expect(parseBounds(typedBounds(bounds, language), language)).toEqual(bounds);
  });
  it('writes the comma of a Dutch reader', () => {
    expect(typedBounds([0.5, 10], 'nl')).toBe('0,5; 10');
    expect(typedBounds([0.5, 10], 'en')).toBe('0.5; 10');
  });
});

describe('boundsOf', () => {
  const one = (nummer: number, van: number | null, tot: number | null) => ({
    nummer,
    naam: null,
    van,
    tot,
    kleur: '#000000',
    gebieden: 0,
    inwoners: null,
  });
  it('starts from the bounds of the legend, rounded, each once', () => {
    const classes = [one(4, 2, null), one(3, 1.04, 2), one(2, 1.01, 1.04), one(1, null, 1.01)];
    expect(boundsOf(classes, 1)).toEqual([1, 2]);
    expect(boundsOf([one(1, null, null)], 1)).toEqual([]);
  });
});
