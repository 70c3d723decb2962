import { expect, it } from 'vitest';
import { indicator } from './fixture.ts';
import { framed } from './topics.ts';

it('leaves sensitive topics out of what other sites show, and keeps the order', () => {
  const origin = indicator('herkomst', { buurten: [2024] }, { gevoelig: true });
  const [first, last] = [indicator('inwoners', {}), indicator('leefbaarheid', {})];
  expect(framed([first, origin, last])).toEqual([first, last]);
});
