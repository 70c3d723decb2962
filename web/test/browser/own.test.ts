/** A gemeente's own map: what its configuration says is what the page does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, open, painted, settled } from './visit.ts';

const binary = process.env.WIJKZICHT_BIN;
const PATIENCE = 120_000;

let folder: string;
let gazetteer: Server;
let server: ChildProcess;
let home: string;
/** What the address search was asked. */
const asked: string[] = [];
/** Buurten of one gemeente: some that count, some to be confirmed. */
let sure: string[];
let candidates: string[];
let gemeente: { code: string; naam: string; omvang: number[] };
let place: { lon: number; lat: number; buurt: string };

async function visitOwn(path: string) {
  const visited = await open(path, {}, home);
  await settled(visited.page);
  return visited;
}

describe.skipIf(!binary)('an own map', () => {
  beforeAll(async () => {
    const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=1000');
    gemeente = gebieden[1];
    const list = await api(`/v1/gebieden?niveau=buurten&binnen=${gemeente.code}&aantal=1000`);
    const codes: string[] = list.gebieden.map(({ code }: { code: string }) => code);
    [sure, candidates] = [codes.slice(0, 5), codes.slice(5, 9)];
    const [west, south, east, north] = list.gebieden[2].omvang;
    const [lon, lat] = [(west + east) / 2, (south + north) / 2];
    place = { lon, lat, buurt: (await api(`/v1/locaties?lat=${lat}&lon=${lon}`)).buurt.code };
    gazetteer = createServer((request, response) => {
      asked.push(new URL(request.url ?? '/', 'http://x/').searchParams.get('q') ?? '');
      const docs = [
        {
          type: 'adres',
          weergavenaam: 'Dorpsstraat 12, Ergens',
          centroide_ll: `POINT(${lon} ${lat})`,
        },
      ];
      response.end(JSON.stringify({ response: { numFound: 1, docs } }));
    });
    await new Promise<void>((resolve) => gazetteer.listen(0, '127.0.0.1', resolve));
    const at = gazetteer.address();
    const port = typeof at === 'object' && at ? at.port : 0;
    folder = mkdtempSync(join(tmpdir(), 'wijkzicht-'));
    const config = join(folder, 'wijkzicht.toml');
    const listed = (all: string[]) => `[${all.map((code) => `'${code}'`).join(', ')}]`;
    writeFileSync(
      config,
      `titel = 'Wijken in beeld'
gemeente = '${gemeente.code}'
niveau = 'wijken'
adreszoeker = 'http://127.0.0.1:${port}/free'
[[selectie]]
id = 'onze-buurten'
naam = { nl = 'Onze buurten', en = 'Our buurten' }
[[selectie.plaats]]
naam = 'Zeker'
codes = ${listed([...sure, 'BU99999999'])}
[[selectie.plaats]]
naam = 'Misschien'
kandidaat = true
codes = ${listed(candidates)}
`,
    );
    const words = ['serve', '--demo', '--config', config, '--listen', '127.0.0.1:0'];
    server = spawn(binary!, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    home = await new Promise((resolve) => {
      let said = '';
      server.stdout!.on('data', (part: Buffer) => {
        said += part.toString();
        const found = /luistert op (http:\/\/\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      for (const stream of [server.stdout!, server.stderr!]) {
        stream.on('data', (part: Buffer) => log.push(part.toString()));
      }
    });
  }, PATIENCE);
  afterAll(() => {
    server.kill();
    gazetteer.close();
    rmSync(folder, { recursive: true });
  });

  it('has its own name, level and extent', async () => {
    const { page, errors } = await visitOwn('/');
    await painted(page);
    expect(await page.locator('.brand').innerText()).toBe('Wijken in beeld');
    expect(await page.title()).toMatch(/ – Wijken in beeld$/);
    const heading = await page.locator('h1').innerText();
    expect(heading).toContain(`per wijk in ${gemeente.naam}`);
    // The middle of the map lies in the gemeente, and the gemeente fills it.
    const region = (await page.locator('.map-region').boundingBox())!;
    await page.mouse.click(region.x + region.width / 2, region.y + region.height / 2);
    await page.waitForFunction(() => location.search.includes('gebied='));
    expect(page.url()).toContain(`gebied=WK${gemeente.code.slice(2)}`);
    expect(errors).toEqual([]);
  });

  it('asks for addresses in words, names their source, and keeps none', async () => {
    const { page, errors, requests } = await visitOwn('/');
    const field = page.locator('.header-search input');
    const option = page.locator('.header-search [role=option]');
    // The name of a place is nobody else's business.
    await field.fill(gemeente.naam);
    await option.first().waitFor();
    expect(asked).toEqual([]);
    await field.fill('Dorpsstraat 12');
    await option.filter({ hasText: 'Dorpsstraat 12, Ergens' }).waitFor();
    expect(await option.last().innerText()).toContain('PDOK Locatieserver');
    expect(asked).toEqual(['Dorpsstraat 12']);
    await option.last().click();
    await page.locator('.panel .place').waitFor();
    await page.waitForFunction((code) => location.search.includes(code), place.buurt);
    expect(await field.inputValue()).toBe('');
    const kept = await page.evaluate(() => [
      location.href,
      document.title,
      JSON.stringify(history.state),
      JSON.stringify({ ...localStorage, ...sessionStorage }),
      document.body.innerText,
    ]);
    expect(kept.join('\n')).not.toContain('Dorpsstraat');
    expect(requests.filter((one) => one.includes('/v1/adressen')).length).toBe(1);
    expect(log.join('')).not.toContain('Dorpsstraat');
    expect(errors).toEqual([]);
  });

  it('does not ask where nothing is configured', async () => {
    const { page, requests } = await open('/');
    await settled(page);
    await page.locator('.header-search input').fill('Dorpsstraat 12');
    await page.locator('.search-message:not([hidden])').waitFor();
    expect(requests.filter((one) => one.includes('/v1/adressen'))).toEqual([]);
  });

  it('counts a selection as the server does, candidates when they are asked for', async () => {
    const { page, errors } = await visitOwn('/kaart/koopwoningen?niveau=buurten&binnen=land');
    await page.locator('.selection > summary').click();
    const lists = page.locator('#lijst option');
    await lists.nth(1).waitFor({ state: 'attached' });
    const known = (await (await fetch(`${home}/v1/selecties`)).json()).selecties;
    expect((await lists.allInnerTexts()).slice(1).length).toBe(known.length);
    await page.selectOption('#lijst', 'onze-buurten');
    await page.waitForFunction((code) => location.search.includes(code), sure[4]!);
    expect(page.url()).not.toContain(candidates[0]);
    expect(page.url()).not.toContain('BU99999999');
    await page.getByText('1 gebied van deze selectie is er niet').waitFor();
    const own = `/v1/selecties/eigen/totalen?indicator=koopwoningen&codes=${sure.join(',')}`;
    await same(page, await (await fetch(home + own)).json());
    await page.locator('.selection .check input').check();
    await page.waitForFunction((code) => location.search.includes(code), candidates[3]!);
    const all = '/v1/selecties/onze-buurten/totalen?indicator=koopwoningen';
    await same(page, await (await fetch(home + all)).json());
    expect(errors).toEqual([]);
  });
});

/** What the server said. */
const log: string[] = [];

interface Part {
  gebieden: number;
  gemarkeerd: number;
  totaal: { waarde: number; dekking: { metWaarde: number; inwoners: number } };
  redenen: Record<string, number>;
}

/** The table of totals says what the server says. */
async function same(page: Page, { binnen, buiten }: { binnen: Part; buiten: Part }) {
  const dutch = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 });
  const row = (name: string) => page.locator('.totals tr', { hasText: name }).locator('td');
  const expected: [string, (part: Part) => string][] = [
    ['Gebieden', ({ gebieden }) => dutch.format(gebieden)],
    ['Met een cijfer', ({ totaal }) => dutch.format(totaal.dekking.metWaarde)],
    ['Zonder cijfer', ({ redenen }) => dutch.format(sum(Object.values(redenen)))],
    ['Waarvan nauwelijks', ({ gemarkeerd }) => dutch.format(gemarkeerd)],
    ['Inwoners', ({ totaal }) => dutch.format(totaal.dekking.inwoners)],
    ['gewogen naar inwoners', ({ totaal }) => `${dutch.format(totaal.waarde)}%`],
  ];
  await row('Gebieden')
    .first()
    .filter({ hasText: expected[0]![1](binnen) })
    .waitFor();
  await row('gewogen naar inwoners').first().waitFor();
  for (const [name, of] of expected) {
    const cells = await row(name).allInnerTexts();
    expect(cells.slice(0, 2), name).toEqual([of(binnen), of(buiten)]);
  }
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
