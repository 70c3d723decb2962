import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  api,
  configuration,
  painted,
  query,
  settled,
  someBuurt,
  someGemeente,
  title,
  visit,
} from './visit.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The topics with two years on one division, and those that can be crossed. */
async function catalogue() {
  const { indicatoren } = await api('/v1/indicatoren');
  // biome-ignore lint/suspicious/noExplicitAny: as the server answers it
  return indicatoren as any[];
}
async function changing(): Promise<{ id: string; from: number; to: number } | null> {
  for (const one of await catalogue()) {
    if (one.soort === 'klasse' || one.soort === 'aantal' || one.reeksbreuken.length > 0) continue;
    const years = one.niveaus.find(
      (entry: { niveau: string }) => entry.niveau === 'buurten',
    )?.jaren;
    const plain = (years ?? []).filter((entry: { sinds: number | null }) => entry.sinds === null);
    const to = plain.at(-1);
    const from = plain.find(
      (entry: { jaar: number; indeling: number }) =>
        entry.indeling === to.indeling && entry.jaar < to.jaar,
    );
    if (from) return { id: one.id, from: from.jaar, to: to.jaar };
  }
  return null;
}
/** The topic with an older year whose figures belong to another division than its newest ones. */
async function redivided(): Promise<{
  id: string;
  year: number;
  newest: number;
  /** The division of the newest year, where the older one can be read on it. */
  on: number | null;
} | null> {
  for (const one of await catalogue()) {
    if (one.soort === 'klasse' || one.soort === 'aantal' || one.reeksbreuken.length > 0) continue;
    const years = one.niveaus.find(
      (entry: { niveau: string }) => entry.niveau === 'buurten',
    )?.jaren;
    // Where the source itself delivers changes, the page computes none.
    if (!years?.length || years.some(({ sinds }: { sinds: number | null }) => sinds !== null))
      continue;
    const newest = years.at(-1);
    const older = years.find(({ indeling }: { indeling: number }) => indeling !== newest.indeling);
    if (!older) continue;
    const on = older.leesbaarOp?.includes(newest.indeling) ? newest.indeling : null;
    return { id: one.id, year: older.jaar, newest: newest.jaar, on };
  }
  return null;
}
const numberIn = (text: string) =>
  Number(
    text
      .replace('−', '-')
      .replace('.', '')
      .replace(',', '.')
      .replace(/[^\d.-]/g, ''),
  );

describe('two years', () => {
  it('are a map of changes whose figures are later less earlier', async () => {
    const found = await changing();
    if (!found) return;
    const { page, errors } = await visit(
      `/kaart/${found.id}?jaar=${found.to}&weergave=tabel&binnen=land`,
    );
    await page.locator('.compare-choices > summary').click();
    await page.selectOption('#verschil', `zelf ${found.from}`);
    await page.waitForFunction((from) => location.search.includes(`sinds=${from}`), found.from);
    await page
      .getByRole('heading', {
        level: 1,
        name: new RegExp(`verandering.*${found.from} tot ${found.to}`),
      })
      .waitFor();
    // Recomputed from two answers of the server.
    const layers = await Promise.all(
      [found.from, found.to].map((year) =>
        api(`/v1/lagen/buurten.geojson?indicator=${found.id}&jaar=${year}`),
      ),
    );
    const [before, after] = layers.map(
      ({ features }) =>
        new Map<string, number | null>(
          features.map((one: { id: string; properties: { waarde: number | null } }) => [
            one.id,
            one.properties.waarde,
          ]),
        ),
    );
    const rows = await page
      .locator('.data tbody tr')
      .evaluateAll((all) =>
        all
          .slice(0, 60)
          .map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? '')),
      );
    let compared = 0;
    for (const row of rows) {
      const code = row.at(-1)!;
      const [early, late] = [before!.get(code), after!.get(code)];
      if (early == null || late == null) continue;
      expect(Math.abs(numberIn(row[2]!) - (late - early)), code).toBeLessThan(0.06);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(10);
    await page.getByText('noemen we het ongeveer gelijk').waitFor();
    expect(errors).toEqual([]);
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('sinds='));
  });

  it('refuses years in an address that cannot be compared, and says why', async () => {
    const found = await redivided();
    if (!found) return;
    const { id, year, newest, on } = found;
    const { page } = await visit(`/kaart/${id}?jaar=${newest}&sinds=${year}`);
    if (on !== null) {
      // It is read on the borders of the later one.
      expect(await title(page)).toContain(`verandering ${year} tot ${newest}`);
      expect(await page.locator('.notice').count()).toBe(0);
      return;
    }
    await page
      .locator('.notice')
      .filter({ hasText: `${year}` })
      .waitFor();
    expect(await title(page)).not.toContain('verandering');
  });

  it('of other divisions are offered apart, or the choice says by year why not', async () => {
    const found = await redivided();
    if (!found) {
      expect((await configuration()).fictief, 'the demo has such a topic').toBe(false);
      return;
    }
    const { page } = await visit(`/kaart/${found.id}?jaar=${found.newest}`);
    await page.locator('.compare-choices > summary').click();
    if (found.on !== null) {
      const read = page.locator(
        `#verschil optgroup[label="Verschil op de grenzen van ${found.on}"]`,
      );
      await read.waitFor({ state: 'attached' });
      expect(await read.locator('option').allInnerTexts()).toContain(
        `${found.year} tot ${found.newest}`,
      );
      return;
    }
    const hindrance = page.locator('.compare-choices .explain').filter({
      hasText: `niet te vergelijken`,
    });
    await hindrance.first().waitFor();
    const told = (await hindrance.allInnerTexts()).join(' ');
    expect(told).toContain(String(found.year));
    expect(told).toContain('indeling');
    const values = await page
      .locator('#verschil option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    expect(values.length).toBeGreaterThan(0);
    expect(values).not.toContain(`zelf ${found.year}`);
  });
});

