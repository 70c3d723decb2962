/**
 * The questions that planners come with, asked of the public figures by mouse, by keyboard and on a
 * phone. Needs a server with all public data at `WIJKZICHT_COUNTRY_URL`; skipped without.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, painted, query, settled, title } from './visit.ts';

const home = (process.env.WIJKZICHT_COUNTRY_URL ?? '').replace(/\/$/, '');
if (!home) console.log('skipped: journeys need WIJKZICHT_COUNTRY_URL, a server with public data');

/** How somebody works the page. */
interface Hand {
  name: string;
  width: number;
  press: (page: Page, selector: string) => Promise<void>;
  choose: (page: Page, id: string, words: string) => Promise<void>;
}

const byMouse = {
  press: async (page: Page, selector: string) => page.locator(selector).first().click(),
  choose: async (page: Page, id: string, words: string) => {
    await page.selectOption(id, { label: words });
  },
};

const HANDS: Hand[] = [
  { name: 'mouse', width: 1280, ...byMouse },
  {
    name: 'keyboard',
    width: 1280,
    press: async (page, selector) => {
      await page.locator(selector).first().focus();
      await page.keyboard.press('Enter');
    },
    choose: async (page, id, words) => {
      await page.locator(id).focus();
      await page.keyboard.type(words, { delay: 5 });
    },
  },
  { name: 'phone', width: 390, ...byMouse },
];

const arrive = async ({ width }: Hand, path: string) => {
  const { page, errors } = await open(path, { viewport: { width, height: 800 } }, home);
  await settled(page);
  return { page, errors };
};

/** Types in the search box and takes the first answer. */
async function find(page: Page, words: string): Promise<void> {
  const box = page.locator('#zoek');
  await box.fill(words);
  await page.locator('[role=option]').first().waitFor();
  await box.press('Enter');
  await settled(page);
}

/** On a phone the choices lie in a sheet that is drawn up, or down, as far as it goes. */
async function draw(page: Page, hand: Hand, which: string): Promise<void> {
  if (hand.width > 800) return;
  const handle = page.getByRole('button', { name: which });
  const stop = () => page.locator('.side').getAttribute('data-stop');
  while (await handle.isEnabled()) {
    const before = await stop();
    await handle.click();
    await expect.poll(stop).not.toBe(before);
  }
}

const drawUp = (page: Page, hand: Hand) => draw(page, hand, 'Meer van legenda en keuzes');

/** Changes a choice, and waits until the title says so. */
async function choose(page: Page, hand: Hand, id: string, words: string, says: RegExp) {
  await hand.choose(page, id, words);
  await page.getByRole('heading', { level: 1, name: says }).waitFor();
  await settled(page);
}

/** Opens the table; on a phone from under the sheet. */
async function table(page: Page, hand: Hand): Promise<void> {
  await draw(page, hand, 'Minder van legenda en keuzes');
  await hand.press(page, '#tab-tabel');
}

/** The cells of the first row of the table, when it is sorted by its figures. */
async function sorted(page: Page, hand: Hand, order: 'ascending' | 'descending') {
  const head = 'table.data th.number[aria-sort]';
  await page.locator(head).waitFor();
  for (let turn = 0; turn < 2; turn += 1) {
    if ((await page.locator(head).getAttribute('aria-sort')) === order) break;
    await hand.press(page, `${head} .sort`);
    await page.waitForTimeout(100);
  }
  return page.locator('table.data tbody tr').first().locator('th, td').allInnerTexts();
}

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes
async function ask(path: string): Promise<any> {
  const answer = await fetch(home + path);
  expect(answer.ok, path).toBe(true);
  return answer.json();
}

// What a profile computes on its first question takes a debug build some 20 s: the journeys are
// about the page, not about that.
beforeAll(async () => {
  if (home) await ask('/v1/gebieden/BU05991574?jaar=2024');
}, 120_000);

