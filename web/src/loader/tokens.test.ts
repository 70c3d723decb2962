import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readTokens } from './tokens.ts';

/** A page whose house style says no more than this. */
const page = (values: Record<string, string>) => (name: string) => values[name] ?? '';

describe('tokens of a house style', () => {
  it('are none on a page that has none', () => {
    expect(readTokens(page({}))).toEqual({});
  });
  it('are ours first, then those of NL Design System, then those of others', () => {
    const all = {
      '--wk-link': ' #111 ',
      '--nl-link-color': '#222',
      '--utrecht-link-color': '#333',
      '--ams-link-color': '#444',
      '--rhc-color-foreground-link': '#555',
      '--basis-color-action-2-color-default': '#666',
    };
    const names = Object.keys(all);
    const found = names.map((_, at) => {
      const left = Object.fromEntries(Object.entries(all).slice(at));
      return readTokens(page(left)).link;
    });
    expect(found).toEqual(['#111', '#222', '#333', '#444', '#555', '#666']);
  });
  it('have names that the example theme knows', () => {
    const css = readFileSync(
      createRequire(import.meta.url).resolve(
        '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css',
      ),
      'utf8',
    );
    const values = new Map(
      [...css.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]),
    );
    const resolved = (name: string): string =>
      (values.get(name) ?? '').replace(/var\((--[a-z0-9-]+)\)/g, (_, other) => resolved(other));
    const tokens = readTokens(resolved);
    expect(tokens).toMatchObject({
      text: '#001a40',
      bg: '#ffffff',
      link: '#00568b',
      accent: '#5115ef',
      'accent-text': '#ffffff',
      font: "'Noto Sans', sans-serif",
      'heading-font': "'Noto Serif', serif",
      radius: '8px',
    });
    expect(Object.keys(tokens).length).toBe(14);
  });
});
