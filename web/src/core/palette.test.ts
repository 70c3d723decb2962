import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';
import { contrast, HATCHES, hatchOf, inkOn, OUTLINE } from './palette.ts';

const css = readFileSync(new URL('../style/tokens.css', import.meta.url), 'utf8');

function tokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--wk-([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]),
  );
}
const dark = css.indexOf('prefers-color-scheme: dark');
const themes = {
  light: tokens(css.slice(0, dark)),
  dark: tokens(css.slice(dark)),
};

const TEXT: [string, string][] = ['ink', 'quiet', 'accent', 'alert'].flatMap((text) =>
  ['page', 'panel', 'raised', 'wash'].map((ground) => [text, ground] as [string, string]),
);
const CONTROLS: [string, string][] = [
  ...['control', 'focus', 'accent'].flatMap((edge) =>
    ['page', 'panel', 'raised'].map((ground) => [edge, ground] as [string, string]),
  ),
  ['focus', 'focus-halo'],
];

describe('contrast', () => {
  it('agrees with the ends of the scale', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 1);
  });
});

describe.each(Object.entries(themes))('tokens, %s', (_, theme) => {
  const colour = (name: string) => {
    const found = theme.get(name);
    if (!found) throw new Error(`no token --wk-${name}`);
    return found;
  };
  it.each([
    ...TEXT,
    ['accent-ink', 'accent'],
    ['ink', 'water'],
    ['ink', 'land'],
    ['land-ink', 'land'],
  ])('text %s on %s has 4.5:1', (text, ground) => {
    expect(contrast(colour(text!), colour(ground!))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(CONTROLS)('control %s on %s has 3:1', (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
  });
});

/** The colours that the server may give to a class. */
const folder = new URL('../../../geodata/palettes/', import.meta.url);
const ramps = readdirSync(folder).flatMap((name) => [
  ...readFileSync(new URL(name, folder), 'utf8').matchAll(/"(#[0-9a-f]{6})"/g),
]);
const painted = [...new Set(ramps.map((match) => match[1]!))];

describe.each(Object.entries(themes))('the ground of the map, %s', (_, theme) => {
  const grounds = ['land', 'ground'].map((name) => theme.get(name)!);
  it('is never mistaken for a class, for an area without a figure or for water', () => {
    expect(painted.length).toBeGreaterThan(9);
    for (const ground of grounds) {
      for (const colour of [...painted, theme.get('water')!]) {
        expect(difference(ground, colour), `${colour} on ${ground}`).toBeGreaterThanOrEqual(6);
      }
      // These carry a hatch as well.
      for (const { ground: colour } of Object.values(HATCHES)) {
        if (colour) expect(difference(ground, colour), colour).toBeGreaterThanOrEqual(4);
      }
    }
  });
  it('differs from areas that wait for a circle', () => {
    for (const ground of grounds) {
      expect(difference(ground, theme.get('blank')!)).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('the map', () => {
  const classes = '#7f2704 #b8460b #e6782a #fdb47a #f2efe6 #b3d1e6 #6aa5cf #2f76b0 #0b3c73'.split(
    ' ',
  );
  it('has an outline that shows on every class', () => {
    for (const colour of [
      ...classes,
      '#d9d9d9',
      '#eeeeee',
      themes.light.get('water')!,
      themes.dark.get('water')!,
    ]) {
      const best = Math.max(contrast(OUTLINE.core, colour), contrast(OUTLINE.halo, colour));
      expect(best, colour).toBeGreaterThanOrEqual(3);
    }
  });
  it('has numbers that can be read on every colour of every palette', () => {
    const folder = new URL('../../../geodata/palettes/', import.meta.url);
    let seen = 0;
    for (const name of readdirSync(folder)) {
      const text = readFileSync(new URL(name, folder), 'utf8');
      for (const [fill] of text.matchAll(/#[0-9a-f]{6}/gi)) {
        expect(contrast(inkOn(fill), fill), `${name} ${fill}`).toBeGreaterThanOrEqual(4.5);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(50);
  });
  it('has hatches that differ from their ground', () => {
    for (const hatch of Object.values(HATCHES)) {
      if (hatch.ground) expect(contrast(hatch.ground, hatch.mark)).toBeGreaterThanOrEqual(2);
    }
  });
  it('draws what is kept back otherwise than what is not there', () => {
    expect(hatchOf('te_weinig_inwoners')).toBe('verborgen');
    expect(hatchOf('geen_score')).toBe('geen-cijfer');
    expect(hatchOf(null)).toBe('geen-cijfer');
  });
});
