/** The colours that are not the data's own: hatches, outlines. And the measure of contrast. */

export interface Hatch {
  /** What lies under the pattern; null leaves the colour of the class. */
  ground: string | null;
  mark: string;
  form: 'lines' | 'dots' | 'twin' | 'upright';
}
/** A pattern repeats after this many pixels. */
export const PERIOD = 8;

export const HATCHES = {
  'geen-cijfer': { ground: '#d9d9d9', mark: '#8c8c8c', form: 'lines' },
  verborgen: { ground: '#eeeeee', mark: '#757575', form: 'dots' },
  'nauwelijks-woongebied': { ground: null, mark: '#1a1d20', form: 'twin' },
  geschat: { ground: null, mark: '#1a1d20', form: 'upright' },
} as const satisfies Record<string, Hatch>;
/** The light line beside the dark one of a twin hatch. */
export const TWIN = '#ffffff';
export type HatchName = keyof typeof HATCHES;

export const OUTLINE = { core: '#000000', halo: '#ffffff' } as const;

/** Reasons for which a figure exists or may exist but is kept back. */
const KEPT_BACK = new Set([
  'geheim_of_afwezig',
  'onder_publicatiegrens',
  'te_weinig_inwoners',
  'onderdrukt',
]);

export function hatchOf(reason: string | null): HatchName {
  return reason !== null && KEPT_BACK.has(reason) ? 'verborgen' : 'geen-cijfer';
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of WCAG 2 between two colours `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

// The ink of texts is too light on some classes: black leaves 4.5:1 on every colour.
const INKS = ['#000000', '#ffffff'] as const;

/** What a number on a class is written in. */
export function inkOn(fill: string): string {
  const [dark, light] = INKS;
  return contrast(fill, dark) >= contrast(fill, light) ? dark : light;
}
