/** Maps on pages of others, which lie on another origin. */
import type { BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { element, exampleTheme, loader, page, startSite, type WebSite } from './hosts.ts';
import { address, coloursOf, open } from './visit.ts';

const NONCE = 'bm9uY2U';
const SRC = `${address}/embed/leefbaarheid?jaar=2024&niveau=buurten`;
const CHOICES = `${SRC}&keuze=zoeken,onderwerp,jaar,niveau`;
const frameTag = (src = SRC) =>
  `<iframe src="${src}" title="Leefbaarheid 2024, per buurt" width="100%" height="640"></iframe>`;
const TALL = '<div class="tall"></div>';
const tall = '.tall { height: 3000px }';

let site: WebSite;
let stranger: WebSite;

beforeAll(async () => {
  stranger = await startSite({
    '/': () => ({
      html: `<!doctype html><title>x</title><script>
const odd = [{ wk: 1, type: 'height', height: 1234 }, { wk: 1, type: 'ready' },
  { wk: 1, type: 'host', auto: true, scheme: 'dark', tokens: { bg: '#ff0000' } }];
const shout = () => { for (const one of odd) { parent.postMessage(one, '*');
  for (let at = 0; at < parent.frames.length; at++) parent.frames[at].postMessage(one, '*'); } };
setInterval(shout, 50);</script>`,
    }),
  });
  site = await startSite({
    '/frame': () => ({ html: page(frameTag() + TALL, { style: tall }) }),
    '/element': () => ({ html: page(element(address) + loader(address)) }),
    '/choices': () => ({
      html: page(element(address, { src: CHOICES }) + loader(address) + TALL, { style: tall }),
    }),
    '/strict': () => ({
      html: page(element(address) + loader(address, `nonce="${NONCE}"`), { nonce: NONCE }),
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${NONCE}' ${address}; style-src 'nonce-${NONCE}'; img-src ${address}; frame-src ${address}`,
      },
    }),
    '/theme': () => ({
      html: page(`<div class="voorbeeld-theme">${element(address)}</div>${loader(address)}`, {
        style: exampleTheme(),
      }),
    }),
    '/night': () => ({
      html: page(element(address) + loader(address), {
        style:
          ':root { background: #101820; color: #eeeeee; --wk-bg: #101820; --wk-text: #333333; --wk-link: #222244 } a { color: #99ccff }',
      }),
    }),
    '/day': () => ({
      html: page(element(address, { src: `${SRC}&kleuren=licht` }) + loader(address), {
        style: ':root { --wk-bg: #101820; --wk-text: #eeeeee; --wk-radius: 2px }',
      }),
    }),
    '/own': () => ({
      html: page(element(address, { attributes: 'thema="geen" hoogte="520"' }) + loader(address), {
        style: ':root { --wk-bg: #101820 }',
      }),
    }),
    '/column': () => ({
      html: page(
        `<div class="column">${element(address, { src: CHOICES })}</div>${loader(address)}`,
        {
          style: 'body { margin: 0 } .column { width: 280px }',
        },
      ),
    }),
    '/ten': () => ({
      html: page(
        Array.from(
          { length: 10 },
          (_, at) =>
            `<h2>${at}</h2>${element(address, { src: `${SRC}&hoogte=64${at}`, attributes: 'hoogte="640"' })}`,
        ).join('') + loader(address),
      ),
    }),
    '/silent': () => ({
      html: page(element(address, { src: `${site.address}/nothing` }) + loader(address)),
    }),
    '/silent-en': () => ({
      html: page(element(address, { src: `${site.address}/nothing` }) + loader(address), {
        lang: 'en-GB',
      }),
    }),
    '/nothing': () => ({ html: page('<p>Niets</p>') }),
    '/odd': () => ({
      html: page(
        `${element(address, { src: 'javascript:alert(1)' })}${element(address, { src: 'embed' })}<wijk-kaart><p>Zonder adres</p></wijk-kaart>${loader(address)}${loader(address)}`,
      ),
    }),
    '/hostile': () => ({
      html: page(
        `${element(address)}${loader(address)}<iframe src="${stranger.address}/" title="Vreemd" width="10" height="10"></iframe>`,
      ),
    }),
  });
});
afterAll(() => {
  site.close();
  stranger.close();
});

