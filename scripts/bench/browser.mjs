// browser.mjs ADDRESS GEOJSON [BUNDLE]: what the map costs the page's own thread, beside others
// that paint the same borders in the same browser: `L.geoJSON` on a canvas, and protomaps-leaflet
// with vector tiles where its bundle is given. Prints JSON.
//
// Time is that of the thread (CDP, `timeDomain: threadTicks`), so that what else the machine does
// hardly matters; frames are what `requestAnimationFrame` saw while the map was dragged.
import { createRequire } from 'node:module';
import { plain, tiled } from './painters.mjs';

const [, , address, borders, bundle] = process.argv;
const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const ROUNDS = Number(process.env.ROUNDS ?? 9);
const SIZE = { width: 1280, height: 800 };
/** Milliseconds in which a recolouring is over. */
const REST = 400;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

async function open(path) {
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  if (path) await page.goto(address + path);
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  };
  return { page, busy, context };
}

const sorted = (list) => [...list].sort((a, b) => a - b);
const quantile = (list, part) => sorted(list)[Math.min(list.length - 1, Math.floor(part * list.length))];
const middle = (list) => quantile(list, 0.5);

/** Thread time of some turns of the same work, less that of doing nothing as long. */
async function cost({ page, busy }, work, turns = ROUNDS) {
  const spent = [];
  const idle = [];
  for (let turn = -2; turn < turns; turn++) {
    let before = await busy();
    await page.waitForTimeout(REST);
    const nothing = (await busy()) - before;
    before = await busy();
    await work(turn);
    await page.waitForTimeout(REST);
    // The first turns compile.
    if (turn < 0) continue;
    spent.push((await busy()) - before);
    idle.push(nothing);
  }
  const less = middle(idle);
  return { ms: Math.max(0, middle(spent) - less), low: sorted(spent)[0] - less, high: sorted(spent).at(-1) - less };
}

/** Times between frames while the map is dragged to and fro. */
async function drag({ page }, x, y) {
  await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const tick = (now) => {
      window.frames_.push(now - last);
      last = now;
      window.next_ = requestAnimationFrame(tick);
    };
    window.next_ = requestAnimationFrame(tick);
  });
  for (let turn = 0; turn < 6; turn++) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    const sign = turn % 2 === 0 ? 1 : -1;
    for (let step = 1; step <= 40; step++) {
      await page.mouse.move(x + sign * step * 5, y + step * 2);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
    await page.waitForTimeout(200);
  }
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(window.next_);
    return window.frames_.slice(1);
  });
  return { p50: quantile(frames, 0.5), p95: quantile(frames, 0.95), worst: Math.max(...frames) };
}

async function hover(visited, x, y) {
  return cost(visited, async (turn) => {
    for (let step = 0; step < 20; step++) {
      await visited.page.mouse.move(x + ((turn * 37 + step * 13) % 300), y + ((step * 17) % 200));
      await visited.page.waitForTimeout(20);
    }
  });
}

async function ours() {
  const { indicatoren } = await (await fetch(`${address}/v1/indicatoren`)).json();
  const shares = indicatoren.filter(
    ({ soort, weergave, niveaus }) =>
      soort === 'aandeel' &&
      weergave === 'vlak' &&
      niveaus.some(({ niveau }) => niveau === 'buurten'),
  );
  const [one, other = one] = shares.map(({ id }) => id);
  const visited = await open(`/kaart/${one}?binnen=land`);
  const { page } = visited;
  await page.waitForSelector('.map-canvas[data-painted="true"]', { state: 'attached' });
  await page.waitForTimeout(1500);
  const send = (name, detail) =>
    page.evaluate(
      ([type, part]) =>
        document
          .querySelector('wk-legend')
          .dispatchEvent(new CustomEvent(type, { bubbles: true, detail: part })),
      [name, detail],
    );
  for (const indicator of [other, one, other]) {
    await send('wk-change', { indicator });
    await page.waitForTimeout(1500);
  }
  const figures = {};
  const turn = (first, second) => (at) => (at % 2 ? second : first);
  const topics = turn({ indicator: one }, { indicator: other });
  figures.class = await cost(visited, (at) => send('wk-alone', turn({ class: 2 }, null)(at)));
  figures.topic = await cost(visited, (at) => send('wk-change', topics(at)));
  figures.classFilter = await cost(visited, (at) =>
    send('wk-filter', { klassen: turn('1,2', null)(at) }),
  );
  figures.range = await cost(visited, (at) => send('wk-filter', { bereik: turn('20:40', null)(at) }));
  figures.deviation = await cost(visited, (at) =>
    send('wk-change', { afwijking: turn('land', null)(at) }),
  );
  const box = await page.locator('.map-region').boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  figures.hover = await hover(visited, x - 100, y - 100);
  figures.zoom = await cost(visited, (at) =>
    page.locator('.map-buttons button').nth(at % 2 ? 1 : 0).click(),
  );
  figures.pan = await drag(visited, x, y);
  figures.nodes = await page.locator('wk-map *').count();
  await visited.context.close();
  return figures;
}

/** Another way of painting: a map that `window.peer` recolours and zooms. */
async function peer({ setUp, hovers }) {
  const visited = await open(null);
  const { page } = visited;
  await setUp(page);
  await page.waitForTimeout(2500);
  const figures = {};
  figures.topic = await cost(visited, (at) =>
    page.evaluate((shift) => void window.peer.recolour(shift), at + 3),
  );
  if (hovers) figures.hover = await hover(visited, 300, 300);
  figures.zoom = await cost(visited, (at) =>
    page.evaluate((step) => {
      const { map } = window.peer;
      map.setZoom(map.getZoom() + step);
    }, at % 2 ? -1 : 1),
  );
  figures.pan = await drag(visited, 465, 400);
  figures.nodes = await page.locator('#map *').count();
  await visited.context.close();
  return figures;
}

try {
  const figures = { ours: await ours(), plain: await peer(plain(borders)) };
  if (bundle) figures.tiled = await peer(tiled(address, bundle));
  console.log(JSON.stringify(figures));
} finally {
  await browser.close();
}
