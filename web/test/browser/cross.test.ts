/** Two topics on one map, by mouse, keyboard and on a phone. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  api,
  configuration,
  middleOf,
  painted,
  query,
  settled,
  someBuurt,
  someSecond,
  spoken,
  title,
  visit,
} from './visit.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const numberIn = (text: string) => Number(text.replace(/[^\d]/g, ''));
const crossed = async (more = '', options = {}) => {
  const visited = await visit(`/kaart/leefbaarheid?met=${await someSecond()}${more}`, options);
  await visited.page.locator('.cell').first().waitFor({ state: 'attached' });
  return visited;
};
const cell = (page: Page, number: number) => page.locator(`.cell[data-of="class ${number}"]`);
const countOf = async (page: Page, number: number) =>
  numberIn(await cell(page, number).locator('.cell-count').innerText());

// biome-ignore lint/suspicious/noExplicitAny: as the server answers it
async function legendOf(met: string): Promise<any> {
  const { jaar, binnen } = await configuration();
  const within = binnen ? `&binnen=${binnen}` : '';
  return api(`/v1/legenda?niveau=buurten&indicator=leefbaarheid&met=${met}&jaar=${jaar}${within}`);
}

/** Which of some colours are on the map. */
async function coloursOnMap(page: Page, colours: string[]): Promise<string[]> {
  await painted(page);
  return page.evaluate((wanted) => {
    const seen = new Map<number, number>();
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')) {
      const { width, height } = canvas;
      if (width === 0 || height === 0) continue;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] !== 255) continue;
        const key = data[at]! * 65536 + data[at + 1]! * 256 + data[at + 2]!;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
    // A few dots of a colour may be where two others meet.
    return wanted.filter((one) => (seen.get(Number.parseInt(one.slice(1), 16)) ?? 0) > 30);
  }, colours);
}

describe('choosing a second topic', () => {
  it('asks for the code of it then, paints nine colours and says both', async () => {
    const met = await someSecond();
    const { page, errors, requests } = await visit('/');
    await painted(page);
    expect(requests.filter((one) => /\/cross/.test(one))).toEqual([]);
    await page.locator('.compare-choices > summary').click();
    await page.getByLabel('Met een tweede onderwerp').selectOption(met);
    await cell(page, 9).waitFor();
    await settled(page);
    expect(query(page).get('met')).toBe(met);
    const { cellen, kolommen, dekking, zin } = await legendOf(met);
    expect(await title(page)).toContain(kolommen.naam.nl);
    expect(await title(page)).toContain(String(kolommen.jaar));
    expect(await page.locator('.cell').count()).toBe(9);
    let all = 0;
    for (const { klasse, gebieden, naam } of cellen) {
      all += gebieden;
      expect(await countOf(page, klasse), naam.nl).toBe(gebieden);
      const name = (await cell(page, klasse).getAttribute('aria-label'))!;
      expect(name.startsWith(`${naam.nl}: `), name).toBe(true);
      expect(name).toMatch(/: [\d.]+ buurten(, [\d.]+ inwoners)?$/);
    }
    expect(all).toBe(dekking.metWaarde);
    expect(await page.locator('.cross-sentence').innerText()).toBe(zin.nl);
    // Whatever cell has areas is on the map; what else there is has another colour.
    const with_ = cellen.filter(({ gebieden }: { gebieden: number }) => gebieden > 2);
    const asked = with_.map(({ kleur }: { kleur: string }) => kleur);
    expect(await coloursOnMap(page, asked)).toEqual(asked);
    expect(errors).toEqual([]);
  });

  it('is done by keys, and undone by Back and by the choice of none', async () => {
    const met = await someSecond();
    const { page } = await visit('/');
    await page.locator('.compare-choices > summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('#met').focus();
    const name = await page.locator(`#met option[value="${met}"]`).innerText();
    await page.keyboard.type(name.trim(), { delay: 5 });
    await page.waitForFunction((id) => location.search.includes(`met=${id}`), met);
    await cell(page, 5).waitFor();
    await page.goBack();
    await page.locator('.cross').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/\/$/);
    await page.goForward();
    await cell(page, 5).waitFor();
    await cell(page, 5).click();
    await page.waitForFunction(() => location.search.includes('klassen=5'));
    await page.locator('#met').selectOption('');
    await page.locator('.cross').waitFor({ state: 'detached' });
    await settled(page);
    expect(query(page).has('met')).toBe(false);
    expect(query(page).has('klassen')).toBe(false);
  });

  it('is off beside a change between two years, and says why', async () => {
    const { niveaus } = await api('/v1/indicatoren/leefbaarheid');
    const { jaren } = niveaus.find(({ niveau }: { niveau: string }) => niveau === 'buurten');
    const { page } = await visit(`/kaart/leefbaarheid?sinds=${jaren.at(-2).jaar}`);
    await page.locator('#met').waitFor({ state: 'attached' });
    expect(await page.locator('#met').isDisabled()).toBe(true);
    expect(await page.locator('#met-uit').innerText()).toContain('niet samen');
  });
});

