/** A colour or a hatch as it stands on the map. SVG attributes, since the page allows no inline style. */
import { svg } from 'lit';
import { HATCHES, type HatchName, PERIOD } from '../core/palette.ts';

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
  const lines = [-8, 0, 8, 16, 24];
  return lines.map(
    (
      x,
    ) => svg`<path d=${`M${x - 8} 16L${x + 8} 0${form === 'cross' ? `M${x - 8} 0L${x + 8} 16` : ''}`}
      stroke=${mark} stroke-width=${form === 'cross' ? 0.8 : 1} fill="none"></path>`,
  );
}
