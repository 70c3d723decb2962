// How others paint: pages with a Leaflet map in `window.peer.map`, which `window.peer.recolour`
// gives other colours.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const web = createRequire(new URL('../../web/package.json', import.meta.url));

async function empty(page) {
  const leaflet = await readFile(web.resolve('leaflet/dist/leaflet.js'), 'utf8');
  const css = await readFile(web.resolve('leaflet/dist/leaflet.css'), 'utf8');
  await page.setContent(
    `<style>${css} html,body,#map{height:100%;margin:0} #map{width:930px}</style><div id="map"></div>`,
  );
  await page.addScriptTag({ content: leaflet });
  await page.evaluate(() => {
    window.colours = ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'];
  });
}

/** `L.geoJSON` on a canvas, with the tooltip and the outline that its users give it. */
export const plain = (borders) => ({
  hovers: true,
  async setUp(page) {
    await empty(page);
    await page.evaluate((text) => {
      const { L, colours } = window;
      const map = L.map('map', { preferCanvas: true, zoomControl: false, zoomAnimation: false });
      let n = 0;
      const style = (shift) => (feature) => ({
        fillColor: colours[(feature.at + shift) % 5],
        fillOpacity: 1,
        color: '#f7f6f3',
        weight: 0.5,
      });
      const { features } = JSON.parse(text);
      for (const feature of features) feature.at = n++;
      const layer = L.geoJSON(features, {
        style: style(0),
        onEachFeature: (feature, one) => {
          one.bindTooltip(feature.properties.naam, { sticky: true });
          one.on('mouseover', () => one.setStyle({ color: '#000000', weight: 3 }).bringToFront());
          one.on('mouseout', () => layer.resetStyle(one));
        },
      }).addTo(map);
      map.fitBounds(layer.getBounds());
      window.peer = { map, recolour: (shift) => layer.setStyle(style(shift)) };
    }, await readFile(borders, 'utf8'));
  },
});

/** protomaps-leaflet, which paints vector tiles anew; it has no cheap way to tell what is hovered. */
export const tiled = (address, bundle) => ({
  hovers: false,
  async setUp(page) {
    await empty(page);
    await page.addScriptTag({ content: await readFile(bundle, 'utf8') });
    await page.evaluate(async (server) => {
      const { L, colours, protomapsL } = window;
      const tiles = `${server}/v1/tegels/buurten`;
      const described = await (await fetch(`${tiles}/tilejson.json`)).json();
      const map = L.map('map', { zoomControl: false, zoomAnimation: false });
      const [west, south, east, north] = described.bounds;
      map.fitBounds([[south, west], [north, east]]);
      let shift = 0;
      const fill = (_, { props }) => colours[(Number(props.code.slice(2)) + shift) % 5];
      const symbolizer = new protomapsL.PolygonSymbolizer({ fill, stroke: '#f7f6f3', width: 0.5 });
      const layer = protomapsL.leafletLayer({
        url: `${tiles}/{z}/{x}/{y}`,
        maxDataZoom: described.maxzoom,
        paintRules: [{ dataLayer: described.vector_layers[0].id, symbolizer }],
        labelRules: [],
      }).addTo(map);
      const recolour = (to) => {
        shift = to;
        layer.rerenderTiles();
      };
      window.peer = { map, recolour };
    }, address);
  },
});
