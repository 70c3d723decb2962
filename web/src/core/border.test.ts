import { expect, it } from 'vitest';
import { type Area, areasOf } from './area.ts';
import { outerLines } from './border.ts';

/** Squares of one by one, at a place in a grid. */
function squares(list: [code: string, x: number, y: number][]): Area[] {
  return areasOf({
    type: 'FeatureCollection',
    indicator: 'a',
    jaar: 2016,
    niveau: 'wijken',
    versie: '1',
    features: list.map(([code, x, y]) => ({
      type: 'Feature',
      id: code,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [x, y],
            [x + 1, y],
            [x + 1, y + 1],
            [x, y + 1],
            [x, y],
          ],
        ],
      },
      properties: {
        code,
        naam: code,
        niveau: 'wijken',
        gemeente: 'A',
        waarde: null,
        reden: null,
        klasse: null,
        klassenaam: null,
        vlaggen: [],
      },
    })),
  });
}
const length = (lines: ReturnType<typeof outerLines>) =>
  lines.reduce((sum, line) => sum + line.length - 1, 0);

it('draws the outer side of a gemeente and nothing inside it', () => {
  const lines = outerLines(
    squares([
      ['WK000100', 5, 52],
      ['WK000101', 6, 52],
    ]),
  );
  expect(length(lines)).toBe(6);
  const sides = lines.flatMap((line) => line.slice(1).map((end, i) => [line[i], end]));
  const inner = sides.filter((side) => side.every((point) => point?.[0] === 6));
  expect(inner).toEqual([]);
});

it('draws the side between two gemeenten once', () => {
  const lines = outerLines(
    squares([
      ['WK000100', 5, 52],
      ['WK000200', 6, 52],
    ]),
  );
  expect(length(lines)).toBe(7);
});

it('joins what goes on, and survives nothing at all', () => {
  expect(outerLines(squares([['WK000100', 5, 52]]))).toHaveLength(1);
  expect(outerLines([])).toEqual([]);
});
