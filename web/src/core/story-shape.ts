/** The shape and the letter of a pillar: marks are told apart without colour. */
import type { Pillar } from './pillar.ts';

/** On a plane of 32 by 32. */
const SHAPES: Record<Pillar, { letter: string; path: string }> = {
  'sociale-basis': {
    letter: 'B',
    path: 'M16 3a13 13 0 1 0 0 26a13 13 0 1 0 0-26z',
  },
  // Points up.
  'sociale-stijging': { letter: 'S', path: 'M16 2L29 13V29H3V13z' },
  // A shield.
  'sociale-herovering': { letter: 'H', path: 'M4 3H28V17C28 24 22 28 16 30C10 28 4 24 4 17z' },
  fysiek: { letter: 'F', path: 'M4 4H28V28H4z' },
};

/** Of several pillars. */
const MIXED = { letter: '', path: 'M16 1L31 16L16 31L1 16z' };

export function shapeOf(pillar: string | null): { letter: string; path: string } {
  if (pillar === null || !Object.hasOwn(SHAPES, pillar)) return MIXED;
  return SHAPES[pillar as Pillar];
}
