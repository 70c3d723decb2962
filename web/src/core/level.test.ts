import { describe, expect, it } from 'vitest';
import { ancestor, levelOf, liesIn } from './level.ts';

describe('codes', () => {
  it('knows the level by letters and length', () => {
    expect(levelOf('GM0363')).toBe('gemeenten');
    expect(levelOf('WK0363NA')).toBe('wijken');
    expect(levelOf('BU0363AA01')).toBe('buurten');
    expect(levelOf('BU363')).toBeNull();
    expect(levelOf('1012')).toBeNull();
  });
  it('finds what holds an area', () => {
    expect(ancestor('BU0363AA01', 'gemeenten')).toBe('GM0363');
    expect(ancestor('BU0363AA01', 'wijken')).toBe('WK0363AA');
    expect(ancestor('GM0363', 'wijken')).toBeNull();
  });
  it('tells inside from outside', () => {
    expect(liesIn('BU0363AA01', 'WK0363AA')).toBe(true);
    expect(liesIn('BU0363AB01', 'WK0363AA')).toBe(false);
    expect(liesIn('GM0363', 'WK0363AA')).toBe(false);
    expect(liesIn('BU0363AB01', null)).toBe(true);
  });
});
