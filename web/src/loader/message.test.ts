import { expect, it } from 'vitest';
import { readMessage } from './message.ts';

it('reads what a frame may say', () => {
  expect(readMessage({ wk: 1, type: 'hello' })).toEqual({ type: 'hello' });
  expect(readMessage({ wk: 1, type: 'ready', more: 1 })).toEqual({ type: 'ready' });
  expect(readMessage({ wk: 1, type: 'height', height: 500 })).toEqual({
    type: 'height',
    height: 500,
  });
  const area = { type: 'select', code: 'BU03440112', naam: 'Centrum' };
  expect(readMessage({ wk: 1, ...area })).toEqual(area);
});

it.each([
  null,
  undefined,
  1,
  'ready',
  [],
  { type: 'ready' },
  { wk: 2, type: 'ready' },
  { wk: '1', type: 'ready' },
  { wk: 1, type: 'close' },
  { wk: 1, type: 'height' },
  { wk: 1, type: 'height', height: '500' },
  { wk: 1, type: 'height', height: Number.NaN },
  { wk: 1, type: 'height', height: Number.POSITIVE_INFINITY },
  { wk: 1, type: 'select', code: 'javascript:', naam: 'x' },
  { wk: 1, type: 'select', code: 'BU03440112', naam: 'x'.repeat(1000) },
  { wk: 1, type: 'select', code: 'BU03440112' },
])('hears nothing in %j', (data) => {
  expect(readMessage(data)).toBeNull();
});