describe('the nine cells', () => {
  it('leave one in colour when pressed, on the map and in the table', async () => {
    const { cellen } = await legendOf(await someSecond());
    const { page, errors } = await crossed();
    const nine: string[] = cellen.map(({ kleur }: { kleur: string }) => kleur);
    const most = cellen.toSorted(
      (a: { gebieden: number }, b: { gebieden: number }) => b.gebieden - a.gebieden,
    )[0];
    await cell(page, most.klasse).click();
    await page.waitForFunction((own) => location.search.includes(`klassen=${own}`), most.klasse);
    expect(await cell(page, most.klasse).getAttribute('aria-pressed')).toBe('true');
    expect(numberIn((await page.locator('#wk-filter').innerText()).split(' van ')[0]!)).toBe(
      most.gebieden,
    );
    await page.mouse.move(0, 0);
    expect(await coloursOnMap(page, nine)).toEqual([most.kleur]);
    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('.data tbody tr').first().waitFor();
    expect(await page.locator('.data tbody tr').count()).toBe(Math.min(300, most.gebieden));
    const names = await page.locator('.data tbody td:nth-last-child(2)').allInnerTexts();
    for (const name of names.slice(0, 20)) expect(name).toContain(most.naam.nl);
    await cell(page, most.klasse).click();
    await page.waitForFunction(() => !location.search.includes('klassen='));
    expect(errors).toEqual([]);
  });

  it('show one alone under the pointer, and where the keys are', async () => {
    const { cellen } = await legendOf(await someSecond());
    const { page } = await crossed();
    const nine: string[] = cellen.map(({ kleur }: { kleur: string }) => kleur);
    const all = await coloursOnMap(page, nine);
    await cell(page, 1).hover();
    await expect.poll(() => coloursOnMap(page, nine)).toEqual([nine[0]]);
    await page.mouse.move(0, 0);
    await expect.poll(() => coloursOnMap(page, nine)).toEqual(all);
    await cell(page, 1).focus();
    await page.keyboard.press('ArrowUp');
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-of'));
    expect(await at()).toBe('class 4');
    await page.keyboard.press('ArrowRight');
    expect(await at()).toBe('class 5');
    await expect.poll(() => coloursOnMap(page, nine)).toEqual([nine[4]]);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.search.includes('klassen=5'));
    await page.keyboard.press('Space');
    await page.waitForFunction(() => !location.search.includes('klassen='));
    await page.keyboard.press('Tab');
    expect(await at()).toBe('class 6');
  });
});

describe('the address', () => {
  it('keeps both topics and the cell through level, year and extent', async () => {
    const met = await someSecond();
    const { page } = await crossed('&klassen=9&binnen=land');
    expect(await cell(page, 9).getAttribute('aria-pressed')).toBe('true');
    const before = await title(page);
    await page.reload();
    await cell(page, 9).waitFor();
    expect(await title(page)).toBe(before);
    expect(await cell(page, 9).getAttribute('aria-pressed')).toBe('true');
    await page.selectOption('#niveau', 'gemeenten');
    await page.getByRole('heading', { level: 1, name: /per gemeente$/ }).waitFor();
    await settled(page);
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page.waitForFunction(() => location.search.includes('jaar='));
    await settled(page);
    expect(Object.fromEntries(query(page))).toMatchObject({ met, klassen: '9' });
    await cell(page, 9).waitFor();
    const label = await cell(page, 9).getAttribute('aria-label');
    expect(label).toContain(' gemeenten');
  });
  it('is in what the server is asked for', async () => {
    const met = await someSecond();
    const { page } = await crossed('&weergave=tabel&methode=kwantielen&aantalKlassen=4');
    await page.locator('.downloads > summary').click();
    await page.locator('wk-export li a').first().waitFor();
    const links = await page
      .locator('.table-tools a, wk-export li a')
      .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      expect(link).toContain(`met=${met}`);
      // Of two topics there is one way to make classes.
      expect(link).not.toMatch(/methode|aantalKlassen/);
      const path = link.replace(/^https?:\/\/[^/]+/, '');
      if (/geojson|qml|\/tabel/.test(path)) expect((await fetch(link)).status, path).toBe(200);
    }
  });
});

describe('one area', () => {
  it('has both figures and its cell in tooltip, panel and voice', async () => {
    const met = await someSecond();
    const { jaar } = await configuration();
    const layer = await api(
      `/v1/lagen/buurten.geojson?indicator=leefbaarheid&met=${met}&jaar=${jaar}`,
    );
    const { code } = await someBuurt();
    const own = layer.features.find(({ id }: { id: string }) => id === code).properties;
    const { page, errors } = await crossed(`&gebied=${code}`);
    const { kolommen } = await legendOf(met);
    const panel = page.locator('.place');
    await panel.waitFor();
    expect(await panel.innerText()).toContain(`${kolommen.naam.nl} ${kolommen.jaar}`);
    if (own.klasse) {
      expect(await panel.locator('.figure-cell').innerText()).toContain(own.klassenaam);
      await expect
        .poll(() => cell(page, own.klasse).evaluate((one) => one.classList.contains('at')))
        .toBe(true);
    }
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#wk-kaart-stem')?.textContent !== '');
    expect(await spoken(page)).toContain(own.naam);
    expect(await spoken(page)).toContain(`${kolommen.naam.nl} ${kolommen.jaar}`);
    if (own.klasse) expect(await spoken(page)).toContain(own.klassenaam);
    await page.keyboard.press('Escape');
    const { x, y } = await middleOf(page);
    await page.mouse.move(x, y);
    await page.mouse.move(x + 2, y);
    const tooltip = page.locator('.tooltip');
    await tooltip.waitFor();
    expect(await tooltip.innerText()).toContain(`${kolommen.naam.nl} ${kolommen.jaar}`);
    expect(errors).toEqual([]);
  });
});

