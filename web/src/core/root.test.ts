import { afterEach, expect, test } from 'vitest';
import { addressOf } from './client.ts';
import { beginAt, rooted, unrooted } from './root.ts';

afterEach(() => beginAt(''));

test('a server at the root needs no more', () => {
  expect(rooted('/bronnen')).toBe('/bronnen');
  expect(unrooted('/kaart/leefbaarheid')).toBe('/kaart/leefbaarheid');
});

test('a server below a path has it in every address', () => {
  beginAt('/wijken');
  expect(addressOf('/v1/lagen/buurten.csv', { jaar: 2024 })).toBe(
    '/wijken/v1/lagen/buurten.csv?jaar=2024',
  );
  expect(unrooted('/wijken/kaart/leefbaarheid')).toBe('/kaart/leefbaarheid');
  expect(unrooted('/wijken')).toBe('/');
  expect(unrooted('/wijkenkaart')).toBe('/wijkenkaart');
});
