import { describe, expect, it } from 'vitest';
import {
  address,
  api,
  configuration,
  offers,
  open,
  query,
  settled,
  someBuurt,
  someEstate,
  someGemeente,
  spoken,
  title,
  visit,
} from './visit.ts';

const panel = '.panel .place';

describe('the mouse', () => {
  it('tells about the area under it and marks its class', async () => {
    const { page } = await visit('/');
    const box = (await page.locator('.map-region').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.tooltip').waitFor();
    expect((await page.locator('.tooltip').innerText()).split('\n').length).toBeGreaterThanOrEqual(
      3,
    );
    expect(await page.locator('.legend tr.at').count()).toBeGreaterThan(0);
    await page.mouse.move(box.x + box.width / 2, 4);
    await page.locator('.tooltip').waitFor({ state: 'detached' });
  });
  it('selects by a click, names buurt, wijk and gemeente of the place, and Back undoes it', async () => {
    const { page } = await visit('/');
    const box = (await page.locator('.map-region').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator(panel).waitFor();
    expect(query(page).get('gebied')).toMatch(/^BU/);
    await page.locator('.within').waitFor();
    const terms = await page.locator('.within dt').allInnerTexts();
    expect(terms).toEqual(['Buurt', 'Wijk', 'Gemeente']);
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('gebied'));
    expect(query(page).get('gebied')).toBeNull();
  });
});

describe('the panel', () => {
  it('tells the figure, its class, its place among others and all years', async () => {
    const buurt = await someBuurt();
    const { page, errors } = await visit(`/kaart/leefbaarheid?gebied=${buurt.code}`);
    const text = await page.locator(panel).innerText();
    expect(text).toContain(buurt.naam);
    expect(text).toContain(buurt.gemeente);
    expect(text).toMatch(/n = \d|van de \d/);
    expect(text).toContain('verklaart geen oorzaak');
    await page.locator('.years tbody tr').first().waitFor();
    const heads = await page.locator('.years th').allInnerTexts();
    for (const head of ['Score', 'Klasse', '2024']) expect(heads).toContain(head);
    expect(await page.locator('.years tbody td').allInnerTexts()).not.toContain('');
    expect(errors).toEqual([]);
  });
  it('tells the forms of a figure with the figure, and each topic once', async () => {
    const buurt = await someBuurt();
    const { page } = await visit(`/kaart/leefbaarheid?gebied=${buurt.code}`);
    await page.locator('.facts tbody tr').first().waitFor();
    const topics = await page.locator('.facts th button, .parts dt').allInnerTexts();
    expect(new Set(topics).size).toBe(topics.length);
    for (const topic of topics) expect(topic).not.toMatch(/klassen/);
  });
  it('tells what a rounded figure may stand for, and its ranks', async ({ skip }) => {
    skip(!(await offers('koopwoningen')));
    const buurt = await someBuurt();
    const { page } = await visit(`/kaart/koopwoningen?jaar=2024&gebied=${buurt.code}`);
    await page.locator('.precision').nth(1).waitFor();
    const [rounded, ranks] = await page.locator('.precision').allInnerTexts();
    expect(rounded).toMatch(/^Door afronding: ongeveer \d+(,\d)? tot \d+(,\d)?%\.$/);
    expect(ranks).toMatch(/^Rang [\d.]+(–[\d.]+)? van [\d.]+ buurten in het hele land, /);
    expect(ranks).toMatch(
      /, rang [\d–]+ van \d+ in deze gemeente\. Rang 1 is het hoogste cijfer\.$/,
    );
  });
  it('interrupts the trend where the series breaks, and says so in words', async ({ skip }) => {
    const { indicatoren } = await api('/v1/indicatoren');
    const values = indicatoren.find(({ id }: { id: string }) => id === 'woningwaarde');
    skip(!values?.reeksbreuken.length);
    const buurt = await someBuurt();
    const { page, errors } = await visit(`/kaart/woningwaarde?jaar=2024&gebied=${buurt.code}`);
    await page.locator('.trend-break').waitFor({ state: 'attached' });
    expect(await page.locator('.trend-line').count()).toBe(2);
    expect(await page.locator('.break-note').innerText()).toMatch(/^Breuk in de reeks in 2020\. /);
    const spoken = await page.locator('.trend').getAttribute('aria-label');
    expect(spoken).toMatch(/^In 2018: .+ Verloop: .+ in 2020, .+ in 2024\./);
    const head = page.locator('.years .after-break');
    expect(await head.innerText()).toContain('2020');
    expect(await head.textContent()).toContain('hier breekt de reeks');
    expect(errors).toEqual([]);
  });
  it('joins the years of another division, and says which of them are estimates', async ({
    skip,
  }) => {
    const { indicatoren } = await api('/v1/indicatoren');
    const topic = indicatoren.find(({ id }: { id: string }) => id === 'koopwoningen');
    const level = topic?.niveaus.find(({ niveau }: { niveau: string }) => niveau === 'buurten');
    const divisions = new Set(level?.jaren.map(({ indeling }: { indeling: number }) => indeling));
    skip(divisions.size < 2);
    const first = Math.min(...(divisions as Set<number>));
    const { gebieden } = await api('/v1/gebieden?niveau=buurten&aantal=400');
    const seen = { same: 0, other: 0 };
    for (const { code } of gebieden) {
      if (seen.same > 0 && seen.other > 0) break;
      const own = await api(`/v1/gebieden/${code}`);
      if (!own.jaren.includes(first) || own.jaar === first) continue;
      const then = await api(`/v1/gebieden/${code}?jaar=${first}`);
      const known = [...then.waarden.koopwoningen, ...own.waarden.koopwoningen];
      if (known.some(({ waarde }: { waarde: number | null }) => waarde === null)) continue;
      const isSame = JSON.stringify(then.omvang) === JSON.stringify(own.omvang);
      if (seen[isSame ? 'same' : 'other'] > 0) continue;
      seen[isSame ? 'same' : 'other'] += 1;
      const { page } = await visit(`/kaart/koopwoningen?jaar=${first}&gebied=${code}`);
      const table = page.locator('table.converted');
      await table.waitFor();
      const { reeks } = await api(
        `/v1/gebieden/${code}/reeks?indicator=koopwoningen&jaar=${first}`,
      );
      const guessed = reeks.filter(({ geschat }: { geschat: boolean }) => geschat).length;
      const words = await table.innerText();
      if (isSame) expect(words, code).toContain('ongewijzigd');
      expect(words.includes('geschat'), code).toBe(guessed > 0);
      expect(await page.locator('.trend-dot.estimate').count(), code).toBe(guessed);
      expect(await page.locator('.trend-line.join').count(), code).toBe(Math.max(1, guessed));
      await page.context().close();
    }
    expect(seen.same + seen.other).toBeGreaterThan(0);
  });

  it('keeps a hardly residential area in sight and out of comparisons', async ({ skip }) => {
    skip(!(await offers('koopwoningen')));
    const estate = await someEstate();
    const { page } = await visit(`/kaart/inwoners?binnen=${estate.gemeente}&gebied=${estate.code}`);
    const place = page.locator(panel);
    await place.filter({ hasText: 'Waarom:' }).waitFor();
    const text = await place.innerText();
    expect(text).toContain('Nauwelijks woongebied');
    expect(text).not.toMatch(/Rang \d|n = \d/);
    const row = page.locator('.legend tr').filter({ hasText: 'nauwelijks woongebied' });
    expect(await row.locator('.swatch path').count()).toBeGreaterThan(1);
    const explained = page.locator('.explained');
    await explained.locator('summary').click();
    expect(await explained.innerText()).toMatch(/15%.*hectare/s);
    await page.getByRole('tab', { name: 'Tabel' }).click();
    const figures = page.locator('.data thead th').filter({ hasText: 'Cijfer' });
    await figures.getByRole('button').click();
    const rows = await page.locator('.data tbody tr').allInnerTexts();
    const known = rows.filter((row) => /\d\s+inwoners/.test(row));
    const isEstate = known.map((row) => row.includes('(nauwelijks woongebied)'));
    // After all that are compared, though an estate has the fewest inhabitants.
    expect(isEstate).toEqual([...isEstate].sort());
    expect(new Set(isEstate).size).toBe(2);
  });
  it('says in words why there is no figure', async () => {
    const { page } = await visit('/?weergave=tabel');
    await page.selectOption('#filter', 'missing');
    const first = page.locator('.data tbody tr').first();
    if ((await page.locator('.data tbody tr').count()) === 0) return;
    await first.locator('th button').click();
    await page.locator(panel).waitFor();
    expect(await page.locator('.figure').innerText()).toMatch(/[a-z]{4}/);
    expect(await page.locator('.figure').innerText()).not.toMatch(/\d/);
  });
  it('closes by its button', async () => {
    const buurt = await someBuurt();
    const { page } = await visit(`/kaart/leefbaarheid?gebied=${buurt.code}`);
    await page.locator(panel).getByRole('button', { name: 'Sluit' }).click();
    await page.locator(panel).waitFor({ state: 'detached' });
    expect(query(page).get('gebied')).toBeNull();
  });
});

describe('search', () => {
  it('finds by name, and never names an area without its gemeente', async () => {
    const buurt = await someBuurt();
    const { page } = await visit('/');
    await page.locator('#zoek').fill(buurt.naam);
    await page.locator('[role=option]').first().waitFor();
    const found = await page.locator('[role=option]').allInnerTexts();
    for (const one of found) expect(one).toMatch(/\n(gemeente|.+ in .+)/);
    await page.locator('[role=option]').filter({ hasText: buurt.gemeente }).first().click();
    await settled(page);
    await page.waitForFunction(() => /gebied=|binnen=/.test(location.search));
  });
  it('finds by code with the keyboard alone', async () => {
    const buurt = await someBuurt();
    const { page } = await visit('/');
    await page.locator('#zoek').focus();
    await page.keyboard.type(buurt.code);
    await page.locator('[role=option][aria-selected=true]').waitFor();
    const active = await page.locator('#zoek').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator(panel).waitFor();
    expect(query(page).get('gebied')).toBe(buurt.code);
    await page.waitForFunction(() => document.activeElement?.classList.contains('place'));
  });
  it.each(['wgs', 'rd'])('finds the buurt of a coordinate (%s)', async (system) => {
    const buurt = await someBuurt();
    const { omvang } = await api(`/v1/gebieden/${buurt.code}`);
    const [w, s, e, n] = omvang as [number, number, number, number];
    // The middle of the box may lie outside the buurt; what matters is that both ask the same.
    const place = await api(`/v1/locaties?lat=${(s + n) / 2}&lon=${(w + e) / 2}`);
    const text =
      system === 'wgs'
        ? `${((s + n) / 2).toFixed(5)}, ${((w + e) / 2).toFixed(5)}`
        : `${Math.round(place.rd[0])} ${Math.round(place.rd[1])}`;
    const { page } = await visit('/');
    await page.locator('#zoek').fill(text);
    await page.locator('[role=option]').first().waitFor();
    expect(await page.locator('[role=option]').count()).toBe(3);
    expect(await page.locator('[role=option]').first().innerText()).toContain(place.buurt.naam);
    expect(await page.locator('[role=option]').last().innerText()).toContain(place.gemeente.naam);
    await page.locator('[role=option]').first().click();
    await page.waitForFunction(
      (code) => location.search.includes(`gebied=${code}`),
      place.buurt.code,
    );
    await page.locator('.within').filter({ hasText: place.gemeente.naam }).waitFor();
  });
  it('says that a coordinate lies elsewhere, and that nothing was found', async () => {
    const { page } = await visit('/');
    await page.locator('#zoek').fill('48.85, 2.35');
    await page.locator('.search-message').filter({ hasText: 'buiten Nederland' }).waitFor();
    await page.locator('#zoek').fill('qqqqqq');
    await page.locator('.search-message').filter({ hasText: 'Niets gevonden' }).waitFor();
  });
});

describe('the table', () => {
  it('sorts, filters, and offers the file', async () => {
    const { page } = await visit('/');
    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.locator('.data tbody tr').first().waitFor();
    expect(query(page).get('weergave')).toBe('tabel');
    const figure = page.locator('.data thead th').filter({ hasText: 'Cijfer' });
    await figure.getByRole('button').click();
    expect(await figure.getAttribute('aria-sort')).toBe('ascending');
    await figure.getByRole('button').click();
    expect(await figure.getAttribute('aria-sort')).toBe('descending');
    // What is marked takes no part in comparisons, and comes after all that do.
    const compared = page.locator('.data tbody tr').filter({ hasNotText: 'nauwelijks woongebied' });
    const values = (await compared.locator('td:nth-child(3)').allInnerTexts())
      .filter((one) => /\d/.test(one))
      .map((one) =>
        Number(
          one
            .replace('−', '-')
            .replace(',', '.')
            .replace(/[^\d.-]/g, ''),
        ),
      );
    expect(values.length).toBeGreaterThan(3);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const count = async () =>
      Number((await page.locator('.table-tools p').innerText()).replace(/\D/g, ''));
    const all = await count();
    expect(await page.locator('.data tbody tr').count()).toBe(Math.min(all, 300));
    await page.selectOption('#filter', 'missing');
    expect(await count()).toBeLessThan(all);
    expect(await page.locator('.data caption').innerText()).toContain(await title(page));
    const plain = await page.locator('.table-tools a').last().getAttribute('href');
    expect(plain).toMatch(/^\/kaart\/[^/]+\/tabel\?niveau=buurten&/);
    const csv = await page.locator('.table-tools a').first().getAttribute('href');
    const answer = await page.request.get(address + csv);
    expect(answer.ok()).toBe(true);
    expect(answer.headers()['content-type']).toContain('csv');
  });
});

describe('the table as a page', () => {
  it.each([
    ['light', 1280, 'light'],
    ['dark', 390, 'dark'],
  ] as const)('is readable without a script, %s', async (_, width, colorScheme) => {
    const { indicator } = await configuration();
    const binnen = await someGemeente();
    const path = `/kaart/${indicator}/tabel?niveau=buurten&binnen=${binnen}`;
    const { page, errors } = await open(path, {
      colorScheme,
      javaScriptEnabled: false,
      viewport: { width, height: 800 },
    });
    const name = (await page.locator('.schuif tbody th').first().boundingBox())!;
    expect(name.width).toBeGreaterThan(100);
    expect(name.x).toBeGreaterThanOrEqual(0);
    const style = (selector: string, what: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one, key) => getComputedStyle(one).getPropertyValue(key), what);
    expect(await style('.schuif .getal', 'text-align')).toBe('right');
    expect(await style('.schuif thead th', 'position')).toBe('sticky');
    expect(await style('body', 'font-size')).not.toBe('16px');
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBeLessThanOrEqual(0);
    // A missing icon is no matter of the page's policy.
    expect(errors.filter((one) => /policy|style/i.test(one))).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('walks from area to area, speaks, and selects', async () => {
    const { page } = await visit('/');
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#wk-kaart').getAttribute('role')).toBe('application');
    const first = await spoken(page);
    expect(first).toContain('Pijltjes');
    const heard = new Set([first]);
    for (const key of ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight']) {
      await page.keyboard.press(key);
      const now = await spoken(page);
      if (!now.startsWith('Geen gebied')) expect(now).toMatch(/^.+, .+: .+/);
      heard.add(now);
    }
    expect(heard.size).toBeGreaterThan(3);
    await page.keyboard.press('Enter');
    await page.locator(panel).waitFor();
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.locator('#wk-kaart').getAttribute('role')).toBe('region');
    expect(await spoken(page)).toContain('gestopt');
    await page.keyboard.press('Escape');
    await page.locator(panel).waitFor({ state: 'detached' });
  });
  it('explains itself', async () => {
    const { page } = await visit('/');
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
  it('passes the map in few steps, is never caught, and every stop has a name', async () => {
    const { page } = await visit('/');
    let inMap = 0;
    let left = false;
    for (let i = 0; i < 60 && !left; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement;
        const name =
          one.getAttribute('aria-label') ||
          one.innerText?.trim() ||
          (one as HTMLInputElement).labels?.[0]?.innerText;
        return { map: one.closest('wk-map') !== null, body: one === document.body, name };
      });
      if (at.map) inMap += 1;
      if (inMap > 0 && !at.map) left = true;
      if (!at.body) expect(at.name).toBeTruthy();
    }
    expect(left).toBe(true);
    expect(inMap).toBeGreaterThan(0);
    expect(inMap).toBeLessThanOrEqual(8);
  });
});
