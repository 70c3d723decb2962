/** Says what values are compared with, and how an area lies from it. */
import type { Indicator, Legend, SimilarArea } from './api.ts';
import type { Area } from './area.ts';
import type { Deviation, Group } from './deviation.ts';
import { unitOf } from './deviation.ts';
import { allOf, reasonText } from './headline.ts';
import type { Translate } from './i18n/translate.ts';
import { type Language, say } from './language.ts';
import type { Layer } from './layer.ts';
import { isStatistical } from './level.ts';
import { number, quantity } from './number.ts';
import { kindOf, normOf } from './reference.ts';
import type { View } from './state.ts';

/** A comparison with the names of what it is made with. */
export interface Compared {
  deviation: Deviation;
  /** The areas most alike one, and that one. */
  alike: { areas: SimilarArea[]; name: string } | null;
  /** The classes of urbanity, with their year. */
  urbanity: Legend | null;
}

/** What is shown, as far as its words need it. */
export interface Scene {
  view: View;
  indicator: Indicator;
  layer: Layer;
  drawn: Layer;
  key: Legend;
  compared: Compared | null;
}

/** The number that areas are compared with, as exact as differences from it. */
export function yardstick(mean: number, scene: Scene, language: Language): string {
  const { indicator, compared } = scene;
  const { reference, measure, decimals } = compared!.deviation;
  const norm = normOf(reference);
  const exact = norm === null ? 0 : (String(norm).split('.')[1]?.length ?? 0);
  const own = measure === 'verschil' ? decimals : indicator.decimalen;
  const most = Math.max(indicator.decimalen, norm === null ? own : exact);
  return quantity(mean, language, most, say(indicator.eenheid, language));
}

/** Whose mean it is: of one area's own gemeente or class, or in general. */
function groupName(area: Where | null, scene: Scene, language: Language, t: Translate): string {
  const { view, compared } = scene;
  const { deviation, alike, urbanity } = compared!;
  const many = t(`many_${view.niveau}`);
  const group = area && deviation.groupOf(area.ordinal);
  switch (kindOf(deviation.reference)) {
    case 'gemeente':
      return area ? t('groupGemeente', { gemeente: area.gemeente }) : t('groupOwn');
    case 'stedelijkheid':
      return group
        ? t('groupUrban', { many, class: className(group, urbanity, language) })
        : t('groupAsUrban', { many });
    case 'gelijkend':
      return t('groupAlike', {
        many,
        n: number(alike?.areas.length ?? 0, language),
        area: alike?.name ?? '',
      });
    case 'selectie':
      return t('groupSelection');
    default:
      return isStatistical(view.niveau) ? t('groupCountry') : t('groupAll', { many });
  }
}

type Where = Pick<Area, 'ordinal' | 'gemeente'>;

/** What one area is compared with; without an area what the whole map is. */
export function referenceName(
  area: Where | null,
  scene: Scene,
  language: Language,
  t: Translate,
): string {
  const { view, compared } = scene;
  if (!compared) return '';
  const { reference, measure } = compared.deviation;
  const norm = normOf(reference);
  if (norm !== null) return t('theNorm', { norm: yardstick(norm, scene, language) });
  const group = groupName(area, scene, language, t);
  if (measure !== 'percentiel') return t('meanOf', { group });
  const kind = kindOf(reference);
  if (kind === 'stedelijkheid') return group;
  if (kind === 'land') return allOf(view.niveau, t);
  return t('among', { many: t(`many_${view.niveau}`), group });
}

/** What the map shows: for the title, the legend and the names of columns. */
export function comparisonTitle(scene: Scene, language: Language, t: Translate): string {
  if (!scene.compared) return '';
  const reference = referenceName(null, scene, language, t);
  const isPlace = scene.compared.deviation.measure === 'percentiel';
  return t(isPlace ? 'deviationPlace' : 'deviation', { reference });
}

/** The same with what it is counted in. */
export function comparisonHeading(scene: Scene, language: Language, t: Translate): string {
  const { indicator, compared } = scene;
  const unit = say(unitOf(indicator, compared!.deviation.measure), language).trim();
  return `${comparisonTitle(scene, language, t)} (${unit})`;
}

export function className(group: Group, legend: Legend | null, language: Language): string {
  const found = legend?.klassen.find(({ nummer }) => nummer === group.key);
  return say(found?.naam, language) || String(group.key);
}

export interface Told {
  /** How far it lies, or its place; else why that is not known. */
  words: string;
  known: boolean;
}

/** How an area lies from what it is compared with; null where there is no comparison, or no figure. */
export function comparedWith(
  area: Where & Pick<Area, 'value' | 'flags'>,
  scene: Scene,
  language: Language,
  t: Translate,
): Told | null {
  const { compared, drawn, indicator, key } = scene;
  if (!compared || area.value === null || area.flags.includes('water')) return null;
  const { value, reason } = drawn.area(area.ordinal);
  if (value === null) return { words: reasonText(reason, key, language, t), known: false };
  const { measure } = compared.deviation;
  const reference = referenceName(area, scene, language, t);
  if (measure === 'percentiel') {
    const place = placeText(value, language);
    return { words: t('placeIn', { place, reference }), known: true };
  }
  const unit = say(unitOf(indicator, measure), language);
  const decimals = compared.deviation.decimals;
  const size = quantity(Math.abs(value), language, decimals, unit);
  const isEven = !/[1-9]/.test(number(value, language, decimals));
  const words = isEven
    ? t('evenWith', { reference })
    : t(value < 0 ? 'belowIt' : 'aboveIt', { size, reference });
  return { words, known: true };
}

/** A difference or a place by itself, with its sign. */
export function comparedValue(value: number, scene: Scene, language: Language): string {
  const { measure, decimals } = scene.compared!.deviation;
  if (measure === 'percentiel') return placeText(value, language);
  const text = number(value, language, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Never 0 or 100 unless it is exactly that. */
function placeText(value: number, language: Language): string {
  const whole = Math.round(value);
  const inner = whole === 100 && value < 100 ? 99 : whole === 0 && value > 0 ? 1 : whole;
  return number(inner, language);
}