describe.skipIf(!home).each(HANDS)('by $name', (hand) => {
  it('in which wijken of Rotterdam did liveability fall most from 2012 to 2016', async () => {
    const { page, errors } = await arrive(hand, '/kaart/leefbaarheid?niveau=wijken');
    await drawUp(page, hand);
    const topic = 'Ontwikkeling van de leefbaarheid, versie 2.0';
    await choose(page, hand, '#onderwerp', topic, /ntwikkeling/);
    await choose(page, hand, '#jaar', '2016', /2016/);
    await choose(page, hand, '#sinds', '2012 tot 2016', /2012/);
    await find(page, 'Rotterdam');
    await page.waitForFunction(() => location.search.includes('GM0599'));
    await table(page, hand);
    const [name, gemeente, figure] = await sorted(page, hand, 'ascending');
    expect([name, gemeente]).toEqual(['Charlois', 'Rotterdam']);
    expect(figure).toMatch(/^−0,07/);
    const { features } = await ask(
      '/v1/lagen/wijken.geojson?indicator=leefbaarheid-2-ontwikkeling&jaar=2016&sinds=2012&binnen=GM0599&detail=grof',
    );
    const lowest = features
      .map((one: { properties: { code: string; waarde: number | null } }) => one.properties)
      .filter(({ waarde }: { waarde: number | null }) => waarde !== null)
      .sort((a: { waarde: number }, b: { waarde: number }) => a.waarde - b.waarde)[0];
    expect(lowest.code).toBe('WK059915');
    expect(lowest.waarde).toBeCloseTo(-0.0713, 4);
    expect(errors).toEqual([]);
  });

  it('which buurten combine low liveability with few owner-occupied homes', async () => {
    const { page, errors } = await arrive(hand, '/kaart/leefbaarheid?jaar=2024&niveau=buurten');
    await drawUp(page, hand);
    const summary = page.locator('.compare-choices > summary');
    if (!(await page.locator('.compare-choices').evaluate((one) => one.hasAttribute('open'))))
      await hand.press(page, '.compare-choices > summary');
    await summary.waitFor();
    await hand.choose(page, '#met', 'Koopwoningen');
    await page.waitForFunction(() => location.search.includes('met=koopwoningen'));
    // Of a topic that is neither good nor bad the columns go from low to high: low meets low at 7.
    const cell = page.locator('.cell[data-of="class 7"]');
    await cell.waitFor();
    await settled(page);
    const said = (await cell.getAttribute('aria-label'))!;
    const cover = await page.locator('wk-legend .cover').innerText();
    const legend = await ask(
      '/v1/legenda?niveau=buurten&indicator=leefbaarheid&met=koopwoningen&jaar=2024',
    );
    const [[low], [few]] = [legend.rijen.grenzen, legend.kolommen.grenzen];
    // Brute force: the buurten with both figures, and those in the lowest third of both.
    const of = async (id: string) => {
      const layer = await ask(`/v1/lagen/buurten.geojson?indicator=${id}&jaar=2024&detail=grof`);
      return new Map<string, { waarde: number | null; vlaggen: string[] }>(
        layer.features.map((one: { id: string; properties: never }) => [one.id, one.properties]),
      );
    };
    const [score, homes] = await Promise.all([of('leefbaarheid'), of('koopwoningen')]);
    let [all, missing, both] = [0, 0, 0];
    for (const [code, one] of score) {
      if (one.vlaggen.includes('water')) continue;
      all += 1;
      const other = homes.get(code)?.waarde;
      if (one.waarde === null || other == null) missing += 1;
      else if (one.waarde <= low && other <= few) both += 1;
    }
    expect(all).toBeGreaterThan(13_000);
    expect(cover).toContain(`${(all - missing).toLocaleString('nl-NL')} van`);
    const count = Number(/: ([\d.]+) buurten/.exec(said)?.[1]?.replaceAll('.', ''));
    expect(count).toBe(both);
    // Low liveability goes with few owned homes: more than one in nine, at most one in three.
    expect(said).toMatch(/leefbaarheid laag, .*koopwoningen laag/i);
    expect(count).toBeGreaterThan((all - missing) / 9);
    expect(count).toBeLessThan((all - missing) / 3);
    expect(errors).toEqual([]);
  });

  it('where do the lowest incomes concentrate, by wijk, in 2022', async () => {
    const { page, errors } = await arrive(hand, '/kaart/leefbaarheid?niveau=wijken');
    await drawUp(page, hand);
    await choose(
      page,
      hand,
      '#onderwerp',
      'Personen met een laag inkomen (laagste 40%)',
      /inkomen/,
    );
    expect(await title(page)).toMatch(/2022, per wijk/);
    await table(page, hand);
    const row = await sorted(page, hand, 'descending');
    const { features } = await ask(
      '/v1/lagen/wijken.geojson?indicator=laagste-inkomens&jaar=2022&detail=grof',
    );
    const highest = features
      .map((one: { properties: { code: string; waarde: number | null } }) => one.properties)
      .filter(({ waarde }: { waarde: number | null }) => waarde !== null)
      .sort((a: { waarde: number }, b: { waarde: number }) => b.waarde - a.waarde)[0];
    expect(row.at(-1)).toBe(highest.code);
    expect(errors).toEqual([]);
  });

  it('what is at this coordinate', async () => {
    const { page, errors } = await arrive(hand, '/');
    await find(page, '51.8923, 4.4735');
    await page.locator('wk-panel h2').first().waitFor();
    const found = await ask('/v1/locaties?lat=51.8923&lon=4.4735');
    const { buurt } = found;
    expect(query(page).get('gebied')).toBe(buurt.code);
    expect(await page.locator('wk-panel h2').first().innerText()).toContain(buurt.naam);
    expect(errors).toEqual([]);
  });

  it('give me this as a picture, a table and a link', async () => {
    const { page, errors } = await arrive(hand, '/kaart/leefbaarheid?jaar=2024&binnen=GM0599');
    await drawUp(page, hand);
    if (hand.width > 800) await painted(page);
    await hand.press(page, '.downloads > summary');
    const save = async (name: string) => {
      const waiting = page.waitForEvent('download');
      const button = page.locator('wk-export').getByRole('button', { name }).first();
      await (hand.name === 'keyboard' ? button.press('Enter') : button.click());
      return (await waiting).suggestedFilename();
    };
    expect(await save('Afbeelding')).toMatch(/\.png$/);
    expect(await save('Tabel')).toMatch(/\.csv$/);
    expect(page.url()).toContain('binnen=GM0599');
    expect(errors).toEqual([]);
  });
});
