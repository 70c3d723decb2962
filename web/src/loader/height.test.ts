import { describe, expect, it } from 'vitest';
import { clamped, Height } from './height.ts';

describe('the height of a frame', () => {
  it('stays within what a page can bear', () => {
    expect([1, 199.6, 520.4, 1e9].map(clamped)).toEqual([200, 200, 520, 4000]);
  });
  it('is taken where it is a height and another one', () => {
    const height = new Height();
    expect(height.take(-5, 0)).toBeNull();
    expect(height.take(Number.NaN, 0)).toBeNull();
    expect(height.take(0, 0)).toBeNull();
    expect(height.take(600, 0)).toBe(600);
    expect(height.take(601, 10)).toBeNull();
    expect(height.take(1e9, 20)).toBe(4000);
  });
  it('does not follow a frame that shrinks and grows in turn', () => {
    const height = new Height();
    const taken = Array.from({ length: 20 }, (_, at) =>
      height.take(at % 2 === 0 ? 600 : 500, at * 50),
    ).filter((one) => one !== null);
    expect(taken.length).toBeLessThan(6);
    expect(taken.at(-1)).toBe(600);
  });
  it('follows again once the frame has come to rest', () => {
    const height = new Height();
    for (let at = 0; at < 10; at++) height.take(at % 2 === 0 ? 600 : 500, at * 50);
    expect(height.take(400, 5000)).toBe(400);
    expect(height.take(700, 9000)).toBe(700);
  });
});
