/**
 * A country that does not exist: gemeenten, wijken and buurten with shared edges, an island and a
 * lake. Deterministic, so that screenshots can be compared.
 */

const WIDE = 150;
const HIGH = 130;
const WEST = 4.05;
const SOUTH = 51.62;
const STEP_X = 0.0135;
const STEP_Y = 0.0085;

/** A small generator of numbers between 0 and 1 that always gives the same row. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    let x = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    x ^= x >>> 15;
    return (x >>> 0) / 4294967296;
  };
}

export function wave(x, y, seed) {
  return (
    (Math.sin(x * 0.071 + seed) +
      Math.sin(y * 0.093 + seed * 1.7) +
      Math.sin((x + y) * 0.047 + seed * 2.3) +
      Math.sin((x - 2 * y) * 0.113 + seed * 0.6)) /
    4
  );
}

const TOWNS = [
  ['Hoogmade aan Zee', 40, 62, 26, 96],
  ['Lindestad', 78, 60, 22, 78],
  ['Oostervaart', 112, 70, 20, 48],
  ['Brinkhaven', 60, 96, 20, 40],
  ['Veldhuizen', 96, 100, 18, 30],
  ['Molenrijk', 128, 98, 16, 22],
  ['Zuiderdijk', 58, 26, 20, 34],
  ['Kerkerode', 92, 24, 20, 30],
  ['Waterhoven', 124, 38, 16, 26],
  ['Eikenberg', 30, 34, 16, 24],
  ['Noordkwelder', 88, 122, 14, 14],
  ['Vlieroog', 22, 116, 14, 8],
];
const FRONT = [
  'Linde',
  'Molen',
  'Zand',
  'Hof',
  'Berken',
  'Water',
  'Veen',
  'Kasteel',
  'Tuin',
  'Haven',
  'Sluis',
  'Akker',
  'Heide',
  'Vogel',
  'Ooster',
  'Wester',
  'Noorder',
  'Zuider',
  'Bos',
  'Dijk',
  'Wilgen',
  'Brug',
  'Klooster',
  'Schans',
];
const BACK = [
  'buurt',
  'kwartier',
  'hoek',
  'dam',
  'veld',
  'park',
  'rand',
  'plein',
  'poort',
  'wijk',
  'laan',
  'hage',
];

function isLand(x, y) {
  const sea = Math.hypot((x - 78) / 74, (y - 62) / 60) + 0.12 * wave(x * 2.2, y * 2.2, 4);
  const island = Math.hypot((x - 22) / 9, (y - 117) / 6) + 0.1 * wave(x * 3, y * 3, 9);
  const strait = Math.hypot((x - 24) / 17, (y - 110) / 7);
  return island < 1 || (sea < 0.97 && strait > 1);
}

function nearestOf(seeds, x, y) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  seeds.forEach((seed, index) => {
    const reach = seed.reach ?? 1;
    const distance = Math.hypot(seed.x - x, seed.y - y) / reach;
    if (distance < least) {
      least = distance;
      best = index;
    }
  });
  return best;
}

/** The rings around a set of cells: edges that lie between two of them fall away. */
function rings(cells, corner) {
  const next = new Map();
  const flip = (a, b) => `${b}>${a}`;
  const edges = new Set();
  for (const [x, y] of cells) {
    const at = (dx, dy) => (y + dy) * (WIDE + 1) + x + dx;
    for (const [a, b] of [
      [at(0, 0), at(1, 0)],
      [at(1, 0), at(1, 1)],
      [at(1, 1), at(0, 1)],
      [at(0, 1), at(0, 0)],
    ]) {
      if (!edges.delete(flip(a, b))) edges.add(`${a}>${b}`);
    }
  }
  for (const edge of edges) {
    const [a, b] = edge.split('>').map(Number);
    if (!next.has(a)) next.set(a, []);
    next.get(a).push(b);
  }
  const found = [];
  while (next.size > 0) {
    const [start] = next.keys();
    const ring = [start];
    let at = start;
    do {
      const onward = next.get(at);
      const to = onward.pop();
      if (onward.length === 0) next.delete(at);
      ring.push(to);
      at = to;
    } while (at !== start);
    found.push(ring.map(corner));
  }
  return found;
}

const surface = (ring) => {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  }
  return sum / 2;
};

