/** Reads a coordinate as people type it: WGS 84 in either order, or RD. */

/** The Netherlands with some sea, in degrees. The two ranges do not overlap, which tells the order. */
const LATITUDE = { least: 50.5, most: 54 };
const LONGITUDE = { least: 2.5, most: 7.5 };
/** The extent of the RD system in metres; x and y do not overlap either. */
const RD_X = { least: -7000, most: 300000 };
const RD_Y = { least: 289000, most: 629000 };

export type Coordinate =
  | { system: 'wgs84'; lat: number; lon: number }
  | { system: 'rd'; x: number; y: number };

export type Reading = { kind: 'none' } | { kind: 'outside' } | { kind: 'found'; at: Coordinate };

const within = (value: number, range: { least: number; most: number }) =>
  value >= range.least && value <= range.most;

/**
 * The two numbers in a text. Two commas in Dutch notation ("52,37, 4,90" or "52,37 4,90") are
 * decimal commas; one comma between two numbers ("52.37, 4.90", "52,4") parts them.
 */
export function pair(text: string): [number, number] | null {
  const bare = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/[°ºNnEeOo]|RD|rd|[xXyY]\s*[:=]|lat\w*\s*[:=]?|lon\w*\s*[:=]?/g, ' ')
    .trim();
  if (!/^[-+\d.,;/\s]+$/.test(bare)) return null;
  const splits: RegExp[] = [/\s*[;/]\s*/, /,\s+/, /\s+/, /,/];
  for (const split of splits) {
    const parts = bare.split(split).filter((part) => part !== '');
    if (parts.length !== 2) continue;
    const numbers = parts.map(amount);
    if (numbers.every((part) => part !== null)) return numbers as [number, number];
  }
  return null;
}

function amount(part: string): number | null {
  const trimmed = part.replace(/,$/, '');
  // "121.687" and "487.484,5" carry points between thousands; degrees never reach three figures.
  if (/^[-+]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(trimmed) && Number.parseInt(trimmed, 10) >= 100) {
    return Number(trimmed.replaceAll('.', '').replace(',', '.'));
  }
  if (!/^[-+]?\d+([.,]\d+)?$/.test(trimmed)) return null;
  return Number(trimmed.replace(',', '.'));
}

export function readCoordinate(text: string): Reading {
  const numbers = pair(text);
  if (numbers === null) return { kind: 'none' };
  const [first, second] = numbers;
  if (within(first, LATITUDE) && within(second, LONGITUDE)) {
    return { kind: 'found', at: { system: 'wgs84', lat: first, lon: second } };
  }
  if (within(first, LONGITUDE) && within(second, LATITUDE)) {
    return { kind: 'found', at: { system: 'wgs84', lat: second, lon: first } };
  }
  const large = Math.abs(first) > 1000 || Math.abs(second) > 1000;
  if (large && within(first, RD_X) && within(second, RD_Y)) {
    return { kind: 'found', at: { system: 'rd', x: first, y: second } };
  }
  if (large && within(second, RD_X) && within(first, RD_Y)) {
    return { kind: 'found', at: { system: 'rd', x: second, y: first } };
  }
  return { kind: 'outside' };
}
