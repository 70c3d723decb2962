import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Indicator } from './api.ts';
import { changeOf } from './change.ts';
import { NINE } from './crossing.ts';
import { BELOW_TO_ABOVE, deviate } from './deviation.ts';
import { difference, lab } from './difference.ts';
import { indicator } from './fixture.ts';
import { layerOf } from './grid.ts';
import type { Layer } from './layer.ts';
import { HATCHES } from './palette.ts';
import { seen, VISIONS, type Vision } from './vision.ts';

const EYES = Object.keys(VISIONS) as Vision[];
const folder = new URL('../../../geodata/palettes/', import.meta.url);
const palettes = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const ramps = [...text.matchAll(/^ {4}\[(.*)\],$/gm)].map((line) =>
    [...line[1]!.matchAll(/#[0-9a-f]{6}/g)].map((match) => match[0]),
  );
  return { name: name.replace('.toml', ''), kind: /kind = "(\w+)"/.exec(text)![1]!, ramps };
});
const ramps = palettes.flatMap(({ name, kind, ramps }) =>
  ramps.map((colours) => ({ label: `${name}, ${colours.length}`, kind, colours })),
);

/** The least difference between two of some colours, to the eyes that tell them apart worst. */
function least(colours: readonly string[], pairs: (a: number, b: number) => boolean): number {
  let found = Number.POSITIVE_INFINITY;
  for (const eyes of EYES) {
    const all = colours.map((one) => seen(one, eyes));
    for (let a = 0; a < all.length; a++)
      for (let b = a + 1; b < all.length; b++)
        if (pairs(a, b)) found = Math.min(found, difference(all[a]!, all[b]!));
  }
  return found;
}
const neighbours = (a: number, b: number) => b === a + 1;
const any = () => true;

describe('the simulation', () => {
  it('leaves greys as they are, and confuses what each kind of eyes confuses', () => {
    for (const eyes of EYES) expect(difference(seen('#808080', eyes), '#808080')).toBeLessThan(1);
    // Red and green of one lightness; blue and green for the third kind.
    const apart = (one: string, other: string, eyes: Vision) =>
      difference(seen(one, eyes), seen(other, eyes));
    expect(apart('#d95f02', '#7a8b00', 'deuteranopia')).toBeLessThan(
      apart('#d95f02', '#7a8b00', 'normal') / 2,
    );
    expect(apart('#0080ff', '#00a0a0', 'tritanopia')).toBeLessThan(
      apart('#0080ff', '#00a0a0', 'normal') / 2,
    );
  });
});

describe('classes', () => {
  it('are read from all palettes, of two to nine classes', () => {
    expect(palettes.length).toBeGreaterThanOrEqual(3);
    for (const { name, ramps: own } of palettes)
      expect(
        own.map(({ length }) => length),
        name,
      ).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });
  it('of a red–yellow–green ramp would not do: the measure tells', () => {
    const ramp = [
      '#d73027',
      '#f46d43',
      '#fdae61',
      '#fee08b',
      '#d9ef8b',
      '#a6d96a',
      '#66bd63',
      '#1a9850',
    ];
    expect(least(ramp, any)).toBeLessThan(5);
  });
  it.each(ramps.filter(({ kind }) => kind === 'diverging'))(
    'any two of $label stay apart to all eyes',
    ({ colours }) => expect(least(colours, any)).toBeGreaterThanOrEqual(10),
  );
  it.each(ramps.filter(({ kind, colours }) => kind === 'sequential' && colours.length <= 7))(
    'neighbours of $label stay apart to all eyes, and each is darker than the one below it',
    ({ colours }) => {
      expect(least(colours, neighbours)).toBeGreaterThanOrEqual(5);
      const light = colours.map((one) => lab(one)[0]);
      expect(light).toEqual([...light].sort((a, b) => b - a));
    },
  );
  it.each(ramps.filter(({ kind, colours }) => kind === 'sequential' && colours.length > 7))(
    'neighbours of $label are told apart at least, which is why fewer are the standard',
    ({ colours }) => expect(least(colours, neighbours)).toBeGreaterThanOrEqual(2.3),
  );
  it('of deviations and of two topics stay apart too', () => {
    expect(least(BELOW_TO_ABOVE, any)).toBeGreaterThanOrEqual(10);
    expect(least(NINE.flat(), any)).toBeGreaterThanOrEqual(10);
  });
});

