/** Dresses the page in a house style: as values of our own style sheet, and nothing else. */
import { fitting, type ReadColour, type Scheme, schemeOf, themed } from '../core/theme.ts';
import type { Page } from './host.ts';

/** As the browser paints it; the other colour before it tells whether it was taken at all. */
function colourReader(): ReadColour {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (text) => {
    if (!context || !CSS.supports('color', text)) return null;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
    if (alpha !== 255) return null;
    return `#${[r, g, b].map((part) => part!.toString(16).padStart(2, '0')).join('')}`;
  };
}

export class Dress {
  readonly #read = colourReader();
  #worn: string[] = [];

  /** Which colours there are now; null where these follow the device. */
  wear({ scheme, tokens }: Pick<Page, 'scheme' | 'tokens'>, fixed: Scheme | null): Scheme | null {
    const root = document.documentElement;
    for (const name of this.#worn) root.style.removeProperty(name);
    const said = scheme === null ? null : scheme === 'dark' ? 'donker' : 'licht';
    const kept = fitting(tokens, fixed, this.#read);
    const now = fixed ?? schemeOf(kept, this.#read) ?? said;
    if (now) root.dataset.kleuren = now;
    else delete root.dataset.kleuren;
    const style = getComputedStyle(root);
    const own = (name: string) => {
      const value = style.getPropertyValue(`--wk-${name}`).trim();
      return this.#read(value) ?? '#808080';
    };
    const values = Object.entries(themed(kept, this.#read, own));
    this.#worn = values.map(([name]) => `--wk-${name}`);
    for (const [name, value] of values) root.style.setProperty(`--wk-${name}`, value);
    return now;
  }
}
