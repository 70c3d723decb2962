import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types
import { encodeBorders } from '../../test/mock/compact.mjs';
// @ts-expect-error plain JavaScript without types
import { buildCountry } from '../../test/mock/country.mjs';
import { decodeBorders } from '../core/borders.ts';
import { type Coverage, coverageOf, holds } from '../core/coverage.ts';
import { layerOf } from '../core/grid.ts';
import { lookOf } from '../core/look.ts';
import { HATCHES, PERIOD } from '../core/palette.ts';
import { tableOf } from '../map/table.ts';
import { HATCH_NAMES, packed, patternOf } from './hatch.ts';
import { rasterise, type Window } from './ids.ts';
import { over, paint, type Table } from './paint.ts';
import { type TileQuery, tileOf } from './tile.ts';

const areas = buildCountry()
  .filter(({ niveau }: { niveau: string }) => niveau === 'buurten')
  .sort((a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : 1));
const coverageAt = (detail: string): Coverage =>
  coverageOf(decodeBorders(encodeBorders(areas, { year: 2024, name: 'buurten', detail })));
const coverage = coverageAt('grof');

/** The same question asked of every area and every edge. */
function bruteForce(source: Coverage, { world, left, top, width, height }: Window): number[] {
  const scale = world / 2 ** source.bits;
  return Array.from({ length: width * height }, (_, at) => {
    const x = ((at % width) + 0.5 + left) / scale;
    const y = (Math.floor(at / width) + 0.5 + top) / scale;
    const found = source.codes.findIndex(
      (_, area) =>
        source.boxes[4 * area]! <= x &&
        source.boxes[4 * area + 2]! >= x &&
        holds(source, area, x, y),
    );
    return found + 1;
  });
}

describe('ids', () => {
  // Worlds that are powers of two keep centres exact, also where they fall on a border.
  it.each([
    [2 ** 16, 33_560, 21_540, 40, 37],
    [2 ** 17, 67_130, 43_080, 48, 48],
    [2 ** 19, 268_700, 172_500, 31, 64],
    [2 ** 20, 537_400, 345_000, 90, 60],
  ])('are those of the areas that hold the centres (%i)', (world, left, top, width, height) => {
    const window = { world, left, top, width, height };
    const ids = [...rasterise([coverage], window)];
    expect(ids).toEqual(bruteForce(coverage, window));
    expect(new Set(ids).size).toBeGreaterThan(1);
  });

  it('leave no seam: inside the country every pixel has an area, in tiles that fit together', () => {
    const world = 2 ** 17.25;
    const whole = rasterise([coverage], {
      world,
      left: 80_200,
      top: 51_300,
      width: 64,
      height: 64,
    });
    const parts = [0, 32].flatMap((y) =>
      [0, 32].map((x) => ({
        x,
        y,
        ids: rasterise([coverage], {
          world,
          left: 80_200 + x,
          top: 51_300 + y,
          width: 32,
          height: 32,
        }),
      })),
    );
    for (const { x, y, ids } of parts) {
      ids.forEach((id, at) => {
        const [column, row] = [x + (at % 32), y + Math.floor(at / 32)];
        expect(id).toBe(whole[row * 64 + column]);
      });
    }
    expect(whole.filter((id) => id === 0).length).toBe(0);
  });

  it('are the same from files for each gemeente as from one for all', () => {
    const codes = [...new Set(coverage.codes.map((code) => code.slice(2, 6)))];
    const files = codes.map((digits) => {
      const shows = ({ code }: { code: string }) => code.slice(2, 6) === digits;
      const options = { year: 2024, name: 'buurten', detail: 'grof', shows };
      return coverageOf(decodeBorders(encodeBorders(areas, options)));
    });
    const window = { world: 2 ** 17, left: 67_100, top: 43_000, width: 96, height: 96 };
    expect(rasterise(files, window)).toEqual(rasterise([coverage], window));
  });
});

const query = (more: Partial<TileQuery> = {}): TileQuery => ({
  world: 2 ** 17,
  left: 67_100,
  top: 43_050,
  size: 64,
  ratio: 1,
  lines: false,
  strong: 0,
  ...more,
});

