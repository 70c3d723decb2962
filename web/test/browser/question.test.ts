/** A question to the figures beside the map: the server answers it, so the stand-in cannot. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { api, query, settled, someGemeente, visit } from './visit.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const served = await fetch(`${process.env.WIJKZICHT_URL}/v1/analyses`);
if (!served.ok) console.log('skipped: questions need a server that answers them');

describe.skipIf(!served.ok)('a question beside the map', () => {
  it('is chosen with the keyboard, answered in words and a chart, and in the address', async () => {
    const code = await someGemeente();
    const { page, errors } = await visit(`/kaart/koopwoningen?binnen=${code}`);
    await settled(page);
    await page.locator('.asking > summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('#vraag option[value="segregatie"]').waitFor({ state: 'attached' });
    await page.selectOption('#vraag', 'segregatie');
    await page.locator('wk-question .answer .inleiding').waitFor();
    const asked = query(page);
    expect(asked.get('vraag')).toBe('segregatie');
    const jaar = await page.locator('#jaar').inputValue();
    const { uitkomst } = await api(
      `/v1/analyses/segregatie?indicator=koopwoningen&niveau=buurten&jaar=${jaar}&binnen=${code}`,
    );
    const answer = page.locator('wk-question .answer');
    for (const { nl } of uitkomst.zinnen) expect(await answer.innerText()).toContain(nl);
    const chart = answer.locator('svg.grafiek');
    expect(await chart.count()).toBe(uitkomst.jaren.length > 1 ? 1 : 0);
    await page.locator('wk-question .account > summary').click();
    expect(await page.locator('wk-question .account').innerText()).toContain('Duncan');
    // Another topic is another question; one that counts no group says so.
    await page.selectOption('#onderwerp', 'leefbaarheid');
    await page.locator('wk-question .fault').waitFor();
    expect(await page.locator('wk-question .fault').innerText()).toContain('telt geen groep');
    await page.selectOption('#vraag', '');
    await answer.locator('p').waitFor({ state: 'detached' });
    expect(query(page).get('vraag')).toBe(null);
    expect(errors.filter((text) => !text.includes('400'))).toEqual([]);
  });

  it('opens from an address, and leads to the page with the whole answer', async () => {
    const { page, errors } = await visit('/kaart/leefbaarheid?vraag=kloof');
    await page.locator('wk-question .answer .inleiding').waitFor();
    const said = await page.locator('wk-question .answer .inleiding').innerText();
    await page.locator('wk-question a[href*="/analyse/kloof"]').click();
    await page.locator('.antwoord').waitFor();
    expect(await page.locator('.antwoord .inleiding').innerText()).toBe(said);
    expect(errors).toEqual([]);
  });

  it.each([
    ['wide', {}],
    ['phone', PHONE],
    ['dark', { colorScheme: 'dark' as const }],
  ])('is accessible: %s', async (_, options) => {
    const { page } = await visit('/kaart/leefbaarheid?vraag=stapeling', options);
    await page.locator('wk-question .answer .inleiding').waitFor({ state: 'attached' });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe brings no types into the page
      const { violations } = await (window as any).axe.run('wk-question');
      // biome-ignore lint/suspicious/noExplicitAny: the same
      return violations.map((one: any) => `${one.id}: ${one.nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
  });
});
