/** Opens the page in Chromium and keeps account of what no page may do. */

import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Frame,
  type Page,
} from 'playwright-core';
import { afterAll, expect } from 'vitest';

export const address = (process.env.WIJKZICHT_URL ?? '').replace(/\/$/, '');
let browser: Browser | null = null;

afterAll(async () => {
  await browser?.close();
  browser = null;
});

export interface Visit {
  page: Page;
  /** Errors on the console and in scripts, refused styles among them. */
  errors: string[];
  requests: string[];
}

export async function visit(path = '/', options: BrowserContextOptions = {}): Promise<Visit> {
  const visited = await open(path, options);
  await settled(visited.page);
  return visited;
}

/** A page that may be without a map. */
export async function open(
  path: string,
  options: BrowserContextOptions = {},
  home = address,
): Promise<Visit> {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(home + path);
  return { page, errors, requests };
}

/** A legend, a title, and nothing still loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.legend tbody tr, .cross', { state: 'attached' });
  await page.waitForSelector('.busy', { state: 'detached' });
}

/** And a map with all its tiles. */
export async function painted(page: Page): Promise<void> {
  await settled(page);
  await page.waitForSelector('.map-canvas[data-painted="true"]', { state: 'attached' });
}

/** The colours of all dots of the map that are not transparent, as `#rrggbb`, with their number. */
export const coloursOf = (page: Page | Frame) =>
  page.evaluate(() => {
    const found: Record<string, number> = {};
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] !== 255) continue;
        const colour = `#${[0, 1, 2].map((part) => data[at + part]!.toString(16).padStart(2, '0')).join('')}`;
        found[colour] = (found[colour] ?? 0) + 1;
      }
    }
    return found;
  });

/** Where an area is on the screen, by a walk of the keyboard: the map says where it is. */
export async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = (await page.locator('.map-region').boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export const query = (page: Page) => new URL(page.url()).searchParams;
export const title = (page: Page) => page.locator('h1').innerText();
export const spoken = (page: Page) => page.locator('#wk-kaart-stem').innerText();

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, read by tests only
export async function api(path: string): Promise<any> {
  const answer = await fetch(address + path);
  expect(answer.ok, path).toBe(true);
  return answer.json();
}

export async function configuration() {
  const html = await (await fetch(`${address}/`)).text();
  const text = /id="wk-configuratie">([^<]*)</.exec(html)?.[1];
  return JSON.parse(text ?? '{}') as {
    indicator: string;
    jaar: number;
    binnen: string | null;
    fictief: boolean;
  };
}

/** A gemeente with buurten: the one that the page opens on, or the first. */
export async function someGemeente(): Promise<string> {
  const { binnen } = await configuration();
  if (binnen) return binnen;
  const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=1000');
  return gebieden[0].code;
}

/** A buurt with a value. */
export async function someBuurt() {
  const config = await configuration();
  const layer = await api(
    `/v1/lagen/buurten.geojson?indicator=${config.indicator}&jaar=${config.jaar}&binnen=${await someGemeente()}`,
  );
  const known = layer.features.filter(
    (one: { properties: { waarde: number | null; vlaggen: string[] } }) =>
      one.properties.waarde !== null && (one.properties.vlaggen ?? []).length === 0,
  );
  return known[Math.floor(known.length / 2)].properties as {
    code: string;
    naam: string;
    gemeente: string;
    waarde: number;
  };
}

/** Whether the server has figures of a topic: the one that stands in for it has few. */
export async function offers(id: string): Promise<boolean> {
  const { indicatoren } = await api('/v1/indicatoren');
  return indicatoren.some((one: { id: string }) => one.id === id);
}

/** A buurt where hardly anybody lives, and its gemeente. */
export async function someEstate(): Promise<{ code: string; gemeente: string }> {
  const layer = await api('/v1/lagen/buurten.geojson?indicator=inwoners');
  const estate = layer.features.find((one: { properties: { vlaggen: string[] } }) =>
    one.properties.vlaggen.includes('nauwelijks-woongebied'),
  );
  return { code: estate.id, gemeente: `GM${estate.id.slice(2, 6)}` };
}

/** A topic that can be crossed with liveability. */
export async function someSecond(): Promise<string> {
  const { indicatoren } = await api('/v1/indicatoren');
  return indicatoren.find(
    (one: { id: string; soort: string; niveaus: { niveau: string }[] }) =>
      one.soort === 'aandeel' && one.niveaus.some(({ niveau }) => niveau === 'buurten'),
  ).id;
}