function inside(ring, [px, py]) {
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

export function holds(geometry, point) {
  return geometry.coordinates.some(
    ([outer, ...holes]) => inside(outer, point) && !holes.some((hole) => inside(hole, point)),
  );
}

function shape(cells, corner) {
  const all = rings(cells, corner);
  const outers = all.filter((ring) => surface(ring) > 0).map((ring) => [ring]);
  for (const hole of all.filter((ring) => surface(ring) <= 0)) {
    const owner = outers.find(([ring]) => inside(ring, hole[0])) ?? outers[0];
    owner.push(hole);
  }
  return { type: 'MultiPolygon', coordinates: outers };
}

export function bounds(geometry) {
  const box = [180, 90, -180, -90];
  for (const [outer] of geometry.coordinates) {
    for (const [x, y] of outer) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box.map((one) => Number(one.toFixed(6)));
}

export function buildCountry() {
  const roll = dice(20240611);
  const corners = [];
  for (let y = 0; y <= HIGH; y++) {
    for (let x = 0; x <= WIDE; x++) {
      const lon = WEST + (x + (roll() - 0.5) * 0.7) * STEP_X;
      const lat = SOUTH + (y + (roll() - 0.5) * 0.7) * STEP_Y;
      corners.push([Number(lon.toFixed(5)), Number(lat.toFixed(5))]);
    }
  }
  const corner = (index) => corners[index];

  const towns = TOWNS.map(([name, x, y, reach, count], index) => ({
    name,
    x,
    y,
    reach,
    count,
    code: `GM${String(9001 + index * 7)}`,
    cells: [],
  }));
  for (let y = 0; y < HIGH; y++) {
    for (let x = 0; x < WIDE; x++) {
      if (!isLand(x, y)) continue;
      const wx = x + 4 * wave(x * 3, y * 3, 1);
      const wy = y + 4 * wave(x * 3, y * 3, 2);
      towns[nearestOf(towns, wx, wy)].cells.push([x, y]);
    }
  }

  const areas = [];
  for (const town of towns) {
    const { seeds, districts } = plan(town, roll);
    const groups = seeds.map(() => []);
    for (const [x, y] of town.cells) {
      const wx = x + 0.8 * wave(x * 9, y * 9, 5);
      const wy = y + 0.8 * wave(x * 9, y * 9, 6);
      groups[nearestOf(seeds, wx, wy)].push([x, y]);
    }
    areas.push(area('gemeenten', town.code, town.name, town.cells, null, null));
    const perDistrict = districts.map(() => []);
    groups.forEach((cells, index) => {
      if (cells.length > 0) perDistrict[seeds[index].district].push({ cells, seed: seeds[index] });
    });
    perDistrict.forEach((members, index) => {
      if (members.length === 0) return;
      const number = String(index).padStart(2, '0');
      const wijk = `WK${town.code.slice(2)}${number}`;
      const all = members.flatMap((member) => member.cells);
      areas.push(area('wijken', wijk, districts[index], all, town, null));
      members.forEach((member, place) => {
        const code = `BU${town.code.slice(2)}${number}${String(place).padStart(2, '0')}`;
        const name = index === 0 && place === 0 ? 'Centrum' : member.seed.name;
        const buurt = area('buurten', code, name, member.cells, town, {
          code: wijk,
          naam: districts[index],
        });
        buurt.distance = Math.hypot(member.seed.x - town.x, member.seed.y - town.y) / town.reach;
        buurt.chance = roll();
        areas.push(buurt);
      });
    });
  }
  return areas;

  function area(niveau, code, naam, cells, town, wijk) {
    const geometry = shape(cells, corner);
    const x = cells.reduce((sum, cell) => sum + cell[0], 0) / cells.length;
    const y = cells.reduce((sum, cell) => sum + cell[1], 0) / cells.length;
    return {
      niveau,
      code,
      naam,
      geometry,
      omvang: bounds(geometry),
      gemeente: town ? { code: town.code, naam: town.name } : null,
      wijk,
      x,
      y,
      size: cells.length,
      distance: 0,
      chance: 0,
    };
  }
}

function plan(town, roll) {
  const count = Math.max(2, Math.round(town.count / 9));
  const districts = ['Centrum'];
  const hubs = [{ x: town.x, y: town.y }];
  while (hubs.length < count) {
    const [x, y] = town.cells[Math.floor(roll() * town.cells.length)];
    if (hubs.every((hub) => Math.hypot(hub.x - x, hub.y - y) > 4)) {
      hubs.push({ x, y });
      districts.push(`${FRONT[Math.floor(roll() * FRONT.length)]}wijk ${hubs.length}`);
    } else if (roll() < 0.02) break;
  }
  const seeds = [];
  for (let i = 0; seeds.length < town.count && i < 4000; i++) {
    const [cx, cy] = town.cells[Math.floor(roll() * town.cells.length)];
    const middle = Math.hypot(cx - town.x, cy - town.y);
    // Small areas in the middle of a town, large ones around it.
    const apart = 0.9 + middle * 0.13;
    if (seeds.every((seed) => Math.hypot(seed.x - cx, seed.y - cy) > apart)) {
      const name =
        FRONT[Math.floor(roll() * FRONT.length)] + BACK[Math.floor(roll() * BACK.length)];
      seeds.push({ x: cx, y: cy, name, district: nearestOf(hubs, cx, cy) });
    }
  }
  return { seeds, districts };
}
