import { describe, expect, it } from 'vitest';
import {
  address,
  api,
  configuration,
  painted,
  query,
  settled,
  someGemeente,
  spoken,
  title,
  visit,
} from './visit.ts';

describe('the first view', () => {
  it('says what is shown and shows it without a click', async () => {
    const config = await configuration();
    const { page, errors, requests } = await visit('/');
    expect(await title(page)).toContain(String(config.jaar));
    expect(await title(page)).toContain('per buurt');
    expect(await page.title()).toContain(await title(page));
    expect(page.url()).toMatch(/\/$/);
    await page.locator('.legend caption').waitFor();
    expect(await page.locator('.legend tbody tr').count()).toBeGreaterThan(3);
    expect(await page.locator('.source').first().innerText()).not.toBe('');
    expect(await page.getByText('Fictieve gegevens').isVisible()).toBe(config.fictief);
    await painted(page);
    const dots = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')].some((canvas) =>
        canvas
          .getContext('2d')!
          .getImageData(0, 0, canvas.width, canvas.height)
          .data.some((one) => one > 0),
      ),
    );
    expect(dots).toBe(true);
    expect(errors).toEqual([]);
    for (const request of requests)
      expect(new URL(request).origin).toBe(new URL(page.url()).origin);
    expect(requests.length).toBeLessThanOrEqual(12);
  });
  it('orders the legend by number, highest on top', async () => {
    const config = await configuration();
    const legend = await api(
      `/v1/legenda?indicator=${config.indicator}&niveau=buurten&jaar=${config.jaar}`,
    );
    const top = legend.klassen.toSorted(
      (a: { nummer: number }, b: { nummer: number }) => b.nummer - a.nummer,
    )[0];
    const { page } = await visit('/');
    expect(await page.locator('.legend tbody tr').first().innerText()).toContain(top.naam.nl);
  });
});

