import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { api, painted, query, title, visit } from './visit.ts';

/** A topic with two years on one division, of which the page computes the difference. */
async function twoYears(): Promise<{ id: string; from: number; to: number }> {
  const { indicatoren } = await api('/v1/indicatoren');
  for (const one of indicatoren) {
    if (one.soort !== 'score' || one.reeksbreuken.length > 0) continue;
    const years = one.niveaus.find(({ niveau }: { niveau: string }) => niveau === 'buurten')?.jaren;
    if (!years || years.some(({ sinds }: { sinds: number | null }) => sinds !== null)) continue;
    const to = years.at(-1);
    const from = years.find(
      ({ jaar, indeling }: { jaar: number; indeling: number }) =>
        jaar < to.jaar && indeling === to.indeling,
    );
    if (from) return { id: one.id, from: from.jaar, to: to.jaar };
  }
  throw new Error('no topic with two years of one division');
}

/** How often each colour is there, over all tiles of a pane. */
const coloursOf = (page: Page, pane: string) =>
  page.evaluate((name) => {
    const found: Record<number, number> = {};
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>(
      `.leaflet-${name}-pane canvas`,
    )) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      for (const dot of new Uint32Array(data.buffer)) found[dot] = (found[dot] ?? 0) + 1;
    }
    return found;
  }, pane);
/** Where what is seen of the earlier year ends, in pixels of the map. */
const edge = (page: Page) =>
  page.evaluate(() => {
    const pane = document.querySelector<HTMLElement>('.leaflet-areas-left-pane')!;
    const corners = getComputedStyle(pane)
      .clipPath.match(/-?[\d.]+px/g)!
      .map(Number.parseFloat);
    return corners[2]! - corners[0]!;
  });

it('shows an earlier year left of a line that keys move', async () => {
  const { id, from, to } = await twoYears();
  const sight = 'binnen=land&z=8/52.1/5';
  const { page, errors } = await visit(`/kaart/${id}?jaar=${to}&sinds=${from}&schuif=ja&${sight}`);
  await painted(page);
  await page.waitForTimeout(1000);
  expect(await title(page)).toContain(`${from} en ${to}`);
  const plain = async (year: number) => {
    const other = await visit(`/kaart/${id}?jaar=${year}&${sight}`);
    await painted(other.page);
    await other.page.waitForTimeout(1000);
    return coloursOf(other.page, 'areas');
  };
  const [early, late] = [await plain(from), await plain(to)];
  expect(early).not.toEqual(late);
  expect(await coloursOf(page, 'areas-left')).toEqual(early);
  expect(await coloursOf(page, 'areas')).toEqual(late);

  const slider = page.getByRole('slider', { name: `Schuif tussen ${from}` });
  await slider.focus();
  const width = (await page.locator('wk-map').boundingBox())!.width;
  expect(Math.abs((await edge(page)) - width / 2)).toBeLessThan(3);
  await page.keyboard.press('End');
  await expect.poll(() => edge(page)).toBeGreaterThan(width - 30);
  await page.keyboard.press('Home');
  await expect.poll(() => edge(page)).toBeLessThan(30);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain(`1% ${from}`);
  expect(errors).toEqual([]);
});

it('is a choice beside the difference, and goes when the earlier year does', async () => {
  const { id, from, to } = await twoYears();
  const { page } = await visit(`/kaart/${id}?jaar=${to}&sinds=${from}`);
  expect(await title(page)).toContain('verandering');
  await page.getByLabel('Schuif tussen de twee jaren').check();
  await page.locator('.swipe-handle').waitFor();
  expect(query(page).get('schuif')).toBe('ja');
  await expect.poll(() => title(page)).not.toContain('verandering');
  await page.selectOption('#verschil', '');
  await page.locator('.swipe-handle').waitFor({ state: 'detached' });
  expect(query(page).get('schuif')).toBeNull();
  expect(await page.locator('.leaflet-areas-left-pane canvas').count()).toBe(0);
});

it('can be moved by a press on a phone: nothing lies over its buttons', async () => {
  const { id, from, to } = await twoYears();
  const { page } = await visit(`/kaart/${id}?jaar=${to}&sinds=${from}&schuif=ja`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await painted(page);
  const buttons = page.locator('.swipe-steps button');
  const isOnTop = (one: Element) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const hits = [top + 1, bottom - 1].map((y) =>
      document.elementFromPoint((left + right) / 2, y)?.closest('button'),
    );
    return hits.every((hit) => hit === one);
  };
  for (const button of await buttons.all()) expect(await button.evaluate(isOnTop)).toBe(true);
  await buttons.last().tap();
  const slider = page.locator('.swipe-handle');
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain(`60% ${from}`);
  const years = (await page.locator('.swipe-line span').first().boundingBox())!;
  const source = (await page.locator('.attribution').boundingBox())!;
  expect(years.y + years.height).toBeLessThan(source.y);
});
