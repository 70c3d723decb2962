import { defineConfig } from 'vite';
import { leaflet } from './vite.leaflet.ts';
import { precompress } from './vite.precompress.ts';
import { withoutModules } from './vite.without-modules.ts';

export default defineConfig({
  base: '/',
  resolve: { alias: leaflet },
  experimental: {
    // What scripts and styles load lies beside them, wherever the page is put; the page itself
    // stands at several depths on a server, and says it from the root.
    renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // An inlined asset would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What the first view shares with parts that come later is one file, not one for each set
        // of parts that share it: the first view may ask for few. The rows of tables come later.
        codeSplitting: {
          groups: [{ name: 'shared', minShareCount: 2, test: /(?<!planner\/rows)\.(ts|js|mjs)$/ }],
        },
      },
    },
  },
  server: {
    proxy: { '/v1': 'http://127.0.0.1:8080' },
  },
  plugins: [precompress(), withoutModules()],
  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/core/i18n/planner.ts'] },
} as Parameters<typeof defineConfig>[0]);
