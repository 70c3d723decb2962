import { expect, it } from 'vitest';
import { difference, distance, lab } from './difference.ts';

// Pairs 1, 4, 7, 9, 13, 17, 20 and 33 of the test data of Sharma, Wu and Dalal (2005).
it.each([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [50, 3.2592, 0.335], 1.0],
  [[6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377],
] as [[number, number, number], [number, number, number], number][])(
  'measures %j and %j as published',
  (one, other, expected) => {
    expect(distance(one, other)).toBeCloseTo(expected, 3);
    expect(distance(other, one)).toBeCloseTo(expected, 3);
  },
);

it('reads colours as screens write them', () => {
  const [lightness, a, b] = lab('#ffffff');
  expect(lightness).toBeCloseTo(100, 2);
  expect(a).toBeCloseTo(0, 1);
  expect(b).toBeCloseTo(0, 1);
  expect(difference('#0b3c73', '#0b3c73')).toBe(0);
});
