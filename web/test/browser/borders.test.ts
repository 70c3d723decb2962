import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { api, painted, query, settled, spoken, title, visit } from './visit.ts';

const TOPIC = 'koopwoningen';
const YEAR = 2020;
const ON = 2018;
const AT = `/kaart/${TOPIC}?jaar=${YEAR}&niveau=buurten&binnen=land`;

interface Feature {
  id: string;
  properties: {
    naam: string;
    gemeente: string;
    waarde: number | null;
    vlaggen: string[];
    fill: string;
    geschat: boolean;
    gedekt: number;
  };
}
let features: Feature[] = [];
let estimates: Feature[] = [];
let isServed = false;
const asked = `indicator=${TOPIC}&jaar=${YEAR}&indeling=${ON}`;

beforeAll(async () => {
  const { indicatoren } = await api('/v1/indicatoren');
  const topic = indicatoren.find(({ id }: { id: string }) => id === TOPIC);
  const level = topic?.niveaus.find(({ niveau }: { niveau: string }) => niveau === 'buurten');
  const year = level?.jaren.find(({ jaar }: { jaar: number }) => jaar === YEAR);
  // The stand-in has one division at a time.
  isServed = year?.leesbaarOp?.includes(ON) ?? false;
  if (!isServed) return;
  ({ features } = await api(`/v1/lagen/buurten.geojson?${asked}`));
  estimates = features.filter(
    ({ properties: { geschat, vlaggen } }) => geschat && !vlaggen.includes('water'),
  );
  expect(estimates.length).toBeGreaterThan(0);
});

/** Dots of an area that are neither its colour nor that of anything around it. */
const darkDots = (page: Page) =>
  page.evaluate(() => {
    let count = 0;
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('.map-canvas canvas')) {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const dots = new Uint32Array(data.buffer);
      // Upright: the very ink, above itself, with white at its right.
      for (let at = canvas.width; at < dots.length - 1; at++)
        if (
          dots[at] === 0xff201d1a &&
          dots[at - canvas.width] === 0xff201d1a &&
          dots[at + 1] === 0xffffffff
        )
          count += 1;
    }
    return count;
  });

