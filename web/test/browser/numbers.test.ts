import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { api, painted, someGemeente, visit } from './visit.ts';

async function nearBy(query = '') {
  const { omvang } = await api(`/v1/gebieden/${await someGemeente()}`);
  const [w, s, e, n] = omvang;
  const visited = await visit(`/kaart/leefbaarheid?z=12/${(s + n) / 2}/${(w + e) / 2}${query}`);
  await painted(visited.page);
  // Finer borders follow the coarse ones.
  await visited.page.waitForTimeout(2000);
  return visited;
}
/** How many dots numbers change, by the colour that these have without. */
async function changed(page: Page): Promise<Map<string, number>> {
  const read = (keep: boolean) =>
    page.evaluate((isFirst) => {
      const kept = window as unknown as { before: Uint32Array[] };
      const now = [...document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')].map(
        (canvas) =>
          new Uint32Array(
            canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data.buffer,
          ),
      );
      if (isFirst) {
        kept.before = now;
        return {};
      }
      const counts: Record<string, number> = {};
      now.forEach((dots, tile) => {
        dots.forEach((dot, at) => {
          if (dot === kept.before[tile]![at]) return;
          const parts = [dot & 255, (dot >> 8) & 255, (dot >> 16) & 255];
          const colour = `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
          counts[colour] = (counts[colour] ?? 0) + 1;
        });
      });
      return counts;
    }, keep);
  await read(true);
  await page.locator('#nummers').uncheck();
  await page.waitForTimeout(500);
  return new Map(Object.entries(await read(false)));
}
const total = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);

it('stand in areas near by, are those of the legend, and go with a press', async () => {
  const { page, errors } = await nearBy();
  const { klassen } = await api('/v1/legenda?indicator=leefbaarheid&niveau=buurten&jaar=2024');
  expect(await page.locator('.legend .swatch-number').allTextContents()).toEqual(
    klassen.map(({ nummer }: { nummer: number }) => String(nummer)),
  );
  const dots = await changed(page);
  expect(total(dots)).toBeGreaterThan(100);
  expect(await page.locator('.legend .swatch-number').count()).toBe(0);
  // Areas without a figure, and water, bear none: at most a halo touches them.
  const bare = ['#d9d9d9', '#eeeeee', '#e6eef3'].reduce(
    (sum, one) => sum + (dots.get(one) ?? 0),
    0,
  );
  expect(bare).toBeLessThan(0.02 * total(dots));
  expect(errors).toEqual([]);
});

it('stand in no area that a filter leaves out', async () => {
  const { page } = await nearBy('&klassen=7,8');
  const blank = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--wk-blank').trim(),
  );
  const dots = await changed(page);
  expect(total(dots)).toBeGreaterThan(20);
  expect(dots.get(blank) ?? 0).toBeLessThan(0.02 * total(dots));
});

it('are not there for the whole country', async () => {
  const { page } = await visit('/kaart/leefbaarheid?z=9/52.1/5');
  await painted(page);
  expect(await page.locator('#nummers').count()).toBe(0);
});
