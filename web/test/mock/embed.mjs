/** The frame as the server makes it. Nothing is checked: what tests ask for is right. */

const list = (query, name) => (query.get(name) ?? '').split(',').filter(Boolean);
const escaped = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The parameters that are no part of the view. */
const OWN = ['keuze', 'zonder', 'interactief', 'kleuren', 'hoogte', 'titel', 'tekst', 'versie'];

export function embedding(path, query) {
  const wens = { indicator: decodeURIComponent(path.split('/')[2] ?? '') };
  const meldingen = [];
  for (const [name, value] of query) {
    if (OWN.includes(name)) continue;
    if (name === 'jaar' && value === 'laatste') continue;
    if (name === 'jaar' && !/^(19|20)\d\d$/.test(value))
      meldingen.push(`Voor ${value} zijn er geen cijfers.`);
    else wens[name === 'z' ? 'zicht' : name] = value;
  }
  const colours = query.get('kleuren');
  return {
    wens,
    laatste: !query.has('jaar') || query.get('jaar') === 'laatste',
    interactief: query.get('interactief') !== 'nee',
    keuze: list(query, 'keuze'),
    zonder: list(query, 'zonder'),
    kleuren: ['licht', 'donker'].includes(colours) ? colours : null,
    hoogte: query.has('hoogte') ? Number(query.get('hoogte')) : null,
    titel: query.get('titel'),
    tekst: query.get('tekst'),
    meldingen,
    herzien: '22 november 2026',
  };
}

export function framed(html, config, { interactief, ...insluiting }) {
  const { wens, titel, kleuren } = insluiting;
  const script = '<script type="application/json" id="wk-configuratie">';
  const place = '<!--wk-embed-->';
  if (!html.includes(`${script}{}</script>`) || !html.includes(place))
    throw new Error('the built frame lost a place that the server fills in');
  const title = escaped(titel ?? `Fictief: ${wens.indicator}`);
  const picture = `<p><img src="/v1/lagen/buurten.png?indicator=${escaped(wens.indicator)}" alt="${title}" width="800" height="600"></p><p><a href="/kaart/${escaped(wens.indicator)}/tabel?niveau=buurten">Tabel</a></p>`;
  const made = interactief
    ? `<h1>${title}</h1><noscript>${picture}</noscript>`
    : `<h1>${title}</h1>${picture}`;
  const page = html
    .replace(
      `${script}{}`,
      () => script + JSON.stringify({ ...config, insluiting }).replaceAll('<', '\\u003c'),
    )
    .replace(place, () => made)
    .replace(
      '<html lang="nl">',
      `<html lang="${wens.taal === 'en' ? 'en' : 'nl'}"${kleuren ? ` data-kleuren="${kleuren}"` : ''}>`,
    )
    .replace(/<title>[^<]*</, () => `<title>${title}<`);
  if (interactief) return page;
  return page.replace(/<script type="module"[^>]*><\/script>|<link rel="modulepreload"[^>]*>/g, '');
}

export function summary({ naam, jaar, dekking }, query) {
  const taal = query.get('taal') === 'en' ? 'en' : 'nl';
  const { metWaarde, gebieden } = dekking;
  const titel = `${naam[taal]} ${jaar}`;
  const tekst =
    taal === 'en'
      ? [`${metWaarde} of ${gebieden} areas have a figure.`, 'These figures are invented.']
      : [
          `${metWaarde} van ${gebieden} gebieden hebben een cijfer.`,
          'Deze cijfers zijn verzonnen.',
        ];
  return { titel, alt: `${titel}. ${tekst[0]}`, tekst };
}
