import { expect, it } from 'vitest';
import { readPage } from './host.ts';

it('reads what a page says of itself', () => {
  const said = { auto: true, scheme: 'dark', tokens: { bg: '#111111' } } as const;
  expect(readPage({ wk: 1, type: 'host', ...said })).toEqual(said);
  expect(readPage({ wk: 1, type: 'host' })).toEqual({ auto: false, scheme: null, tokens: {} });
});

it('takes nothing that is of another kind', () => {
  const odd = { wk: 1, type: 'host', auto: 'yes', scheme: 'pink', tokens: ['x'] };
  expect(readPage(odd)).toEqual({ auto: false, scheme: null, tokens: {} });
  for (const data of [null, 1, 'host', [], {}, { wk: 1, type: 'ready' }, { wk: 2, type: 'host' }])
    expect(readPage(data)).toBeNull();
});
