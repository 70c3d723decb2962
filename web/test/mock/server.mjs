/** Answers `docs/API.md` for a country that does not exist, and serves the built page. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBorders, encodeColumn } from './compact.mjs';
import { buildCountry, holds } from './country.mjs';
import { embedding, framed, summary } from './embed.mjs';
import {
  classOf,
  coloursOf,
  cutsOf,
  FLAGS,
  figureOf,
  HIDDEN,
  INDICATORS,
  LEVELS,
  people,
  periodsOf,
  REASONS,
} from './figures.mjs';
import { caution, hindrance, pairing, yearNear } from './pair.mjs';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.png': 'image/png',
};
const SOURCE = { nl: 'Verzonnen voorbeelddata', en: 'Invented example data' };
const NOTE = { nl: 'Deze cijfers zijn verzonnen.', en: 'These figures are invented.' };
const LICENCE = 'CC0 1.0';
/** In place of a drawn map: one dot. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

class Refusal extends Error {
  constructor(status, detail, name, allowed) {
    super(detail);
    this.status = status;
    this.body = {
      type: 'about:blank',
      title: status === 404 ? 'Niet gevonden' : 'Ongeldige vraag',
      status,
      detail,
      ...(name
        ? {
            errors: [
              { in: 'query', location: { name }, code: 'onbekend', detail, toegestaan: allowed },
            ],
          }
        : {}),
    };
  }
}

const divisionOf = (year) => (year >= 2020 ? 2024 : 2016);
/** The old division has wijken and buurten; its gemeenten are not delivered. */
const hasArea = (division, area) =>
  division === 2024 || (division === 2016 && area.niveau !== 'gemeenten');

