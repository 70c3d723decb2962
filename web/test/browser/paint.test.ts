import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  address,
  api,
  coloursOf,
  painted,
  query,
  settled,
  someGemeente,
  title,
  visit,
} from './visit.ts';

const rowOf = (page: Page, at: number) => page.locator('.legend tbody:first-of-type tr').nth(at);
/** The class of most areas. */
async function largest(page: Page) {
  const counts = await page
    .locator('.legend tbody:first-of-type td.count:nth-of-type(2)')
    .allInnerTexts();
  const numbers = counts.map((text) => Number(text.replace(/\D/g, '')));
  return rowOf(page, numbers.indexOf(Math.max(...numbers)));
}

describe('the whole country', () => {
  it('is painted in the colours of the legend, within what a first view may cost', async () => {
    const { page, requests, errors } = await visit('/');
    await painted(page);
    const colours = await coloursOf(page);
    const { klassen } = await api('/v1/legenda?indicator=leefbaarheid&niveau=buurten&jaar=2024');
    const used = klassen.filter(({ gebieden }: { gebieden: number }) => gebieden > 20);
    for (const { kleur } of used) expect(colours[kleur], kleur).toBeGreaterThan(20);
    expect(requests.length).toBeLessThanOrEqual(12);
    expect(await page.locator('wk-map *').count()).toBeLessThanOrEqual(200);
    // Borders and values, and no shape of any area but these.
    expect(requests.filter((one) => one.includes('.geojson'))).toEqual([]);
    expect(requests.filter((one) => /gebiedsgrenzen.*detail=grof/.test(one)).length).toBe(1);
    expect(requests.filter((one) => one.includes('/waarden/')).length).toBe(1);
    expect(errors).toEqual([]);
  });

  it('takes the colours of another year without asking for borders again', async () => {
    const { page, requests } = await visit('/');
    await painted(page);
    const before = await coloursOf(page);
    const tiles = await page.locator('.map-canvas canvas').count();
    await page.evaluate(() => {
      for (const canvas of document.querySelectorAll('.map-canvas canvas')) canvas.id = 'kept';
    });
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page.waitForFunction(() => location.search.includes('jaar='));
    await settled(page);
    await page.waitForFunction(
      (year) => document.querySelector('h1')?.textContent?.includes(year),
      query(page).get('jaar')!,
    );
    expect(await coloursOf(page)).not.toEqual(before);
    expect(requests.filter((one) => /gebiedsgrenzen.*detail=grof/.test(one)).length).toBe(1);
    // The very canvases that were there.
    expect(await page.locator('.map-canvas canvas#kept').count()).toBe(tiles);
  });

  it('is the same seen from a gemeente, with the land around in grey', async () => {
    const { page } = await visit(`/kaart/leefbaarheid?binnen=${await someGemeente()}`);
    await painted(page);
    const land = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue('--wk-land').trim(),
    );
    expect((await coloursOf(page))[land]).toBeGreaterThan(1000);
  });

  it('switches levels over the whole country, and a click on a gemeente goes there', async () => {
    const { page } = await visit('/kaart/leefbaarheid?niveau=wijken');
    await page.getByRole('heading', { level: 1, name: /per wijk in het hele land/ }).waitFor();
    await page.selectOption('#niveau', 'gemeenten');
    await page.getByRole('heading', { level: 1, name: /per gemeente$/ }).waitFor();
    await settled(page);
    const box = (await page.locator('.map-region').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForFunction(() => /gebied=GM/.test(location.search));
    await page.waitForFunction(() => /z=/.test(location.search));
    expect(Number(query(page).get('z')!.split('/')[0])).toBeGreaterThan(8);
  });
});

describe('the legend', () => {
  it('shows a class alone under the mouse, and paints no tile again for the map', async () => {
    const { page } = await visit('/');
    await painted(page);
    // A small country opens near by, and finer borders follow.
    await page.waitForTimeout(1500);
    const before = await coloursOf(page);
    const row = await largest(page);
    const colour = (await row.locator('.swatch rect').first().getAttribute('fill'))!;
    await row.hover();
    await page.waitForTimeout(200);
    const alone = await coloursOf(page);
    expect(alone[colour]).toBe(before[colour]);
    expect(Object.keys(alone).length).toBeLessThan(Object.keys(before).length);
    await page.mouse.move(700, 20);
    await page.waitForTimeout(200);
    expect(await coloursOf(page)).toEqual(before);
  });

  it('hides a class by a click, says how many are left, and keeps it in the address', async () => {
    const { page } = await visit('/');
    await painted(page);
    const row = await largest(page);
    const colour = (await row.locator('.swatch rect').first().getAttribute('fill'))!;
    await row.getByRole('button').click();
    await page.waitForFunction(() => location.search.includes('klassen='));
    await page.mouse.move(700, 20);
    const told = await page.locator('#wk-filter').innerText();
    expect(told).toMatch(/^[\d.]+ van [\d.]+ buurten in kleur/);
    expect(await row.getByRole('button').getAttribute('aria-pressed')).toBe('false');
    expect((await coloursOf(page))[colour] ?? 0).toBe(0);
    await page.reload();
    await painted(page);
    expect((await coloursOf(page))[colour] ?? 0).toBe(0);
    await page.getByRole('button', { name: 'Toon alles', exact: true }).first().click();
    await page.waitForFunction(() => !location.search.includes('klassen='));
  });

  it('takes a range that is typed, with a Dutch comma, and one that is dragged', async () => {
    const { page } = await visit('/');
    await painted(page);
    await page.getByRole('textbox', { name: 'van', exact: true }).fill('-0,05');
    await page.getByRole('textbox', { name: 'tot en met' }).fill('0,1');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.search.includes('bereik=-0.05:0.1'));
    const told = page.locator('#wk-filter');
    await told.filter({ hasText: 'buurten in kleur' }).waitFor();
    const before = await told.innerText();
    const handle = page.getByRole('slider', { name: 'Toon vanaf' });
    await handle.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      (was) => document.querySelector('#wk-filter')?.textContent !== was,
      before,
    );
    await page.getByRole('textbox', { name: 'van', exact: true }).fill('9');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'van laag naar hoog' }).waitFor();
  });

  it('filters the table too', async () => {
    const { page } = await visit('/kaart/leefbaarheid?weergave=tabel&bereik=0:0.1');
    await page.locator('.data tbody tr').first().waitFor();
    const texts = await page.locator('.data tbody td:nth-child(3)').allInnerTexts();
    for (const text of texts) {
      const value = Number(text.replace('−', '-').replace(',', '.'));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(0.1);
    }
  });
});

