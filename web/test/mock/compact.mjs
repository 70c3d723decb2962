/** Packs borders and values as `docs/API.md` lays them out, for the stand-in and for tests. */
import { createHash } from 'node:crypto';

const utf8 = (text) => [...new TextEncoder().encode(text)];
const u16 = (number) => [number & 255, (number >> 8) & 255];
const u32 = (number) => [0, 8, 16, 24].map((shift) => (number >>> shift) & 255);

function varint(number) {
  const bytes = [];
  let rest = number;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return bytes;
}
const step = (number) => varint(number < 0 ? -2 * number - 1 : 2 * number);
const column = (bytes) => [...varint(bytes.length), ...bytes];

/** What borders and values have in common: a hash over year, level and all codes. */
export function orderOf(year, level, codes) {
  const text = [year, level, ...codes].map((one) => `${one}\n`).join('');
  return [...createHash('sha256').update(text).digest().subarray(0, 8)];
}
const hex = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const DETAILS = { grof: 20, middel: 22, fijn: 24, volledig: 28 };

function unitOf(bits, [lon, lat]) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [Math.round((lon / 360 + 0.5) * 2 ** bits), Math.round(y * 2 ** bits)];
}

/**
 * `level` is all areas of the level (`code`, `naam`, `geometry`: a MultiPolygon), in their order.
 * Neighbours must have the same vertices.
 */
export function encodeBorders(level, { year, name, detail = 'grof', binnen = null, shows }) {
  const bits = DETAILS[detail];
  const codes = level.map(({ code }) => code);
  const order = orderOf(year, name, codes);
  const shown = level.flatMap((area, ordinal) =>
    !shows || shows(area) ? [{ area, ordinal }] : [],
  );
  const ids = new Map();
  const at = [];
  const idOf = (position) => {
    const [x, y] = unitOf(bits, position);
    const key = x * 2 ** 24 + (y % 2 ** 24);
    let id = ids.get(key);
    if (id === undefined) {
      id = at.length;
      ids.set(key, id);
      at.push([x, y]);
    }
    return id;
  };
  const shapes = shown.map(({ area }) =>
    area.geometry.coordinates.map((polygon) =>
      polygon.map((ring) => {
        const all = ring.slice(1).map(idOf);
        return all.filter((id, place) => id !== all.at(place - 1));
      }),
    ),
  );
  // A border ends where more than two vertices are next to one.
  const beside = at.map(() => new Set());
  for (const ring of shapes.flat(2)) {
    ring.forEach((id, place) => {
      const before = ring.at(place - 1);
      beside[id].add(before);
      beside[before].add(id);
    });
  }
  const isEnd = (id) => beside[id].size !== 2;
  const parts = [];
  const backs = [];
  const lengths = [];
  const begins = [];
  const east = [];
  const south = [];
  const known = new Map();
  let count = 0;
  let last = [0, 0];
  shapes.forEach((polygons) => {
    parts.push(...varint(polygons.length));
    for (const rings of polygons) {
      parts.push(...varint(rings.length));
      for (const ring of rings) {
        const arcs = arcsOf(ring, isEnd);
        parts.push(...varint(arcs.length));
        const firsts = arcs.map((arc) => known.get(`${arc.at(-1)}>${arc.at(-2)}`) === undefined);
        arcs.forEach((arc, place) => {
          const number = known.get(`${arc.at(-1)}>${arc.at(-2)}`);
          if (number !== undefined) {
            backs.push(...varint(count - number));
            return;
          }
          backs.push(0);
          known.set(`${arc[0]}>${arc[1]}`, count);
          count += 1;
          lengths.push(...varint(arc.length - 2));
          if (place === 0) {
            const [x, y] = at[arc[0]];
            begins.push(...step(x - last[0]), ...step(y - last[1]));
            last = [x, y];
          }
          const isTold = place === arcs.length - 1 || !firsts[place + 1];
          for (let k = 1; k < arc.length - Number(isTold); k++) {
            east.push(...step(at[arc[k]][0] - at[arc[k - 1]][0]));
            south.push(...step(at[arc[k]][1] - at[arc[k - 1]][1]));
          }
        });
      }
    }
  });
  let passed = 0;
  const ordinals = shown.flatMap(({ ordinal }) => {
    const skipped = ordinal - passed;
    passed = ordinal + 1;
    return varint(skipped);
  });
  let before = '';
  const names = shown.flatMap(({ area: { code } }) => {
    let same = 0;
    while (same < before.length && before[same] === code[same]) same += 1;
    before = code;
    const rest = utf8(code.slice(same));
    return [...varint(same), ...varint(rest.length), ...rest];
  });
  const description = utf8(
    JSON.stringify({
      niveau: name,
      jaar: year,
      detail,
      binnen,
      volgorde: hex(order),
      bron: null,
      licentie: null,
      versie: '1',
      fictief: true,
    }),
  );
  return Uint8Array.from([
    ...utf8('WKGR'),
    1,
    bits,
    ...u16(year),
    ...order,
    ...u32(level.length),
    ...u32(shown.length),
    ...u32(description.length),
    ...description,
    ...column(ordinals),
    ...column(names),
    ...column(utf8(shown.map(({ area }) => `${area.naam}\n`).join(''))),
    ...column(parts),
    ...column(backs),
    ...column(lengths),
    ...column(begins),
    ...column(east),
    ...column(south),
  ]);
}