describe('what goes with one topic alone', () => {
  it('says so in place of small maps, and lets the second go', async () => {
    const { page } = await crossed('&weergave=jaren');
    await page.getByText('Kleine kaarten zijn er van één onderwerp').waitFor();
    expect(await page.locator('.multiples canvas').count()).toBe(0);
    await page.getByRole('button', { name: 'Haal het tweede onderwerp weg' }).click();
    await page.locator('.multiples canvas').first().waitFor();
    expect(query(page).has('met')).toBe(false);
  });
  it('warns where one holds the other', async () => {
    const { indicatoren } = await api('/v1/indicatoren');
    const part = indicatoren.find(
      (one: { onderdeelVan: string[]; soort: string }) =>
        one.onderdeelVan.includes('leefbaarheid') && one.soort === 'score',
    );
    if (!part) return;
    const { letOp } = await legendOf(part.id);
    const { page } = await visit(`/kaart/leefbaarheid?met=${part.id}`);
    expect(await page.locator('.warning').innerText()).toBe(letOp.nl);
  });
  it('goes on with one topic where the server refuses the second', async () => {
    const { page } = await visit('/');
    await page.route('**/v1/legenda*met=*', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          detail: 'nee',
          errors: [{ in: 'query', location: { name: 'met' } }],
        }),
      }),
    );
    await page.locator('.compare-choices > summary').click();
    await page.selectOption('#met', await someSecond());
    await page.locator('.notice').filter({ hasText: 'U ziet één onderwerp' }).waitFor();
    await page.waitForFunction(() => !location.search.includes('met='));
    expect(await page.locator('.cross').count()).toBe(0);
  });
});

describe('forced colours and print', () => {
  it('keep the nine cells in their colours', async () => {
    const { page } = await crossed('', { forcedColors: 'active', colorScheme: 'dark' });
    const inks = await page
      .locator('.cell')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).color));
    // On white and on the darkest.
    expect(inks[6]).toBe('rgb(0, 0, 0)');
    expect(inks[2]).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ media: 'print', forcedColors: 'none' });
    expect(await page.locator('.cell:visible').count()).toBe(9);
    expect(await page.locator('.cross-sentence').isVisible()).toBe(true);
    expect(await page.locator('#met').isVisible()).toBe(false);
  });
});

describe('small screens and large text', () => {
  const beyond = (page: Page) =>
    page.evaluate(() => {
      const side = document.querySelector('.side')!;
      const root = document.documentElement;
      return Math.max(side.scrollWidth - side.clientWidth, root.scrollWidth - root.clientWidth);
    });
  const rotated = (page: Page) =>
    page.locator('.nine').evaluate((one) => getComputedStyle(one).transform !== 'none');
  const raise = async (page: Page) => {
    await page.locator('.sheet-handle button').first().click();
    await page.locator('.sheet-handle button').first().click();
  };

  it('stand on a corner on a phone, each cell 44 pixels, no word over another', async () => {
    const { page } = await crossed('', PHONE);
    await raise(page);
    expect(await beyond(page)).toBeLessThanOrEqual(0);
    expect(await rotated(page)).toBe(true);
    const sides = await page
      .locator('.cell')
      .evaluateAll((all) =>
        all.map((one) =>
          Math.min((one as HTMLElement).offsetWidth, (one as HTMLElement).offsetHeight),
        ),
      );
    for (const side of sides) expect(side).toBeGreaterThanOrEqual(44);
    const boxes = await page.locator('.corner, .axis').evaluateAll((all) =>
      all.map((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return { left, right, top, bottom, words: one.textContent };
      }),
    );
    for (const [at, a] of boxes.entries())
      for (const b of boxes.slice(at + 1)) {
        const meets = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        expect(meets, `${a.words} | ${b.words}`).toBe(false);
      }
    await cell(page, 9).tap();
    await page.waitForFunction(() => location.search.includes('klassen=9'));
  });

  it.each([1280, 390])('stand upright with text twice as large, %i wide', async (width) => {
    const { page } = await crossed('', { viewport: { width, height: 844 } });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    if (width < 800) await raise(page);
    await expect.poll(() => rotated(page)).toBe(false);
    const side = await page.evaluate(() => {
      const cross = document.querySelector('.cross')!;
      return cross.scrollWidth - cross.clientWidth;
    });
    expect(side).toBeLessThanOrEqual(0);
    const heads = await page.locator('.head:visible').allInnerTexts();
    expect(heads.filter(Boolean)).toHaveLength(6);
  });
});
