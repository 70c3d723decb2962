/** What was done about areas: in the panel, below the trend line, on the map. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { address, api, open, painted, query, settled, visit } from './visit.ts';

interface Story {
  id: string;
  code: string;
  naam: string;
  niveau: string;
  gemeente: { naam: string } | null;
  van: number;
  tot: number | null;
  pijler: string;
  titel: string;
  tekst: string;
  plek: [number, number] | null;
}
let all: Story[] = [];
/** A buurt with one of its own, and with one of its gemeente. */
let buurt: Story;
let around: Story;

beforeAll(async () => {
  const { verhalen } = await fetch(`${address}/v1/verhalen`).then(
    (answer) => (answer.ok ? answer.json() : { verhalen: [] }),
    () => ({ verhalen: [] }),
  );
  all = verhalen;
  around = all.find(({ niveau }) => niveau === 'gemeenten')!;
  buurt = all.find(
    ({ niveau, gemeente, tot }) =>
      niveau === 'buurten' && tot !== null && gemeente?.naam === around?.naam,
  )!;
});

const told = (page: Page) => page.locator('.area-stories li');
const marks = (page: Page) => page.locator('.story-mark');
const listed = (page: Page) => page.locator('.story-areas > li > button');
const areasOf = (stories: Story[]) => new Set(stories.map(({ code }) => code)).size;
const sum = async (page: Page) => {
  const signs = await marks(page).locator('b').allInnerTexts();
  return signs.reduce((n, sign) => n + (Number(sign) || 1), 0);
};

