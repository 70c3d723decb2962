import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { middleOf, painted, someBuurt, someGemeente, visit } from './visit.ts';

/** What the keyboard reaches and nobody sees: covered at each of five points. */
async function covered(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      if (at === document.body) return null;
      const { x, y, width, height } = at.getBoundingClientRect();
      const points = [
        [0.5, 0.5],
        [0.1, 0.1],
        [0.9, 0.1],
        [0.1, 0.9],
        [0.9, 0.9],
      ].map(([across, down]) => [x + width * across!, y + height * down!] as const);
      const isSeen = points.some(([left, top]) => {
        const hit = document.elementFromPoint(left, top);
        return hit !== null && (at.contains(hit) || hit.contains(at));
      });
      return isSeen ? '' : at.getAttribute('aria-label') || at.id || at.outerHTML.slice(0, 80);
    });
    if (name === null) break;
    if (name) found.push(name);
  }
  return found;
}

it.each([
  ['between', 900, 700],
  ['phone', 390, 844],
])('reaches nothing that a panel covers, %s', async (_, width, height) => {
  const buurt = await someBuurt();
  const { page } = await visit(
    `/kaart/leefbaarheid?gebied=${buurt.code}&binnen=${await someGemeente()}`,
    { viewport: { width, height } },
  );
  await page.locator('wk-panel .place').waitFor();
  expect(await covered(page)).toEqual([]);
  await page.context().close();
});

it('reaches nothing that a sheet covers', async () => {
  const { page } = await visit('/kaart/leefbaarheid', { viewport: { width: 390, height: 844 } });
  const up = page.locator('.sheet-handle button').first();
  await up.click();
  await up.click();
  await page.locator('.side[data-stop="full"]').waitFor();
  expect(await covered(page)).toEqual([]);
  await page.context().close();
});

it('says what is shown when something else was chosen', async () => {
  const { page } = await visit('/kaart/leefbaarheid');
  const said = page.getByRole('status').filter({ hasText: 'Leefbaarheid' }).first();
  await said.waitFor({ state: 'attached' });
  await page.locator('#onderwerp').selectOption('inwoners');
  await page
    .getByRole('status')
    .filter({ hasText: /^Inwoners \d{4}/ })
    .first()
    .waitFor({ state: 'attached' });
  await page.context().close();
});

it('lets go of what lies by the pointer at Escape', async () => {
  const { page } = await visit(`/kaart/leefbaarheid?binnen=${await someGemeente()}`);
  await painted(page);
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  await page.mouse.move(x + 3, y + 3);
  await page.locator('.tooltip').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.tooltip').waitFor({ state: 'detached' });
  await page.context().close();
});

it('has no legend wider than a narrow phone', async () => {
  const { page } = await visit('/kaart/leefbaarheid', { viewport: { width: 320, height: 640 } });
  const up = page.locator('.sheet-handle button').first();
  await up.click();
  await up.click();
  const wide = await page.locator('.side').evaluate((one) => one.scrollWidth - one.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.context().close();
});
