import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const dist = new URL('../../dist/', import.meta.url);
const budgets = JSON.parse(readFileSync(new URL('../../budgets.json', import.meta.url), 'utf8'));
const html = readFileSync(new URL('index.html', dist), 'utf8');
const assets = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
  (match) => match[1]!,
);

it('stays within what the first load may weigh', () => {
  expect(assets.length).toBeGreaterThanOrEqual(2);
  const weight = assets.reduce(
    (sum, name) => sum + gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length,
    0,
  );
  expect(weight).toBeLessThanOrEqual(budgets.planner.gzip);
});

it('has the places that the server fills in, and nothing inline', () => {
  expect(html).toContain('<script type="application/json" id="wk-configuratie">{}</script>');
  expect(html).toContain('<noscript><!--wk-noscript--></noscript>');
  expect(html).toContain('<html lang="nl">');
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^<]*)</g)];
  for (const [, attributes, body] of scripts) {
    if (!attributes?.includes('application/json')) expect(body).toBe('');
  }
});

it('has a compressed twin beside each asset over a kilobyte', () => {
  for (const name of assets) {
    const bytes = readFileSync(new URL(name, dist));
    if (bytes.length > 1024) {
      expect(readFileSync(new URL(`${name}.br`, dist)).length).toBeLessThan(bytes.length);
    }
  }
});
