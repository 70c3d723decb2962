import { beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { address, open, painted, someGemeente, visit } from './visit.ts';

/** The stand-in knows frames, and not what is pasted to get one. */
const isServed = (await fetch(`${address}/v1/insluiten?indicator=leefbaarheid`)).ok;

async function dialog(more = '', options = {}) {
  const visited = await visit(`/kaart/leefbaarheid?binnen=${await someGemeente()}${more}`, options);
  await visited.page.locator('button.embed').evaluate((button: HTMLElement) => button.click());
  await visited.page.locator('#inbedding-code').waitFor();
  return visited;
}
const way = (name: string) => `.embed-way input[value=${name}]`;
const code = '#inbedding-code';

describe.runIf(isServed)('the dialog about embedding', () => {
  let gemeente = '';
  beforeAll(async () => {
    gemeente = await someGemeente();
  });

  it('gives three ways, in the order that a CMS takes them', async () => {
    const { page, errors } = await dialog();
    const values = await page
      .locator('.embed-way input')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    expect(values).toEqual(['plaatje', 'iframe', 'element']);
    expect(await page.locator(code).inputValue()).toMatch(/^<figure lang="nl">/);
    await page.locator('.embed-preview img').waitFor();
    await page.locator(way('iframe')).check();
    await expect
      .poll(() => page.locator(code).inputValue())
      .toMatch(/^<iframe src="[^"]*\/embed\//);
    await page.locator(way('element')).check();
    await expect.poll(() => page.locator(code).inputValue()).toMatch(/^<wijk-kaart src="/);
    expect(await page.locator(code).inputValue()).toContain(`binnen=${gemeente}`);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('shows the frame as it will be, and what is pasted shows the same', async () => {
    const { page } = await dialog();
    await page.locator(way('iframe')).check();
    await page.getByRole('checkbox', { name: 'jaar', exact: true }).check();
    await page.getByRole('checkbox', { name: 'legenda', exact: true }).check();
    await expect
      .poll(() => page.locator(code).inputValue())
      .toContain('keuze=jaar&amp;zonder=legenda');
    const preview = page.frameLocator('.embed-preview iframe');
    await preview.locator('#jaar').waitFor();
    await preview.locator('.map-canvas[data-painted="true"]').waitFor({ state: 'attached' });
    expect(await preview.locator('wk-frame-legend').count()).toBe(0);
    const src = /src="([^"]*)"/.exec(await page.locator(code).inputValue())![1]!;
    const pasted = await open(
      new URL(src.replaceAll('&amp;', '&')).pathname + new URL(src.replaceAll('&amp;', '&')).search,
    );
    await pasted.page.locator('.map-canvas[data-painted="true"]').waitFor({ state: 'attached' });
    expect(await pasted.page.locator('#jaar').count()).toBe(1);
    await pasted.page.context().close();
    await page.context().close();
  });

  it('takes texts by hand only with a year that stays', async () => {
    const { page } = await dialog();
    await page.locator(way('element')).check();
    const title = page.getByLabel('Eigen titel');
    expect(await title.isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /Altijd \d{4}/ }).check();
    await title.fill('Onze "wijken" <b>');
    await title.blur();
    await expect.poll(() => page.locator(code).inputValue()).toContain('titel=');
    const frame = page.frameLocator('.embed-preview iframe');
    await frame.getByRole('heading', { name: 'Onze "wijken" <b>' }).waitFor();
    await page.getByRole('checkbox', { name: 'Alleen deze levering van de cijfers' }).check();
    await expect.poll(() => page.locator(code).inputValue()).toMatch(/versie=[0-9a-f]{16}/);
    await page.getByRole('radio', { name: 'Altijd het nieuwste jaar' }).check();
    await expect.poll(() => page.locator(code).inputValue()).not.toMatch(/titel=|versie=/);
    await page.context().close();
  });

  it('says what cannot be, and keeps what was there', async () => {
    const { page } = await dialog();
    await page.locator(way('iframe')).check();
    await expect.poll(() => page.locator(code).inputValue()).toContain('<iframe');
    const before = await page.locator(code).inputValue();
    await page.getByLabel('Hoogte in beeldpunten').fill('5');
    await page.getByLabel('Hoogte in beeldpunten').blur();
    const told = page.locator('.embed-wrong');
    await told.getByText(/hoogte: .*200/).waitFor();
    expect(await told.locator('[lang=nl]').innerText()).toMatch(/hoogte: .*200/);
    expect(await page.locator(code).inputValue()).toBe(before);
    await page.getByLabel('Hoogte in beeldpunten').fill('500');
    await page.getByLabel('Hoogte in beeldpunten').blur();
    await expect.poll(() => page.locator(code).inputValue()).toContain('height="500"');
    expect((await told.innerText()).trim()).toBe('');
    await page.context().close();
  });

  it('closes with Escape, gives the focus back, and remembers', async () => {
    const { page } = await visit('/kaart/leefbaarheid');
    await painted(page);
    const button = page.locator('button.embed');
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator(way('iframe')).check();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.embedding').isVisible()).toBe(false);
    expect(await button.evaluate((one) => document.activeElement === one)).toBe(true);
    await page.keyboard.press('Enter');
    await page.locator(code).waitFor();
    expect(await page.locator(way('iframe')).isChecked()).toBe(true);
    await page.context().close();
  });

  it.each([
    ['wide', {}],
    ['narrow', { viewport: { width: 390, height: 844 } }],
    ['dark', { colorScheme: 'dark' }],
  ] as const)('has no fault that a program finds, %s', async (_, options) => {
    const { page } = await dialog('&taal=en', options);
    await page.locator(way('element')).check();
    await expect.poll(() => page.locator(code).inputValue()).toContain('<wijk-kaart');
    expect(await violations(page)).toEqual([]);
    const wide = await page
      .locator('dialog.embedding')
      .evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});

describe('the page of a map', () => {
  it.each([1280, 390])(
    'begins with what it shows where there is no script, %i wide',
    async (width) => {
      const { page } = await open('/kaart/leefbaarheid', {
        javaScriptEnabled: false,
        viewport: { width, height: 800 },
      });
      const title = (await page
        .getByRole('main')
        .getByRole('heading', { level: 1 })
        .boundingBox())!;
      expect(title.y).toBeGreaterThanOrEqual(16);
      expect(title.y).toBeLessThan(40);
      expect(title.x).toBeGreaterThanOrEqual(16);
      await page.context().close();
    },
  );

  it.runIf(isServed)('says where a CMS finds it, of the view that it shows', async () => {
    const { page } = await open('/kaart/leefbaarheid?jaar=2020&niveau=wijken', {
      javaScriptEnabled: false,
    });
    const link = page.locator('link[type="application/json+oembed"]');
    expect(await link.getAttribute('title')).toMatch(/Leefbaarheid 2020, per wijk/);
    expect(await page.locator('noscript img, body img').first().getAttribute('alt')).toMatch(
      /2020/,
    );
    await page.context().close();
  });
});
