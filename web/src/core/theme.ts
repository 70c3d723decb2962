/**
 * The house style of another page, as far as it can be trusted: values are read as what they should
 * be and nothing else, and colours that would be hard to read are made lighter or darker until they
 * are not. The colours of the map follow no house style.
 */
import { contrast } from './palette.ts';

/** Contrast that WCAG 2 asks of text, and of what can be pressed. */
const TEXT = 4.5;
const CONTROL = 3;
/** The longest values that are read. */
const MOST = { colour: 64, font: 200 };
/** The largest corners and controls, in pixels. */
const ROUND = 16;
const TALL = 56;

/** The tokens that are colours: what is written and pressed, and the two tones of the focus. */
const FRAME_COLOURS = [
  'bg',
  'text',
  'surface',
  'border',
  'accent',
  'accent-text',
  'link',
  'danger',
] as const;
const COLOURS: ReadonlySet<string> = new Set([...FRAME_COLOURS, 'focus-outline', 'focus-bg']);

export type Scheme = 'licht' | 'donker';
/** What a page may say, as it came. */
export type Tokens = Readonly<Record<string, unknown>>;
/** Reads a colour as the browser does, as `#rrggbb`; null for what is none, or lets through light. */
export type ReadColour = (text: string) => string | null;
/** A colour of our own, by its name without `--wk-`. */
export type Own = (name: string) => string;

const FORMS =
  /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([a-z0-9.,%/ +-]+\))$/i;

function colourOf(value: unknown, read: ReadColour): string | null {
  if (typeof value !== 'string' || value.length > MOST.colour) return null;
  const text = value.trim();
  if (!FORMS.test(text) || /^(?:currentcolor|inherit|initial|unset|revert)$/i.test(text))
    return null;
  return read(text);
}

export function fontOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MOST.font) return null;
  const one = `(?:"[\\p{L}\\p{N} ._-]+"|'[\\p{L}\\p{N} ._-]+'|[\\p{L}-][\\p{L}\\p{N} _-]*)`;
  const text = value.trim();
  return new RegExp(`^${one}(?:\\s*,\\s*${one})*$`, 'u').test(text) ? text : null;
}

/** A length in pixels, of a page whose text is as large as browsers have it. */
export function lengthOf(value: unknown, most: number): number | null {
  const match =
    typeof value === 'string'
      ? /^(\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(px|r?em)?$/.exec(value.trim())
      : null;
  if (!match || (!match[2] && Number(match[1]) !== 0)) return null;
  return Math.min(most, Number(match[1]) * (match[2] === 'px' ? 1 : 16));
}

const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Some of one colour in another: 0 is the first, 1 the second. */
export function mix(one: string, other: string, part: number): string {
  const [from, to] = [parts(one), parts(other)];
  const mixed = from.map((value, at) => Math.round(value + (to[at]! - value) * part));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Whether black is easier to read on it than white. */
export const isLight = (hex: string): boolean =>
  contrast(hex, '#000000') >= contrast(hex, '#ffffff');

/** The colour, or the nearest darker or lighter one that can be told from all grounds; null for none. */
export function mended(colour: string, grounds: string[], ratio: number): string | null {
  const holds = (one: string) => grounds.every((ground) => contrast(one, ground) >= ratio);
  if (holds(colour)) return colour;
  const away = isLight(grounds[0]!) ? '#000000' : '#ffffff';
  for (const end of [away, away === '#000000' ? '#ffffff' : '#000000'])
    for (let part = 0.04; part < 1.04; part += 0.04) {
      const one = mix(colour, end, Math.min(1, part));
      if (holds(one)) return one;
    }
  return null;
}

/** Whether a house style is light or dark; null where it does not say what it is written on. */
export function schemeOf(tokens: Tokens, read: ReadColour): Scheme | null {
  const ground = colourOf(tokens.bg, read);
  if (!ground) return null;
  return isLight(ground) ? 'licht' : 'donker';
}

/** Colours that are fixed go before those of a page in the other scheme: letters and lengths stay. */
export function fitting(tokens: Tokens, fixed: Scheme | null, read: ReadColour): Tokens {
  const own = schemeOf(tokens, read);
  if (!fixed || !own || own === fixed) return tokens;
  return Object.fromEntries(Object.entries(tokens).filter(([name]) => !COLOURS.has(name)));
}

/** What to write in place of our own values, by name without `--wk-`. */
export function themed(tokens: Tokens, read: ReadColour, own: Own): Record<string, string> {
  const given = (name: string) => colourOf(tokens[name], read);
  const made: Record<string, string> = {};
  const page = given('bg') ?? own('page');
  const said = FRAME_COLOURS.some((name) => given(name));
  if (said) {
    const ink = (panel: string) => mended(given('text') ?? own('ink'), [page, panel], TEXT);
    const wanted = given('surface') ?? (given('bg') ? page : own('panel'));
    // No ink is to be read on a white page and on black panels.
    const panel = isLight(wanted) === isLight(page) && ink(wanted) ? wanted : page;
    const text = ink(panel) ?? (isLight(page) ? '#000000' : '#ffffff');
    // On a middle tone what is pointed at moves away from the ink.
    const wash =
      [mix(panel, text, 0.07), mix(panel, isLight(text) ? '#000000' : '#ffffff', 0.12)].find(
        (one) => contrast(text, one) >= TEXT,
      ) ?? panel;
    const grounds = [page, panel, wash];
    const strong = isLight(page) ? '#000000' : '#ffffff';
    const at = (colour: string, ratio: number) => mended(colour, grounds, ratio) ?? strong;
    const accent = at(given('accent') ?? own('accent'), CONTROL);
    Object.assign(made, {
      page,
      panel,
      raised: panel,
      wash,
      ink: text,
      quiet: at(mix(text, page, 0.25), TEXT),
      hairline: mix(page, text, 0.18),
      bar: mix(page, text, 0.3),
      control: at(given('border') ?? own('control'), CONTROL),
      link: at(given('link') ?? given('accent') ?? own('link'), TEXT),
      alert: at(given('danger') ?? own('alert'), TEXT),
      accent,
      'accent-ink':
        mended(given('accent-text') ?? own('accent-ink'), [accent], TEXT) ??
        (isLight(accent) ? '#000000' : '#ffffff'),
    });
  }
  if (said || given('focus-outline') || given('focus-bg')) {
    const grounds = [page, made.panel ?? own('panel')];
    const focus = mended(given('focus-outline') ?? own('focus'), grounds, CONTROL) ?? own('focus');
    made.focus = focus;
    // The other tone of the ring: seen where the first is not.
    const halo = given('focus-bg') ?? own('focus-halo');
    made['focus-halo'] = mended(halo, [focus], CONTROL) ?? own('focus-halo');
  }
  const font = fontOf(tokens.font);
  if (font) made.font = font;
  const heading = fontOf(tokens['heading-font']);
  if (heading) made['heading-font'] = heading;
  const radius = lengthOf(tokens.radius, ROUND);
  if (radius !== null) made.radius = `${radius}px`;
  const size = lengthOf(tokens['control-size'], TALL);
  if (size !== null && size >= 32) made['control-size'] = `${size}px`;
  return made;
}
