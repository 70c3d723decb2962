import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { open, someBuurt, someSecond, visit } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the content security policy lets through.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: put there by the line above
    const found = await (window as any).axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map(
      (one: { id: string; nodes: { target: string[]; failureSummary: string }[] }) =>
        `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join('; ')}`,
    );
  });
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const VIEWS = [
  'map',
  'selected',
  'table',
  'notice',
  'help',
  'crossed',
  'compared',
  'years',
  'selection',
  'search',
  'deviations',
  'bounds',
] as const;
const DEVIATIONS = '/kaart/leefbaarheid?methode=standaarddeviatie&schaal=jaar';
async function prepare(page: Page, view: (typeof VIEWS)[number]): Promise<void> {
  if (view === 'help') await page.locator('wk-planner > header button').last().click();
  if (view === 'deviations' || view === 'bounds') {
    await page.evaluate(() => document.querySelector('.methods')?.setAttribute('open', ''));
  }
  if (view === 'bounds') {
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('#grenzen')!;
      field.value = 'tien';
      field.form!.requestSubmit();
    });
    await page.locator('#grenzen-fout:not(:empty)').waitFor({ state: 'attached' });
  }
  if (view === 'compared') await page.locator('.side-by-side tbody tr').first().waitFor();
  if (view === 'selection') await page.locator('.totals').waitFor({ state: 'attached' });
  if (view === 'search') {
    await page.locator('#zoek').fill('centrum');
    await page.locator('[role=option]').first().waitFor();
  }
}

describe.each([
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
] as const)('axe, %s', (_, options) => {
  it.each(VIEWS)('finds nothing in view %s', async (view) => {
    const { code } = await someBuurt();
    const paths = {
      map: '/',
      selected: `/kaart/leefbaarheid?gebied=${code}`,
      table: '/kaart/leefbaarheid?weergave=tabel',
      notice: '/kaart/leefbaarheid?jaar=1066',
      help: '/?taal=en',
      search: '/',
      deviations: DEVIATIONS,
      crossed: `/kaart/leefbaarheid?met=${await someSecond()}`,
      compared: `/kaart/leefbaarheid?weergave=vergelijk&vergelijk=${code}`,
      years: '/kaart/leefbaarheid?weergave=jaren',
      selection: `/kaart/leefbaarheid?selectie=${code}`,
      bounds: '/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.1,0',
    };
    const { page } = await visit(paths[view], options);
    await prepare(page, view);
    expect(await violations(page)).toEqual([]);
  });
});

describe('reflow', () => {
  it.each([
    [390, 844],
    [320, 640],
    [320, 256],
    [640, 400],
  ])('has no sideways scroll at %i by %i', async (width, height) => {
    for (const path of [
      '/',
      '/?weergave=tabel',
      `/kaart/leefbaarheid?gebied=${(await someBuurt()).code}`,
    ]) {
      const { page } = await visit(path, { viewport: { width, height } });
      expect(await sideways(page), path).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
  it('keeps long class names inside the legend', async () => {
    for (const width of [1280, 390]) {
      const { page } = await visit(DEVIATIONS, { viewport: { width, height: 844 } });
      await page.evaluate(() => document.querySelector('.methods')?.setAttribute('open', ''));
      const beyond = await page.evaluate(() => {
        const side = document.querySelector('.side')!;
        return side.scrollWidth - side.clientWidth;
      });
      expect(beyond, `${width}`).toBeLessThanOrEqual(0);
    }
  });
  it('holds with text twice as large', async () => {
    const { page } = await visit('/');
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await page.getByRole('tab', { name: 'Tabel' }).click();
    expect(await page.locator('.data tbody tr').count()).toBeGreaterThan(3);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('touch', () => {
  it('has targets of 44 pixels on touch screens', async () => {
    const { page } = await visit('/', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.locator('.sheet-handle button').first().click();
    await page.locator('.sheet-handle button').first().click();
    const small = await page
      .locator('button:visible, select:visible, summary:visible, input:visible')
      .evaluateAll((all) =>
        all
          .filter((one) => !one.classList.contains('link'))
          .map((one) => ({
            box: one.getBoundingClientRect(),
            text: one.textContent?.trim() || one.id,
          }))
          .filter(({ box }) => box.height < 43.5)
          .map(({ box, text }) => `${text}: ${box.height}`),
      );
    expect(small).toEqual([]);
  });
  it('draws the sheet up and down in three stops by buttons', async () => {
    const { page } = await visit('/', { viewport: { width: 390, height: 844 } });
    const side = page.locator('.side');
    const height = async () => (await side.boundingBox())!.height;
    const low = await height();
    await page.getByRole('button', { name: 'Meer van legenda en keuzes' }).click();
    const half = await height();
    await page.getByRole('button', { name: 'Meer van legenda en keuzes' }).click();
    const full = await height();
    expect(half).toBeGreaterThan(low * 1.5);
    expect(full).toBeGreaterThan(half * 1.3);
    await page.getByRole('button', { name: 'Minder van legenda en keuzes' }).click();
    await page.getByRole('button', { name: 'Minder van legenda en keuzes' }).click();
    expect(await height()).toBe(low);
  });
});

describe('forced colours and print', () => {
  it('keeps every control and the legend', async () => {
    const { page } = await visit('/', { forcedColors: 'active' });
    expect(await page.locator('.legend').isVisible()).toBe(true);
    expect(await page.locator('#onderwerp').isVisible()).toBe(true);
  });
  it('prints title, map, legend and source, and no controls', async () => {
    const { page } = await visit('/');
    await page.emulateMedia({ media: 'print' });
    for (const part of ['h1', '.map-region', '.legend', '.source']) {
      expect(await page.locator(part).first().isVisible(), part).toBe(true);
    }
    expect(await page.locator('#onderwerp').isVisible()).toBe(false);
  });
});

describe('pages that the server makes', () => {
  it.each(['/methoden', '/bronnen?taal=en'])('%s can be read by everybody', async (path) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, errors } = await open(path, {
        colorScheme,
        viewport: { width: 390, height: 800 },
      });
      // The one that stands in for the server has the map alone.
      if ((await page.locator('main').count()) === 0) return;
      expect(await violations(page)).toEqual([]);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      expect(errors).toEqual([]);
    }
  });
});