describe('areas side by side', () => {
  it('are pinned from the panel, kept in the address, and shown with rank, dots and table', async () => {
    const { code } = await someBuurt();
    const { page, errors } = await visit(`/kaart/leefbaarheid?gebied=${code}`);
    await page.getByRole('button', { name: 'Vergelijk dit gebied' }).click();
    await page.waitForFunction((own) => location.search.includes(`vergelijk=${own}`), code);
    await page.getByRole('tab', { name: 'Vergelijk (1)' }).click();
    const table = page.locator('.side-by-side').last();
    await table.locator('tbody tr').first().waitFor();
    expect(await page.locator('.dots circle').count()).toBe(1);
    await page.getByRole('button', { name: /^Haal weg/ }).click();
    await page.getByText('Kies een gebied op de kaart en druk op').waitFor();
    expect(errors).toEqual([]);
  });
  it('are shown on a phone without sideways scrolling of the page', async () => {
    const { code } = await someBuurt();
    const { page } = await visit(`/kaart/leefbaarheid?vergelijk=${code}&weergave=vergelijk`, PHONE);
    await page.locator('.side-by-side tbody tr').first().waitFor();
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
  });
});

describe('an own selection', () => {
  it('is pasted, counted inside and outside, filters the table, and stays in the address', async () => {
    const { code } = await someBuurt();
    const { page, errors } = await visit('/');
    await page.locator('.selection > summary').click();
    await page.locator('#codes').fill(`${code.toLowerCase()}, ${code.slice(0, 2)}-geen`);
    await page.getByRole('button', { name: 'Voeg toe' }).click();
    await page.waitForFunction((own) => location.search.includes(`selectie=${own}`), code);
    const cells = page.locator('.totals tbody tr').first().locator('td');
    expect(await cells.first().innerText()).toBe('1');
    await page.getByText('Geen code').waitFor();
    await page.getByRole('tab', { name: 'Tabel' }).click();
    await page.selectOption('#filter', 'selection');
    expect(await page.locator('.data tbody tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Maak leeg' }).click();
    await page.waitForFunction(() => !location.search.includes('selectie='));
    expect(errors).toEqual([]);
  });

  it('is gathered by clicks, by keyboard, and by what is in view', async () => {
    const { page } = await visit('/');
    await painted(page);
    const codes = () => (query(page).get('selectie') ?? '').split(',').filter(Boolean).length;
    await page.locator('.selection > summary').click();
    await page.getByRole('button', { name: 'Kies gebieden op de kaart' }).click();
    await page.locator('#wk-kaart').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.search.includes('selectie='));
    expect(codes()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !location.search.includes('selectie='));
    await page.getByRole('button', { name: 'Neem wat in beeld is' }).click();
    await page.waitForFunction(() => location.search.includes('selectie='));
    expect(codes()).toBeGreaterThan(10);
  });

  it('is drawn with corners', async () => {
    const { page } = await visit('/');
    await painted(page);
    await page.locator('.selection > summary').click();
    await page.getByRole('button', { name: 'Teken een gebied' }).click();
    const box = (await page.locator('.map-region').boundingBox())!;
    for (const [x, y] of [
      [0.45, 0.45],
      [0.55, 0.45],
      [0.5, 0.55],
    ] as const) {
      await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
      await page.waitForTimeout(300);
    }
    await page.getByRole('button', { name: 'Neem wat erin ligt' }).click();
    await page.waitForFunction(() => location.search.includes('selectie='));
  });
});