describe('a tile', () => {
  it('has the ids of centres, and quarters only where not all of a pixel is one area', () => {
    const tile = tileOf([coverage], query());
    const { world, left, top, size } = query();
    const centres = rasterise([coverage], { world, left, top, width: size, height: size });
    expect(tile.ids).toEqual(centres);
    const halves = rasterise([coverage], {
      world: 2 * world,
      left: 2 * left,
      top: 2 * top,
      width: 2 * size,
      height: 2 * size,
    });
    const mixed = new Map(Array.from(tile.mixed, (at, place) => [at, place]));
    expect(mixed.size).toBeGreaterThan(20);
    for (let at = 0; at < size * size; at++) {
      const first = 4 * size * Math.floor(at / size) + 2 * (at % size);
      const quarters = [0, 1, 2 * size, 2 * size + 1].map((step) => halves[first + step]!);
      const place = mixed.get(at);
      if (place === undefined) expect(quarters).toEqual(Array(4).fill(tile.ids[at]));
      else
        expect([...tile.quarters.subarray(4 * place, 4 * place + 4)]).toEqual(
          quarters.sort((a, b) => a - b),
        );
    }
    expect([...tile.inked].every((ink) => ink === 0)).toBe(true);
    tile.mixed.forEach((_, place) => {
      const ids = new Set(tile.quarters.subarray(4 * place, 4 * place + 4));
      expect(ids.size === 2).toBe(place < tile.pairs);
    });
  });

  it('has twice the dots on a sharp screen', () => {
    const tile = tileOf([coverage], query({ ratio: 2 }));
    expect(tile.side).toBe(128);
    expect(tile.mixed.length).toBe(0);
    const { world, left, top } = query();
    expect(tile.ids).toEqual(
      rasterise([coverage], {
        world: 2 * world,
        left: 2 * left,
        top: 2 * top,
        width: 128,
        height: 128,
      }),
    );
  });

  it.each([1, 2] as const)(
    'draws lines where ids differ and nowhere else, at ratio %i',
    (ratio) => {
      const bare = tileOf([coverage], query({ ratio, strong: 1 }));
      const lined = tileOf([coverage], query({ ratio, strong: 1, lines: true }));
      const inkOf = (tile: typeof bare) => {
        const ink = new Map<number, number>();
        tile.mixed.forEach((at, place) => {
          if (tile.inked[place]) ink.set(at, tile.inked[place]!);
        });
        return ink;
      };
      const [few, many] = [inkOf(bare), inkOf(lined)];
      expect(many.size).toBeGreaterThan(few.size);
      // Between gemeenten the line is the strong one, whether there are others or not.
      for (const [at, ink] of few) {
        expect(ink & 15).toBe(0);
        expect(many.get(at)! >> 4).toBe(ink >> 4);
      }
      const { side, ids } = lined;
      const groupOf = (id: number) => (id === 0 ? 0 : coverage.groups[id - 1]!);
      if (ratio === 2) {
        for (let row = 0; row < side - 1; row++) {
          for (let column = 0; column < side - 1; column++) {
            const at = row * side + column;
            const near = [ids[at + 1]!, ids[at + side]!].filter((id) => id !== ids[at]);
            const isStrong = near.some((id) => groupOf(id) !== groupOf(ids[at]!));
            expect(many.get(at) ?? 0).toBe(isStrong ? 64 : near.length > 0 ? 4 : 0);
          }
        }
      }
    },
  );

  it('is empty at sea', () => {
    const sea = tileOf([coverage], query({ left: 20_000, strong: 1 }));
    expect(sea.isEmpty).toBe(true);
    const land = tileOf([coverage], query());
    expect(land.isEmpty).toBe(false);
    land.ids.forEach((id, at) => {
      const row = Math.floor(at / land.side);
      const isIn = at >= land.spans[2 * row]! && at < land.spans[2 * row + 1]!;
      if (!isIn) expect(id).toBe(0);
    });
  });
});

describe('painting', () => {
  const tile = tileOf([coverage], query({ lines: true, strong: 2 }));
  const table = (more: Partial<Table> = {}): Table => ({
    colours: Uint32Array.from({ length: coverage.total + 1 }, (_, id) =>
      id === 0 ? 0 : packed(`#${(id * 7919 + 4096).toString(16).padStart(6, '0').slice(-6)}`),
    ),
    hatches: new Uint8Array(coverage.total + 1),
    patterns: HATCH_NAMES.map((name) => patternOf(name, 1)),
    ratio: 1,
    line: packed('#ffffff'),
    border: packed('#000000'),
    ...more,
  });
  const painted = (own: Table) => {
    // What stood there before must not shine through.
    const out = new Uint32Array(tile.side ** 2).fill(0xff123456);
    paint(tile, own, out);
    return out;
  };

  it('looks the colour of a whole pixel up by its id', () => {
    const own = table();
    const out = painted(own);
    const mixed = new Set(tile.mixed);
    let whole = 0;
    tile.ids.forEach((id, at) => {
      if (mixed.has(at)) return;
      whole += 1;
      expect(out[at]).toBe(own.colours[id]);
    });
    expect(whole).toBeGreaterThan(500);
  });

  it('takes the mean of the quarters, with the line over it', () => {
    const own = table();
    const out = painted(own);
    tile.mixed.forEach((at, place) => {
      const quarters = [...tile.quarters.subarray(4 * place, 4 * place + 4)];
      const colours = quarters.map((id) => own.colours[id]!);
      const opacity = colours.reduce((sum, one) => sum + (one >>> 24), 0);
      const ink = tile.inked[place]!;
      const parts = [
        [own.line, (ink & 15) / 4],
        [own.border, (ink >> 4) / 4],
      ] as const;
      for (const shift of [0, 8, 16]) {
        let channel = colours.reduce((sum, one) => sum + ((one >> shift) & 255) * (one >>> 24), 0);
        channel = opacity === 0 ? 0 : channel / opacity;
        let under = opacity / 4 / 255;
        for (const [line, part] of parts) {
          if (part === 0) continue;
          const sum = part + under * (1 - part);
          channel = (((line >> shift) & 255) * part + channel * under * (1 - part)) / sum;
          under = sum;
        }
        if (under > 0) expect(Math.abs(((out[at]! >> shift) & 255) - channel)).toBeLessThan(2);
      }
    });
  });

  it('lays a pattern over the colour, anchored to the tile', () => {
    const hatches = new Uint8Array(coverage.total + 1).fill(1);
    hatches[0] = 0;
    const own = table({ hatches });
    const out = painted(own);
    const mixed = new Set(tile.mixed);
    const [dots] = own.patterns;
    let marked = 0;
    tile.ids.forEach((id, at) => {
      if (mixed.has(at) || id === 0) return;
      const [column, row] = [at % tile.side, Math.floor(at / tile.side)];
      const dot = dots![(row % PERIOD) * PERIOD + (column % PERIOD)]!;
      expect(out[at]).toBe(over(own.colours[id]!, dot, 1));
      if (out[at] !== own.colours[id]) marked += 1;
    });
    expect(marked).toBeGreaterThan(50);
  });
});