describe('choosing', () => {
  it('changes the topic, and Back undoes it', async () => {
    const { page } = await visit('/');
    const before = await title(page);
    const options = await page
      .locator('#onderwerp option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    const config = await configuration();
    const other = options.find((one) => one !== config.indicator)!;
    await page.selectOption('#onderwerp', other);
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent !== was, before);
    expect(new URL(page.url()).pathname).toBe(`/kaart/${other}`);
    await page.goBack();
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent === was, before);
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.locator('#onderwerp').inputValue()).toBe(config.indicator);
  });
  it('changes the year by the buttons beside it', async () => {
    const { page } = await visit('/');
    const before = await page.locator('#jaar').inputValue();
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await settled(page);
    const after = await page.locator('#jaar').inputValue();
    expect(Number(after)).toBeLessThan(Number(before));
    expect(query(page).get('jaar')).toBe(after);
    await page.waitForFunction(
      (year) => document.querySelector('h1')?.textContent?.includes(year),
      after,
    );
  });
  it('changes the level to gemeenten and back to buurten', async () => {
    const { page } = await visit('/');
    await page.selectOption('#niveau', 'gemeenten');
    await page.getByRole('heading', { level: 1, name: /per gemeente$/ }).waitFor();
    expect(query(page).get('niveau')).toBe('gemeenten');
    await page.selectOption('#niveau', 'buurten');
    await page.getByRole('heading', { level: 1, name: /per buurt in het hele land/ }).waitFor();
    expect(await page.locator('.notice').count()).toBe(0);
  });
  it('goes from a gemeente to the buurten of the whole country, and back', async () => {
    const gemeente = await someGemeente();
    const { page } = await visit(`/kaart/leefbaarheid?binnen=${gemeente}`);
    const before = await title(page);
    await page.locator('.extent summary').click();
    await page.locator('.whole').click();
    await page.getByRole('heading', { level: 1, name: /per buurt in het hele land/ }).waitFor();
    expect(await page.locator('.notice').count()).toBe(0);
    await page.goBack();
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent === was, before);
  });
  it('narrows to one wijk', async () => {
    const { page } = await visit(`/kaart/leefbaarheid?binnen=${await someGemeente()}`);
    await page.locator('.extent summary').click();
    const wijk = await page.locator('#wijk option').nth(1).getAttribute('value');
    await page.selectOption('#wijk', wijk!);
    await page.waitForFunction((code) => location.search.includes(`binnen=${code}`), wijk!);
    await settled(page);
    expect(await page.locator('.notice').count()).toBe(0);
  });
  it('offers every gemeente, and narrows them by typing', async () => {
    const { gebieden } = await api('/v1/gebieden?niveau=gemeenten&aantal=1000');
    const { page } = await visit('/');
    await page.locator('.extent summary').click();
    await page.locator('#gemeente').focus();
    const options = page.locator('#gemeente-lijst [role=option]');
    await options.first().waitFor();
    expect(await options.count()).toBe(gebieden.length);
    expect(await page.locator('#gemeente-lijst [aria-selected=true]').count()).toBe(0);
    const { naam, code } = gebieden.at(-1);
    await page.locator('#gemeente').fill(naam.slice(0, 4).toLowerCase());
    await options.filter({ hasText: naam }).first().click();
    await page.waitForFunction((to) => location.search.includes(`binnen=${to}`), code);
    await page.getByRole('heading', { level: 1, name: new RegExp(naam) }).waitFor();
  });
  it('counts a change from the year that is chosen', async () => {
    const { indicatoren } = await api('/v1/indicatoren');
    const changes = indicatoren.flatMap(
      (one: {
        id: string;
        niveaus: { niveau: string; jaren: { jaar: number; sinds: number }[] }[];
      }) =>
        one.niveaus.flatMap(({ niveau, jaren }) => {
          const last = jaren.at(-1)?.jaar;
          const begins = jaren.filter(({ jaar, sinds }) => jaar === last && sinds !== null);
          return begins.length > 1 ? [{ id: one.id, niveau, begins }] : [];
        }),
    );
    const [change] = changes;
    if (!change) return;
    const { page } = await visit(`/kaart/${change.id}?niveau=${change.niveau}`);
    const begins = change.begins.map(({ sinds }: { sinds: number }) => sinds).sort();
    expect(await page.locator('#sinds').inputValue()).toBe(String(begins[0]));
    expect(query(page).get('sinds')).toBeNull();
    await page.selectOption('#sinds', String(begins.at(-1)));
    await page.waitForFunction((to) => location.search.includes(`sinds=${to}`), begins.at(-1));
    await page
      .getByRole('heading', { level: 1, name: new RegExp(`${begins.at(-1)} tot`) })
      .waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${begins[0]} tot`) }).waitFor();
  });
  it('writes no number that is none', async () => {
    const { page } = await visit('/');
    await page.locator('.legend .apart').first().waitFor();
    expect(await page.locator('.legend').innerText()).not.toMatch(/NaN|null|undefined/);
  });
  it('draws no line of another division, and names each area with its gemeente', async () => {
    const { indicatoren } = await api('/v1/indicatoren');
    const { jaren } = JSON.parse(
      /id="wk-configuratie">([^<]*)</.exec(await (await fetch(`${address}/`)).text())![1]!,
    );
    const old = indicatoren
      .flatMap(
        (one: {
          id: string;
          niveaus: { niveau: string; jaren: { jaar: number; indeling: number }[] }[];
        }) =>
          one.niveaus.flatMap(({ niveau, jaren: years }) =>
            years
              .filter(({ indeling }) => indeling === Math.min(...jaren) && niveau !== 'gemeenten')
              .map(({ jaar }) => ({ id: one.id, niveau, jaar })),
          ),
      )
      .at(0);
    if (!old || jaren.length < 2) return;
    const { page, requests } = await visit(
      `/kaart/${old.id}?niveau=${old.niveau}&jaar=${old.jaar}&weergave=tabel`,
    );
    await page.locator('.data tbody tr').first().waitFor();
    const places = await page.locator('.data tbody td:nth-child(2)').allInnerTexts();
    for (const place of places) expect(place).not.toBe('');
    const names = await page.locator('.data tbody th').allInnerTexts();
    expect(places).not.toEqual(names);
    // Borders are asked of that division and of no other.
    const borders = requests.filter((one) => one.includes('/gebiedsgrenzen/'));
    expect(borders.length).toBeGreaterThan(0);
    for (const request of borders) {
      expect(new URL(request).searchParams.get('jaar')).toBe(String(Math.min(...jaren)));
    }
  });
  it('makes other classes on request', async () => {
    const { page } = await visit('/');
    await page.locator('.methods summary').click();
    await page.selectOption('#methode', 'kwantielen');
    await page.locator('#klassen').waitFor();
    await page.selectOption('#klassen', '4');
    await page.waitForFunction(() => location.search.includes('aantalKlassen=4'));
    await settled(page);
    await page.waitForFunction(
      () => document.querySelectorAll('.legend tbody:first-of-type tr').length === 4,
    );
  });
  it('makes classes by the distance from the mean', async () => {
    const { page } = await visit('/');
    await page.locator('.methods summary').click();
    await page.selectOption('#methode', 'standaarddeviatie');
    await page.waitForFunction(() => location.search.includes('methode=standaarddeviatie'));
    await settled(page);
    const rows = page.locator('.legend tbody:first-of-type tr');
    await page.waitForFunction(
      () => document.querySelectorAll('.legend tbody:first-of-type tr').length === 5,
    );
    expect(await rows.first().innerText()).toMatch(/boven het gemiddelde|meer dan/);
    expect(await page.locator('#methode-uitleg').innerText()).toContain('standaardafwijking');
    expect(await page.locator('#klassen').inputValue()).toBe('5');
  });
  it('keeps the classes of all years, or makes those of one, and says which', async () => {
    const { page } = await visit('/kaart/leefbaarheid?methode=gelijke-intervallen');
    await page.locator('.methods summary').click();
    const all = page.getByRole('radio', { name: 'alle jaren samen' });
    const own = page.getByRole('radio', { name: /^alleen \d{4}$/ });
    expect(await all.isChecked()).toBe(true);
    await own.check();
    await page.waitForFunction(() => location.search.includes('schaal=jaar'));
    await settled(page);
    const means = page.getByText(/In een ander jaar betekent dezelfde kleur iets anders/);
    // Beside the choice, and with the legend for whoever gets the link.
    await means.nth(1).waitFor();
    await page.goBack();
    await means.first().waitFor({ state: 'detached' });
    expect(query(page).get('schaal')).toBeNull();
    expect(await all.isChecked()).toBe(true);
  });
  it('takes bounds that somebody types, with a Dutch comma, and Back undoes them', async () => {
    const { page, errors } = await visit('/');
    await page.locator('.methods summary').click();
    await page.selectOption('#methode', 'eigen');
    const field = page.getByRole('textbox', { name: 'Bovengrenzen' });
    // It starts from the bounds that the map had.
    await page.waitForFunction(() => location.search.includes('klassegrenzen='));
    await settled(page);
    const first = query(page).get('klassegrenzen')!;
    expect(await field.inputValue()).toBe(
      first.replaceAll('.', 'x').replaceAll(',', '; ').replaceAll('x', ','),
    );
    expect(await page.locator('#klassen').count()).toBe(0);

    await field.fill('-0,1; 0 ; 0,25');
    await field.press('Enter');
    await page.waitForFunction(() => location.search.includes('klassegrenzen=-0.1,0,0.25'));
    await settled(page);
    await page.waitForFunction(
      () => document.querySelectorAll('.legend tbody:first-of-type tr').length === 4,
    );
    expect(await page.locator('.legend tbody tr').first().innerText()).toContain('meer dan 0,25');
    expect(await field.inputValue()).toBe('-0,1; 0; 0,25');

    await page.goBack();
    await page.waitForFunction(
      (was) => new URLSearchParams(location.search).get('klassegrenzen') === was,
      first,
    );
    await settled(page);
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('eigen'));
    await settled(page);
    expect(await field.count()).toBe(0);
    expect(errors).toEqual([]);
  });
  it('says what is wrong with typed bounds, and changes nothing', async () => {
    const { page } = await visit('/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.1,0');
    await page.locator('.methods summary').click();
    const field = page.getByRole('textbox', { name: 'Bovengrenzen' });
    const before = page.url();
    for (const [text, told] of [
      ['0; 0,1; nul', '“nul” is geen getal'],
      ['0,1; 0', 'van laag naar hoog'],
      ['', 'minstens één grens'],
      ['1 2 3 4 5 6 7 8 9', 'hoogstens 8'],
    ] as const) {
      await field.fill(text);
      await page.getByRole('button', { name: 'Pas toe' }).click();
      await page.getByRole('alert').filter({ hasText: told }).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await field.inputValue()).toBe(text);
      expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    }
    expect(page.url()).toBe(before);
    await field.fill('0,1');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.search.includes('klassegrenzen=0.1'));
    await page.getByRole('alert').filter({ hasText: 'grens' }).waitFor({ state: 'detached' });
    expect(await field.getAttribute('aria-invalid')).toBe('false');
  });
  it('lets bounds go with their topic', async () => {
    const { page } = await visit('/kaart/leefbaarheid?methode=eigen&klassegrenzen=-0.1,0');
    const options = await page
      .locator('#onderwerp option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    await page.selectOption('#onderwerp', options.find((one) => one !== 'leefbaarheid')!);
    await page.waitForFunction(() => !location.search.includes('klassegrenzen'));
    await settled(page);
    // A topic may lack the year; nothing is said of bounds that were never asked of it.
    expect((await page.locator('.notice').allInnerTexts()).join(' ')).not.toContain('grenzen');
  });
  it('speaks English', async () => {
    const { page } = await visit('/');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: /by neighbourhood in/ }).waitFor();
    expect(query(page).get('taal')).toBe('en');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('body').innerText()).not.toContain('Onderwerp');
  });
});

describe('the address', () => {
  it('tells what it could not show', async () => {
    const { page, errors } = await visit('/kaart/bestaat-niet?jaar=1066&niveau=straten&z=ver');
    const text = await page.locator('.notice').innerText();
    for (const asked of ['bestaat-niet', '1066', 'straten', 'ver']) expect(text).toContain(asked);
    expect(errors).toEqual([]);
    await page.getByRole('button', { name: 'Sluit deze melding' }).click();
    expect(await page.locator('.notice').count()).toBe(0);
  });
  it('falls back from a gemeente that does not exist', async () => {
    const { page } = await visit('/kaart/leefbaarheid?binnen=GM0000');
    await page.locator('.notice').filter({ hasText: 'GM0000' }).waitFor();
    expect(query(page).get('binnen')).toBeNull();
    expect(await title(page)).toContain('per buurt in');
  });
  it('keeps the place of the map without filling the history', async () => {
    const { page } = await visit('/');
    const steps = await page.evaluate(() => history.length);
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await page.waitForFunction(() => /z=\d/.test(location.search));
    expect(await page.evaluate(() => history.length)).toBe(steps);
    expect(await spoken(page)).toMatch(/Zoomniveau \d+/);
    const kept = query(page).get('z');
    await page.reload();
    await settled(page);
    expect(query(page).get('z')).toBe(kept);
  });
});

describe('when the server fails', () => {
  it('keeps the last view and offers to try again', async () => {
    const { page } = await visit('/');
    const before = await title(page);
    await page.route('**/v1/waarden/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page.locator('.notice.alert').waitFor();
    expect(await title(page)).toBe(before);
    await page.unroute('**/v1/waarden/**');
    await page.getByRole('button', { name: 'Probeer opnieuw' }).click();
    await page.locator('.notice.alert').waitFor({ state: 'detached' });
    await page.waitForFunction((was) => document.querySelector('h1')?.textContent !== was, before);
  });
  it('shows what a problem says', async () => {
    const { page } = await visit('/');
    await page.route('**/v1/waarden/**', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          title: 'Bezig',
          status: 503,
          detail: 'De kaarten worden ververst.',
        }),
      }),
    );
    await page.getByRole('button', { name: 'Vorig jaar met cijfers' }).click();
    await page
      .locator('.notice.alert [lang=nl]')
      .filter({ hasText: 'De kaarten worden ververst.' })
      .waitFor();
  });
});