const host = (path: string, options: BrowserContextOptions = {}) =>
  open(path, options, site.address);

/** The frame of an element, once it is shown. */
async function shown(at: Page, place = 0): Promise<Frame> {
  await at.waitForFunction(
    (nth) =>
      document.querySelectorAll('wijk-kaart')[nth]?.shadowRoot?.querySelector('section')
        ?.className === 'on',
    place,
  );
  const handle = await at.locator('wijk-kaart').nth(place).locator('iframe').elementHandle();
  return ready((await handle?.contentFrame())!);
}

/** A frame with all its tiles. */
async function ready(frame: Frame): Promise<Frame> {
  await frame.waitForSelector('.map-canvas[data-painted="true"]', { state: 'attached' });
  await frame.waitForSelector('.busy', { state: 'detached' });
  return frame;
}

async function plain(at: Page): Promise<Frame> {
  const handle = await at.locator('iframe').elementHandle();
  return ready((await handle?.contentFrame())!);
}

const sideways = (at: Page | Frame) =>
  at.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const token = (frame: Frame, name: string) =>
  frame.evaluate(
    (one) => getComputedStyle(document.documentElement).getPropertyValue(`--wk-${one}`).trim(),
    name,
  );
const heightOf = async (at: Page) => (await at.locator('wijk-kaart iframe').boundingBox())!.height;

/** How many stops of Tab a map has on its page, until the link behind it. */
async function stops(at: Page): Promise<number> {
  await at.locator('#voor').focus();
  for (let count = 0; count < 20; count++) {
    await at.keyboard.press('Tab');
    if (await at.evaluate(() => document.activeElement?.id === 'na')) return count;
  }
  return Number.POSITIVE_INFINITY;
}

async function keepsNothing(at: Page, frame: Frame): Promise<void> {
  expect(await at.context().cookies()).toEqual([]);
  const kept = await frame.evaluate(() => {
    // A browser may refuse frames a store.
    const count = (store: () => Storage) => {
      try {
        return store().length;
      } catch {
        return 0;
      }
    };
    return [document.cookie, count(() => localStorage), count(() => sessionStorage)];
  });
  expect(kept).toEqual(['', 0, 0]);
}

const elsewhere = (requests: string[]) =>
  requests.filter((one) => {
    const { origin, protocol } = new URL(one);
    return protocol !== 'blob:' && origin !== address && origin !== site.address;
  });

