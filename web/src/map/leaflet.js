// The parts of Leaflet that the map is made of: its package comes as one file that cannot be taken
// apart, its sources can. `leaflet` means this file, see `vite.leaflet.ts`.

import { toLatLngBounds as latLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
import { toBounds as bounds } from 'leaflet/src/geometry/Bounds.js';
import { toPoint as point } from 'leaflet/src/geometry/Point.js';
import { layerGroup } from 'leaflet/src/layer/LayerGroup.js';
import { divIcon } from 'leaflet/src/layer/marker/DivIcon.js';
import { marker } from 'leaflet/src/layer/marker/Marker.js';
import { GridLayer } from 'leaflet/src/layer/tile/GridLayer.js';
import { tileLayer } from 'leaflet/src/layer/tile/TileLayer.js';
import { circleMarker } from 'leaflet/src/layer/vector/CircleMarker.js';
import { polygon } from 'leaflet/src/layer/vector/Polygon.js';
import { svg } from 'leaflet/src/layer/vector/SVG.js';
import { Map as LeafletMap, createMap as map } from 'leaflet/src/map/Map.js';
// Each puts itself into the map.
import 'leaflet/src/map/handler/Map.BoxZoom.js';
import 'leaflet/src/map/handler/Map.DoubleClickZoom.js';
import 'leaflet/src/map/handler/Map.Drag.js';
import 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';
import 'leaflet/src/map/handler/Map.TouchZoom.js';

LeafletMap.include({
  // Every shape says what draws it: no canvas is fallen back on.
  getRenderer({ options: { renderer } }) {
    if (!this.hasLayer(renderer)) this.addLayer(renderer);
    return renderer;
  },
});

export default {
  GridLayer,
  bounds,
  circleMarker,
  divIcon,
  latLngBounds,
  layerGroup,
  map,
  marker,
  point,
  polygon,
  svg,
  tileLayer,
};