export function startMock({ port = 0 } = {}) {
  const areas = buildCountry();
  people(areas);
  const byCode = new Map(areas.map((area) => [area.code, area]));
  const versie = createHash('sha256')
    .update(JSON.stringify(areas.map((area) => area.code)))
    .digest('hex')
    .slice(0, 8);
  const gemeenten = areas.filter((area) => area.niveau === 'gemeenten');
  const country = [
    Math.min(...gemeenten.map((one) => one.omvang[0])),
    Math.min(...gemeenten.map((one) => one.omvang[1])),
    Math.max(...gemeenten.map((one) => one.omvang[2])),
    Math.max(...gemeenten.map((one) => one.omvang[3])),
  ];
  const config = {
    versie,
    fictief: true,
    indicator: 'leefbaarheid',
    jaar: 2024,
    niveau: 'buurten',
    binnen: null,
    omvang: country,
    achtergrondkaart: false,
    jaren: [2016, 2024],
  };

  const inside = (area, binnen) =>
    !binnen || area.code === binnen || area.gemeente?.code === binnen || area.wijk?.code === binnen;
  const indicatorOf = (id) => {
    const found = INDICATORS.find((one) => one.id === id);
    if (!found)
      throw new Refusal(
        404,
        `Het onderwerp ${id} bestaat niet.`,
        'indicator',
        INDICATORS.map((one) => one.id),
      );
    return found;
  };

  function entry(one) {
    return {
      id: one.id,
      naam: one.naam,
      omschrijving: one.omschrijving,
      thema: one.thema,
      eenheid: one.eenheid,
      decimalen: one.decimalen,
      richting: one.richting,
      soort: one.soort,
      weergave: one.weergave,
      noemer: null,
      publicatiegrens: null,
      palet: 'blauw-oranje',
      methode: one.methode,
      aantalKlassen: one.aantalKlassen,
      methoden: one.methoden,
      onderdeelVan: one.onderdeelVan,
      reeksbreuken: [],
      nietVergelijkbaarMet: [],
      gevoelig: false,
      bron: SOURCE,
      licentie: LICENCE,
      opmerking: NOTE,
      niveaus: LEVELS.filter((niveau) => one.years[niveau]).map((niveau) => ({
        niveau,
        jaren: periodsOf(one, niveau).map(([sinds, jaar]) => {
          const all = areas.filter((area) => area.niveau === niveau);
          return {
            jaar,
            sinds,
            indeling: divisionOf(jaar),
            gebieden: all.length,
            metWaarde: all.filter((area) => figureOf(one, area, jaar, sinds).waarde !== null)
              .length,
          };
        }),
      })),
    };
  }

  /** What a layer, its legend and its table have in common. */
  function scene(niveau, query) {
    const one = indicatorOf(query.get('indicator'));
    const years = one.years[niveau];
    if (!years)
      throw new Refusal(
        404,
        `Het onderwerp ${one.id} is er niet per ${niveau}.`,
        'niveau',
        Object.keys(one.years),
      );
    const jaar = Number(query.get('jaar') ?? years.at(-1));
    if (!years.includes(jaar))
      throw new Refusal(
        400,
        `Er zijn geen cijfers voor ${jaar}; wel voor ${years.join(', ')}.`,
        'jaar',
        years.map(String),
      );
    const begins = periodsOf(one, niveau).flatMap(([begin, end]) => (end === jaar ? [begin] : []));
    const sinds = query.has('sinds') ? Number(query.get('sinds')) : begins[0];
    if (!begins.includes(sinds))
      throw new Refusal(400, `Er is geen verandering sinds ${sinds}.`, 'sinds', begins.map(String));
    const binnen = query.get('binnen');
    if (binnen && !byCode.has(binnen))
      throw new Refusal(404, `Het gebied ${binnen} bestaat niet.`, 'binnen', []);
    const methode = query.get('methode') ?? one.methode;
    if (!one.methoden.includes(methode))
      throw new Refusal(400, `De methode ${methode} is er niet.`, 'methode', one.methoden);
    const count =
      methode === 'publicatie'
        ? 9
        : Number(
            query.get('aantalKlassen') ??
              (methode === 'standaarddeviatie' ? 5 : Math.min(7, one.aantalKlassen)),
          );
    const box = query.get('bbox')?.split(',').map(Number);
    const level = areas.filter((area) => area.niveau === niveau);
    const rows = level.filter((area) => inside(area, binnen));
    const valueAt = new Map(level.map((area) => [area.code, figureOf(one, area, jaar, sinds)]));
    const free = level
      .filter((area) => area.vlaggen.length === 0)
      .map((area) => valueAt.get(area.code).waarde)
      .filter((value) => value !== null);
    const cuts =
      methode === 'eigen'
        ? query.get('klassegrenzen').split(',').map(Number)
        : cutsOf(one, free, methode, count);
    const colours = coloursOf(one, cuts.length + 1);
    const names = methode === 'publicatie' ? one.names : null;
    return {
      one,
      jaar,
      sinds,
      binnen,
      methode,
      schaal: query.get('schaal') ?? 'vast',
      cuts,
      colours,
      names,
      valueAt,
      rows: rows.filter(
        (area) =>
          !box ||
          (area.omvang[0] <= box[2] &&
            area.omvang[2] >= box[0] &&
            area.omvang[1] <= box[3] &&
            area.omvang[3] >= box[1]),
      ),
    };
  }

  /** The second topic beside a scene; null where none is asked for. */
  function secondOf(niveau, set, query) {
    if (!query.has('met')) return null;
    const other = INDICATORS.find(({ id }) => id === query.get('met'));
    const refuse = (detail, allowed = []) => {
      throw new Refusal(400, detail, 'met', allowed);
    };
    if (!other) return refuse(`Het onderwerp ${query.get('met')} bestaat niet.`);
    const why = hindrance(set.one, other, query);
    if (why) refuse(why);
    const years = (other.years[niveau] ?? []).filter(
      (year) => divisionOf(year) === divisionOf(set.jaar),
    );
    const jaar = yearNear(years, set.jaar);
    if (jaar === undefined)
      return refuse(
        `Geen cijfers dicht bij ${set.jaar}; wel voor ${years.join(', ')}.`,
        years.map(String),
      );
    const level = areas.filter((area) => area.niveau === niveau);
    const otherAt = new Map(level.map((area) => [area.code, figureOf(other, area, jaar)]));
    const at = (map) => (area) => map.get(area.code);
    return {
      other,
      jaar,
      otherAt,
      ...pairing(level, [set.one, at(set.valueAt)], [other, at(otherAt)]),
    };
  }

  function pairLegend(niveau, set, second) {
    const dry = set.rows.filter((area) => !area.vlaggen.includes('water'));
    const known = dry.filter((area) => second.cellOf(area));
    const sum = (list) => ({
      gebieden: list.length,
      inwoners: list.reduce((total, area) => total + area.inhabitants, 0),
    });
    const cellen = second.cells.map((cell) => ({
      ...cell,
      ...sum(known.filter((area) => second.cellOf(area) === cell)),
    }));
    const last = cellen[8];
    const [all, with_] = [sum(dry), sum(known)];
    const told = (language, many, people) =>
      `${last.gebieden} ${many}: ${last.naam[language].replace(', ', language === 'nl' ? ' én ' : ' and ')} (${last.inwoners} ${people}).`;
    return {
      indicator: set.one.id,
      met: second.other.id,
      jaar: set.jaar,
      metJaar: second.jaar,
      niveau,
      indeling: divisionOf(set.jaar),
      rijen: second.axis(0, set.jaar),
      kolommen: second.axis(1, second.jaar),
      cellen,
      redenen: Object.entries(REASONS)
        .map(([reden, naam]) => ({
          reden,
          naam,
          arcering: HIDDEN.has(reden) ? 'verborgen' : 'geen-cijfer',
          kleur: HIDDEN.has(reden) ? '#eeeeee' : '#d9d9d9',
          ...sum(dry.filter((area) => !second.cellOf(area) && second.reasonOf(area) === reden)),
        }))
        .filter((one) => one.gebieden > 0),
      dekking: {
        gebieden: all.gebieden,
        metWaarde: with_.gebieden,
        inwoners: all.inwoners,
        inwonersMetWaarde: with_.inwoners,
      },
      zin: { nl: told('nl', niveau, 'inwoners'), en: told('en', niveau, 'residents') },
      letOp: caution(set.one, second.other),
      bron: SOURCE,
      licentie: LICENCE,
      versie,
      fictief: true,
    };
  }

  function feature(area, { jaar, cuts, colours, names, valueAt }, taal) {
    const { waarde, reden } = valueAt.get(area.code);
    const klasse = waarde === null ? null : classOf(waarde, cuts);
    const water = area.vlaggen.includes('water');
    const fill = water
      ? '#e6eef3'
      : klasse
        ? colours[klasse - 1]
        : HIDDEN.has(reden)
          ? '#eeeeee'
          : '#d9d9d9';
    return {
      type: 'Feature',
      id: area.code,
      geometry: area.geometry,
      properties: {
        code: area.code,
        naam: area.naam,
        niveau: area.niveau.replace(/en$/, ''),
        gemeente: divisionOf(jaar) === 2016 ? null : (area.gemeente?.naam ?? null),
        waarde,
        reden,
        klasse,
        klassenaam: klasse && names ? names[klasse - 1][taal] : null,
        vlaggen: area.vlaggen,
        fill,
        'fill-opacity': 1,
        stroke: '#ffffff',
        'stroke-width': 0.5,
      },
    };
  }

  function layer(niveau, query) {
    const set = scene(niveau, query);
    const taal = query.get('taal') === 'en' ? 'en' : 'nl';
    const second = secondOf(niveau, set, query);
    const crossed = (one, area) => {
      if (!second) return one;
      const { waarde, reden } = second.otherAt.get(area.code);
      const cell = second.cellOf(area);
      Object.assign(one.properties, {
        met: waarde,
        metReden: reden,
        klasse: cell?.klasse ?? null,
        klassenaam: cell?.naam[taal] ?? null,
        fill: cell?.kleur ?? '#d9d9d9',
      });
      return one;
    };
    return {
      type: 'FeatureCollection',
      indicator: set.one.id,
      jaar: set.jaar,
      niveau,
      bron: SOURCE.nl,
      licentie: LICENCE,
      versie,
      fictief: true,
      features: set.rows.map((area) => crossed(feature(area, set, taal), area)),
    };
  }

  /** Areas of a level in the order of their codes, as borders and values have it. */
  const levelOf = (niveau) =>
    areas.filter((area) => area.niveau === niveau).sort((a, b) => (a.code < b.code ? -1 : 1));

  function borders(niveau, query) {
    const year = Number(query.get('jaar') ?? 2024);
    const detail = query.get('detail') ?? 'grof';
    const binnen = query.get('binnen');
    const shows = (area) => inside(area, binnen);
    return encodeBorders(levelOf(niveau), { year, name: niveau, detail, binnen, shows });
  }

  function values(niveau, query) {
    const set = scene(niveau, query);
    const level = levelOf(niveau);
    const at = (area) => set.valueAt.get(area.code);
    const asked = new URLSearchParams(query);
    asked.set('niveau', niveau);
    return encodeColumn({
      year: divisionOf(set.jaar),
      level: niveau,
      codes: level.map(({ code }) => code),
      values: level.map((area) => at(area).waarde),
      classes: level.map((area) => classOf(at(area).waarde, set.cuts) - 1),
      reasons: level.map((area) => at(area).reden),
      flags: level.map((area) => area.vlaggen),
      legend: legend(asked),
    });
  }

  function csv(niveau, query) {
    const besides = query.has('met');
    const head = `code;naam;gemeente;waarde;reden;${besides ? 'met;met_reden;' : ''}klasse;klassenaam`;
    const rows = layer(niveau, query).features.map(({ properties: p }) =>
      [
        p.code,
        p.naam,
        p.gemeente,
        p.waarde,
        p.reden,
        ...(besides ? [p.met, p.metReden] : []),
        p.klasse,
        p.klassenaam,
      ]
        .map((one) => one ?? '')
        .join(';'),
    );
    return [head, ...rows].join('\r\n');
  }

  function legend(query) {
    const niveau = query.get('niveau') ?? 'buurten';
    const set = scene(niveau, query);
    const second = secondOf(niveau, set, query);
    if (second) return pairLegend(niveau, set, second);
    const sum = (list) => ({
      gebieden: list.length,
      inwoners: list.reduce((total, area) => total + area.inhabitants, 0),
    });
    const dry = set.rows.filter((area) => !area.vlaggen.includes('water'));
    const at = (area) => set.valueAt.get(area.code);
    const withValue = dry.filter((area) => at(area).waarde !== null);
    const klassen = set.colours.slice(0, set.cuts.length + 1).map((kleur, index) => ({
      nummer: index + 1,
      naam: set.names?.[index] ?? null,
      van: set.one.soort === 'klasse' ? null : (set.cuts[index - 1] ?? null),
      tot: set.one.soort === 'klasse' ? null : (set.cuts[index] ?? null),
      kleur,
      ...sum(withValue.filter((area) => classOf(at(area).waarde, set.cuts) === index + 1)),
    }));
    const redenen = Object.entries(REASONS)
      .map(([reden, naam]) => ({
        reden,
        naam,
        arcering: HIDDEN.has(reden) ? 'verborgen' : 'geen-cijfer',
        kleur: HIDDEN.has(reden) ? '#eeeeee' : '#d9d9d9',
        ...sum(dry.filter((area) => at(area).reden === reden)),
      }))
      .filter((one) => one.gebieden > 0);
    const vlaggen = Object.entries(FLAGS)
      .map(([vlag, naam]) => ({
        vlag,
        naam,
        kleur: vlag === 'water' ? '#e6eef3' : null,
        ...sum(set.rows.filter((area) => area.vlaggen.includes(vlag))),
        // Nobody counts who lives on water.
        ...(vlag === 'water' ? { inwoners: null } : {}),
      }))
      .filter((one) => one.gebieden > 0);
    const total = sum(dry);
    const known = sum(withValue);
    return {
      indicator: set.one.id,
      naam: set.one.naam,
      niveau,
      sinds: set.sinds,
      jaar: set.jaar,
      indeling: divisionOf(set.jaar),
      binnen: set.binnen,
      eenheid: set.one.eenheid,
      decimalen: set.one.decimalen,
      methode: set.methode,
      schaal: set.schaal,
      palet: 'blauw-oranje',
      klassen: klassen.reverse(),
      redenen,
      vlaggen,
      dekking: {
        gebieden: total.gebieden,
        metWaarde: known.gebieden,
        inwoners: total.inwoners,
        inwonersMetWaarde: known.inwoners,
      },
      bron: SOURCE,
      licentie: LICENCE,
      opmerking: NOTE,
      bronGrenzen: SOURCE.nl,
      versie,
      fictief: true,
    };
  }

  /** The old division knows its gemeenten by their codes alone. */
  const found = (area, division = 2024) => ({
    code: area.code,
    naam: area.naam,
    niveau: area.niveau,
    gemeente: division === 2016 ? null : area.gemeente,
    omvang: area.omvang,
  });

  function search(query) {
    const q = (query.get('q') ?? '').trim().toLowerCase();
    const niveau = query.get('niveau');
    const count = Math.min(1000, Number(query.get('aantal') ?? 20));
    const division = Number(query.get('jaar') ?? 2024);
    const rank = (area) => {
      const name = area.naam.toLowerCase();
      if (area.code.toLowerCase() === q || name === q) return 0;
      if (name.startsWith(q) || area.code.toLowerCase().startsWith(q)) return 1;
      return name.includes(q) ? 2 : 9;
    };
    const list = areas
      .filter(
        (area) =>
          (!niveau || area.niveau === niveau) &&
          hasArea(division, area) &&
          inside(area, query.get('binnen')) &&
          rank(area) < 9,
      )
      .sort(
        (a, b) =>
          rank(a) - rank(b) ||
          LEVELS.indexOf(a.niveau) - LEVELS.indexOf(b.niveau) ||
          a.naam.localeCompare(b.naam),
      );
    return {
      totaal: list.length,
      gebieden: list.slice(0, count).map((area) => found(area, division)),
    };
  }

  function detail(code, query) {
    const area = byCode.get(code);
    const division = Number(query.get('jaar') ?? (area && !hasArea(2024, area) ? 2016 : 2024));
    if (!area || !hasArea(division, area))
      throw new Refusal(404, `Het gebied ${code} bestaat niet.`);
    const below = LEVELS[LEVELS.indexOf(area.niveau) + 1];
    const waarden = {};
    for (const one of INDICATORS) {
      if (!one.years[area.niveau]) continue;
      const periods = periodsOf(one, area.niveau).filter(
        ([, jaar]) => divisionOf(jaar) === division,
      );
      if (periods.length === 0) continue;
      waarden[one.id] = periods.map(([sinds, jaar]) => {
        const { waarde, reden } = figureOf(one, area, jaar, sinds);
        const klasse = waarde === null || !one.cuts ? null : classOf(waarde, one.cuts);
        return {
          jaar,
          sinds,
          waarde,
          klasse,
          klassenaam: klasse && one.names ? one.names[klasse - 1] : null,
          reden,
          interval: null,
          rang: [],
        };
      });
    }
    return {
      ...found(area, division),
      jaar: division,
      vlaggen: area.vlaggen,
      vlagredenen: [],
      wijk: area.wijk,
      onderliggend: areas
        .filter((one) => one.niveau === below && inside(one, code))
        .map(({ code: c, naam }) => ({ code: c, naam })),
      jaren: [2016, 2024].filter((one) => hasArea(one, area)),
      waarden,
      versie,
    };
  }

  function location(query) {
    let lon = Number(query.get('lon'));
    let lat = Number(query.get('lat'));
    if (query.has('x')) {
      // Near enough for a country that does not exist.
      lat = 52.15616 + (Number(query.get('y')) - 463000) / 111200;
      lon =
        5.38764 + (Number(query.get('x')) - 155000) / (111320 * Math.cos((lat * Math.PI) / 180));
    }
    const at = (niveau) => {
      const area = areas.find((one) => one.niveau === niveau && holds(one.geometry, [lon, lat]));
      return area ? { code: area.code, naam: area.naam } : null;
    };
    const gemeente = at('gemeenten');
    if (!gemeente) throw new Refusal(404, 'Deze coördinaat ligt buiten het land.');
    const rd = [
      155000 + (lon - 5.38764) * 111320 * Math.cos((lat * Math.PI) / 180),
      463000 + (lat - 52.15616) * 111200,
    ].map(Math.round);
    return {
      jaar: 2024,
      rd,
      lonLat: [lon, lat],
      buurt: at('buurten'),
      wijk: at('wijken'),
      gemeente,
      waarden: {},
    };
  }

  /** One postcode in two buurten, which a house number tells apart; nobody lives at any other. */
  function address(query) {
    if (query.get('postcode') !== '1234AB')
      throw new Refusal(404, 'Deze postcode is niet bekend.', 'postcode', []);
    const [one, other] = areas.filter(({ niveau }) => niveau === 'buurten');
    const number = query.has('huisnummer') ? Number(query.get('huisnummer')) : null;
    const named = ({ code, naam }) => ({ code, naam });
    return {
      jaar: 2024,
      rd: null,
      lonLat: null,
      buurt: number === null ? null : named(number % 2 === 0 ? one : other),
      wijk: null,
      gemeente: one.gemeente,
      adres: {
        postcode: '1234AB',
        huisnummer: number,
        kandidaten: number === null ? [one, other].map(named) : [],
        bron: SOURCE.nl,
      },
      waarden: {},
    };
  }

  /** Areas whose extent meets that of the polygon: near enough for a country that does not exist. */
  function within({ coordinates }, query) {
    const [ring] = coordinates;
    const [xs, ys] = [0, 1].map((axis) => ring.map((position) => position[axis]));
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const list = areas.filter(
      ({ niveau, omvang }) =>
        niveau === query.get('niveau') &&
        omvang[0] <= box[2] &&
        omvang[2] >= box[0] &&
        omvang[1] <= box[3] &&
        omvang[3] >= box[1],
    );
    return {
      totaal: list.length,
      gebieden: list.map((area) => found(area)),
      versie,
      fictief: true,
    };
  }

  const wijken = areas.filter(({ niveau }) => niveau === 'wijken');
  const place = (area, kandidaat) => ({
    naam: area.naam,
    gemeente: area.gemeente.naam,
    kandidaat,
    opmerking: null,
    gebieden: [{ code: area.code, naam: area.naam, niveau: 'wijken', aanwezig: true }],
  });
  const LISTS = [
    {
      id: 'voorbeeld',
      naam: { nl: 'Voorbeeldwijken', en: 'Example wijken' },
      omschrijving: NOTE,
      bron: SOURCE,
      indeling: 2024,
      historisch: false,
      eigen: false,
      plaatsen: 3,
      kandidaten: 1,
      lijst: [place(wijken[0], false), place(wijken[1], false), place(wijken[2], true)],
    },
  ];
  config.selecties = LISTS.map(({ id, naam, eigen }) => ({ id, naam, eigen }));

  function answer(path, query) {
    const layerPath = /^\/v1\/lagen\/(gemeenten|wijken|buurten)\.(geojson|csv|qml|png)$/.exec(path);
    if (layerPath?.[2] === 'geojson') return layer(layerPath[1], query);
    if (layerPath?.[2] === 'csv') return csv(layerPath[1], query);
    if (layerPath?.[2] === 'png') return PICTURE;
    if (layerPath) return '<qgis/>';
    const compact = /^\/v1\/(gebiedsgrenzen|waarden)\/(gemeenten|wijken|buurten)$/.exec(path);
    if (compact?.[1] === 'gebiedsgrenzen') return borders(compact[2], query);
    if (compact) return values(compact[2], query);
    if (path === '/v1/indicatoren')
      return { versie, fictief: true, indicatoren: INDICATORS.map(entry) };
    if (path.startsWith('/v1/indicatoren/'))
      return entry(indicatorOf(decodeURIComponent(path.slice('/v1/indicatoren/'.length))));
    if (path === '/v1/legenda') return legend(query);
    if (path === '/v1/samenvatting') return summary(legend(query), query);
    if (path === '/v1/gebieden') return search(query);
    if (path.startsWith('/v1/gebieden/'))
      return detail(decodeURIComponent(path.slice('/v1/gebieden/'.length)), query);
    if (path === '/v1/locaties') return query.has('postcode') ? address(query) : location(query);
    if (path === '/v1/selecties') return { selecties: LISTS.map(({ lijst, ...one }) => one) };
    const list = LISTS.find(({ id }) => path === `/v1/selecties/${id}`);
    if (list) return { ...list, ontbreekt: [], toelichting: null };
    throw new Refusal(404, `Het pad ${path} bestaat niet.`);
  }

  function page() {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    const script = '<script type="application/json" id="wk-configuratie">';
    if (!html.includes(`${script}{}</script>`) || !html.includes('<!--wk-noscript-->')) {
      throw new Error('the built page lost a place that the server fills in');
    }
    return html
      .replace(`${script}{}`, script + JSON.stringify(config).replaceAll('<', '\\u003c'))
      .replace(
        '<!--wk-noscript-->',
        '<p>Deze kaart heeft JavaScript nodig. <a href="/v1/lagen/buurten.csv?indicator=leefbaarheid">Dezelfde cijfers als tabel (CSV)</a>.</p>',
      );
  }

  /** The table as the server makes it, with the style sheets of the page. */
  function table(query) {
    const { features } = layer(query.get('niveau') ?? 'buurten', query);
    const sheets = readFileSync(join(DIST, 'index.html'), 'utf8').match(
      /<link rel="stylesheet"[^>]*>/g,
    );
    const rows = features.map(
      ({ properties: p }) =>
        `<tr><th scope="row">${p.naam}</th><td>${p.gemeente ?? ''}</td><td class="getal">${p.waarde ?? p.reden}</td><td>${p.klassenaam ?? ''}</td><td>${p.code}</td></tr>`,
    );
    return `<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tabel - wijkzicht</title>
${(sheets ?? []).join('\n')}
<body class="tabelpagina">
<main>
<h1>Tabel</h1>
<p><strong>Fictieve gegevens: dit land bestaat niet.</strong></p>
<p>Uitleg.</p>
<p>Bron: ${SOURCE.nl}. <a href="/">Naar de kaart</a></p>
<div class="schuif" tabindex="0" role="region" aria-labelledby="bijschrift">
<table>
<caption id="bijschrift">Tabel</caption>
<thead><tr><th scope="col">Gebied</th><th scope="col">Gemeente</th><th scope="col">Waarde</th><th scope="col">Klasse</th><th scope="col">Code</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
</main>
</body>
</html>`;
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const send = (status, type, body) => {
      const ancestors = pathname.startsWith('/embed/') ? '*' : "'self'";
      response.writeHead(status, {
        'Content-Type': type,
        'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors ${ancestors}`,
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      response.end(body);
    };
    if (request.method === 'POST' && pathname === '/v1/gebieden') {
      let text = '';
      request.on('data', (part) => {
        text += part;
      });
      request.on('end', () =>
        send(200, 'application/json', JSON.stringify(within(JSON.parse(text), searchParams))),
      );
      return;
    }
    try {
      if (pathname.startsWith('/v1/')) {
        const body = answer(pathname, searchParams);
        if (body === PICTURE) send(200, 'image/png', body);
        else if (body instanceof Uint8Array) send(200, 'application/octet-stream', body);
        else if (typeof body === 'string') send(200, 'text/csv; charset=utf-8', body);
        else send(200, 'application/json', JSON.stringify(body));
      } else if (/^\/kaart\/[^/]+\/tabel$/.test(pathname)) {
        searchParams.set('indicator', pathname.split('/')[2]);
        send(200, TYPES['.html'], table(searchParams));
      } else if (pathname.startsWith('/embed/')) {
        const wish = embedding(pathname, searchParams);
        indicatorOf(wish.wens.indicator);
        send(
          200,
          TYPES['.html'],
          framed(readFileSync(join(DIST, 'embed.html'), 'utf8'), config, wish),
        );
      } else if (pathname === '/' || pathname.startsWith('/kaart/')) {
        send(200, TYPES['.html'], page());
      } else {
        const file = join(DIST, normalize(pathname));
        if (!file.startsWith(DIST) || !existsSync(file)) send(404, 'text/plain', 'niet gevonden');
        else send(200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
      }
    } catch (error) {
      if (error instanceof Refusal)
        send(error.status, 'application/problem+json', JSON.stringify(error.body));
      else {
        console.error(error);
        send(
          500,
          'application/problem+json',
          JSON.stringify({ title: 'Fout', status: 500, detail: String(error) }),
        );
      }
    }
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({
        address: `http://127.0.0.1:${server.address().port}`,
        close: () => server.close(),
      });
    });
  });
}
