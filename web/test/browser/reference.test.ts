/** What values are compared with, chosen by keyboard and read from the screen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { offers, painted, query, settled, someBuurt, someGemeente, title, visit } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: put there by the line above
    const found = await (window as any).axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map((one: { id: string }) => one.id);
  });
}

async function opened(path: string, options = {}): Promise<Page> {
  const { page, errors } = await visit(path, options);
  await painted(page);
  const summary = page.locator('.compare-choices > summary');
  const isOpen = await page.locator('.compare-choices').evaluate((one) => one.hasAttribute('open'));
  if (!isOpen) {
    await summary.focus();
    await page.keyboard.press('Enter');
  }
  expect(errors).toEqual([]);
  return page;
}

/** Goes to an option of a select by its first letters, as people without a mouse do. */
async function pick(page: Page, words: string): Promise<void> {
  await page.locator('#afwijking').focus();
  await page.keyboard.type(words, { delay: 20 });
}

const inAddress = (page: Page, text: string) =>
  page.waitForFunction((part) => decodeURIComponent(location.search).includes(part), text);

const legendTitle = (page: Page) => page.locator('.legend caption').first().innerText();
const compared = (page: Page) => page.locator('wk-panel .compared').innerText();
const number = (text: string) =>
  Number(
    text
      .replace('−', '-')
      .replace('+', '')
      .replace(/[^\d,-]/g, '')
      .replace(',', '.'),
  );

describe('a reference', () => {
  it.each([
    ['het gemiddelde van het l', 'afwijking=land', 'het gemiddelde van het land'],
    ['het gemiddelde van de eigen g', 'afwijking=gemeente', 'het gemiddelde van de'],
    ['buurten die', 'afwijking=stedelijkheid', 'stedelijk zijn'],
    ['de tien', 'afwijking=gelijkend', 'meest op'],
    ['het gemiddelde van de eigen s', 'afwijking=selectie', 'de eigen selectie'],
  ])('is picked by its words: %s', async (words, parameter, said) => {
    // The stand-in knows neither how urban areas are nor which are alike.
    if (/stedelijkheid|gelijkend/.test(parameter) && !(await offers('stedelijkheid'))) return;
    const { code } = await someBuurt();
    const gemeente = await someGemeente();
    const page = await opened(
      `/kaart/leefbaarheid?binnen=${gemeente}&gebied=${code}&selectie=${gemeente}`,
    );
    await pick(page, words);
    await inAddress(page, parameter);
    await settled(page);
    await page.locator('wk-panel .compared dl').waitFor();
    expect(await compared(page)).toContain(said);
    const rows = await page.locator('wk-panel .compared dd').allInnerTexts();
    const [own, mean, difference] = rows.map(number) as [number, number, number];
    expect(difference).toBeCloseTo(own - mean, 1);
    expect(await legendTitle(page)).toContain('(punten): verschil met');
    expect(await title(page)).toContain('verschil met');
    expect(await page.locator('.legend tbody:first-of-type tr').count()).toBe(7);
    expect(await page.locator('#afwijking-uitleg').innerText()).toMatch(/gewone gemiddelde/);
  });

  it('may be a norm of one’s own, which is refused in words where it is none', async () => {
    const { code } = await someBuurt();
    const topic = (await offers('koopwoningen')) ? 'koopwoningen' : 'lage-inkomens';
    const page = await opened(`/kaart/${topic}?gebied=${code}`);
    await pick(page, 'een eigen');
    const field = page.locator('#norm');
    await field.waitFor();
    await page.keyboard.press('Tab');
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    for (const wrong of ['veel', '140', '-3', '']) {
      await field.fill(wrong);
      await page.keyboard.press('Enter');
      await page.locator('#norm-fout:not(:empty)').waitFor();
      expect(await page.locator('#norm-fout').innerText()).toContain('van 0 tot en met 100');
      expect(query(page).get('afwijking')).toBeNull();
    }
    await field.fill('42,5%');
    await page.keyboard.press('Enter');
    await inAddress(page, 'afwijking=norm:42.5');
    await page.getByRole('heading', { level: 1, name: /de norm van 42,5%/ }).waitFor();
    expect(await legendTitle(page)).toContain('procentpunt');
    expect(await compared(page)).toContain('de norm van 42,5%');
  });

  it('names the ten most alike, and each of them can be chosen', async ({ skip }) => {
    skip(!(await offers('stedelijkheid')));
    const { code } = await someBuurt();
    const page = await opened(`/kaart/leefbaarheid?gebied=${code}&afwijking=gelijkend`);
    const links = page.locator('wk-panel .alike button');
    expect(await links.count()).toBe(10);
    const name = await links.first().innerText();
    await links.first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    await settled(page);
    expect(query(page).get('gebied')).not.toBe(code);
    expect(query(page).get('afwijking')).toBe('gelijkend');
    expect(await compared(page)).toContain(`lijken`);
    // Without an area there is nothing that others are like.
    await page.locator('wk-panel .close').click();
    await page.waitForFunction(() => !location.search.includes('afwijking'));
    expect(await page.locator('.notice').count()).toBe(0);
  });
});

