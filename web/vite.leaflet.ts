import { fileURLToPath } from 'node:url';

/** Leaflet by the parts of it that are used. */
export const leaflet = [
  {
    find: /^leaflet$/,
    replacement: fileURLToPath(new URL('./src/map/leaflet.js', import.meta.url)),
  },
];