describe('taking it out of the house', () => {
  it('makes a picture, a table and a citation of the present view', async () => {
    const { page, errors } = await visit('/kaart/leefbaarheid?klassen=6,7');
    await painted(page);
    await page.locator('.downloads > summary').click();
    const file = async (name: string) => {
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name, exact: true }).click();
      const download = await waiting;
      const { readFile } = await import('node:fs/promises');
      return {
        name: download.suggestedFilename(),
        bytes: await readFile((await download.path())!),
      };
    };
    const picture = await file('Afbeelding (PNG)');
    expect(picture.name).toMatch(/\.png$/);
    expect([...picture.bytes.subarray(1, 4)]).toEqual([80, 78, 71]);
    const csv = await file('Tabel (CSV)');
    const dutch = await file('Tabel voor Nederlands Excel (CSV met ; en komma)');
    const lines = csv.bytes.toString('utf8').trim().split('\r\n');
    const told = await page.locator('#wk-filter').innerText();
    // A header, a row for each area in colour, and below them where it comes from.
    const rows = lines.filter((line) => line.startsWith('BU'));
    expect(rows.length).toBe(numberIn(told.split(' van ')[0]!));
    expect(lines.at(-1)).toContain('Geraadpleegd op');
    expect(dutch.bytes.toString('utf8')).toMatch(/;-?\d+,\d+;/);
    expect(errors).toEqual([]);
  });
});

/** The file that a button of the downloads makes. */
async function download(page: Page, name: string): Promise<Buffer> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const { readFile } = await import('node:fs/promises');
  return readFile((await (await waiting).path())!);
}

describe('what leaves the house', () => {
  it('is a picture with the borders of the screen, dot by dot', async () => {
    const { omvang } = await api(`/v1/gebieden/${await someGemeente()}`);
    const [w, s, e, n] = omvang;
    const { page } = await visit(`/kaart/leefbaarheid?z=14/${(s + n) / 2}/${(w + e) / 2}`);
    await painted(page);
    await page.waitForTimeout(2500);
    await page.locator('.downloads > summary').click();
    const png = await download(page, 'Afbeelding (PNG)');
    const alike = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const map = document.querySelector('.map-canvas')!.getBoundingClientRect();
      const [width, height] = [Math.floor(map.width), Math.floor(map.height)];
      const read = (draw: (context: CanvasRenderingContext2D) => void) => {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const context = canvas.getContext('2d')!;
        draw(context);
        return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      };
      const screen = read((context) => {
        for (const tile of document.querySelectorAll<HTMLCanvasElement>(
          '.leaflet-areas-pane canvas',
        )) {
          const box = tile.getBoundingClientRect();
          context.drawImage(tile, Math.round(box.x - map.x), Math.round(box.y - map.y));
        }
      });
      let best = 0;
      // A map may stand on half a pixel.
      for (const dx of [-1, 0, 1]) {
        for (const dy of [-1, 0, 1]) {
          const made = read((context) => context.drawImage(picture, dx, dy - 56));
          let [same, all] = [0, 0];
          for (let at = 0; at < made.length; at++) {
            if (screen[at]! >>> 24 !== 255) continue;
            all += 1;
            if (screen[at] === made[at]) same += 1;
          }
          best = Math.max(best, same / Math.max(1, all));
        }
      }
      return best;
    }, png.toString('base64'));
    expect(alike).toBeGreaterThan(0.995);
  });

  it('has the distance to the mean in its table, and says what the files of the server lack', async () => {
    const { page } = await visit('/kaart/leefbaarheid?afwijking=land&klassen=6,7&binnen=land');
    await page.locator('.downloads > summary').click();
    await page.getByText('Daar staat niet in: uw filter en de vergelijking.').waitFor();
    const lines = (await download(page, 'Tabel (CSV)')).toString('utf8').trim().split('\r\n');
    const head = lines[0]!.replace(/^\ufeff/, '').split(',');
    const place = head.findIndex((one) => one.includes('verschil met het gemiddelde van het land'));
    expect(place).toBe(5);
    const rows = lines
      .filter((one) => one.startsWith('BU'))
      // What it is compared with has a Dutch comma, within quotes.
      .map((one) => one.replace(/"[^"]*"/g, '').split(','));
    expect(rows.length).toBeGreaterThan(5);
    // One mean for all: figure less distance is the same in every row.
    const means = rows.map((row) => Number(row[3]) - Number(row[5]));
    for (const mean of means) expect(Math.abs(mean - means[0]!)).toBeLessThan(0.001);
    await page.getByRole('button', { name: 'Toon alles', exact: true }).first().click();
    await page.getByText('Daar staat niet in: de vergelijking.').waitFor();
  });
});

