/** Two topics on one map, as `docs/API.md` has it: rows of the first, columns of the second. */

const both = (nl, en) => ({ nl, en });
const NINE = [
  ['#f3efe8', '#f6b26b', '#d9680f'],
  ['#86b6d9', '#888864', '#784f0e'],
  ['#2166ac', '#214c4f', '#1d2c0b'],
];
const WORDS = [both('laag', 'low'), both('midden', 'middle'), both('hoog', 'high')];

/** Of type 7, at one and two thirds; equal ones once, and none that no value lies above. */
export function thirdsOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    return below + (place % 1) * (sorted[Math.ceil(place)] - below);
  };
  const bounds = sorted.length === 0 ? [] : [at(1 / 3), at(2 / 3)];
  return [...new Set(bounds)].filter((bound) => bound < sorted.at(-1));
}

const isTurned = ({ richting }) => richting === 'hoog';
function placeOf(value, bounds, one) {
  const below = bounds.filter((bound) => value > bound).length;
  return isTurned(one) ? 3 - below : 1 + below;
}

/** Why two topics do not go together; null where they do. */
export function hindrance(one, other, query) {
  if (one.id === other.id) return 'Hetzelfde onderwerp twee keer zegt niets.';
  const unfit = [one, other].find(({ soort }) => soort === 'klasse' || soort === 'aantal');
  if (unfit) return `Met ${unfit.id} kan dit niet.`;
  const taken = ['sinds', 'klassegrenzen', 'palet'].find((name) => query.has(name));
  if (taken) return `Met ${taken} kan dit niet.`;
  if ((query.get('aantalKlassen') ?? '3') !== '3') return 'Er zijn drie klassen per onderwerp.';
  if ((query.get('methode') ?? 'kwantielen') !== 'kwantielen') return 'Alleen kwantielen.';
  return null;
}

/** The nearest within three years, of two the earlier. */
export function yearNear(years, year) {
  const near = years.filter((one) => Math.abs(one - year) <= 3);
  return near.sort((a, b) => Math.abs(a - year) - Math.abs(b - year) || a - b)[0];
}

/** The cell of an area, by its two figures; null where one is missing. */
export function pairing(level, [one, valueAt], [other, otherAt]) {
  const figures = (area) => [valueAt(area), otherAt(area)];
  const whole = level.filter(
    (area) => area.vlaggen.length === 0 && figures(area).every(({ waarde }) => waarde !== null),
  );
  const bounds = [0, 1].map((place) => thirdsOf(whole.map((area) => figures(area)[place].waarde)));
  const words = (topic) => (isTurned(topic) ? [...WORDS].reverse() : WORDS);
  const nameOf = (row, column, language) =>
    [
      [one, row],
      [other, column],
    ]
      .map(([topic, place]) => {
        const share = language === 'nl' ? 'aandeel ' : 'share of ';
        const name = topic.naam[language].toLowerCase();
        return `${topic.soort === 'aandeel' ? share : ''}${name} ${words(topic)[place - 1][language]}`;
      })
      .join(', ');
  const cells = NINE.flatMap((colours, row) =>
    colours.map((kleur, column) => ({
      klasse: 3 * row + column + 1,
      rij: row + 1,
      kolom: column + 1,
      kleur,
      naam: both(nameOf(row + 1, column + 1, 'nl'), nameOf(row + 1, column + 1, 'en')),
    })),
  );
  return {
    cells,
    cellOf(area) {
      const [a, b] = figures(area).map(({ waarde }) => waarde);
      if (a === null || b === null) return null;
      return cells[3 * (placeOf(a, bounds[0], one) - 1) + placeOf(b, bounds[1], other) - 1];
    },
    reasonOf: (area) => valueAt(area).reden ?? otherAt(area).reden,
    axis: (place, jaar) => {
      const topic = [one, other][place];
      return {
        indicator: topic.id,
        naam: topic.naam,
        eenheid: topic.eenheid,
        jaar,
        grenzen: bounds[place],
        omgekeerd: isTurned(topic),
        klassen: words(topic),
      };
    },
  };
}

/** That one is made of the other. */
export function caution(one, other) {
  const holds = (a, b) => (b.onderdeelVan ?? []).includes(a.id);
  const [whole, part] = holds(one, other) ? [one, other] : holds(other, one) ? [other, one] : [];
  if (!whole) return null;
  return both(
    `Let op: ${part.naam.nl} is een onderdeel van ${whole.naam.nl}: dat zij samengaan zegt daarom weinig.`,
    `Note: ${part.naam.en} is a part of ${whole.naam.en}: that they go together therefore says little.`,
  );
}
