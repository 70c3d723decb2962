/** The map as a folder of files says what the server says, and asks for nothing outside it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebSpace, type WebSpace } from './folder.ts';
import { api, middleOf, open, painted, query, settled, someBuurt, someGemeente } from './visit.ts';

/** The binary that makes the site; it must be the one that serves. */
const binary = process.env.WIJKZICHT_BIN;

let space: WebSpace;
let folder: string;

/** Opens a page of the site, which may ask for nothing outside and miss nothing. */
async function visitSite(path: string) {
  const visited = await open(path, {}, space.address);
  await settled(visited.page);
  return visited;
}
const same = (path: string) => path.replace(/^\/kaart\/([^?]+)\??/, '?onderwerp=$1&');
const texts = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

describe.skipIf(!binary)('a site', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wijkzicht-'));
    const run = (...words: string[]) => execFileSync(binary!, words, { stdio: 'pipe' });
    const atlas = join(folder, 'demo.gpkg');
    run('demo', '--out', atlas);
    run('export', '--data', atlas, '--site', join(folder, 'kaart'));
    space = await startWebSpace(join(folder, 'kaart'), '/een/pad/');
  }, 240_000);
  afterAll(() => {
    space.close();
    rmSync(folder, { recursive: true });
  });

  it('paints, changes topic and year, selects and tells, and asks for nothing else', async () => {
    const { page, errors, requests } = await open('', {}, space.address);
    await painted(page);
    const all = await api('/v1/gebieden?niveau=buurten&aantal=1');
    await page.getByRole('tab', { name: 'Tabel' }).click();
    const rows = await page.locator('.table-tools [role=status]').first().innerText();
    // Water has a row too.
    expect(Number.parseInt(rows.replace(/\D/g, ''), 10)).toBeGreaterThanOrEqual(all.totaal);
    expect(await page.locator('.table-tools a').count()).toBe(0);
    await page.getByRole('tab', { name: 'Kaart', exact: true }).click();
    const topic = page.locator('wk-controls select').first();
    await topic.selectOption({ value: 'woningwaarde' });
    await page.waitForFunction(() => location.search.includes('onderwerp=woningwaarde'));
    await painted(page);
    expect(await page.locator('h1').innerText()).toContain('oningwaarde');
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page.waitForFunction(() => location.search.includes('jaar='));
    await painted(page);
    const { x, y } = await middleOf(page);
    await page.mouse.click(x, y);
    await page.locator('.panel .years').waitFor();
    expect(query(page).get('gebied')).toMatch(/^BU/);
    await page.locator('.panel .within dd').nth(2).waitFor();
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('gebied'));
    await page.locator('.downloads summary').click();
    await page.locator('.citation').waitFor();
    expect(await page.locator('.downloads a').count()).toBe(0);
    expect(errors).toEqual([]);
    expect(space.missing).toEqual([]);
    for (const request of requests) expect(request.startsWith(space.address), request).toBe(true);
    expect(new URL(page.url()).pathname).toBe('/een/pad/');
  });

  it('says in legend, panel and title what the server says', async () => {
    const gemeente = await someGemeente();
    const buurt = await someBuurt();
    const paths = [
      `/kaart/leefbaarheid?binnen=${gemeente}`,
      `/kaart/leefbaarheid?jaar=2018&niveau=wijken&binnen=${buurt.code.replace(/^BU(.{6}).*/, 'WK$1')}`,
      `/kaart/koopwoningen?gebied=${buurt.code}`,
      `/kaart/inwoners?niveau=gemeenten&gebied=${gemeente}`,
      `/kaart/leefbaarheid?sinds=2014&jaar=2020&binnen=${gemeente}`,
      `/kaart/leefbaarheid-2-ontwikkeling?niveau=wijken`,
    ];
    for (const path of paths) {
      const served = await open(path);
      await settled(served.page);
      const { page, errors } = await visitSite(same(path));
      const isPanel = path.includes('gebied=');
      for (const one of [page, served.page]) {
        if (isPanel) await one.locator('.panel .years, .panel .facts').first().waitFor();
      }
      for (const selector of [
        'h1',
        '.legend tbody tr',
        '.panel .place > *:not(.to-profile, wk-area-stories, wk-story-bars)',
      ]) {
        const expected = await texts(served.page, selector);
        expect(await texts(page, selector), `${path} ${selector}`).toEqual(expected);
        if (isPanel || !selector.includes('panel')) expect(expected.join()).toMatch(/\w/);
      }
      expect(errors).toEqual([]);
      await page.context().close();
      await served.page.context().close();
    }
    expect(space.missing).toEqual([]);
  });

  it('has figures on their own borders alone, and says so of an address that asks for others', async () => {
    const { page, errors } = await visitSite(same('/kaart/koopwoningen?jaar=2020&indeling=2018'));
    expect(await page.locator('#indeling').count()).toBe(0);
    expect(await page.locator('.notice').innerText()).toContain('De grenzen van 2018');
    expect(query(page).get('indeling')).toBeNull();
    expect(errors).toEqual([]);
    expect(space.missing).toEqual([]);
  });

  it('finds places in the order of the server, and a coordinate', async () => {
    const buurt = await someBuurt();
    const { page, errors } = await visitSite('');
    const options = page.locator('.header-search [role=option] .option-name');
    for (const q of [buurt.naam.slice(0, 4), 'wijk', buurt.code]) {
      const asked = await api(`/v1/gebieden?q=${encodeURIComponent(q)}&aantal=12`);
      const expected = asked.gebieden.map(({ naam }: { naam: string }) => naam);
      await page.locator('.header-search input').fill(q);
      await page.waitForFunction(
        ([first, n]) => {
          const found = document.querySelectorAll('.header-search [role=option] .option-name');
          return found.length === n && found[0]?.textContent === first;
        },
        [expected[0], expected.length],
      );
      expect(await options.allInnerTexts()).toEqual(expected);
    }
    const [found] = (await api(`/v1/gebieden?q=${buurt.code}`)).gebieden;
    const [west, south, east, north] = found.omvang;
    const [lat, lon] = [(south + north) / 2, (west + east) / 2];
    const place = await api(`/v1/locaties?lat=${lat}&lon=${lon}`);
    await page.locator('.header-search input').fill(`${lat.toFixed(6)}, ${lon.toFixed(6)}`);
    await page.locator('.option-place', { hasText: 'coördinaat' }).first().waitFor();
    expect(await options.allInnerTexts()).toEqual([
      place.buurt.naam,
      place.wijk.naam,
      place.gemeente.naam,
    ]);
    await page.locator('.header-search input').fill('1234 AB');
    await page.locator('.search-message', { hasText: 'server nodig' }).waitFor();
    expect(errors).toEqual([]);
    expect(space.missing).toEqual([]);
  });

  it('says that it has the usual classes alone', async () => {
    const { page, errors } = await visitSite('?onderwerp=koopwoningen&aantalKlassen=4');
    expect(await page.locator('wk-methods').count()).toBe(0);
    expect(await page.locator('.notice').innerText()).toContain('“eigen” is er niet');
    expect(errors).toEqual([]);
    expect(space.missing).toEqual([]);
  });
});
