import { defineConfig } from 'vite';
import { leaflet } from './vite.leaflet.ts';
import { precompress } from './vite.precompress.ts';
import { withoutModules } from './vite.without-modules.ts';

/**
 * The frame for other people's pages, beside the planner in the same folder. A build of its own: what
 * two pages share would go into files of its own, and neither loads more than it needs.
 */
export default defineConfig({
  base: '/',
  resolve: { alias: leaflet },
  publicDir: false,
  experimental: {
    renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  build: {
    outDir: 'dist',
    // A folder of the map without a server goes without it.
    assetsDir: 'assets/embed',
    emptyOutDir: false,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'embed.html' },
  },
  plugins: [precompress('assets/embed'), withoutModules()],
});
