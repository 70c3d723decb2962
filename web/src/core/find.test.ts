import { expect, it } from 'vitest';
import { Client } from './client.ts';
import { filter, find } from './find.ts';

type Row = { code: string; naam: string; niveau: string; gemeente: object | null };

/** A server that knows these areas per division, and these gemeenten. */
function server(rows: Record<number, Row[]>, asked: string[] = []): Client {
  return new Client(async (address) => {
    asked.push(address);
    const query = new URL(address, 'http://x').searchParams;
    const gebieden =
      query.get('niveau') === 'gemeenten'
        ? [{ code: 'GM0363', naam: 'Amsterdam', niveau: 'gemeenten', gemeente: null }]
        : (rows[Number(query.get('jaar') ?? 2024)] ?? []);
    return new Response(JSON.stringify({ totaal: gebieden.length, gebieden }));
  });
}
const wijk = (code: string, gemeente: object | null = null): Row => ({
  code,
  naam: code,
  niveau: 'wijken',
  gemeente,
});
const amsterdam = { code: 'GM0363', naam: 'Amsterdam' };

it('asks the newest division alone where that one is shown and answers', async () => {
  const asked: string[] = [];
  const client = server({ 2024: [wijk('WK0363AA', amsterdam)] }, asked);
  const { matches } = await find(client, 'a', 2024, [2016, 2024]);
  expect(matches.map(({ code, division }) => [code, division])).toEqual([['WK0363AA', 2024]]);
  expect(asked).toHaveLength(1);
  expect(asked[0]).not.toContain('jaar');
});

it('looks in an older division for what the newest does not have', async () => {
  const client = server({ 2024: [], 2016: [wijk('WK036301')] });
  const { matches } = await find(client, 'WK036301', 2024, [2016, 2024]);
  expect(matches[0]).toMatchObject({ code: 'WK036301', division: 2016, gemeente: amsterdam });
});

it('puts the areas of the division that is shown before others', async () => {
  const client = server({
    2024: [
      { code: 'GM0363', naam: 'Amsterdam', niveau: 'gemeenten', gemeente: null },
      wijk('WK0363AA', amsterdam),
    ],
    2016: [wijk('WK036301'), wijk('WK999900')],
  });
  const { matches, total } = await find(client, 'a', 2016, [2016, 2024]);
  expect(matches.map(({ code }) => code)).toEqual(['GM0363', 'WK036301', 'WK999900', 'WK0363AA']);
  expect(total).toBe(4);
  // A gemeente that is no more has no name here; its code is better than nothing.
  expect(matches[2]?.gemeente?.naam).toBe('GM9999');
});

it('filters a list by its beginnings, whatever the accents', () => {
  const list = [
    { code: 'GM1', naam: 'Den Haag' },
    { code: 'GM2', naam: 'Haarlem' },
    { code: 'GM3', naam: 'Súdwest-Fryslân' },
    { code: 'GM4', naam: "'s-Gravenhage" },
  ];
  const found = (q: string) => filter(list, q).map(({ code }) => code);
  expect(found('haa')).toEqual(['GM2', 'GM1']);
  expect(found('sudwest f')).toEqual([]);
  expect(found('sudwest')).toEqual(['GM3']);
  expect(found('sgrav')).toEqual(['GM4']);
  expect(found('gm3')).toEqual(['GM3']);
  expect(found('')).toHaveLength(4);
});
