/** The present view as a picture that stands by itself: title, map, legend, source. */

import { ringOf, ringsOf } from '../core/borders.ts';
import { unitsOf } from '../core/coverage.ts';
import { legendRows } from '../core/headline.ts';
import type { Translate } from '../core/i18n/translate.ts';
import { type Language, say } from '../core/language.ts';
import type { Layer } from '../core/layer.ts';
import { type Filter, lookOf } from '../core/look.ts';
import { number } from '../core/number.ts';
import { estimatesAmong } from '../core/origin.ts';
import { HATCHES, hatchOf, inkOn, OUTLINE } from '../core/palette.ts';
import { selectedOrdinals } from '../core/selection.ts';
import { codesOf } from '../core/state.ts';
import { Circles } from '../map/circles.ts';
import { readInk } from '../map/ink.ts';
import { Numbers } from '../map/numbers.ts';
import { tableOf } from '../map/table.ts';
import type { Sharp } from '../map/view.ts';
import type { Raster } from '../raster/raster.ts';
import { conversionTold, divisionWords } from '../ui/division-words.ts';
import type { Shown } from './shown.ts';

export interface Scene extends Sharp {
  shown: Shown;
  filter: Filter | null;
  /** The same of the earlier year under the slider. */
  earlierFilter: Filter | null;
  /** Whether areas bear the number of their class. */
  numbers: boolean;
  ratio: 1 | 2;
  raster: Raster;
  title: string;
  source: string;
  language: Language;
  t: Translate;
}

const LEGEND = 300;
const HEAD = 56;
const TILE = 512;

/** Null where a browser cannot make it. */
export async function picture(scene: Scene): Promise<Blob | null> {
  const { width, height, ratio, shown } = scene;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) return null;
  const rows = rowsOf(scene);
  context.font = FONT(13);
  const high = Math.max(height, 48 + rows.reduce((sum, row) => sum + heightOf(context, row), 0));
  const wide = width + LEGEND;
  const told = conversionTold(shown, scene.language);
  const source = [scene.source, ...told].flatMap((one) => wrapped(context, one, wide - 32));
  const foot = 16 + source.length * 18;
  canvas.width = wide * ratio;
  canvas.height = (HEAD + high + foot) * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, wide, HEAD + high + foot);
  context.fillStyle = readInk().water;
  context.fillRect(0, HEAD, width, high);
  await scene.fetch(ratio);
  const { drawn, earlier } = shown;
  await drawMap(context, { ...scene, height: high }, drawn, scene.filter, width);
  if (earlier && scene.slid !== null)
    await drawMap(
      context,
      { ...scene, height: high },
      earlier.layer,
      scene.earlierFilter,
      scene.slid,
    );
  slider(context, { ...scene, height: high });
  outlines(context, { ...scene, height: high });
  context.fillStyle = '#1a1d20';
  context.font = `600 ${FONT(21)}`;
  context.fillText(fitted(context, scene.title, wide - 32), 16, 36);
  drawLegend(context, rows, width + 16, HEAD + 8, scene);
  context.font = FONT(13);
  context.fillStyle = '#565d64';
  source.forEach((line, at) => {
    context.fillText(line, 16, HEAD + high + 20 + at * 18);
  });
  if (shown.legend.fictief) {
    context.fillStyle = '#8a2b06';
    context.fillText(scene.t('fictional'), width + 16, HEAD + high - 8);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

const FONT = (size: number) => `${size}px system-ui, "Noto Sans", sans-serif`;

/** The corner of the map among the pixels of the world. */
function cornerOf({ sight, width, height }: Scene): { left: number; top: number; world: number } {
  const world = 256 * 2 ** sight.z;
  const [x, y] = unitsOf(0, sight.lon, sight.lat);
  return {
    left: Math.round(x * world - width / 2),
    top: Math.round(y * world - height / 2),
    world,
  };
}

/** A layer, as far as `until` pixels from the left. */
async function drawMap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  layer: Layer,
  filter: Filter | null,
  until: number,
): Promise<void> {
  const { shown, numbers, raster, ratio, height, sight } = scene;
  const ink = readInk();
  const isCircles = shown.indicator.weergave === 'cirkel';
  const table = tableOf(lookOf(layer, ink, isCircles, filter), ink, ratio);
  const shows = (one: number) => filter?.shows(one) ?? true;
  const over = isCircles
    ? new Circles(layer, ink.border, shows)
    : numbers
      ? new Numbers(layer, shows)
      : null;
  const { left, top, world } = cornerOf(scene);
  for (let y = 0; y < height; y += TILE) {
    for (let x = 0; x < until; x += TILE) {
      const [west, north] = [(left + x) / world, (top + y) / world];
      const side = TILE / world;
      const sources = scene.sources(ratio, [west, north, west + side, north + side]);
      const tile = await raster.tile(sources, {
        world,
        left: left + x,
        top: top + y,
        size: TILE,
        ratio,
        ...scene.lines(sight.z),
      });
      const [buffer] = await raster.paint([tile.tile], table);
      raster.drop(tile.tile);
      if (!buffer) continue;
      const part = document.createElement('canvas');
      part.width = tile.side;
      part.height = tile.side;
      const own = part.getContext('2d')!;
      own.putImageData(new ImageData(new Uint8ClampedArray(buffer), tile.side), 0, 0);
      const coords = { x: (left + x) / TILE, y: (top + y) / TILE, z: sight.z };
      over?.draw(own, coords, ratio);
      const [w, h] = [Math.min(TILE, until - x), Math.min(TILE, height - y)];
      context.drawImage(part, 0, 0, w * ratio, h * ratio, x, HEAD + y, w, h);
    }
  }
}

