/** Levels that a gemeente drew itself. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { type OwnAtlas, PART, startOwnAtlas, WHOLE } from './own-atlas.ts';
import { coloursOf, open, painted, query, settled, spoken, title, visit } from './visit.ts';

const binary = process.env.WIJKZICHT_BIN;
const PATIENCE = 120_000;
const AT = '/kaart/koopwoningen?jaar=2020&niveau=stadsdelen';

let own: OwnAtlas;
const go = async (path: string, options: BrowserContextOptions = {}) => {
  const visited = await open(path, options, own.home);
  await settled(visited.page);
  return visited;
};
const levels = (page: Page) =>
  page.locator('#niveau option').evaluateAll((all) => all.map((one) => one.textContent?.trim()));

describe.skipIf(!binary)('a level of its own', () => {
  beforeAll(async () => {
    own = await startOwnAtlas(binary!);
  }, PATIENCE);
  afterAll(() => own?.stop());

  it('is chosen like any other, shown whole, and undone by Back', async () => {
    const { page, errors, requests } = await go('/kaart/koopwoningen?z=12/52.2/5.2');
    expect(await levels(page)).toEqual(['gemeente', 'wijk', 'buurt', 'stadsdeel']);
    await page.locator('#niveau').focus();
    await page.keyboard.press('End');
    await expect.poll(() => query(page).get('niveau')).toBe('stadsdelen');
    await page
      .getByRole('heading', { level: 1, name: 'Koopwoningen 2024, per stadsdeel' })
      .waitFor();
    await painted(page);
    // It has no place around it to choose, and fills the map wherever that was.
    expect(await page.locator('.extent').count()).toBe(0);
    expect(query(page).get('z')).toBeNull();
    expect(query(page).get('binnen')).toBeNull();
    await page.locator('.wk-place-name span', { hasText: PART.naam }).waitFor();
    expect(await page.locator('.wk-place-name').allInnerTexts()).toEqual(
      expect.arrayContaining([WHOLE.naam, PART.naam]),
    );
    expect(requests.some((one) => one.includes('/v1/gebiedsgrenzen/stadsdelen'))).toBe(true);

    await page.goBack();
    await page.getByRole('heading', { level: 1, name: /per buurt in het hele land/ }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: /per stadsdeel$/ }).waitFor();
    // Back to another level the map is where it opens.
    await page.selectOption('#niveau', 'wijken');
    await page.getByRole('heading', { level: 1, name: /per wijk in het hele land/ }).waitFor();
    expect(errors).toEqual([]);
  });

  it('has its colours however near the map is', async () => {
    const { omvang } = await own.ask(`/v1/gebieden/${PART.code}`);
    const [lon, lat] = [(omvang[0] + omvang[2]) / 2, (omvang[1] + omvang[3]) / 2];
    for (const zoom of [10, 12, 15]) {
      const { page, errors } = await go(`${AT}&z=${zoom}/${lat}/${lon}`);
      await painted(page);
      const { klassen } = await own.ask(
        '/v1/legenda?indicator=koopwoningen&jaar=2020&niveau=stadsdelen',
      );
      const fills = klassen
        .filter(({ gebieden }: { gebieden: number }) => gebieden > 0)
        .map(({ kleur }: { kleur: string }) => kleur);
      await expect
        .poll(async () => {
          const found = await coloursOf(page);
          return fills.some((fill: string) => (found[fill] ?? 0) > 500);
        })
        .toBe(true);
      expect(errors).toEqual([]);
      await page.close();
    }
  });

  it('tells of an area what its figures are made of', async () => {
    const { page, errors } = await go(`${AT}&gebied=${PART.code}`);
    await painted(page);
    const panel = page.locator('wk-panel');
    await panel.locator('h2', { hasText: PART.naam }).waitFor();
    const { gemeente } = await own.ask(`/v1/gebieden/${PART.code}`);
    expect(await panel.locator('.where').innerText()).toBe(`Stadsdeel in ${gemeente.naam}`);
    expect(await panel.locator('p.estimate').innerText()).toMatch(
      /^geschat naar .*; \d+% van het gebied bekend$/,
    );
    expect(await panel.innerText()).toContain('van de stadsdelen op deze kaart');
    expect(await panel.innerText()).not.toContain('in het hele land');

    const { reeks } = await own.ask(`/v1/gebieden/${PART.code}/reeks?indicator=koopwoningen`);
    const years = reeks.filter(({ geschat }: { geschat: boolean }) => geschat);
    expect(years.length).toBeGreaterThan(1);
    expect(await page.locator('.trend-dot.estimate').count()).toBe(years.length);
    const list = years.map(({ jaar }: { jaar: number }) => jaar).join(', ');
    expect(await page.locator('svg.trend').first().getAttribute('aria-label')).toContain(
      `Geschat: ${list}.`,
    );
    expect(await page.locator('table.years .value', { hasText: '≈' }).count()).toBe(years.length);
    expect(await page.locator('.years-key').innerText()).toContain('geschat naar');

    const asked = 'indicator=koopwoningen&jaar=2020&niveau=stadsdelen';
    const legend = await own.ask(`/v1/legenda?${asked}`);
    expect(await page.locator('.conversion').innerText()).toBe(legend.omrekening.zin.nl);
    expect(await page.locator('[data-of="estimate"]').innerText()).toMatch(/geschat\s+1\b/);

    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('table.data tbody tr').nth(1).waitFor();
    expect(
      await page.locator('table.data tbody tr', { hasText: '(geschat' }).innerText(),
    ).toContain(PART.naam);
    const csv = page.locator('.table-tools a[download]');
    expect(await csv.getAttribute('href')).toContain('/v1/lagen/stadsdelen.csv');
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('is found by name, with its gemeente, and walked by keys', async () => {
    const { page, errors } = await go('/kaart/koopwoningen');
    const field = page.locator('.header-search input');
    await field.fill(WHOLE.naam);
    const option = page.locator('.header-search [role=option]').filter({ hasText: 'stadsdeel in' });
    await option.waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => query(page).get('gebied')).toBe(WHOLE.code);
    expect(query(page).get('niveau')).toBe('stadsdelen');
    await page.locator('wk-panel h2', { hasText: WHOLE.naam }).waitFor();
    await painted(page);

    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await expect.poll(() => spoken(page)).toMatch(new RegExp(`^${PART.naam}, \\w+: \\d+%`));
    expect(await spoken(page)).toContain('geschat naar');
    await page.keyboard.press('End');
    await expect.poll(() => spoken(page)).toContain(WHOLE.naam);
    expect(errors).toEqual([]);
  });

  it('is compared with itself, and not with a gemeente', async () => {
    const codes = `${WHOLE.code},${PART.code}`;
    const { page, errors } = await go(`${AT}&vergelijk=${codes}&weergave=vergelijk`);
    await page.getByRole('heading', { name: /tussen alle stadsdelen$/ }).waitFor();
    expect(await page.locator('wk-compare thead button.link').count()).toBe(2);
    expect(await page.locator('wk-compare .trend-dot.estimate').count()).toBeGreaterThan(1);
    await page.locator('.compare-choices > summary').click();
    const offered = page.locator('#afwijking option');
    await offered.nth(1).waitFor({ state: 'attached' });
    const words = await offered.allInnerTexts();
    expect(words.join()).not.toContain('gemeente');
    expect(words).toContain('het gemiddelde van alle stadsdelen');
    await page.selectOption('#afwijking', 'land');
    await expect
      .poll(() => title(page))
      .toContain('verschil met het gemiddelde van alle stadsdelen');

    await page.getByRole('tab', { name: 'Kleine kaarten' }).click();
    await page.getByRole('heading', { name: 'Dezelfde kaart in elk jaar' }).waitFor();
    expect(await page.getByRole('heading', { name: /per gemeente, wijk en buurt/ }).count()).toBe(
      0,
    );
    expect(errors).toEqual([]);

    const told = await go(`${AT}&afwijking=gemeente`);
    expect(await told.page.locator('.notice').innerText()).toContain('U ziet de cijfers zelf.');
    expect(told.errors).toEqual([]);
  });

  it('goes together with a second topic, and with an earlier year', async () => {
    const pair = await go(`${AT}&met=huurwoningen`);
    await pair.page.locator('.cross').waitFor();
    expect(await pair.page.locator('.notice').count()).toBe(0);
    expect(await title(pair.page)).toContain('per stadsdeel');
    expect(pair.errors).toEqual([]);
    const change = await go(`${AT}&sinds=2018`);
    expect(await title(change.page)).toContain('verandering 2018 tot 2020');
    expect(await change.page.locator('.conversion').innerText()).toContain(
      'De cijfers van 2018, 2020 zijn gemaakt van die van buurten.',
    );
    expect(change.errors).toEqual([]);
  });

  it('what there is not is told, and the rest is shown', async () => {
    const { indicatoren } = await own.ask('/v1/indicatoren');
    const without = indicatoren.find(({ niveaus }: { niveaus: { niveau: string }[] }) =>
      niveaus.every(({ niveau }) => niveau !== 'stadsdelen'),
    );
    for (const [path, words] of [
      ['/kaart/koopwoningen?niveau=rayons', 'Het niveau “rayons” is er niet. U ziet buurten.'],
      [`${AT}&gebied=Q`, 'De keuze “Q” past niet bij dit kaartbeeld'],
      [`/kaart/${without.id}?niveau=stadsdelen`, 'Dit onderwerp is er niet per stadsdeel.'],
    ] as const) {
      const { page, errors } = await go(path);
      await page.locator('.notice', { hasText: words }).waitFor();
      // That there is no such area is what the server says.
      expect(errors.filter((one) => !one.includes('404'))).toEqual([]);
      await page.close();
    }
  });

  it('says of a place in which area it lies', async () => {
    const { page, errors } = await go(AT);
    await painted(page);
    const region = (await page.locator('.map-region').boundingBox())!;
    const name = page.locator('.wk-place-name span', { hasText: WHOLE.naam });
    const at = (await name.boundingBox())!;
    await page.mouse.click(at.x + at.width / 2, Math.max(at.y - 12, region.y));
    await page.waitForFunction(() => location.search.includes('gebied='));
    const row = page.locator('.within div', { hasText: 'Stadsdeel' });
    expect(await row.locator('dd').innerText()).toBe(WHOLE.naam);
    expect(errors).toEqual([]);
  });

  it('is named in English, and in a frame', async () => {
    const { page, errors } = await go(`${AT}&taal=en`);
    expect(await title(page)).toBe('Owner-occupied homes 2020, by city part');
    expect(await page.locator('.legend thead').innerText()).toContain('City parts');
    expect(errors).toEqual([]);
    const frame = await open('/embed/koopwoningen?niveau=stadsdelen&keuze=niveau', {}, own.home);
    await frame.page.waitForSelector('.map-canvas[data-painted="true"]', { state: 'attached' });
    expect(await frame.page.locator('h1').innerText()).toBe('Koopwoningen 2024, per stadsdeel');
    expect(await levels(frame.page)).toContain('stadsdeel');
    expect(frame.errors).toEqual([]);
  });

  it('fits a phone', async () => {
    const { page, errors } = await go(`${AT}&gebied=${PART.code}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await page.locator('wk-panel h2').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('is nowhere where nobody drew one', async () => {
    const { page, errors, requests } = await visit('/');
    expect(await levels(page)).toEqual(['gemeente', 'wijk', 'buurt']);
    expect(requests.some((one) => one.includes('stadsdelen'))).toBe(false);
    expect(errors).toEqual([]);
  });
});
