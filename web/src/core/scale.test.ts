import { describe, expect, it } from 'vitest';
import type { LegendClass } from './api.ts';
import { classOf, topDown } from './scale.ts';

const one = (nummer: number, van: number | null, tot: number | null): LegendClass => ({
  nummer,
  naam: null,
  van,
  tot,
  kleur: '#000000',
  gebieden: 0,
  inwoners: null,
});
const classes = [one(1, null, 10), one(2, 10, 20), one(3, 20, null)];

describe('classOf', () => {
  it('counts a value on a bound in the lower class', () => {
    expect(classOf(10, classes)?.nummer).toBe(1);
    expect(classOf(10.001, classes)?.nummer).toBe(2);
    expect(classOf(-5, classes)?.nummer).toBe(1);
    expect(classOf(1e9, classes)?.nummer).toBe(3);
  });
  it('finds none outside closed ends', () => {
    expect(classOf(5, [one(1, 10, 20)])).toBeNull();
  });
});

describe('topDown', () => {
  it('orders by number', () => {
    expect(topDown(classes).map((entry) => entry.nummer)).toEqual([3, 2, 1]);
    expect(classes[0]?.nummer).toBe(1);
  });
});
