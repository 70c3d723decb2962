/** How the values of the layer are spread, and a range of them to look at: dragged or typed. */
import { html, nothing, svg } from 'lit';
import type { Area } from '../core/area.ts';
import { parseNumber, typed } from '../core/bounds.ts';
import { meanOf } from '../core/deviation.ts';
import { type Range, readRange, writeRange } from '../core/filter.ts';
import { type Bin, type Histogram, histogram } from '../core/histogram.ts';
import { say } from '../core/language.ts';
import type { Layer } from '../core/layer.ts';
import { quantity } from '../core/number.ts';
import type { Shown } from '../planner/shown.ts';
import { WkElement } from './element.ts';

const WIDE = 280;
const HIGH = 44;
/** Steps of a handle from end to end. */
const STEPS = 200;
/** The fill of what a range leaves out; the style sheet says what it looks like. */
const OUT = 'none';

export class WkRange extends WkElement {
  static override properties = {
    ...WkElement.properties,
    shown: { attribute: false },
    selected: { attribute: false },
    fault: { state: true },
  };
  declare shown: Shown;
  declare selected: Area | null;
  declare fault: boolean;
  #of: Layer | null = null;
  #histogram: Histogram | null = null;
  #mean: number | null = null;

  constructor() {
    super();
    this.selected = null;
    this.fault = false;
  }

  override render() {
    const { shown } = this;
    if (!shown || shown.indicator.soort === 'klasse') return nothing;
    if (shown.layer !== this.#of) {
      this.#of = shown.layer;
      this.#histogram = histogram(shown.layer);
      this.#mean = meanOf(shown.layer);
    }
    const found = this.#histogram;
    if (!found) return nothing;
    const { t } = this;
    const [from, to] = this.#range;
    const mean = this.#mean;
    return html`<div class="spread" role="group" aria-label=${t('spread')}>
      <div class="spread-chart">
        ${this.#chart(found)} ${this.#handle('from', found)} ${this.#handle('to', found)}
      </div>
      <p class="spread-ends quiet" aria-hidden="true"><span>${this.#write(found.low)}</span>
        ${mean === null ? nothing : html`<span>${t('mean', { value: this.#write(mean) })}</span>`}
        <span>${this.#write(found.high)}</span></p>
      <form class="spread-fields" @submit=${this.#typed}>
        <label>${t('rangeFrom')} <input name="from" inputmode="decimal" autocomplete="off" .value=${from === null ? '' : typed(from, this.taal)} aria-invalid=${this.fault ? 'true' : 'false'} /></label>
        <label>${t('rangeTo')} <input name="to" inputmode="decimal" autocomplete="off" .value=${to === null ? '' : typed(to, this.taal)} aria-invalid=${this.fault ? 'true' : 'false'} /></label>
        <button type="submit">${t('rangeApply')}</button>
      </form>
      <p class="fault" role="alert">${this.fault ? t('rangeFault') : ''}</p>
    </div>`;
  }

  get #range(): Range {
    const { bereik } = this.shown.view;
    return (bereik === null ? null : readRange(bereik)) ?? [null, null];
  }

  #write(value: number): string {
    const { indicator } = this.shown;
    return quantity(value, this.taal, indicator.decimalen, say(indicator.eenheid, this.taal));
  }

  #chart(found: Histogram) {
    const { bins, most } = found;
    const [from, to] = this.#range;
    const { selected } = this;
    return svg`<svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">
      ${[
        ...columnsOf(
          bins,
          most,
          (bin) => (from !== null && bin.to < from) || (to !== null && bin.from > to),
        ),
      ].map(
        ([colour, path]) =>
          svg`<path class=${colour === OUT ? 'bin out' : 'bin'} fill=${colour} d=${path}></path>`,
      )}
      ${this.#mean === null ? nothing : svg`<path class="mean" d=${lineAt(this.#mean, found)}></path>`}
      ${selected?.value == null ? nothing : svg`<path class="mark" d=${lineAt(selected.value, found)}></path>`}
      <path class="mark at-pointer"></path>
    </svg>`;
  }

  /** Where the hovered area lies. Done for each move of the pointer: nothing is rendered. */
  hover(area: Area | null): void {
    const found = this.#histogram;
    const at = area?.value == null || !found ? '' : lineAt(area.value, found);
    this.querySelector('.at-pointer')?.setAttribute('d', at);
  }

  #handle(side: 'from' | 'to', { low, high }: Histogram) {
    const { t } = this;
    const value = this.#range[side === 'from' ? 0 : 1];
    const end = side === 'from' ? low : high;
    const place = Math.round((((value ?? end) - low) / (high - low)) * STEPS);
    const said = value === null ? t('rangeOpen') : this.#write(value);
    return html`<input type="range" class=${`handle ${side}`} min="0" max=${STEPS} step="1"
      .value=${String(place)} aria-label=${t(side === 'from' ? 'rangeFromLabel' : 'rangeToLabel')}
      aria-valuetext=${said} @input=${(event: Event) => {
        const at = Number((event.target as HTMLInputElement).value);
        this.#drag(side, at, low + (at / STEPS) * (high - low));
      }} />`;
  }

  #drag(side: 'from' | 'to', at: number, value: number): void {
    const [from, to] = this.#range;
    // At an end of the scale the range is open: what lies further out belongs to it.
    const isEnd = at === (side === 'from' ? 0 : STEPS);
    const rounded = isEnd ? null : Number(value.toFixed(this.shown.indicator.decimalen)) + 0;
    const next: Range = side === 'from' ? [rounded, to] : [from, rounded];
    if (next[0] !== null && next[1] !== null && next[0] > next[1]) {
      // A handle pushes the other one along.
      next[side === 'from' ? 1 : 0] = rounded;
    }
    this.fault = false;
    this.send('wk-filter', { bereik: writeRange(next) });
  }

  #typed = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const read = (name: string) => {
      const text = String(fields.get(name) ?? '')
        .trim()
        .replace('−', '-');
      return text === '' ? null : (parseNumber(text, this.taal) ?? Number.NaN);
    };
    const next: Range = [read('from'), read('to')];
    const [from, to] = next;
    const isWrong =
      next.some((one) => Number.isNaN(one)) || (from !== null && to !== null && from > to);
    this.fault = isWrong;
    if (!isWrong) this.send('wk-filter', { bereik: writeRange(next) });
  };
}

/** One path for each colour: another topic changes a few attributes, and not some for each bin. */
function columnsOf(bins: Bin[], most: number, isOut: (bin: Bin) => boolean): Map<string, string> {
  const width = WIDE / bins.length;
  const paths = new Map<string, string>();
  bins.forEach((bin, at) => {
    if (bin.count === 0) return;
    // Few are seen too, where there are any.
    const high = Math.max(1, (bin.count / most) * (HIGH - 4)).toFixed(1);
    const colour = isOut(bin) ? OUT : (bin.colour ?? 'currentColor');
    const column = `M${at * width} ${HIGH}v-${high}h${width - 0.5}v${high}z`;
    paths.set(colour, (paths.get(colour) ?? '') + column);
  });
  return paths;
}

function lineAt(value: number, { low, high }: Histogram): string {
  const x = Math.min(WIDE, Math.max(0, ((value - low) / (high - low)) * WIDE));
  return `M${x} 0V${HIGH}`;
}

customElements.define('wk-range', WkRange);
