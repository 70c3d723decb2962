/** A colour or a hatch as it stands on the map. SVG attributes, since the page allows no inline style. */
import { svg } from 'lit';
import { type Area, isSparse, isWater } from '../core/area.ts';
import { HATCHES, type HatchName, hatchOf, inkOn, PERIOD, TWIN } from '../core/palette.ts';

/** The swatch of an area as the map draws it. */
export function areaSwatch(area: Area) {
  if (isWater(area)) return swatch(area.fill, null, true);
  if (area.value === null) return swatch(area.fill, hatchOf(area.reason));
  const mark = isSparse(area) ? 'nauwelijks-woongebied' : area.estimate ? 'geschat' : null;
  return swatch(area.fill, mark);
}

/** A class with its number, as areas on the map bear it. */
export function numberedSwatch(colour: string, number: number) {
  return svg`<svg class="swatch" width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
    <rect width="20" height="16" fill=${colour}></rect>
    <text class="swatch-number" x="10" y="12.5" fill=${inkOn(colour)}>${number}</text>
    <rect class="edge" x="0.5" y="0.5" width="19" height="15" fill="none"></rect>
  </svg>`;
}

export function swatch(colour: string | null, hatch: HatchName | null = null, water = false) {
  const ground = hatch ? (HATCHES[hatch].ground ?? colour) : colour;
  return svg`<svg class="swatch" width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
    <rect class=${water ? 'water' : ''} width="20" height="16" fill=${ground ?? 'none'}></rect>
    ${hatch ? marks(hatch) : ''}
    <rect class="edge" x="0.5" y="0.5" width="19" height="15" fill="none"></rect>
  </svg>`;
}

function marks(hatch: HatchName) {
  const { form, mark } = HATCHES[hatch];
  if (form === 'dots') {
    const dots = [2, 6, 10, 14, 18].flatMap((x) => [2, 6, 10, 14].map((y) => [x, y] as const));
    return dots
      .filter(([x, y]) => (x + y) % PERIOD === 4)
      .map(([x, y]) => svg`<circle cx=${x} cy=${y} r="1" fill=${mark}></circle>`);
  }
  if (form === 'upright')
    return [2.5, 10.5, 18.5].map(
      (x) => svg`<path d=${`M${x + 1} 0V16`} stroke=${TWIN} fill="none"></path>
      <path d=${`M${x} 0V16`} stroke=${mark} fill="none"></path>`,
    );
  const starts = [-8, 0, 8, 16, 24];
  if (form === 'lines') {
    return starts.map(
      (x) => svg`<path d=${`M${x - 8} 16L${x + 8} 0`} stroke=${mark} fill="none"></path>`,
    );
  }
  return starts.map(
    (x) => svg`<path d=${`M${x - 7} 0L${x + 9} 16`} stroke=${TWIN} fill="none"></path>
      <path d=${`M${x - 8} 0L${x + 8} 16`} stroke=${mark} fill="none"></path>`,
  );
}