describe('distances', () => {
  it('to the mean of the country and of the gemeente are other colours of the same areas', async () => {
    const { page, requests } = await visit('/');
    await painted(page);
    const before = await coloursOf(page);
    await page.locator('.compare-choices > summary').click();
    await page.selectOption('#afwijking', 'gemeente');
    await page.waitForFunction(() => location.search.includes('afwijking=gemeente'));
    await page
      .getByRole('heading', { level: 1, name: /gemiddelde van de eigen gemeente/ })
      .waitFor();
    expect(await page.locator('.legend tbody:first-of-type tr').count()).toBe(7);
    expect(await coloursOf(page)).not.toEqual(before);
    await page.selectOption('#afwijking', 'land');
    await page.getByRole('heading', { level: 1, name: /gemiddelde van het land/ }).waitFor();
    expect(requests.filter((one) => one.includes('/waarden/')).length).toBe(1);
    await page.goBack();
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('afwijking'));
  });
});

describe('the years', () => {
  it('go by on a press, each fetched once, until it is pressed again', async () => {
    const { page, requests } = await visit('/', { reducedMotion: 'no-preference' });
    await painted(page);
    await page.getByRole('button', { name: 'Speel de jaren af' }).click();
    const seen = new Set<string>();
    for (let i = 0; i < 30 && seen.size < 3; i++) {
      seen.add(await page.locator('#jaar').inputValue());
      await page.waitForTimeout(300);
    }
    expect(seen.size).toBeGreaterThanOrEqual(3);
    await page.getByRole('button', { name: 'Stop' }).click();
    const asked = requests.filter((one) => one.includes('/waarden/'));
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('when something is missing', () => {
  it('paints nothing where borders and values do not belong together, and says so', async () => {
    const { page } = await visit('/');
    const before = await title(page);
    await page.route('**/v1/waarden/**', async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      // Another order of the areas.
      body[8] = body[8]! ^ 255;
      await route.fulfill({ response: answer, body });
    });
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page.locator('.notice.alert').filter({ hasText: 'horen niet bij elkaar' }).waitFor();
    expect(await title(page)).toBe(before);
    await page.unroute('**/v1/waarden/**');
    await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
    await page.locator('.notice.alert').waitFor({ state: 'detached' });
  });

  it('shows the picture of the server where the worker does not come', async () => {
    const { page } = await visit('/');
    await page.route('**/assets/worker-*.js', (route) => route.abort());
    await page.goto(`${address}/kaart/leefbaarheid`);
    await settled(page);
    const picture = page.locator('.map-picture img');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^\/v1\/lagen\/buurten\.png\?indicator=/);
    expect(await picture.getAttribute('alt')).toContain(await title(page));
    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('.data tbody tr').first().waitFor();
  });
});

describe('near by', () => {
  it('fetches finer borders of the same areas, and streets through this server alone', async () => {
    const { page, requests } = await visit('/');
    await page.route('**/*', async (route) => {
      const request = route.request();
      if (request.url().includes('/v1/achtergrondkaart/')) {
        const dot =
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';
        await route.fulfill({ contentType: 'image/png', body: Buffer.from(dot, 'base64') });
      } else if (request.resourceType() === 'document') {
        const answer = await route.fetch();
        const text = (await answer.text()).replace(
          '"achtergrondkaart":false',
          '"achtergrondkaart":true',
        );
        await route.fulfill({ response: answer, body: text });
      } else await route.continue();
    });
    const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=1000');
    const [w, s, e, n] = gebieden[0].omvang;
    requests.length = 0;
    await page.goto(`${address}/kaart/leefbaarheid?z=13/${(s + n) / 2}/${(w + e) / 2}`);
    await painted(page);
    await page.getByRole('slider', { name: 'Straten' }).waitFor();
    await page.waitForFunction(() => document.querySelector('.leaflet-streets-pane img'));
    expect(
      await page
        .locator('.leaflet-streets-pane')
        .evaluate((pane) => getComputedStyle(pane).mixBlendMode),
    ).toBe('multiply');
    await expect
      .poll(() => requests.filter((one) => /gebiedsgrenzen.*detail=fijn/.test(one)).length)
      .toBeGreaterThan(0);
    for (const request of requests) expect(new URL(request).origin).toBe(address);
    await page.getByRole('slider', { name: 'Straten' }).fill('0');
    expect(
      await page
        .locator('.leaflet-streets-pane')
        .evaluate((pane) => getComputedStyle(pane).opacity),
    ).toBe('0');
  });
});
