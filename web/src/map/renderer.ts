/** Leaflet's canvas, which also fills with patterns. */
import L from 'leaflet';
import type { HatchName } from '../core/palette.ts';
import { pattern } from './hatch.ts';

export interface HatchedOptions extends L.PathOptions {
  hatch?: HatchName | null;
}

interface Internals {
  _fillStroke(context: CanvasRenderingContext2D, layer: L.Path): void;
}
const plain = L.Canvas.prototype as unknown as Internals;

/** Patterns are anchored to the map, not to the screen, so that they do not swim while panning. */
export const HatchedCanvas = L.Canvas.extend({
  _fillStroke(this: Internals, context: CanvasRenderingContext2D, layer: L.Path) {
    const { hatch, fill, fillRule } = layer.options as HatchedOptions;
    if (!fill || !hatch) {
      plain._fillStroke.call(this, context, layer);
      return;
    }
    const { stroke } = layer.options;
    layer.options.stroke = false;
    plain._fillStroke.call(this, context, layer);
    layer.options.stroke = stroke ?? true;
    context.globalAlpha = 1;
    context.fillStyle = pattern(context, hatch);
    context.fill((fillRule ?? 'evenodd') as CanvasFillRule);
    layer.options.fill = false;
    plain._fillStroke.call(this, context, layer);
    layer.options.fill = true;
  },
}) as unknown as new (
  options?: L.RendererOptions,
) => L.Canvas;
