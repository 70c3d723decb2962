/** Counts as circles, of which the surface is the number: a count is never a filled area. */
import type { Layer } from '../core/layer.ts';
import type { Decoration } from './painter.ts';
import { TILE } from './painter.ts';

/** The part of the land that circles cover together, and the bounds of the largest radius. */
const COVERED = 0.22;
const RADII = [6, 40] as const;

interface Dot {
  /** Place in parts of the world. */
  x: number;
  y: number;
  share: number;
  colour: string;
}

export class Circles implements Decoration {
  readonly overhangs = true;
  readonly #dots: Dot[];
  readonly #land: number;
  readonly #shares: number;
  readonly #edge: string;

  constructor(layer: Layer, edge: string, shows: (ordinal: number) => boolean) {
    const { coverage, column } = layer;
    const world = 2 ** coverage.bits;
    const { klassen } = column.description.legenda;
    const colours = [...klassen].reverse().map(({ kleur }) => kleur);
    const isWater = 1 << column.description.vlaggen.indexOf('water');
    let most = 1;
    let land = 0;
    for (const one of layer.ordinals) {
      const [w, n, e, s] = coverage.boxes.subarray(4 * one, 4 * one + 4);
      // A shape fills about half of its box.
      land += ((e! - w!) * (s! - n!)) / world ** 2 / 2;
      if (!Number.isNaN(column.values[one])) most = Math.max(most, Math.abs(column.values[one]!));
    }
    this.#land = land;
    this.#edge = edge;
    this.#dots = Array.from(layer.ordinals)
      .filter(
        (one) => !Number.isNaN(column.values[one]) && !(column.flags[one]! & isWater) && shows(one),
      )
      .map((one) => ({
        x: coverage.middles[2 * one]! / world,
        y: coverage.middles[2 * one + 1]! / world,
        share: Math.abs(column.values[one]!) / most,
        colour: colours[column.painted[one]!] ?? edge,
      }))
      .sort((a, b) => b.share - a.share);
    this.#shares = this.#dots.reduce((sum, { share }) => sum + share, 0);
  }

  /** As large as the land allows, so that neighbours stay apart at any zoom. */
  #radius(world: number): number {
    const [least, most] = RADII;
    const land = this.#land * world ** 2;
    const fitting = Math.sqrt((COVERED * land) / (Math.PI * Math.max(this.#shares, 1e-9)));
    return Math.min(most, Math.max(least, fitting));
  }

  draw(
    context: CanvasRenderingContext2D,
    coords: { x: number; y: number; z: number },
    ratio: number,
  ): void {
    const world = 256 * 2 ** coords.z;
    const radius = this.#radius(world);
    context.save();
    context.scale(ratio, ratio);
    context.strokeStyle = this.#edge;
    context.lineWidth = 0.75;
    for (const { x, y, share, colour } of this.#dots) {
      const own = Math.sqrt(share) * radius;
      const [left, top] = [x * world - coords.x * TILE, y * world - coords.y * TILE];
      const reach = own + 1;
      if (left < -reach || top < -reach || left > TILE + reach || top > TILE + reach) continue;
      context.beginPath();
      context.arc(left, top, own, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
      context.stroke();
    }
    context.restore();
  }
}
