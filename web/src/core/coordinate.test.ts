import { describe, expect, it } from 'vitest';
import { pair, readCoordinate } from './coordinate.ts';

const amsterdam = { kind: 'found', at: { system: 'wgs84', lat: 52.37, lon: 4.9 } };

describe('readCoordinate', () => {
  it.each([
    '52.37, 4.90',
    '4.90 52.37',
    '52,37 4,90',
    '52,37, 4,90',
    '4,90; 52,37',
    '52.37,4.90',
    '52.37° N 4.90° E',
    'lat: 52.37 lon: 4.90',
  ])('reads %s whichever stands first', (text) => {
    expect(readCoordinate(text)).toEqual(amsterdam);
  });
  it.each([
    '121687 487484',
    '121687, 487484',
    'RD 121687 487484',
    'x=121687 y=487484',
    '121.687 487.484',
    '487484 121687',
  ])('reads %s as RD', (text) => {
    expect(readCoordinate(text)).toEqual({
      kind: 'found',
      at: { system: 'rd', x: 121687, y: 487484 },
    });
  });
  it('keeps decimals of RD with decimal commas', () => {
    expect(readCoordinate('121.687,5 487.484,25')).toEqual({
      kind: 'found',
      at: { system: 'rd', x: 121687.5, y: 487484.25 },
    });
  });
  it('says that a coordinate lies elsewhere', () => {
    expect(readCoordinate('48.85, 2.35')).toEqual({ kind: 'outside' });
    expect(readCoordinate('0 0')).toEqual({ kind: 'outside' });
  });
  it.each(['Centrum', 'BU0363AA01', '1012 AB', 'Wijk 10', '1012', ''])(
    'leaves %s to the search by name',
    (text) => {
      expect(readCoordinate(text)).toEqual({ kind: 'none' });
    },
  );
});

describe('pair', () => {
  it('does not take three numbers for two', () => {
    expect(pair('52.37 4.90 12')).toBeNull();
  });
});
