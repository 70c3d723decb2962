/** The choices of the dialog about embedding: those that the way at hand has. */
import { html, nothing } from 'lit';
import { type EmbedOptions, PARTS, WAYS } from '../core/embed-code.ts';
import { CHOICES, type Choice } from '../core/embedding.ts';
import type { View } from '../core/state.ts';
import type { EmbeddingWords } from './embedding-words.ts';

type Change = (part: Partial<EmbedOptions>) => void;

const field = (event: Event) => event.target as HTMLInputElement;

/** A number, or null for an empty field; what the server refuses it tells. */
function numberIn(event: Event): number | null {
  const text = field(event).value.trim();
  return text === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

export function embeddingOptions(
  options: EmbedOptions,
  view: View,
  w: EmbeddingWords,
  change: Change,
) {
  const isFrame = options.way !== 'plaatje';
  return html`<div class="embed-options">
    <fieldset>
      <legend>${w('way')}</legend>
      ${WAYS.map(
        (
          way,
        ) => html`<label class="embed-way"><input type="radio" name="hoe" value=${way} .checked=${options.way === way} @change=${() => change({ way })} />
        <span>${w(`way_${way}`)}<small>${w(`way_${way}_about`)}</small></span></label>`,
      )}
    </fieldset>
    ${year(options, view, w, change)}
    ${isFrame ? frame(options, view, w, change) : picture(options, w, change)}
    <div class="field"><label class="field-label" for="inbedding-taal">${w('language')}</label>
      <select id="inbedding-taal" @change=${(event: Event) => change({ taal: field(event).value === 'en' ? 'en' : 'nl' })}>
        ${(['nl', 'en'] as const).map((one) => html`<option value=${one} .selected=${options.taal === one}>${w(`language_${one}`)}</option>`)}
      </select></div>
  </div>`;
}

function check(words: string, on: boolean, act: (on: boolean) => void) {
  return html`<label class="check"><input type="checkbox" .checked=${on} @change=${(event: Event) => act(field(event).checked)} /> ${words}</label>`;
}

function year(options: EmbedOptions, view: View, w: EmbeddingWords, change: Change) {
  const { latest, pinned, way } = options;
  const choice = (isLatest: boolean, words: string) =>
    html`<label class="check"><input type="radio" name="inbedding-jaar" .checked=${latest === isLatest} @change=${() => change({ latest: isLatest })} /> ${words}</label>`;
  return html`<fieldset>
    <legend>${w('year')}</legend>
    ${choice(true, w('latest'))} ${choice(false, w('fixed', { year: view.jaar }))}
    ${
      !latest && way !== 'plaatje'
        ? html`${check(w('pinned'), pinned, (on) => change({ pinned: on }))}<small>${w('pinnedAbout')}</small>`
        : nothing
    }
  </fieldset>`;
}

function picture(options: EmbedOptions, w: EmbeddingWords, change: Change) {
  return side('breedte', [280, 2000], options.width, w('width'), w('widthAbout'), (width) =>
    change({ width }),
  );
}

function side(
  id: string,
  [least, most]: [number, number],
  value: number | null,
  words: string,
  about: string,
  act: (side: number | null) => void,
) {
  const at = `inbedding-${id}`;
  return html`<div class="field"><label class="field-label" for=${at}>${words}</label>
    <input id=${at} type="number" inputmode="numeric" min=${least} max=${most} step="10" .value=${value === null ? '' : String(value)}
      aria-describedby=${`${at}-uitleg`} @change=${(event: Event) => act(numberIn(event))} />
    <small id=${`${at}-uitleg`}>${about}</small></div>`;
}

function frame(options: EmbedOptions, view: View, w: EmbeddingWords, change: Change) {
  const { interactive, choices, without, colours, height, latest, way } = options;
  const toggled = <T>(all: ReadonlySet<T>, one: T, on: boolean) => {
    const next = new Set(all);
    if (on) next.add(one);
    else next.delete(one);
    return next;
  };
  // Another area is found by searching for it.
  const chosen = (one: Choice, on: boolean) => {
    const next = toggled(choices, one, on);
    return one === 'gebied' && on ? toggled(next, 'zoeken', true) : next;
  };
  const byHand = (id: 'title' | 'text', words: string, most: number) =>
    html`<div class="field"><label class="field-label" for=${`inbedding-${id}`}>${words}</label>
      <input id=${`inbedding-${id}`} type="text" maxlength=${most} .value=${options[id]} ?disabled=${latest} aria-describedby="inbedding-hand"
        @change=${(event: Event) => change({ [id]: field(event).value })} /></div>`;
  const isUsed = interactive || way === 'element';
  return html`${way === 'iframe' ? check(w('interactive'), interactive, (on) => change({ interactive: on })) : nothing}
    ${
      isUsed
        ? html`<fieldset>
      <legend>${w('choices')}</legend>
      ${CHOICES.map((one) => check(w(`choice_${one}`), choices.has(one), (on) => change({ choices: chosen(one, on) })))}
    </fieldset>`
        : nothing
    }
    <fieldset>
      <legend>${w('without')}</legend>
      ${PARTS.map((one) => check(w(`part_${one}`), without.has(one), (on) => change({ without: toggled(without, one, on) })))}
    </fieldset>
    ${isUsed && view.zicht ? check(w('sight'), options.sight, (on) => change({ sight: on })) : nothing}
    <div class="field"><label class="field-label" for="inbedding-kleuren">${w('colours')}</label>
      <select id="inbedding-kleuren" @change=${(event: Event) => {
        const { value } = field(event);
        change({ colours: value === 'licht' || value === 'donker' ? value : null });
      }}>
        ${(['volg', 'licht', 'donker'] as const).map((one) => html`<option value=${one} .selected=${(colours ?? 'volg') === one}>${w(`colours_${one}`)}</option>`)}
      </select></div>
    ${side('hoogte', [200, 4000], height, w('height'), w(way === 'element' ? 'heightAboutElement' : 'heightAbout'), (next) => change({ height: next }))}
    ${byHand('title', w('ownTitle'), 120)} ${byHand('text', w('ownText'), 400)}
    <p id="inbedding-hand" class="quiet">${w('byHand')}</p>`;
}