describe('on the borders of another division', () => {
  it('figures are chosen by a list, and estimates marked wherever they stand', async (test) => {
    if (!isServed) return test.skip();
    const { page, errors, requests } = await visit(AT);
    await painted(page);
    expect(await darkDots(page)).toBe(0);
    expect(await page.locator('[data-of="estimate"]').count()).toBe(0);
    const list = page.getByLabel('Grenzen van');
    expect(await list.locator('option').allInnerTexts()).toEqual(['2024 (eigen indeling)', '2018']);

    await list.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => query(page).get('indeling')).toBe(String(ON));
    await page.locator('[data-of="estimate"]').waitFor();
    await painted(page);
    await page.waitForTimeout(1000);
    expect(await title(page)).toContain(`op de grenzen van ${ON}`);
    const row = page.locator('[data-of="estimate"]');
    expect(await row.innerText()).toMatch(new RegExp(`geschat\\s+${estimates.length}\\b`));
    expect(await row.locator('.swatch').count()).toBe(1);
    const legend = await api(`/v1/legenda?niveau=buurten&${asked}`);
    expect(await page.locator('.conversion').allInnerTexts()).toEqual([legend.omrekening.zin.nl]);
    expect(await darkDots(page)).toBeGreaterThan(200);
    const borders = requests.filter((one) => one.includes('/gebiedsgrenzen/'));
    expect(borders.some((one) => one.includes(`jaar=${ON}`))).toBe(true);

    // Back undoes it.
    await page.goBack();
    await row.waitFor({ state: 'detached' });
    expect(query(page).get('indeling')).toBeNull();
    expect(errors).toEqual([]);
  });

  it('an estimate says how it was made: to the mouse, to keys, in the panel and the table', async (test) => {
    if (!isServed) return test.skip();
    const wide = estimates.find(({ properties: { vlaggen } }) => vlaggen.length === 0)!;
    const told = `geschat naar adressen; ${Math.floor(wide.properties.gedekt * 100)}% van het gebied bekend`;
    const { page, errors } = await visit(`${AT}&indeling=${ON}&gebied=${wide.id}`);
    await painted(page);
    const panel = page.locator('wk-panel');
    expect(await panel.locator('p.estimate').innerText()).toBe(told);
    expect(await page.locator('tr.at').allInnerTexts()).toContainEqual(
      expect.stringContaining('geschat'),
    );

    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => spoken(page)).not.toBe('');
    // From area to area until one is an estimate.
    const keys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];
    let said = await spoken(page);
    for (let step = 0; step < 60 && !said.includes('geschat'); step++) {
      await page.keyboard.press(keys[Math.floor(step / 6) % 4]!);
      await page.waitForTimeout(60);
      said = await spoken(page);
    }
    expect(said).toMatch(/geschat naar .*; \d+% van het gebied bekend/);
    expect(await page.locator('.tooltip .estimate').innerText()).toMatch(/^geschat naar/);
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('table.data tbody tr').first().waitFor();
    for (;;) {
      const more = page.getByRole('button', { name: 'Toon meer rijen' });
      if ((await more.count()) === 0) break;
      await more.click();
    }
    expect(await page.locator('table.data td .estimate').count()).toBe(estimates.length);
    const plain = page.getByRole('link', { name: 'Als pagina zonder script' });
    expect(await plain.getAttribute('href')).toContain(`indeling=${ON}`);
    const csv = page.locator('.table-tools a[download]');
    expect(await csv.getAttribute('href')).toContain(`indeling=${ON}`);
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('an area is shown in all years, with estimates apart', async (test) => {
    if (!isServed) return test.skip();
    const one = estimates.find(({ properties: { vlaggen } }) => vlaggen.length === 0)!;
    const { page, errors } = await visit(`${AT}&indeling=${ON}&gebied=${one.id}`);
    const { reeks } = await api(`/v1/gebieden/${one.id}/reeks?indicator=${TOPIC}&jaar=${ON}`);
    const years = reeks.filter(({ geschat }: { geschat: boolean }) => geschat);
    await page.locator('table.converted').waitFor();
    expect(await page.locator('.trend-dot.estimate').count()).toBe(years.length);
    expect(await page.locator('.trend-dot').count()).toBe(reeks.length);
    expect(await page.locator('.trend-line.join').count()).toBe(years.length);
    const list = years.map(({ jaar }: { jaar: number }) => jaar).join(', ');
    expect(await page.locator('svg.trend').getAttribute('aria-label')).toContain(
      `Geschat: ${list}.`,
    );
    expect(await page.locator('table.converted tbody tr').count()).toBe(years.length);
    expect(await page.locator('table.converted').innerText()).toContain('geschat naar adressen');
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('two years of different divisions are compared on the borders that are shown', async (test) => {
    if (!isServed) return test.skip();
    const at = `/kaart/${TOPIC}?jaar=2022&indeling=${ON}&niveau=buurten&binnen=land&sinds=2020`;
    const { page, errors } = await visit(at);
    await painted(page);
    expect(await title(page)).toContain('verandering 2020 tot 2022');
    expect(await title(page)).toContain(`op de grenzen van ${ON}`);
    const row = page.locator('[data-of="estimate"]');
    const count = Number(await row.locator('.count').first().innerText());
    expect(count).toBeGreaterThan(0);
    // Where either year has no figure, there is no change.
    expect(count).toBeLessThanOrEqual(estimates.length);
    expect(await page.locator('.conversion').innerText()).toContain(
      `De cijfers van 2020, 2022 zijn omgerekend naar de grenzen van ${ON}`,
    );
    await page.selectOption('#verschil', 'zelf 2018');
    await expect.poll(() => title(page)).toContain('verandering 2018 tot 2022');
    expect(Number(await row.locator('.count').first().innerText())).toBeGreaterThan(0);

    await page.getByLabel('Schuif tussen de twee jaren').check();
    await page.locator('.swipe-handle').waitFor();
    // That of 2018 is its own division.
    await expect
      .poll(() => row.allInnerTexts())
      .toEqual([expect.stringContaining('geschat, in 2022')]);
    await page.getByRole('tab', { name: 'Kleine kaarten' }).click();
    await page.getByText('2022 (omgerekend)').first().waitFor();
    expect(await page.locator('wk-multiples').innerText()).toContain('Geschatte gebieden');
    expect(await page.getByText('2018 (omgerekend)').count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it('what cannot be is told, and the rest is shown', async (test) => {
    if (!isServed) return test.skip();
    const { page, errors } = await visit(`${AT}&indeling=1950`);
    expect(await page.locator('.notice').innerText()).toContain(
      'De grenzen van 1950 zijn hier niet te tonen. U ziet die van 2024.',
    );
    await settled(page);
    expect(query(page).get('indeling')).toBeNull();
    expect(errors).toEqual([]);
  });
});
