import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const dist = new URL('../../dist/', import.meta.url);
const budgets = JSON.parse(readFileSync(new URL('../../budgets.json', import.meta.url), 'utf8'));
const weightOf = (name: string) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;

describe.each([
  ['planner', 'index.html', '<noscript><main class="silent"><!--wk-noscript--></main></noscript>'],
  ['embed', 'embed.html', '<wk-embed><!--wk-embed--></wk-embed>'],
])('%s', (name, file, place) => {
  const html = readFileSync(new URL(file, dist), 'utf8');
  const assets = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    (match) => match[1]!,
  );

  it('stays within what the first load may weigh', () => {
    expect(assets.length).toBeGreaterThanOrEqual(2);
    const weight = assets.reduce((sum, asset) => sum + weightOf(asset), 0);
    expect(weight).toBeLessThanOrEqual(budgets[name].gzip);
  });

  it('has the places that the server fills in, and nothing inline', () => {
    expect(html).toContain('<script type="application/json" id="wk-configuratie">{}</script>');
    expect(html).toContain(place);
    expect(html).toContain('<html lang="nl">');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    const scripts = [...html.matchAll(/<script\b([^>]*)>([^<]*)</g)];
    for (const [, attributes, body] of scripts) {
      if (!attributes?.includes('application/json')) expect(body).toBe('');
    }
  });

  it('has a compressed twin beside each asset over a kilobyte', () => {
    for (const asset of assets) {
      const bytes = readFileSync(new URL(asset, dist));
      if (bytes.length > 1024) {
        expect(readFileSync(new URL(`${asset}.br`, dist)).length).toBeLessThan(bytes.length);
      }
    }
  });
});

it('gives other pages a script that they hardly notice', () => {
  expect(weightOf('wijk-kaart.js')).toBeLessThanOrEqual(budgets.loader.gzip);
  const script = readFileSync(new URL('wijk-kaart.js', dist), 'utf8');
  const packed = readFileSync(new URL('wijk-kaart.js.br', dist));
  expect(brotliDecompressSync(packed).toString()).toBe(script);
  expect(script).not.toMatch(/\b(?:import|export)\b|\beval\(|createElement\(.style/);
});
