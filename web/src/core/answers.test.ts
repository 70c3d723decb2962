/**
 * Compact borders and values as the server sends them, against its GeoJSON. `tests/it/borders.rs`
 * keeps the answers in the folder that WIJKZICHT_ANSWERS names and runs this.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { Layer } from './api.ts';
import { decodeBorders, ringOf, ringsOf } from './borders.ts';
import { belongTogether, classAt, decodeColumn, flagsAt, reasonAt } from './columns.ts';

const folder = process.env.WIJKZICHT_ANSWERS;

describe.skipIf(folder === undefined)('answers of the server', () => {
  const read = (name: string) => new Uint8Array(readFileSync(join(folder ?? '', name)));
  const borders = folder === undefined ? null! : decodeBorders(read('grenzen'));
  const column = folder === undefined ? null! : decodeColumn(read('waarden'));
  const layer =
    folder === undefined
      ? null!
      : (JSON.parse(new TextDecoder().decode(read('laag.geojson'))) as Layer);

  it('belong together', () => {
    expect(belongTogether(borders, column)).toBe(true);
    expect(borders.codes.length).toBe(layer.features.length);
  });

  it('hold the values, classes, reasons and marks of the layer', () => {
    layer.features.forEach(({ properties }, at) => {
      expect(borders.codes[at]).toBe(properties.code);
      expect(borders.names[at]).toBe(properties.naam);
      const ordinal = borders.ordinals[at]!;
      expect(column.values[ordinal]!, properties.code).toBe(properties.waarde ?? Number.NaN);
      expect(classAt(column, ordinal)).toBe(properties.klasse);
      expect(reasonAt(column, ordinal)).toBe(properties.reden);
      expect(flagsAt(column, ordinal).sort()).toEqual([...(properties.vlaggen ?? [])].sort());
    });
  });

  it('hold the borders of the layer, to a unit', () => {
    const world = 2 ** borders.bits;
    const unit = ([lon = 0, lat = 0]: Position): [number, number] => {
      const sin = Math.sin((lat * Math.PI) / 180);
      return [(lon / 360 + 0.5) * world, (0.5 - Math.atanh(sin) / (2 * Math.PI)) * world];
    };
    const size = (ring: number[]) => {
      let doubled = 0;
      const [x0, y0] = [ring[0]!, ring[1]!];
      for (let i = 0; i < ring.length; i += 2) {
        const k = (i + 2) % ring.length;
        doubled += (ring[i]! - x0) * (ring[k + 1]! - y0) - (ring[k]! - x0) * (ring[i + 1]! - y0);
      }
      return -doubled / 2;
    };
    const distance = (x: number, y: number, ring: number[]) => {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < ring.length; i += 2) {
        const k = (i + 2) % ring.length;
        const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[k]!, ring[k + 1]!];
        const length = (bx - ax) ** 2 + (by - ay) ** 2;
        const along = length && ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
        const t = Math.min(1, Math.max(0, along));
        least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
      }
      return least;
    };
    layer.features.forEach(({ geometry, properties }, at) => {
      const polygons =
        geometry?.type === 'Polygon'
          ? [geometry.coordinates]
          : geometry?.type === 'MultiPolygon'
            ? geometry.coordinates
            : [];
      const expected = polygons.flat().map((ring) => ring.slice(1).flatMap(unit));
      const found = ringsOf(borders, at).map((ring) => ringOf(borders, ring));
      expect(found.length, properties.code).toBe(expected.length);
      const total = (rings: number[][]) => rings.map(size).reduce((a, b) => a + b, 0);
      expect(total(found) / total(expected), properties.code).toBeCloseTo(1, 2);
      const there = new Set(
        expected.flatMap((ring) =>
          ring.flatMap((x, i) =>
            i % 2 === 0 ? [`${Math.round(x)} ${Math.round(ring[i + 1]!)}`] : [],
          ),
        ),
      );
      for (const ring of found) {
        for (let i = 0; i < ring.length; i += 2) {
          const near = [-1, 0, 1].some((dx) =>
            [-1, 0, 1].some((dy) => there.has(`${ring[i]! + dx} ${ring[i + 1]! + dy}`)),
          );
          // Where borders nearly touch, one gets a vertex of the other, on the way between its own.
          if (!near && !expected.some((other) => distance(ring[i]!, ring[i + 1]!, other) < 1.5))
            expect.fail(`${properties.code}: ${ring[i]} ${ring[i + 1]} is not on its border`);
        }
      }
    });
  });
});
