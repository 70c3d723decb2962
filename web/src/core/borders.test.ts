import { describe, expect, it } from 'vitest';
import { decodeBorders, ringOf, ringsOf } from './borders.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const u32 = (number: number) => [number & 255, (number >> 8) & 255, (number >> 16) & 255, 0];
const zigzag = (steps: number[]) => steps.map((step) => (step < 0 ? -2 * step - 1 : 2 * step));
const column = (bytes: number[]) => [bytes.length, ...bytes];

interface Change {
  magic?: string;
  version?: number;
  count?: number;
  refs?: number[];
  east?: number[];
}

/** Two squares side by side, and a triangle that lies in the second. */
function file(change: Change = {}): Uint8Array {
  const description = utf8(JSON.stringify({ niveau: 'buurten', jaar: 2024, detail: 'grof' }));
  return Uint8Array.from([
    ...utf8(change.magic ?? 'WKGR'),
    change.version ?? 1,
    20,
    ...[2024 & 255, 2024 >> 8],
    ...[1, 2, 3, 4, 5, 6, 7, 255],
    ...u32(900),
    ...u32(change.count ?? 3),
    ...u32(description.length),
    ...description,
    ...column([0, 10, 0]),
    ...column([0, 4, ...utf8('BU01'), 3, 1, ...utf8('2'), 2, 2, ...utf8('AA')]),
    ...column(utf8('West\nÔost\nMidden\n')),
    ...column([1, 1, 2, 1, 2, 2, 1, 1, 1, 1]),
    // The second square begins with the side that it shares, the triangle is the hole once more.
    ...column(change.refs ?? [0, 0, 2, 0, 0, 1]),
    ...column([0, 2, 2, 2]),
    ...column(zigzag([10, 10, 3, -7])),
    ...column(change.east ?? zigzag([0, -10, 0, 10, 0, 1, 0])),
    ...column(zigzag([-10, 0, 10, 0, -10, 0, 1])),
  ]);
}

describe('compact borders', () => {
  const borders = decodeBorders(file());

  it('say which areas they are of', () => {
    expect(borders.order).toBe('01020304050607ff');
    expect([borders.bits, borders.total]).toEqual([20, 900]);
    expect([...borders.ordinals]).toEqual([0, 11, 12]);
    expect(borders.codes).toEqual(['BU01', 'BU02', 'BUAA']);
    expect(borders.names).toEqual(['West', 'Ôost', 'Midden']);
    expect(borders.description.niveau).toBe('buurten');
  });

  it('give the rings of an area, with what it shares walked backwards', () => {
    const rings = [0, 1, 2].map((area) => ringsOf(borders, area).map((r) => ringOf(borders, r)));
    expect(rings).toEqual([
      [[10, 10, 10, 0, 0, 0, 0, 10]],
      [
        [10, 0, 10, 10, 20, 10, 20, 0],
        [13, 3, 14, 3, 14, 4],
      ],
      [[13, 3, 14, 4, 14, 3]],
    ]);
  });

  it('know what lies on both sides of an arc', () => {
    expect([...borders.sides]).toEqual([0, 1, 0, -1, 1, -1, 1, 2]);
  });

  it('are refused where they are something else, or not whole', () => {
    expect(() => decodeBorders(file({ magic: 'WKWA' }))).toThrow(/expected WKGR/);
    expect(() => decodeBorders(file({ version: 2 }))).toThrow(/version 2/);
    expect(() => decodeBorders(file({ count: 4 }))).toThrow();
    expect(() => decodeBorders(file({ count: 2 ** 24 - 1 }))).toThrow(/too early/);
    expect(() => decodeBorders(file({ refs: [0, 0, 9, 0, 0, 1] }))).toThrow(/never came/);
    expect(() => decodeBorders(file({ east: [0] }))).toThrow(/too early/);
    expect(() => decodeBorders(file({ east: [0, 0, 0, 0, 0, 0, 0, 0] }))).toThrow(/more than/);
    const whole = file();
    for (let length = 0; length < whole.length; length += 7) {
      expect(() => decodeBorders(whole.subarray(0, length)), String(length)).toThrow();
    }
  });
});