/** A ring as borders that each run from end to end; without an end as one from its least vertex. */
function arcsOf(ring, isEnd) {
  let start = ring.findIndex(isEnd);
  if (start < 0) start = ring.indexOf(Math.min(...ring));
  const turned = [...ring.slice(start), ...ring.slice(0, start), ring[start]];
  const arcs = [];
  let from = 0;
  for (let place = 1; place < turned.length; place++) {
    if (place < turned.length - 1 && !isEnd(turned[place])) continue;
    arcs.push(turned.slice(from, place + 1));
    from = place;
  }
  return arcs;
}

/**
 * `values`, `classes` (from the lowest, 0 first), `reasons` (texts or null) and `flags` (lists) by
 * ordinal, with the legend that belongs to them.
 */
export function encodeColumn({
  year,
  level,
  codes,
  values,
  classes,
  reasons,
  flags,
  legend,
  decimals,
}) {
  const redenen = [...new Set(reasons.filter((one) => one !== null))];
  const vlaggen = [...new Set(flags.flat())];
  const order = orderOf(year, level, codes);
  const width = decimals === undefined ? 8 : 4;
  const description = utf8(
    JSON.stringify({
      volgorde: hex(order),
      decimalen: decimals ?? 0,
      basis: -(2 ** 30),
      afgerond: false,
      redenen,
      vlaggen,
      legenda: legend,
    }),
  );
  const cells = values.map((value) => {
    if (width === 8) {
      const cell = new DataView(new ArrayBuffer(8));
      cell.setFloat64(0, value ?? Number.NaN, true);
      return Array.from({ length: 8 }, (_, place) => cell.getUint8(place));
    }
    return u32(value === null ? 2 ** 32 - 1 : Math.round(value * 10 ** decimals) + 2 ** 30);
  });
  return Uint8Array.from([
    ...utf8('WKWA'),
    1,
    width,
    ...u16(year),
    ...order,
    ...u32(values.length),
    ...u32(description.length),
    ...description,
    ...Array.from({ length: width }, (_, plane) => cells.map((cell) => cell[plane])).flat(),
    ...values.map((value, at) =>
      value === null ? 255 - redenen.indexOf(reasons[at]) : classes[at],
    ),
    ...flags.map((own) => own.reduce((bits, flag) => bits | (1 << vlaggen.indexOf(flag)), 0)),
  ]);
}