describe.each([
  ['/frame', {}],
  ['/element', {}],
  ['/strict', {}],
  ['/theme', {}],
  ['/night', {}],
  ['/column', { viewport: { width: 320, height: 800 } }],
  ['/element', { colorScheme: 'dark' as const }],
  ['/choices', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
] satisfies [string, BrowserContextOptions][])('a map on %s, %j', (path, options) => {
  it('can be read and passed by everybody, and asks nobody else', async () => {
    const { page: at, errors, requests } = await host(path, options);
    const frame = path === '/frame' ? await plain(at) : await shown(at);
    expect(await violations(frame)).toEqual([]);
    expect(await violations(at)).toEqual([]);
    expect(await sideways(frame)).toBeLessThanOrEqual(0);
    expect(await sideways(at)).toBeLessThanOrEqual(0);
    expect(await stops(at)).toBeLessThanOrEqual(8);
    await keepsNothing(at, frame);
    expect(elsewhere(requests)).toEqual([]);
    expect(errors).toEqual([]);
    await at.context().close();
  });
});

describe('the frame', () => {
  it('says what it shows, where it comes from and where more is', async () => {
    const { page: at } = await host('/element');
    const frame = await shown(at);
    expect(await frame.locator('h1').count()).toBe(1);
    expect(await frame.locator('h1').innerText()).toContain('2024');
    expect(await frame.locator('.source').innerText()).toMatch(/Bron: .+\(.+\)/);
    expect(await frame.locator('.legend tbody tr').count()).toBeGreaterThan(5);
    const links = frame.locator('nav a');
    expect(await links.count()).toBe(3);
    for (const link of await links.all()) {
      expect(await link.getAttribute('target')).toBe('_blank');
      expect(await link.innerText()).toContain('opent in een nieuw tabblad');
      const href = await link.getAttribute('href');
      expect((await fetch(address + href)).status, href ?? '').toBe(200);
    }
    await frame.locator('wk-told summary').click();
    await frame.locator('wk-told p').nth(1).waitFor();
    expect(await frame.locator('wk-told p').first().innerText()).toMatch(/\w/);
    await at.context().close();
  });

  it('tells the page which area was chosen, and says its figure', async () => {
    const { page: at } = await host('/element');
    const frame = await shown(at);
    await at.evaluate(() => {
      document.addEventListener('wk-select', (event) => {
        document.title = JSON.stringify((event as CustomEvent).detail);
      });
    });
    await frame.locator('#wk-kaart').focus();
    await at.keyboard.press('Enter');
    await at.keyboard.press('ArrowRight');
    await at.keyboard.press('Enter');
    await frame.locator('.frame-chosen').waitFor();
    await at.waitForFunction(() => document.title.startsWith('{'));
    const { code, naam } = JSON.parse(await at.title());
    expect(code).toMatch(/^BU/);
    expect(await frame.locator('.frame-chosen').innerText()).toContain(naam);
    expect(await frame.locator('nav a').first().getAttribute('href')).toContain(`gebied=${code}`);
    expect(await frame.locator('.legend tr.at').count()).toBeGreaterThan(0);
    await at.context().close();
  });

  it('lets visitors choose what was left open and no more', async () => {
    const { page: at } = await host('/choices');
    const frame = await shown(at);
    expect(await frame.locator('details:has(.frame-choices)').getAttribute('open')).toBeNull();
    await frame.locator('details:has(.frame-choices) > summary').click();
    const before = await frame.locator('h1').innerText();
    const steps = await frame.evaluate(() => history.length);
    const years = await frame.locator('#jaar option').allInnerTexts();
    await frame.locator('#jaar').selectOption(years.at(-1)!);
    await frame.locator('h1', { hasText: years.at(-1)! }).waitFor();
    expect(await frame.locator('h1').innerText()).not.toBe(before);
    expect(await frame.evaluate(() => location.search)).toContain('jaar=2024');
    expect(await frame.evaluate(() => history.length)).toBe(steps);
    await frame.locator('#zoek').waitFor();
    const plainFrame = await shown((await host('/element')).page);
    expect(await plainFrame.locator('select, input').count()).toBe(0);
    await at.context().close();
  });

  it('offers no topic that is sensitive', async () => {
    const { page: at } = await open('/v1/indicatoren');
    await at.route('**/v1/indicatoren', async (route) => {
      const answer = await route.fetch();
      const catalogue = await answer.json();
      const one = catalogue.indicatoren.find(({ id }: { id: string }) => id === 'inwoners');
      one.gevoelig = true;
      await route.fulfill({ response: answer, json: catalogue });
    });
    await at.goto(`${address}/embed/leefbaarheid?jaar=2024&niveau=buurten&keuze=onderwerp`);
    await at.locator('#onderwerp').waitFor();
    const topics = await at
      .locator('#onderwerp option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(topics).toContain('leefbaarheid');
    expect(topics).not.toContain('inwoners');
    await at.context().close();
  });

  it('has its zoom buttons in one stop, which arrows go through', async () => {
    const { page: at } = await host('/element');
    const frame = await shown(at);
    const buttons = frame.locator('[role=toolbar] button');
    await buttons.first().focus();
    await at.keyboard.press('ArrowDown');
    await at.keyboard.press('ArrowDown');
    expect(await buttons.nth(2).evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await buttons.evaluateAll((all) => all.map((one) => one.tabIndex))).toEqual([-1, -1, 0]);
    await at.context().close();
  });

  it('fills what the page gives it, and scrolls below a certain height', async () => {
    const { page: at } = await host('/frame');
    const frame = await plain(at);
    const beyond = () =>
      frame.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(await beyond()).toBeLessThanOrEqual(0);
    await at.evaluate(() => document.querySelector('iframe')!.setAttribute('height', '300'));
    await expect.poll(beyond).toBeGreaterThan(0);
    expect((await frame.locator('wk-map').boundingBox())!.height).toBeGreaterThanOrEqual(239);
    await at.context().close();
  });

  it('holds with text twice as large, and in forced colours', async () => {
    const { page: at } = await host('/column', {
      viewport: { width: 320, height: 800 },
      forcedColors: 'active',
    });
    const frame = await shown(at);
    const before = await heightOf(at);
    await frame.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await expect.poll(() => heightOf(at)).toBeGreaterThan(before + 100);
    expect(await sideways(frame)).toBeLessThanOrEqual(0);
    expect(await frame.locator('.legend').isVisible()).toBe(true);
    await at.context().close();
  });

  it('has one margin for all where it is narrow', async () => {
    const { page: at } = await host('/column', { viewport: { width: 320, height: 800 } });
    const frame = await shown(at);
    const lefts = await frame
      .locator('h1, wk-map, .legend caption, .source')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    expect(lefts).toEqual([12, 12, 12, 12]);
    const { page: none } = await open('/embed/geen-onderwerp');
    expect((await none.locator('h1').boundingBox())!.x).toBe(16);
    await none.context().close();
    await at.context().close();
  });

  it('has targets of 44 pixels where it is narrow', async () => {
    const { page: at } = await host('/column', { viewport: { width: 320, height: 800 } });
    const frame = await shown(at);
    const small = await frame
      .locator('a:visible, button:visible, summary:visible, select:visible, input:visible')
      .evaluateAll((all) =>
        all
          .map((one) => ({ text: one.textContent, high: one.getBoundingClientRect().height }))
          .filter(({ high }) => high < 43.5),
      );
    expect(small).toEqual([]);
    await at.context().close();
  });

  it('keeps the colours that it was made with, and the text that was written for it', async () => {
    const path =
      '/embed/leefbaarheid?jaar=2024&niveau=buurten&kleuren=donker&zonder=legenda,tabel&titel=Zo+wonen+wij&tekst=Een+zin.';
    const { page: at, errors } = await open(path, { colorScheme: 'light' });
    await ready(at.mainFrame());
    expect(await at.evaluate(() => document.documentElement.dataset.kleuren)).toBe('donker');
    expect(await token(at.mainFrame(), 'page')).toBe('#14171a');
    expect(await at.locator('h1').innerText()).toBe('Zo wonen wij');
    expect(await at.locator('.subtitle').innerText()).toContain('2024');
    expect(await at.locator('.lead').innerText()).toBe('Een zin.');
    expect(await at.locator('.legend').count()).toBe(0);
    expect(await at.locator('nav a').count()).toBe(1);
    expect(errors).toEqual([]);
    await at.context().close();
  });

  it('is a picture and no script where that was asked', async () => {
    const path = '/embed/leefbaarheid?jaar=2024&niveau=buurten&interactief=nee';
    const {
      page: at,
      errors,
      requests,
    } = await open(path, { viewport: { width: 280, height: 600 } });
    expect(await at.locator('img').first().isVisible()).toBe(true);
    expect(await at.locator('img').first().getAttribute('alt')).not.toBe('');
    expect(await at.getByRole('link').count()).toBeGreaterThan(0);
    expect(requests.filter((one) => one.endsWith('.js'))).toEqual([]);
    expect(await sideways(at)).toBeLessThanOrEqual(0);
    expect(errors).toEqual([]);
    await at.context().close();
  });

  it('shows the picture of the server where it cannot paint', async () => {
    const { page: at } = await open('/v1/indicatoren');
    await at.route('**/worker-*.js', (route) => route.abort());
    await at.goto(`${address}/embed/leefbaarheid?jaar=2024&niveau=buurten`);
    const picture = at.locator('.map-picture img');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toContain('/v1/lagen/buurten.png?');
    await at.context().close();
  });
});

describe('gestures', () => {
  it('scroll the page by the wheel, and zoom with Ctrl', async () => {
    const { page: at } = await host('/choices');
    const frame = await shown(at);
    const box = (await frame.locator('.map-region').boundingBox())!;
    const zoomOf = () =>
      frame
        .locator('nav a')
        .first()
        .getAttribute('href')
        .then((href) => /[?&]z=([\d.]+)/.exec(href ?? '')?.[1] ?? '');
    await at.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await at.mouse.wheel(0, 200);
    await expect.poll(() => at.evaluate(() => window.scrollY)).toBeGreaterThan(100);
    await frame.locator('.map-hint', { hasText: 'Ctrl' }).waitFor();
    expect(await zoomOf()).toBe('');
    await at.waitForTimeout(500);
    const scrolled = await at.evaluate(() => window.scrollY);
    await at.keyboard.down('Control');
    await at.mouse.move(box.x + box.width / 2, box.y + box.height / 2 - scrolled + 20);
    await at.mouse.wheel(0, -400);
    await at.keyboard.up('Control');
    await expect.poll(zoomOf).not.toBe('');
    expect(await at.evaluate(() => window.scrollY)).toBe(scrolled);
    await at.context().close();
  });

  it('leave one finger to the page, and give two to the map', async () => {
    const { page: at } = await host('/choices', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const frame = await shown(at);
    const prevented = await frame.evaluate(() => {
      const map = document.querySelector('.map-canvas')!;
      const { left, top } = map.getBoundingClientRect();
      const touch = (identifier: number, x: number) =>
        new Touch({ identifier, target: map, clientX: left + x, clientY: top + 100 });
      const move = (fingers: Touch[]) => {
        const event = new TouchEvent('touchmove', {
          touches: fingers,
          targetTouches: fingers,
          changedTouches: fingers,
          bubbles: true,
          cancelable: true,
        });
        map.dispatchEvent(event);
        return event.defaultPrevented;
      };
      return {
        one: move([touch(1, 50)]),
        two: move([touch(1, 50), touch(2, 90)]),
        action: getComputedStyle(map).touchAction,
      };
    });
    expect(prevented).toEqual({ one: false, two: true, action: 'pan-x pan-y' });
    await frame.locator('.map-hint', { hasText: 'twee vingers' }).waitFor();
    await at.context().close();
  });
});

describe('a house style', () => {
  it('dresses the frame and leaves the colours of the map', async () => {
    const bare = await shown((await host('/element')).page);
    const dressed = await shown((await host('/theme')).page);
    expect(await token(dressed, 'page')).toBe('#ffffff');
    expect(await token(dressed, 'ink')).toBe('#001a40');
    expect(await token(dressed, 'link')).toBe('#00568b');
    expect(await token(dressed, 'font')).toContain('Noto Sans');
    for (const name of ['water', 'ground', 'land', 'land-line', 'blank', 'line', 'border'])
      expect(await token(dressed, name), name).toBe(await token(bare, name));
    const colours = async (frame: Frame) => Object.keys(await coloursOf(frame)).sort();
    expect(await colours(dressed)).toEqual(await colours(bare));
    const fills = (frame: Frame) =>
      frame
        .locator('.legend .swatch > rect:first-child')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).fill));
    expect(await fills(dressed)).toEqual(await fills(bare));
    await bare.page().context().close();
    await dressed.page().context().close();
  });

  it('makes the frame dark where it is, and what cannot be read readable', async () => {
    const { page: at } = await host('/night');
    const frame = await shown(at);
    expect(await frame.evaluate(() => document.documentElement.dataset.kleuren)).toBe('donker');
    expect(await token(frame, 'page')).toBe('#101820');
    expect(await token(frame, 'ink')).not.toBe('#333333');
    expect(await token(frame, 'land')).toBe('#20252a');
    await at.context().close();
  });

  it('gives way to colours that were fixed', async () => {
    const { page: at } = await host('/day');
    const frame = await shown(at);
    expect(await frame.evaluate(() => document.documentElement.dataset.kleuren)).toBe('licht');
    expect(await token(frame, 'page')).toBe('#f7f6f3');
    expect(await token(frame, 'ink')).toBe('#1a1d20');
    expect(await token(frame, 'radius')).toBe('2px');
    await at.context().close();
  });

  it('is left alone where the page says so', async () => {
    const { page: at } = await host('/own');
    const frame = await shown(at);
    expect(await token(frame, 'page')).toBe('#f7f6f3');
    expect(await heightOf(at)).toBe(520);
    await at.context().close();
  });
});

