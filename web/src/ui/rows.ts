/** What the rows of all legends have: which of them tell about an area, their bars and swatches. */
import { svg } from 'lit';
import type { LegendFlag } from '../core/api.ts';
import { type Area, isWater } from '../core/area.ts';
import type { Layer } from '../core/layer.ts';
import { swatch } from './swatch.ts';

const BAR = 40;

/** Marks the rows of the hovered area, else of the selected one. */
export function mark(
  legend: HTMLElement,
  drawn: Layer,
  hovered: Area | null,
  selected: Area | null,
): void {
  const area = hovered ?? selected;
  const rows = area ? rowsOf(drawn.area(area.ordinal)) : [];
  for (const row of legend.querySelectorAll<HTMLElement>('[data-of]')) {
    const isAt = rows.includes(row.dataset.of!);
    row.classList.toggle('at', isAt);
    row.classList.toggle('hovered', isAt && hovered !== null);
  }
}

export const flagSwatch = ({ vlag, kleur }: LegendFlag) =>
  vlag === 'water' ? swatch(kleur, null, true) : swatch('#f2efe6', 'nauwelijks-woongebied');

/** Which rows tell about an area. */
function rowsOf(area: Area): string[] {
  const flags = area.flags.map((flag) => `flag ${flag}`);
  if (isWater(area)) return flags;
  const own = area.value === null ? `reason ${area.reason}` : `class ${area.class}`;
  return [own, ...flags, ...(area.estimate ? ['estimate'] : [])];
}

/** How much of the most a class has. */
export function bar(share: number, colour: string) {
  const width = share > 0 ? Math.max(1, share * BAR) : 0;
  return svg`<svg width=${BAR} height="12" viewBox="0 0 ${BAR} 12"><rect class="bar-fill" y="1" height="10" width=${width} fill=${colour}></rect></svg>`;
}
