/** What colours become to readers who lack a kind of cone (Machado, Oliveira and Fernandes, 2009). */

type Matrix = readonly [
  readonly [number, number, number],
  readonly [number, number, number],
  readonly [number, number, number],
];

export type Vision = 'normal' | 'protanopia' | 'deuteranopia' | 'tritanopia';

/** On linear RGB, at full severity. */
export const VISIONS: Record<Vision, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const coded = (part: number) =>
  part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;

/** A colour `#rrggbb` as it is seen. */
export function seen(hex: string, vision: Vision): string {
  const rgb = [1, 3, 5].map((start) =>
    linear(Number.parseInt(hex.slice(start, start + 2), 16) / 255),
  );
  const parts = VISIONS[vision].map((row) => {
    const sum = row.reduce((total, weight, at) => total + weight * rgb[at]!, 0);
    return Math.round(255 * coded(Math.min(1, Math.max(0, sum))));
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