describe('many maps', () => {
  it('load as they come near', async () => {
    const { page: at, requests } = await host('/ten');
    await shown(at);
    const frames = () => requests.filter((one) => one.includes('/embed/leefbaarheid'));
    expect(frames().length).toBeLessThan(4);
    expect(frames().some((one) => one.includes('hoogte=649'))).toBe(false);
    await at.locator('wijk-kaart').nth(9).scrollIntoViewIfNeeded();
    await shown(at, 9);
    expect(frames().some((one) => one.includes('hoogte=649'))).toBe(true);
    await at.context().close();
  });
});

describe('a page without the map', () => {
  it('has picture, text and table without script', async () => {
    const { page: at, requests } = await host('/element', { javaScriptEnabled: false });
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    expect(await at.getByRole('link', { name: 'Tabel' }).isVisible()).toBe(true);
    expect(requests.some((one) => one.includes('/embed/'))).toBe(false);
    await at.context().close();
  });

  it.each([
    ['/silent', 'De kaart laadt niet. U ziet een afbeelding.', 'Probeer opnieuw'],
    ['/silent-en', 'The map does not load. You see a picture.', 'Try again'],
  ])('keeps the picture and says so where nothing comes, %s', async (path, sentence, button) => {
    const { page: at } = await host(path);
    await at.locator('wijk-kaart iframe').waitFor({ state: 'attached' });
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    await at.getByRole('status').filter({ hasText: sentence }).waitFor();
    expect(await at.locator('wijk-kaart iframe').count()).toBe(0);
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    expect(await at.locator('wijk-kaart a').last().isVisible()).toBe(true);
    expect(await violations(at)).toEqual([]);
    await at.getByRole('button', { name: button }).click();
    await at.locator('wijk-kaart iframe').waitFor({ state: 'attached' });
    await at.context().close();
  });

  it('keeps the picture where the server does not answer the frame', async () => {
    const { page: at } = await open('/v1/indicatoren');
    await at.route('**/v1/indicatoren', (route) => route.abort());
    await at.goto(`${site.address}/element`);
    await at.locator('wijk-kaart iframe').waitFor({ state: 'attached' });
    await at.getByRole('status').filter({ hasText: 'De kaart laadt niet' }).waitFor();
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    await at.goto(`${address}/embed/leefbaarheid?jaar=2024&niveau=buurten`);
    const again = at.getByRole('button', { name: 'Probeer opnieuw' });
    await again.waitFor();
    await at.unroute('**/v1/indicatoren');
    await again.click();
    await ready(at.mainFrame());
    await at.context().close();
  });

  it('is left as it is by an address that is none, and by a script that comes twice', async () => {
    const { page: at, errors } = await host('/odd');
    await at.waitForFunction(() => customElements.get('wijk-kaart'));
    await at.waitForTimeout(300);
    expect(await at.locator('wijk-kaart iframe').count()).toBe(0);
    expect(await at.locator('wijk-kaart img').count()).toBe(2);
    expect(await at.getByText('Zonder adres').isVisible()).toBe(true);
    expect(errors).toEqual([]);
    await at.context().close();
  });

  it('is what is printed', async () => {
    const { page: at } = await host('/element');
    await shown(at);
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(false);
    await at.emulateMedia({ media: 'print' });
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    expect(await at.locator('wijk-kaart iframe').isVisible()).toBe(false);
    await at.context().close();
  });
});

