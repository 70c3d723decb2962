import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('takes what the server gives, and nothing in the place of null', () => {
  const config = readConfig('{"fictief": true, "jaar": null, "binnen": "GM0363", "omvang": null}');
  expect(config.fictief).toBe(true);
  expect(config.binnen).toBe('GM0363');
  expect(config.jaar).toBeTypeOf('number');
  expect(config.omvang).toHaveLength(4);
});

it('opens without configuration', () => {
  expect(readConfig('{}').niveau).toBe('buurten');
  expect(readConfig('not json').binnen).toBeNull();
});
