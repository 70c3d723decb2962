import { describe, expect, it } from 'vitest';
import { type Borders, decodeBorders } from './borders.ts';
import { belongTogether, classAt, decodeColumn, flagsAt, reasonAt } from './columns.ts';
import { estimateAt, worstOf } from './origin.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];
const u32 = (number: number) => [number & 255, (number >> 8) & 255, 0, 0];

/** Four areas: two with a value, one without, one that is water. */
function file(
  width: number,
  planes: number[][],
  basis: number,
  decimalen: number,
  wijzen: string[] | null = null,
  read: number[] = [],
): Uint8Array {
  const description = utf8(
    JSON.stringify({
      basis,
      decimalen,
      redenen: ['geen_score', 'geheim_of_afwezig'],
      vlaggen: ['nauwelijks-woongebied', 'water'],
      legenda: {
        klassen: [{ nummer: 7 }, { nummer: 6 }],
        omrekening: wijzen && {
          wijzen: [
            { wijze: 'gelijk', naam: { nl: 'ongewijzigd' }, geschat: false, gebieden: 1 },
            { wijze: 'adressen', naam: { nl: 'naar adressen' }, geschat: true, gebieden: 1 },
          ],
        },
      },
      wijzen,
    }),
  );
  return Uint8Array.from([
    ...utf8('WKWA'),
    1,
    width,
    ...[2024 & 255, 2024 >> 8],
    ...[0, 0, 0, 0, 0, 0, 0, 9],
    ...u32(4),
    ...u32(description.length),
    ...description,
    ...planes.flat(),
    ...[1, 0, 254, 255],
    ...[0, 1, 0, 2],
    ...read,
  ]);
}

describe('value columns', () => {
  const two = file(
    2,
    [
      [0x39, 0x01, 0xff, 0xff],
      [0x30, 0, 0xff, 0xff],
    ],
    -500,
    3,
  );

  it('give the very numbers that were delivered, and never 0 for what is missing', () => {
    const { values } = decodeColumn(two);
    // 12345 and 1 thousandths above −0.5.
    expect([...values]).toEqual([11.845, -0.499, Number.NaN, Number.NaN]);
    const one = decodeColumn(file(1, [[0, 254, 255, 255]], 0, 0));
    expect([...one.values]).toEqual([0, 254, Number.NaN, Number.NaN]);
  });

  it('give doubles', () => {
    const bytes = new Uint8Array(new Float64Array([1 / 3, -2, Number.NaN, Number.NaN]).buffer);
    const planes = Array.from({ length: 8 }, (_, plane) =>
      [0, 1, 2, 3].map((at) => bytes[8 * at + plane]!),
    );
    expect([...decodeColumn(file(8, planes, 0, 0)).values].slice(0, 2)).toEqual([1 / 3, -2]);
  });

  it('tell class, reason and marks', () => {
    const column = decodeColumn(two);
    const areas = [0, 1, 2, 3, 4];
    expect(areas.map((at) => classAt(column, at))).toEqual([7, 6, null, null, null]);
    const reasons = [null, null, 'geheim_of_afwezig', 'geen_score', null];
    expect(areas.map((at) => reasonAt(column, at))).toEqual(reasons);
    expect(areas.map((at) => flagsAt(column, at).join())).toEqual([
      '',
      'nauwelijks-woongebied',
      '',
      'water',
      '',
    ]);
  });

  it('tell how figures came from another division, in two more planes', () => {
    const planes = [[0, 254, 255, 255]];
    const ways = ['gelijk', 'hernoemd', 'adressen'];
    const read = file(1, planes, 0, 0, ways, [3, 1, 0, 2, 98, 100, 0, 0]);
    const { origin, values } = decodeColumn(read);
    expect([...values].slice(0, 2)).toEqual([0, 254]);
    const areas = [0, 1, 2, 3, 4];
    expect(areas.map((at) => estimateAt(origin, at))).toEqual([
      { how: { nl: 'naar adressen' }, known: 0.98 },
      null,
      null,
      null,
      null,
    ]);
    expect(decodeColumn(file(1, planes, 0, 0)).origin).toBeNull();
    expect(() => decodeColumn(file(1, planes, 0, 0, ways, [3, 1, 0, 2]))).toThrow(/too early/);
    expect(() => decodeColumn(file(1, planes, 0, 0, null, [3, 1, 0, 2]))).toThrow(/more than/);
  });

  it('made of two are as sure as the least sure of both', () => {
    const planes = [[0, 254, 255, 255]];
    const ways = ['gelijk', 'hernoemd', 'adressen'];
    const of = (read: number[]) => decodeColumn(file(1, planes, 0, 0, ways, read)).origin;
    const [one, other] = [of([3, 1, 0, 1, 98, 100, 0, 50]), of([1, 3, 0, 2, 100, 60, 0, 70])];
    const worst = worstOf(one, other)!;
    expect([...worst.way]).toEqual([3, 3, 0, 2]);
    expect([...worst.known]).toEqual([98, 60, 0, 50]);
    expect(estimateAt(worst, 1)?.known).toBe(0.6);
    expect(worstOf(null, other)).toBe(other);
    expect(worstOf(null, null)).toBeNull();
  });

  it('do not go with borders of another order', () => {
    const column = decodeColumn(two);
    const borders = { order: '0000000000000009', total: 4 } as Borders;
    expect(belongTogether(borders, column)).toBe(true);
    expect(belongTogether({ ...borders, order: '0000000000000008' }, column)).toBe(false);
    expect(belongTogether({ ...borders, total: 5 }, column)).toBe(false);
  });

  it('are refused where they are something else, or not whole', () => {
    expect(() => decodeColumn(two.subarray(0, two.length - 1))).toThrow(/too early/);
    expect(() => decodeColumn(Uint8Array.from([...two, 0]))).toThrow(/more than/);
    expect(() => decodeBorders(two)).toThrow(/expected WKGR/);
    const wide = two.slice();
    wide[5] = 3;
    expect(() => decodeColumn(wide)).toThrow(/3 bytes/);
  });
});