/** The line between two years, with these on either side. */
function slider(context: CanvasRenderingContext2D, { shown, slid, height }: Scene): void {
  if (!shown.earlier || slid === null) return;
  context.fillStyle = '#1a1d20';
  context.fillRect(slid - 1.5, HEAD, 3, height);
  context.font = `600 ${FONT(15)}`;
  context.lineWidth = 4;
  context.strokeStyle = '#ffffff';
  for (const [align, text, x] of [
    ['right', shown.earlier.year, slid - 10],
    ['left', shown.view.jaar, slid + 10],
  ] as const) {
    context.textAlign = align;
    context.strokeText(String(text), x, HEAD + height - 16);
    context.fillText(String(text), x, HEAD + height - 16);
  }
  context.textAlign = 'start';
}

/** What is selected and compared has its outline here too. */
function outlines(context: CanvasRenderingContext2D, scene: Scene): void {
  const { shown, width, height } = scene;
  const { layer, view } = shown;
  const { left, top, world } = cornerOf(scene);
  const path = new Path2D();
  const codes = [...codesOf(view.selectie), ...codesOf(view.vergelijk), ...codesOf(view.gebied)];
  for (const ordinal of selectedOrdinals(layer, codes)) {
    const { coverage, area } = scene.shape(ordinal) ?? { coverage: layer.coverage, area: ordinal };
    const scale = world / 2 ** coverage.bits;
    for (const ring of ringsOf(coverage, area)) {
      const vertices = ringOf(coverage, ring);
      for (let i = 0; i < vertices.length; i += 2) {
        const [x, y] = [vertices[i]! * scale - left, HEAD + vertices[i + 1]! * scale - top];
        if (i === 0) path.moveTo(x, y);
        else path.lineTo(x, y);
      }
      path.closePath();
    }
  }
  context.save();
  context.beginPath();
  context.rect(0, HEAD, width, height);
  context.clip();
  context.lineJoin = 'round';
  for (const [colour, line] of [
    [OUTLINE.halo, 5],
    [OUTLINE.core, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.stroke(path);
  }
  context.restore();
}

interface Row {
  colour: string;
  /** Of the class, where the map shows it. */
  number: number | null;
  isMissing: boolean;
  isEstimate?: boolean;
  words: string;
  count: number;
}

function rowsOf({ shown, numbers, language, t }: Scene): Row[] {
  const { key } = shown;
  const classes = legendRows(key, language, t).map((row) => ({
    colour: row.kleur,
    number: numbers ? row.nummer : null,
    isMissing: false,
    words: row.name,
    count: row.gebieden,
  }));
  const missing = key.redenen
    .filter(({ gebieden }) => gebieden > 0)
    .map((one) => ({
      colour: HATCHES[hatchOf(one.reden)].ground ?? one.kleur,
      number: null,
      isMissing: true,
      words: say(one.naam, language),
      count: one.gebieden,
    }));
  const marked = key.vlaggen
    .filter(({ gebieden }) => gebieden > 0)
    .map((one) => ({
      colour: one.kleur ?? '#f2efe6',
      number: null,
      isMissing: one.vlag !== 'water',
      words: say(one.naam, language),
      count: one.gebieden,
    }));
  const w = divisionWords(language);
  const { layer, earlier, view } = shown;
  const estimated = (year: number, { column, ordinals }: Layer) => ({
    colour: '#f2efe6',
    number: null,
    isMissing: false,
    isEstimate: shown.indicator.weergave !== 'cirkel',
    words: earlier ? w('estimatedIn', { year }) : t('estimate'),
    count: estimatesAmong(column, ordinals),
  });
  const estimates = [
    estimated(view.jaar, layer),
    ...(earlier ? [estimated(earlier.year, earlier.layer)] : []),
  ].filter(({ count }) => count > 0);
  return [...classes, ...missing, ...marked, ...estimates];
}

function drawLegend(
  context: CanvasRenderingContext2D,
  rows: Row[],
  x: number,
  y: number,
  { language }: Scene,
): void {
  context.font = FONT(13);
  let top = y;
  for (const row of rows) {
    const { colour, isMissing, words, count } = row;
    context.fillStyle = colour;
    context.fillRect(x, top, 20, 16);
    context.strokeStyle = '#7d838a';
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, top + 0.5, 19, 15);
    if (isMissing) {
      context.beginPath();
      for (const start of [4, 12, 20]) {
        context.moveTo(x + Math.max(0, start - 16), top + Math.min(16, start));
        context.lineTo(x + Math.min(20, start), top + Math.max(0, start - 20));
      }
      context.stroke();
    }
    if (row.isEstimate) {
      for (const [at, line] of [
        [3, '#1a1d20'],
        [4, '#ffffff'],
      ] as const) {
        context.fillStyle = line;
        for (const start of [at, at + 8]) context.fillRect(x + start, top + 1, 1, 14);
      }
    }
    if (row.number !== null) {
      context.fillStyle = inkOn(colour);
      context.textAlign = 'center';
      context.fillText(String(row.number), x + 10, top + 13);
      context.textAlign = 'start';
    }
    context.fillStyle = '#1a1d20';
    const tally = number(count, language);
    const space = context.measureText(tally).width;
    wrapped(context, words, WORDS).forEach((line, at) => {
      context.fillText(line, x + 28, top + 13 + at * 17);
    });
    context.fillText(tally, x + LEGEND - 32 - space, top + 13);
    top += heightOf(context, row);
  }
}

/** The room for the words of a row, beside its swatch and its count. */
const WORDS = LEGEND - 110;

function heightOf(context: CanvasRenderingContext2D, { words }: Row): number {
  return 5 + 17 * wrapped(context, words, WORDS).length;
}

function fitted(context: CanvasRenderingContext2D, text: string, most: number): string {
  if (context.measureText(text).width <= most) return text;
  let cut = text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > most) cut = cut.slice(0, -1);
  return `${cut}…`;
}

function wrapped(context: CanvasRenderingContext2D, text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width > most && lines.at(-1) !== '') lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