describe('finding', () => {
  it('lists topics with their explanation, and takes the one that is pressed', async () => {
    const { page } = await visit('/');
    await page.getByRole('button', { name: 'Zoek een onderwerp' }).click();
    const box = page.locator('#onderwerp-zoek');
    await box.waitFor();
    const all = await page.locator('.topic-list li').count();
    await box.fill('inkomen');
    await expect.poll(() => page.locator('.topic-list li').count()).toBeLessThan(all);
    const first = page.locator('.topic-list button').first();
    const name = await first.innerText();
    await first.click();
    await page.getByRole('heading', { level: 1, name: new RegExp(name.slice(0, 12)) }).waitFor();
  });

  it('asks for a postcode with a house number, which stands in no address of the page', async () => {
    const { page, requests } = await visit('/');
    await page.locator('#zoek').fill('1234 ab 12');
    await expect.poll(() => requests.some((one) => one.includes('postcode=1234AB'))).toBe(true);
    expect(page.url()).not.toContain('1234');
    const option = page.locator('#zoek-lijst [role="option"]').first();
    if ((await configuration()).fictief && (await option.count()) > 0) {
      await option.click();
      await settled(page);
      expect(page.url()).not.toMatch(/1234AB|huisnummer/i);
      expect(await page.locator('#zoek').inputValue()).toBe('');
    }
  });
});

describe('years side by side', () => {
  it('are small maps from one tile, with a table of the same', async () => {
    const found = await changing();
    if (!found) return;
    const { page, errors } = await visit(`/kaart/${found.id}?jaar=${found.to}&weergave=jaren`);
    await page.locator('.side-by-side').last().locator('tbody tr').first().waitFor();
    const maps = page.locator('.multiples').last().locator('canvas');
    expect(await maps.count()).toBeGreaterThan(1);
    await expect
      .poll(() =>
        maps.first().evaluate((canvas: HTMLCanvasElement) =>
          canvas
            .getContext('2d')!
            .getImageData(0, 0, canvas.width, canvas.height)
            .data.some((one) => one > 0),
        ),
      )
      .toBe(true);
    await page.getByRole('button', { name: `Toon ${found.from} groot` }).click();
    await page.waitForFunction((from) => location.search.includes(`jaar=${from}`), found.from);
    expect(errors).toEqual([]);
  });
});

describe('levels side by side', () => {
  it('are small maps of the same frame, with the shares that the server counts', async () => {
    const { page, errors } = await visit('/kaart/leefbaarheid?weergave=jaren');
    const table = page.locator('.side-by-side').first();
    await table.locator('tbody tr').first().waitFor();
    const levels = (await api('/v1/indicatoren/leefbaarheid')).niveaus.map(
      ({ niveau }: { niveau: string }) => niveau,
    );
    const maps = page.locator('.multiples').first().locator('canvas');
    expect(await maps.count()).toBe(levels.length);
    // Each level has another picture.
    const pictures = () =>
      maps.evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()));
    await expect.poll(async () => new Set(await pictures()).size).toBe(levels.length);
    const { klassen } = await api('/v1/legenda?indicator=leefbaarheid&niveau=gemeenten&jaar=2024');
    const gemeenten = klassen.map(({ gebieden }: { gebieden: number }) => gebieden);
    const all = gemeenten.reduce((sum: number, one: number) => sum + one, 0);
    const shares = (await table.locator('tbody tr td:nth-child(2)').allInnerTexts()).map(numberIn);
    gemeenten.forEach((count: number, at: number) => {
      expect(Math.abs(shares[at]! - (100 * count) / all), `row ${at}`).toBeLessThan(1);
    });
    await page.getByRole('button', { name: 'Toon per gemeente' }).click();
    await page.getByRole('heading', { level: 1, name: /per gemeente$/ }).waitFor();
    expect(query(page).get('niveau')).toBe('gemeenten');
    expect(errors).toEqual([]);
  });
});
