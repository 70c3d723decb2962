import { expect, it } from 'vitest';
import { readEmbedding } from './embedding.ts';

const EMPTY = {
  wens: {},
  laatste: false,
  keuze: [],
  zonder: [],
  kleuren: null,
  hoogte: null,
  titel: null,
  tekst: null,
  meldingen: [],
  vervallen: false,
  herzien: null,
};

it('reads what the server wrote into a frame', () => {
  const insluiting = {
    ...EMPTY,
    wens: { indicator: 'leefbaarheid', jaar: '2024' },
    keuze: ['jaar', 'zoeken'],
    kleuren: 'donker',
    hoogte: 520,
    titel: 'Hoe leefbaar is het?',
    herzien: '22 november 2026',
  };
  expect(readEmbedding(JSON.stringify({ fictief: true, insluiting }))).toEqual({
    ...insluiting,
    keuze: ['zoeken', 'jaar'],
  });
});

it('does without what is not there, or is odd', () => {
  for (const text of [
    '',
    '{}',
    'null',
    '{"insluiting":null}',
    '{"insluiting":{"keuze":7,"hoogte":"9"}}',
  ])
    expect(readEmbedding(text)).toEqual(EMPTY);
});
