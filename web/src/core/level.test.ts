import { describe, expect, it } from 'vitest';
import { ancestor, hasExtent, isOf, levelOf, levelsOf, liesIn, type OwnLevel } from './level.ts';

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

describe('a level of its own', () => {
  const own = 'stadsdelen' as OwnLevel;
  it('stands after the three', () => {
    expect(levelsOf({ eigenNiveaus: [{ id: own }] })).toEqual([
      'gemeenten',
      'wijken',
      'buurten',
      own,
    ]);
    expect(levelsOf({})).toHaveLength(3);
    expect(hasExtent(own)).toBe(false);
  });
  it('has codes that are like no other', () => {
    expect(['N', 'zuid-oost', 'A.1_b', 'Überlaan'].every((code) => isOf(code, own))).toBe(true);
    expect(
      ['', 'GM0363', 'BU0363AA01', 'a b', 'a/b', 'x'.repeat(33)].some((code) => isOf(code, own)),
    ).toBe(false);
    expect(isOf('N', 'buurten')).toBe(false);
  });
  it('lies in nothing that its codes tell, and holds nothing', () => {
    expect(ancestor('N', own)).toBe('N');
    expect(ancestor('N', 'gemeenten')).toBeNull();
    expect(ancestor('BU0363AA01', own)).toBeNull();
    expect(liesIn('N', 'GM0363')).toBe(false);
    expect(liesIn('N', null)).toBe(true);
  });
});
