/** A server below a path of somebody else's site: nothing that it asks or links to lies outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api, open, painted } from './visit.ts';

const binary = process.env.WIJKZICHT_BIN;
const PATIENCE = 120_000;
const PREFIX = '/kaarten/wijken';

let server: ChildProcess;
let home: string;

describe.skipIf(!binary)('below a path', () => {
  beforeAll(async () => {
    const base = `https://gemeente.example${PREFIX}/`;
    server = spawn(binary!, ['serve', '--demo', '--listen', '127.0.0.1:0', '--base-url', base], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    home = await new Promise<string>((resolve, reject) => {
      let text = '';
      server.once('exit', (code) => reject(new Error(`ended with ${code}`)));
      server.stdout?.on('data', (part: Buffer) => {
        text += part.toString();
        const address = /luistert op (http:\/\/\S+)/.exec(text)?.[1];
        if (address) resolve(address.replace(/\/$/, ''));
      });
    });
    server.removeAllListeners('exit');
  }, PATIENCE);
  afterAll(() => server.kill());

  const inside = (requests: string[]) =>
    requests.map((one) => new URL(one).pathname).filter((path) => !path.startsWith(PREFIX));

  it('the map asks, links and keeps its address there', async () => {
    const { page, errors, requests } = await open(PREFIX, {}, home);
    await painted(page);
    const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=1');
    await page.goto(
      `${home}${PREFIX}/kaart/leefbaarheid?niveau=gemeenten&gebied=${gebieden[0].code}`,
    );
    await painted(page);
    await page.waitForSelector('.to-profile');
    const links: string[] = await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((link) => !link.startsWith(`${PREFIX}/`))).toEqual([]);
    expect(inside(requests)).toEqual([]);
    expect(requests.length).toBeGreaterThan(5);
    expect(errors).toEqual([]);
    await page.goto(`${home}${PREFIX}/kaart/inwoners?niveau=gemeenten`);
    await painted(page);
    const at = new URL(page.url());
    expect(at.pathname).toBe(`${PREFIX}/kaart/inwoners`);
    expect(await page.locator('h1').innerText()).toContain('nwoners');
    await page.context().close();
  });

  it('pages without script link to one another there', async () => {
    const start = `${PREFIX}/bronnen`;
    const { page, errors, requests } = await open(start, { javaScriptEnabled: false }, home);
    const links = await page
      .locator('a[href^="/"], link[href^="/"], img[src^="/"]')
      .evaluateAll((all) =>
        all.map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? ''),
      );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      expect(link.startsWith(`${PREFIX}/`), link).toBe(true);
      expect((await page.request.get(home + link)).status(), link).toBe(200);
    }
    await page.click(`a[href^="${PREFIX}/methoden"]`);
    await page.waitForSelector('h1');
    expect(inside(requests)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
