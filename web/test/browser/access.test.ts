import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import {
  address,
  api,
  open,
  settled,
  someBuurt,
  someGemeente,
  someSecond,
  visit,
} from './visit.ts';

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
  'slid',
  'numbered',
] as const;
const DEVIATIONS = '/kaart/leefbaarheid?methode=standaarddeviatie&schaal=jaar';
/** A year before 2024 on the same division. */
async function earlierYear(): Promise<number> {
  const { niveaus } = await api('/v1/indicatoren/leefbaarheid');
  const { jaren } = niveaus.find(({ niveau }: { niveau: string }) => niveau === 'buurten');
  return jaren.at(-2).jaar;
}
/** A place in the middle of a gemeente, near by. */
async function near(): Promise<string> {
  const [w, s, e, n] = (await api(`/v1/gebieden/${await someGemeente()}`)).omvang;
  return `z=12/${(s + n) / 2}/${(w + e) / 2}`;
}
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
  if (view === 'crossed') await page.locator('.cell').first().waitFor({ state: 'attached' });
  if (view === 'slid') await page.locator('.swipe-handle').waitFor();
  if (view === 'numbered') await page.locator('#nummers').waitFor({ state: 'attached' });
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
      slid: `/kaart/leefbaarheid?sinds=${await earlierYear()}&schuif=ja`,
      numbered: `/kaart/leefbaarheid?${await near()}`,
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
      `/kaart/leefbaarheid?weergave=tabel&met=${await someSecond()}`,
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
  it('has its tabs in sight on a narrow phone, with wider letters', async () => {
    const { page } = await visit('/', { viewport: { width: 320, height: 640 }, hasTouch: true });
    await page.evaluate(() => {
      const wide = new CSSStyleSheet();
      wide.replaceSync(
        '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }',
      );
      document.adoptedStyleSheets = [wide];
    });
    const beyond = await page
      .locator('.tabs [role=tab]')
      .evaluateAll((all) =>
        all.filter(
          (one) => one.getBoundingClientRect().right > 320 || one.scrollWidth > one.clientWidth,
        ),
      );
    expect(beyond).toEqual([]);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
  it('holds with text twice as large', async () => {
    const { page } = await visit('/');
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('.data tbody tr').first().waitFor();
    expect(await page.locator('.data tbody tr').count()).toBeGreaterThan(3);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
  });
});

describe('touch', () => {
  it.each(['plain', 'slid', 'numbered', 'crossed'])(
    'has targets of 44 pixels on touch screens, %s',
    async (view) => {
      const paths: Record<string, string> = {
        plain: '/',
        slid: `/kaart/leefbaarheid?sinds=${await earlierYear()}&schuif=ja`,
        numbered: `/kaart/leefbaarheid?${await near()}`,
        crossed: `/kaart/leefbaarheid?met=${await someSecond()}`,
      };
      const { page } = await visit(paths[view]!, {
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
              // The words of a box to tick are pressed as well.
              box: (one.closest('label.check') ?? one).getBoundingClientRect(),
              text: one.textContent?.trim() || one.id,
            }))
            .filter(({ box }) => box.height < 43.5)
            .map(({ box, text }) => `${text}: ${box.height}`),
        );
      expect(small).toEqual([]);
    },
  );
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
  it('keeps the slider and the numbers of classes', async () => {
    const colours = { forcedColors: 'active', colorScheme: 'dark' } as const;
    const slid = await visit(`/kaart/leefbaarheid?sinds=${await earlierYear()}&schuif=ja`, colours);
    const handle = slid.page.locator('.swipe-handle');
    await handle.focus();
    await slid.page.keyboard.press('ArrowLeft');
    expect(await handle.getAttribute('aria-valuetext')).toMatch(/^49%/);
    const line = await slid.page.locator('.swipe-line').evaluate((one) => {
      const { borderLeftColor, borderLeftWidth } = getComputedStyle(one, '::before');
      return { borderLeftColor, borderLeftWidth };
    });
    expect(line).toEqual({ borderLeftColor: 'rgb(255, 255, 255)', borderLeftWidth: '3px' });
    const { page } = await visit(`/kaart/leefbaarheid?${await near()}`, colours);
    // A number keeps the ink that its class asks for.
    const inks = await page
      .locator('.legend .swatch-number')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('fill'), getComputedStyle(one).fill]),
      );
    expect(inks.length).toBeGreaterThan(3);
    for (const [asked, given] of inks)
      expect(given).toBe(asked === '#ffffff' ? 'rgb(255, 255, 255)' : 'rgb(0, 0, 0)');
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
  it.each(['/methoden', '/bronnen?taal=en', '/analyse', '/analyse/verandering?taal=en'])(
    '%s can be read by everybody',
    async (path) => {
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
    },
  );
});

describe('a browser without modules', () => {
  it.each([
    ['/', /^\/kaart\/leefbaarheid\/tabel\?niveau=buurten/],
    [
      '/kaart/inwoners?jaar=2024&niveau=gemeenten&klassen=1,2&z=9/52/5&binnen=land',
      /^\/kaart\/inwoners\/tabel\?jaar=2024&niveau=gemeenten$/,
    ],
  ])('gets the table of the server for %s', async (path, expected) => {
    const { page } = await open('/v1/indicatoren', {});
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.continue();
      const answer = await route.fetch();
      // As such a browser reads the page: modules are of no type that it knows.
      const body = (await answer.text())
        .replaceAll('type="module"', 'type="unknown"')
        .replace('<script nomodule', '<script');
      return route.fulfill({ response: answer, body });
    });
    await page.goto(address + path);
    await page.locator('.tabelpagina table tbody tr').first().waitFor();
    const { pathname, search } = new URL(page.url());
    expect(pathname + search).toMatch(expected);
  });
  it('is asked of nobody else', async () => {
    const { page, requests } = await visit('/');
    await settled(page);
    expect(await page.locator('script[nomodule]').count()).toBe(1);
    expect(requests.filter((one) => one.includes('without-modules'))).toEqual([]);
  });
});