describe('patterns', () => {
  it.each(HATCH_NAMES)('%s repeats without a seam and leaves most of the ground', (name) => {
    for (const ratio of [1, 2]) {
      const side = PERIOD * ratio;
      const dots = patternOf(name, ratio);
      expect(dots.length).toBe(side * side);
      expect(512 % PERIOD).toBe(0);
      const cover = dots.reduce((sum, dot) => sum + (dot >>> 24) / 255, 0) / dots.length;
      expect(cover).toBeGreaterThan(0.08);
      expect(cover).toBeLessThan(0.5);
      if (HATCHES[name].form === 'dots') continue;
      // Along the lines nothing changes, also over the edge.
      const turn = { lines: side - 1, twin: 1, upright: 0 }[HATCHES[name].form];
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const next = ((row + 1) % side) * side + ((column + turn) % side);
          expect(dots[next]).toBe(dots[row * side + column]);
        }
      }
    }
  });
  it('marks estimates with a dark and a light line, which no other pattern has upright', () => {
    const row = [...patternOf('geschat', 1)].slice(0, PERIOD).map((dot) => dot >>> 0);
    const { mark } = HATCHES.geschat;
    expect(row.filter((dot) => dot >>> 24 > 0)).toEqual([packed(mark), packed('#ffffff')]);
    expect([...patternOf('nauwelijks-woongebied', 1)]).not.toEqual([...patternOf('geschat', 1)]);
  });
  it('has dots of the mark alone', () => {
    const marks = new Set([...patternOf('geen-cijfer', 2)].map((dot) => dot & 0xffffff));
    expect([...marks]).toEqual([packed(HATCHES['geen-cijfer'].mark) & 0xffffff]);
  });
});

describe('three ways to one area', () => {
  it('give the same name, value and pixel for any code', () => {
    const cells = Array.from({ length: 30 }, (_, at) => ({
      code: `BU${String(1 + (at % 3)).padStart(4, '0')}${1000 + at}`,
      value: at % 7 === 0 ? null : at - 15.5,
    })).sort((a, b) => (a.code < b.code ? -1 : 1));
    const layer = layerOf(cells, 6);
    const ink = {
      water: '#0000ff',
      land: '#111111',
      blank: '#eeeeee',
      line: '#ffffff',
      border: '#000000',
    };
    const look = lookOf(layer, ink, false, null);
    const own = tableOf(look, ink, 1);
    const world = 2 ** 18;
    for (const { code, value } of cells) {
      const byCode = layer.find(code)!;
      const [lon, lat] = byCode.middle;
      // By the place on the map, as a click finds it.
      const byPlace = layer.at(lon, lat)!;
      // By the pixel, as the painter and the pointer have it.
      const left = Math.floor((lon / 360 + 0.5) * world);
      const sine = Math.sin((lat * Math.PI) / 180);
      const top = Math.floor((0.5 - Math.atanh(sine) / (2 * Math.PI)) * world);
      const small = tileOf([layer.coverage], {
        world,
        left,
        top,
        size: 1,
        ratio: 1,
        lines: false,
        strong: 0,
      });
      const byPixel = layer.area(small.ids[0]! - 1);
      for (const one of [byCode, byPlace, byPixel]) {
        expect([one.code, one.name, one.value]).toEqual([code, `naam ${code}`, value]);
      }
      const out = new Uint32Array(1);
      paint(small, { ...own, hatches: new Uint8Array(own.hatches.length) }, out);
      const expected = byCode.fill ?? HATCHES['geen-cijfer'].ground;
      expect(out[0]).toBe(packed(expected));
    }
  });
});
