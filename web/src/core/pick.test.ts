import { expect, it } from 'vitest';
import type { Area } from './area.ts';
import { areaAt } from './pick.ts';

const ring = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const area = (code: string, rings: number[][][], bounds: Area['bounds']): Area => ({
  code,
  name: code,
  gemeente: '',
  value: null,
  reason: null,
  class: null,
  className: null,
  flags: [],
  interval: null,
  rank: null,
  fill: null,
  geometry: { type: 'Polygon', coordinates: rings },
  middle: [0, 0],
  bounds,
});
const around = area('around', [ring(0, 0, 10), ring(4, 4, 2)], [0, 0, 10, 10]);
const enclave = area('enclave', [ring(4, 4, 2)], [4, 4, 6, 6]);

it('finds the enclave in the hole and not the area around it', () => {
  expect(areaAt([around, enclave], 5, 5)?.code).toBe('enclave');
  expect(areaAt([around, enclave], 1, 1)?.code).toBe('around');
  expect(areaAt([around], 5, 5)).toBeNull();
  expect(areaAt([around], 11, 5)).toBeNull();
});