describe('what others say', () => {
  it('moves nothing on the page', async () => {
    const { page: at, requests, errors } = await host('/hostile');
    const frame = await shown(at);
    await at.waitForTimeout(500);
    const before = await heightOf(at);
    expect(before).not.toBe(1234);
    expect(await token(frame, 'page')).toBe('#f7f6f3');
    await at.evaluate(() => {
      for (const height of [300, 1e9, -5, Number.NaN, 'x'])
        window.postMessage({ wk: 1, type: 'height', height }, '*');
    });
    await frame.evaluate(() => {
      for (const height of [-5, 0, Number.NaN, Number.POSITIVE_INFINITY, 'x', null, {}])
        window.parent.postMessage({ wk: 1, type: 'height', height }, '*');
      for (const odd of [null, 1, 'ready', { type: 'height', height: 300 }, { wk: 1 }])
        window.parent.postMessage(odd, '*');
    });
    await at.waitForTimeout(300);
    expect(await heightOf(at)).toBe(before);
    await frame.evaluate(() => {
      window.parent.postMessage({ wk: 1, type: 'height', height: 1e9 }, '*');
    });
    await expect.poll(() => heightOf(at)).toBe(4000);
    expect(requests.filter((one) => one.includes('evil'))).toEqual([]);
    expect(errors).toEqual([]);
    await at.context().close();
  });

  it('changes nothing in the frame that is no colour, font or length', async () => {
    const { page: at, requests, errors } = await host('/element');
    const frame = await shown(at);
    const style = () => frame.evaluate(() => document.documentElement.getAttribute('style') ?? '');
    const before = await style();
    await at.evaluate(() => {
      const frame = document.querySelector('wijk-kaart')!.shadowRoot!.querySelector('iframe')!;
      const huge = 'x'.repeat(1_000_000);
      for (const odd of ['url(https://evil.example/x)', 'red;}', '#fff}body{', huge, 7, {}, null]) {
        const names = [
          'bg',
          'text',
          'link',
          'accent',
          'font',
          'radius',
          'control-size',
          'focus-bg',
        ];
        const tokens = Object.fromEntries(names.map((name) => [name, odd]));
        frame.contentWindow!.postMessage(
          { wk: 1, type: 'host', auto: true, scheme: 'light', tokens },
          '*',
        );
      }
      frame.contentWindow!.postMessage({ wk: 1, type: 'host', auto: true, tokens: 'x' }, '*');
    });
    await at.waitForTimeout(500);
    // A font of one long word is no font either.
    expect(await style()).toBe(before);
    expect(elsewhere(requests)).toEqual([]);
    expect(errors).toEqual([]);
    await at.context().close();
  });
});

describe('the element', () => {
  it('begins anew with another address, and leaves nothing behind', async () => {
    const { page: at, errors } = await host('/element');
    await shown(at);
    await at
      .locator('wijk-kaart')
      .evaluate((one, src) => one.setAttribute('src', src), `${SRC}&taal=en`);
    expect(await at.locator('wijk-kaart img').isVisible()).toBe(true);
    const frame = await shown(at);
    expect(await frame.locator('nav a').first().innerText()).toContain('View full size');
    const title = await at.locator('wijk-kaart iframe').getAttribute('title');
    expect(title).toBe('Leefbaarheid 2024, per buurt');
    await at.locator('wijk-kaart').evaluate((one) => one.remove());
    await expect.poll(() => at.frames().length).toBe(1);
    expect(errors).toEqual([]);
    await at.context().close();
  });
});