describe('a measure', () => {
  it('is chosen with the arrows, and the legend and the panel say what it is', async () => {
    const { code } = await someBuurt();
    const page = await opened(`/kaart/leefbaarheid?binnen=land&gebied=${code}&afwijking=land`);
    await page.locator('input[name=maat]').first().focus();
    await page.keyboard.press('ArrowDown');
    await inAddress(page, 'maat=sd');
    await page.waitForFunction(() =>
      document.querySelector('.legend caption')?.textContent?.includes('standaardafwijkingen'),
    );
    expect(await compared(page)).toContain('standaardafwijkingen');
    expect(await page.locator('#afwijking-uitleg').innerText()).toContain('standaardafwijking is');
    await page.keyboard.press('ArrowDown');
    await inAddress(page, 'maat=percentiel');
    await page.waitForFunction(() =>
      document.querySelector('.legend caption')?.textContent?.includes('plaats in de rij'),
    );
    expect(await page.locator('.legend tbody:first-of-type tr').count()).toBe(5);
    expect(await compared(page)).toMatch(/Plaats \d+ in de rij van 0 tot 100/);
    // Fifths of the country hold about as many areas each.
    const counts = await page.locator('.legend tbody:first-of-type td.count').allInnerTexts();
    const sizes = counts.map((text) => Number(text.replaceAll('.', '')));
    expect(Math.max(...sizes)).toBeLessThan(2 * Math.min(...sizes));
  });

  it('goes to table and back, with differences that sort', async () => {
    const page = await opened('/kaart/leefbaarheid?afwijking=land&weergave=tabel');
    await page.locator('.data tbody tr').first().waitFor();
    await page.getByRole('button', { name: /Verschil/ }).click();
    const column = page.locator('.data tbody tr td:nth-of-type(4)');
    const values = (await column.allInnerTexts()).filter((text) => text !== '').map(number);
    expect(values.length).toBeGreaterThan(5);
    const plain = values.slice(0, 5);
    expect([...plain].sort((a, b) => a - b)).toEqual(plain);
  });
});

describe('an address', () => {
  it.each([
    ['afwijking=europa', 'is er hier niet'],
    ['afwijking=norm:veel', 'geen getal dat kan'],
    ['afwijking=gelijkend', 'Kies eerst een gebied'],
    ['afwijking=selectie', 'geen eigen selectie'],
    ['afwijking=norm:0&maat=percentiel', 'plaats in de rij is er alleen'],
    ['afwijking=selectie&selectie=BU00009999', 'valt hier niets te vergelijken'],
  ])('that cannot be is settled with a notice: %s', async (search, words) => {
    const { page, errors } = await visit(`/kaart/leefbaarheid?${search}`);
    const notice = page.locator('.notice');
    await notice.waitFor();
    expect((await notice.innerText()).toLowerCase()).toContain(words.toLowerCase());
    if (!search.includes('norm:0')) expect(query(page).get('afwijking')).toBeNull();
    expect(query(page).get('maat')).toBeNull();
    expect(errors).toEqual([]);
  });
});

describe.each<[string, BrowserContextOptions]>([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
])('%s', (_, options) => {
  it('has no faults that axe finds, and no sideways scroll', async () => {
    const { code } = await someBuurt();
    for (const search of [
      'afwijking=stedelijkheid&maat=sd',
      'afwijking=gelijkend',
      'afwijking=norm:0.1',
      'afwijking=land&maat=percentiel&weergave=tabel',
      `afwijking=gemeente&weergave=vergelijk&vergelijk=${code}`,
    ]) {
      const { page } = await visit(`/kaart/leefbaarheid?gebied=${code}&${search}`, options);
      expect(await violations(page), search).toEqual([]);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways, search).toBeLessThanOrEqual(0);
      const beyond = await page.evaluate(() => {
        const one = document.querySelector('wk-reference');
        return one ? one.scrollWidth - one.clientWidth : 0;
      });
      expect(beyond, search).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});
