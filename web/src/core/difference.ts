/** How different two colours look: CIEDE2000 (Sharma, Wu and Dalal, 2005), D65, from `#rrggbb`. */
type Lab = [lightness: number, a: number, b: number];

const TURN = Math.PI / 180;
const POWER = 25 ** 7;

export function lab(hex: string): Lab {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

export const difference = (one: string, other: string) => distance(lab(one), lab(other));

export function distance([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const plain = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1 + 0.5 * (1 - Math.sqrt(plain / (plain + POWER)));
  const [c1, c2] = [Math.hypot(stretch * a1, b1), Math.hypot(stretch * a2, b2)];
  const [h1, h2] = [hue(stretch * a1, b1), hue(stretch * a2, b2)];
  const grey = c1 * c2 === 0;
  let turn = grey ? 0 : h2 - h1;
  if (turn > 180) turn -= 360;
  else if (turn < -180) turn += 360;
  let middle = h1 + h2;
  if (!grey) {
    if (Math.abs(h1 - h2) <= 180) middle /= 2;
    else middle = (middle < 360 ? middle + 360 : middle - 360) / 2;
  }
  const light = (l1 + l2) / 2;
  const chroma = (c1 + c2) / 2;
  const cosine = (times: number, shift: number) => Math.cos((times * middle + shift) * TURN);
  const t =
    1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6) - 0.2 * cosine(4, -63);
  const off = (light - 50) ** 2;
  const dl = (l2 - l1) / (1 + (0.015 * off) / Math.sqrt(20 + off));
  const dc = (c2 - c1) / (1 + 0.045 * chroma);
  const dh = (2 * Math.sqrt(c1 * c2) * Math.sin((turn * TURN) / 2)) / (1 + 0.015 * chroma * t);
  const swing = Math.exp(-(((middle - 275) / 25) ** 2));
  const twist = -2 * Math.sqrt(chroma ** 7 / (chroma ** 7 + POWER)) * Math.sin(60 * TURN * swing);
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + twist * dc * dh);
}

function hue(a: number, b: number): number {
  const degrees = Math.atan2(b, a) / TURN;
  return degrees < 0 ? degrees + 360 : degrees;
}