describe('what is missing', () => {
  const grounds = Object.values(HATCHES).flatMap(({ ground }) => (ground ? [ground] : []));
  it.each(ramps)(
    'differs from every class of $label, by its colour or by a mark that shows',
    ({ colours }) => {
      expect(grounds.length).toBe(2);
      for (const eyes of EYES) {
        for (const { ground, mark } of Object.values(HATCHES)) {
          if (!ground) continue;
          for (const colour of colours) {
            // The pattern carries what the ground alone does not.
            const [own, under] = [seen(colour, eyes), seen(ground, eyes)];
            const marked = difference(seen(mark, eyes), own);
            expect(
              difference(own, under) + marked,
              `${colour}, ${ground}, ${eyes}`,
            ).toBeGreaterThan(20);
            expect(Math.max(difference(own, under), marked)).toBeGreaterThan(10);
          }
          expect(difference(seen(mark, eyes), seen(ground, eyes))).toBeGreaterThan(20);
        }
      }
    },
  );
});

describe('the middle', () => {
  const chroma = (hex: string) => Math.hypot(lab(hex)[1], lab(hex)[2]);
  const neutral = (colours: string[]) => {
    const middle = colours[(colours.length - 1) / 2]!;
    for (const other of colours) {
      if (other === middle) continue;
      expect(lab(middle)[0], other).toBeGreaterThan(lab(other)[0]);
      expect(chroma(middle), other).toBeLessThan(chroma(other));
    }
  };
  const diverging = ramps.filter(({ kind }) => kind === 'diverging');
  it.each(diverging.filter(({ colours }) => colours.length % 2 === 1))(
    'class of $label is the neutral one, the lightest and the greyest',
    ({ colours }) => neutral(colours),
  );
  it.each(diverging.filter(({ colours }) => colours.length % 2 === 0))(
    'of $label lies between two classes: none of them is neutral',
    ({ colours }) => {
      const palest = Math.min(...colours.map(chroma));
      expect(palest).toBeGreaterThan(2 * chroma('#f2efe6'));
      // As many warm as cold ones, each side by itself.
      const warm = colours.map((one) => lab(one)[2] > 0);
      expect(warm).toEqual(colours.map((_, at) => at < colours.length / 2 === warm[0]));
    },
  );
  it('of computed changes and deviations is neutral and holds zero, whichever way is good', () => {
    const values = [-9, -4, -2, -1, -0.5, 0, 0.5, 1, 2, 4, 9, 12];
    const cells = values.map((value, at) => ({
      code: `BU0001${String(at).padStart(4, '0')}`,
      value,
    }));
    const layer = layerOf(cells, 4);
    const zero = layerOf(
      cells.map(({ code }) => ({ code, value: 0 })),
      4,
    ).column;
    for (const richting of ['hoog', 'laag', 'geen'] as const) {
      const topic = { ...indicator('aandeel', { buurten: [2024] }), richting } as Indicator;
      for (const made of [
        deviate(layer, topic, { reference: 'land', measure: 'verschil', key: richting })!.layer,
        changeOf(layer, zero, topic, 2020).layer,
      ]) {
        // The legend lists the highest class first.
        const classes = made.column.description.legenda.klassen.toReversed();
        neutral(classes.map(({ kleur }) => kleur));
        const middle = classes[(classes.length - 1) / 2]!;
        expect(middle.van).toBeLessThan(0);
        expect(middle.tot).toBeGreaterThan(0);
        expect(middle.van).toBeCloseTo(-middle.tot!, 6);
        expect(nearestZero(made).fill).toBe(middle.kleur);
      }
    }
  });
});

/** The area whose figure is nearest to zero. */
function nearestZero(made: Layer) {
  const known = made.areas.filter(({ value }) => value !== null);
  return known.reduce((best, one) => (Math.abs(one.value!) < Math.abs(best.value!) ? one : best));
}
