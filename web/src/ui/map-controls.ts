/** What lies on the map to be pressed and moved. */
import { html, nothing } from 'lit';
import type { Translate } from '../core/i18n/translate.ts';

/** What a button is called, its sign, what it does. */
type Button = [words: string, sign: string, act: () => void];

/** With a name for all of them they are one tab stop, within which arrows go on. */
export function mapButtons(buttons: Button[], toolbar: string | null) {
  const isOne = toolbar !== null;
  return html`<div class="map-buttons" role=${isOne ? 'toolbar' : nothing} aria-orientation=${isOne ? 'vertical' : nothing}
    aria-label=${toolbar ?? nothing} @keydown=${isOne ? along : nothing}>
    ${buttons.map(
      ([words, sign, act], at) =>
        html`<button type="button" aria-label=${words} title=${words} tabindex=${isOne && at > 0 ? -1 : nothing} @click=${act}><span aria-hidden="true">${sign}</span></button>`,
    )}
  </div>`;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function along(event: KeyboardEvent): void {
  const bar = event.currentTarget as HTMLElement;
  const all = [...bar.querySelectorAll<HTMLElement>('button')];
  const now = all.indexOf(event.target as HTMLElement);
  const step = STEPS[event.key];
  const next = step
    ? all[(now + step + all.length) % all.length]
    : { Home: all[0], End: all.at(-1) }[event.key];
  if (!next) return;
  event.preventDefault();
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

/** How far a press moves the slider, in hundredths. */
const STEP = 10;

/** Between two years: a range input, so that fingers, mouse and keys move it alike. */
export function yearSlider(
  from: number,
  to: number,
  slid: number,
  t: Translate,
  move: (slid: number) => void,
) {
  const years = { from, to };
  // For who cannot drag.
  const step = (by: number, words: string, sign: string) =>
    html`<button type="button" aria-label=${words} title=${words} @click=${() => move(Math.min(100, Math.max(0, slid + by)))}><span aria-hidden="true">${sign}</span></button>`;
  return html`<div class="swipe">
    <input type="range" class="swipe-handle" min="0" max="100" step="1" .value=${String(slid)}
      aria-label=${t('swipeLabel', years)} aria-valuetext=${t('swipeValue', { ...years, part: slid, rest: 100 - slid })}
      @input=${(event: Event) => move(Number((event.target as HTMLInputElement).value))} />
    <div class="swipe-line" aria-hidden="true"><span>${from}</span><span>${to}</span></div>
    <div class="swipe-steps">${step(-STEP, t('swipeLeft'), '←')} ${step(STEP, t('swipeRight'), '→')}</div>
  </div>`;
}

/** How much of the streets shows through the colours, in hundredths. */
export function streetsSlider(streets: number, t: Translate, set: (streets: number) => void) {
  return html`<div class="streets"><label for="straten">${t('streets')}</label>
    <input id="straten" type="range" min="0" max="100" step="10" .value=${String(streets)} aria-valuetext=${`${streets}%`}
      @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))} /></div>`;
}

/** The server's picture of the map, where this browser cannot paint. */
export function serverPicture(picture: string, headline: string, t: Translate, loaded: () => void) {
  return html`<div class="map-picture">
    <p>${t('noPainter')}</p>
    <img src=${picture} alt=${t('mapLabel', { headline })} @load=${loaded} />
  </div>`;
}
