import { describe, expect, it } from 'vitest';
import { contrast } from './palette.ts';
import { fitting, fontOf, lengthOf, mended, schemeOf, themed } from './theme.ts';

const read = (text: string) => (/^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null);
const OWN: Record<string, string> = {
  page: '#f7f6f3',
  panel: '#ffffff',
  ink: '#1a1d20',
  control: '#7d838a',
  accent: '#0b4f8a',
  'accent-ink': '#ffffff',
  link: '#0b4f8a',
  alert: '#8a2b06',
  focus: '#1a1d20',
  'focus-halo': '#ffd74a',
};
const own = (name: string) => OWN[name]!;
const made = (tokens: Record<string, unknown>) => themed(tokens, read, own);

/** What is written in what, on what. */
function checks(values: Record<string, string>): void {
  const all = { ...OWN, ...values };
  for (const ground of [all.page!, all.panel!, all.wash ?? all.panel!]) {
    for (const ink of ['ink', 'quiet', 'link', 'alert'])
      if (values[ink]) expect(contrast(values[ink], ground), ink).toBeGreaterThanOrEqual(4.5);
    for (const line of ['control', 'accent'])
      if (values[line]) expect(contrast(values[line], ground), line).toBeGreaterThanOrEqual(3);
  }
  for (const ground of [all.page!, all.panel!])
    expect(contrast(all.focus!, ground)).toBeGreaterThanOrEqual(3);
  expect(contrast(all['accent-ink']!, all.accent!)).toBeGreaterThanOrEqual(4.5);
}

describe('a house style', () => {
  it('is taken as it is where it can be read', () => {
    const values = made({ text: '#001a40', bg: '#ffffff', link: '#00568b', accent: '#5115ef' });
    expect(values).toMatchObject({
      page: '#ffffff',
      ink: '#001a40',
      link: '#00568b',
      accent: '#5115ef',
    });
    checks(values);
  });
  it('is mended where it cannot', () => {
    checks(made({ text: '#cccccc', bg: '#ffffff', link: '#ffdd00', accent: '#ffffff' }));
    checks(made({ text: '#333333', bg: '#111111', link: '#222222', 'accent-text': '#101010' }));
    checks(made({ bg: '#808080', border: '#818181', danger: '#7f7f7f' }));
    checks(made({ bg: '#ffffff', surface: '#000000', text: '#777777' }));
    checks(made({ link: '#ffd74a' }));
    checks(made({ bg: '#ffe600', 'focus-outline': '#ffe600', 'focus-bg': '#ffe600' }));
  });
  it('holds for colours of all kinds', () => {
    const steps = ['00', '55', 'aa', 'ff'];
    for (const r of steps)
      for (const g of steps)
        for (const b of steps)
          checks(
            made({ bg: `#${r}${g}${b}`, text: '#777777', link: '#3366cc', accent: '#cc3366' }),
          );
  });
  it('says nothing of the map', () => {
    const values = made({ text: '#001a40', bg: '#101010', line: '#ff0000', water: '#ff0000' });
    for (const name of ['water', 'ground', 'land', 'land-line', 'blank', 'line', 'border'])
      expect(values[name]).toBeUndefined();
  });
  it('is light or dark by what it is written on', () => {
    expect(schemeOf({ bg: '#ffffff' }, read)).toBe('licht');
    expect(schemeOf({ bg: '#14171a' }, read)).toBe('donker');
    expect(schemeOf({ text: '#ffffff' }, read)).toBeNull();
  });
  it('gives way to colours that are fixed, and keeps its letters', () => {
    const night = {
      bg: '#101820',
      text: '#eeeeee',
      surface: '#202830',
      border: '#888888',
      accent: '#99ccff',
      'accent-text': '#000000',
      link: '#99ccff',
      danger: '#ffb59a',
      'focus-outline': '#ffffff',
      'focus-bg': '#b88a00',
    };
    const rest = {
      font: 'Arial',
      'heading-font': 'Georgia',
      radius: '2px',
      'control-size': '3rem',
    };
    const style = { ...night, ...rest };
    expect(fitting(style, 'licht', read)).toEqual(rest);
    expect(fitting(style, 'donker', read)).toEqual(style);
    expect(fitting(style, null, read)).toEqual(style);
    expect(fitting({ ...style, bg: '#ffffff' }, 'donker', read)).toEqual(rest);
    // It does not say what it is written on: its colours are mended on our own.
    expect(fitting({ text: '#eeeeee' }, 'licht', read)).toEqual({ text: '#eeeeee' });
    expect(Object.keys(made(fitting(style, 'licht', read))).sort()).toEqual(
      Object.keys(rest).sort(),
    );
  });
  it.each([
    'url(https://evil.example/x)',
    'red;}',
    '#ffffff; background: url(x)',
    'var(--x)',
    'currentColor',
    'expression(alert(1))',
    `#${'f'.repeat(10_000)}`,
    'rgb(0 0 0',
    42,
    null,
    {},
    ['#ffffff'],
  ])('leaves out what is no colour: %j', (value) => {
    const asked: unknown[] = [];
    const spy = (text: string) => {
      asked.push(text);
      return read(text);
    };
    expect(themed({ bg: value, text: value, link: value }, spy, own)).toEqual({});
    for (const one of asked) expect(one).toMatch(/^[#a-z0-9(),.%/ +-]+$/i);
  });
});

describe('letters and lengths', () => {
  it('are names of fonts and nothing else', () => {
    expect(fontOf("'Noto Sans', sans-serif")).toBe("'Noto Sans', sans-serif");
    expect(fontOf('"Fira Sans", Arial')).toBe('"Fira Sans", Arial');
    for (const wrong of ['url(x)', "'x; y'", 'a;b', "'open", 'a}', '', 7, 'x'.repeat(300)])
      expect(fontOf(wrong), String(wrong)).toBeNull();
  });
  it('are lengths of a size that fits', () => {
    expect(lengthOf('8px', 16)).toBe(8);
    expect(lengthOf('0', 16)).toBe(0);
    expect(lengthOf('0.5rem', 16)).toBe(8);
    expect(lengthOf('999px', 16)).toBe(16);
    for (const wrong of ['8', '-8px', 'calc(1px)', '1e9px', '8vw', 8, null])
      expect(lengthOf(wrong, 16), String(wrong)).toBeNull();
  });
  it('are written where the house style has them', () => {
    expect(made({ font: 'Arial', radius: '2px', 'control-size': '3rem' })).toEqual({
      font: 'Arial',
      radius: '2px',
      'control-size': '48px',
    });
  });
});

it('moves a colour no further than it must', () => {
  const found = mended('#8a8a8a', ['#ffffff'], 4.5)!;
  expect(contrast(found, '#ffffff')).toBeGreaterThanOrEqual(4.5);
  expect(contrast(found, '#ffffff')).toBeLessThan(5.2);
  expect(mended('#000000', ['#ffffff'], 4.5)).toBe('#000000');
});