describe('in the panel', () => {
  it('an area has its own, and those of what it lies in', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors } = await visit(`/kaart/leefbaarheid?gebied=${buurt.code}`);
    await told(page).first().waitFor();
    const { verhalen } = await api(`/v1/verhalen?gebied=${buurt.code}`);
    expect(await told(page).count()).toBe(verhalen.length);
    expect(await page.locator('.story-title').allInnerTexts()).toEqual(
      verhalen.map(({ titel }: Story) => titel),
    );
    const own = told(page).filter({ hasText: buurt.titel });
    expect(await own.innerText()).toContain(`${buurt.van}–${buurt.tot}`);
    expect(await own.innerText()).not.toContain(`van buurt ${buurt.naam}`);
    const other = told(page).filter({ hasText: around.titel });
    expect(await other.innerText()).toContain(`van gemeente ${around.naam}`);
    // Line breaks stay.
    expect(buurt.tekst).toContain('\n');
    expect(await own.locator('.story-text').innerText()).toBe(buurt.tekst);
    const asked = own.getByRole('link', { name: /^Heeft het geholpen\?/ });
    expect(await asked.getAttribute('href')).toBe(
      `/analyse/voor-en-na?gebied=${buurt.code}&verhaal=${buurt.id}&indicator=leefbaarheid`,
    );
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('periods stand below the years of the line, with the numbers of the list', async (test) => {
    if (all.length === 0) return test.skip();
    const { page } = await visit(`/kaart/leefbaarheid?gebied=${buurt.code}`);
    const bars = page.locator('svg.story-bars');
    await bars.waitFor();
    const { verhalen } = await api(`/v1/verhalen?gebied=${buurt.code}`);
    const numbers = verhalen.map((_: Story, at: number) => String(at + 1));
    expect(await bars.locator('text').allTextContents()).toEqual(numbers);
    expect(await bars.getAttribute('aria-label')).toContain(
      `1. ${verhalen[0].titel}, ${verhalen[0].van}`,
    );
    expect(await bars.locator('.own').count()).toBe(
      verhalen.filter(({ code }: Story) => code === buurt.code).length,
    );
    // A year lies below that year: on the scale of the dots.
    const at = verhalen.findIndex(({ id }: Story) => id === buurt.id);
    const { reeks } = await api(`/v1/gebieden/${buurt.code}/reeks?indicator=leefbaarheid`);
    const years = reeks.map(({ jaar }: { jaar: number }) => jaar);
    const dots = page.locator('svg.trend:not(.story-bars) .trend-dot');
    const first = (await dots.first().boundingBox())!;
    const last = (await dots.last().boundingBox())!;
    const [from, to] = [first.x + first.width / 2, last.x + last.width / 2];
    const share = (buurt.van - years[0]) / (years.at(-1) - years[0]);
    const badge = (await bars.locator('circle').nth(at).boundingBox())!;
    expect(Math.abs(badge.x + badge.width / 2 - (from + share * (to - from)))).toBeLessThan(2);
  });

  it('there is none where nothing was told', async (test) => {
    if (all.length === 0) return test.skip();
    const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=100');
    const quiet = gebieden.find(({ code }: { code: string }) =>
      all.every((one) => one.code !== code),
    );
    const { page, errors } = await visit(`/kaart/inwoners?niveau=gemeenten&gebied=${quiet.code}`);
    await page.locator('table.years').waitFor();
    expect(await page.locator('.area-stories').count()).toBe(0);
    expect(await page.locator('svg.story-bars').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('text stays text, and only addresses of the web are links', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors } = await visit('/');
    await page.route(/\/v1\/verhalen\?gebied=/, async (route) => {
      const given = await (await route.fetch()).json();
      const [one] = given.verhalen;
      const bad = { ...one, titel: '<b id="kwaad">x</b>', tekst: '<img src=x onerror=alert(1)>' };
      given.verhalen = [
        { ...bad, link: 'javascript:alert(1)' },
        { ...one, id: 'x', link: 'https://www.voorbeeld.nl/meer' },
      ];
      await route.fulfill({ json: given });
    });
    await page.evaluate((code) => {
      history.pushState(null, '', `/kaart/leefbaarheid?gebied=${code}`);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, buurt.code);
    await told(page).nth(1).waitFor();
    expect(await page.locator('#kwaad, .story-text img').count()).toBe(0);
    expect(await told(page).first().innerText()).toContain('<img src=x onerror=alert(1)>');
    const links = page.locator('.area-stories a[rel="noopener nofollow"]');
    expect(await links.allInnerTexts()).toEqual(['Lees meer op voorbeeld.nl']);
    expect(await page.locator('.area-stories a[href^="javascript"]').count()).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe('on the map', () => {
  it('marks come with a press, are an address, and go with Back', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors, requests } = await visit('/kaart/leefbaarheid');
    expect(requests.some((one) => one.includes('/v1/verhalen'))).toBe(false);
    expect(await marks(page).count()).toBe(0);
    const toggle = page.getByLabel('Aanpak en initiatieven op de kaart');
    await toggle.focus();
    await page.keyboard.press('Space');
    await expect.poll(() => query(page).get('verhalen')).toBe('aan');
    await marks(page).first().waitFor();
    // However they are put together, all are there.
    expect(await sum(page)).toBe(all.length);
    expect(await listed(page).count()).toBe(areasOf(all));
    expect(await violations(page)).toEqual([]);
    await page.goBack();
    await marks(page).first().waitFor({ state: 'detached' });
    expect(query(page).get('verhalen')).toBeNull();
    expect(await toggle.isChecked()).toBe(false);
    expect(errors).toEqual([]);
  });

  it('are of one pillar, and of the year that is shown, where that is asked', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors } = await visit('/kaart/leefbaarheid?jaar=2018&verhalen=aan');
    await marks(page).first().waitFor();
    await page.getByRole('radio', { name: /^Fysiek/ }).check();
    await expect.poll(() => query(page).get('verhalen')).toBe('fysiek');
    const physical = all.filter(({ pijler }) => pijler === 'fysiek');
    await expect.poll(() => sum(page)).toBe(physical.length);
    await page.getByLabel('alleen wat in 2018 liep').check();
    await expect.poll(() => query(page).get('lopend')).toBe('ja');
    const running = physical.filter(({ van, tot }) => van <= 2018 && (tot ?? 9999) >= 2018);
    expect(running.length).toBeLessThan(physical.length);
    await expect.poll(() => listed(page).count()).toBe(areasOf(running));
    // The same from the address alone, with a letter for each that stands by itself.
    const again = await visit('/kaart/leefbaarheid?verhalen=fysiek');
    await marks(again.page).first().waitFor();
    for (const sign of await marks(again.page).locator('b').allInnerTexts())
      expect(sign).toMatch(/^(F|\d+)$/);
    expect(errors).toEqual([]);
  });

  it('a mark says what it is of to the mouse, and a press chooses the area', async (test) => {
    if (all.length === 0) return test.skip();
    const one = all.find(({ niveau, plek }) => niveau === 'buurten' && plek)!;
    const [lon, lat] = one.plek!;
    const at = `/kaart/leefbaarheid?verhalen=aan&z=14/${lat}/${lon}`;
    const { page, errors } = await visit(at);
    await painted(page);
    const mark = marks(page).filter({ hasText: one.titel });
    await mark.waitFor();
    await mark.hover();
    const tip = mark.locator('.story-tip');
    expect(await tip.isVisible()).toBe(true);
    expect(await tip.innerText()).toContain(`${one.naam}, ${one.gemeente!.naam}`);
    expect(await tip.innerText()).toContain(one.titel);
    expect(await page.locator('.tooltip').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await tip.isVisible()).toBe(false);
    await mark.click();
    await expect.poll(() => query(page).get('gebied')).toBe(one.code);
    await page.locator('wk-panel h2', { hasText: one.naam }).waitFor();
    expect(errors).toEqual([]);
  });

  it('the list does the same with keys, also for an area of another level', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors } = await visit('/kaart/leefbaarheid?verhalen=aan');
    const button = page.locator('.story-areas button', { hasText: buurt.naam }).first();
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('.panel .place').waitFor();
    await expect.poll(() => query(page).get('gebied')).not.toBeNull();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('place');
    // A gemeente is shown itself, at its own level: its approach is told in its panel.
    await listed(page)
      .filter({ hasText: new RegExp(`^${around.naam}$`) })
      .press('Enter');
    await expect.poll(() => query(page).get('gebied')).toBe(around.code);
    expect(query(page).get('niveau')).toBe('gemeenten');
    await told(page).filter({ hasText: around.titel }).waitFor();
    // In a gemeente there are those of it, and of what lies in it.
    await page.goto(`${address}/kaart/leefbaarheid?verhalen=aan&binnen=${around.code}`);
    const inside = (await api(`/v1/verhalen?binnen=${around.code}`)).verhalen;
    expect(inside.length).toBeLessThan(all.length);
    await expect.poll(() => listed(page).count()).toBe(areasOf(inside));
    expect(errors).toEqual([]);
  });

  it.each([
    ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
    ['the dark', { colorScheme: 'dark' as const }],
  ])('fits %s', async (_, options) => {
    if (all.length === 0) return;
    const { page, errors } = await visit(
      `/kaart/leefbaarheid?gebied=${buurt.code}&verhalen=aan`,
      options,
    );
    await told(page).first().waitFor();
    await marks(page).first().waitFor();
    const { scrollWidth, scrollHeight } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    const size = page.viewportSize()!;
    expect([scrollWidth, scrollHeight]).toEqual([size.width, size.height]);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('what cannot be marked is told', async () => {
    const { page, errors } = await visit('/kaart/leefbaarheid?verhalen=tovenarij');
    expect(await page.locator('.notice').innerText()).toContain('Aanpak “tovenarij”');
    expect(query(page).get('verhalen')).toBeNull();
    expect(errors).toEqual([]);
  });

  it('nothing of it is there where the server tells of none', async (test) => {
    if (all.length === 0) return test.skip();
    const { page, errors, requests } = await open('/');
    await settled(page);
    requests.length = 0;
    await page.route(`${address}/kaart/**`, async (route) => {
      const answer = await route.fetch();
      const html = (await answer.text()).replace('"verhalen":true,', '');
      expect(html).not.toContain('"verhalen":true');
      await route.fulfill({ response: answer, body: html });
    });
    await page.goto(`${address}/kaart/leefbaarheid?gebied=${buurt.code}`);
    await page.locator('table.years').waitFor();
    await settled(page);
    expect(await page.locator('#verhalen, wk-area-stories').count()).toBe(0);
    expect(requests.filter((one) => /verhalen|stories/.test(one))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
