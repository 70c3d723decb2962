import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { leaflet } from './vite.leaflet.ts';
import { precompress } from './vite.precompress.ts';

/** Old browsers load one small script, which goes to a page of the server; others never ask for it. */
function withoutModules(): Plugin {
  const source = 'src/without-modules.js';
  let asset = '';
  return {
    name: 'without-modules',
    apply: 'build',
    buildStart() {
      const text = readFileSync(source, 'utf8');
      asset = this.emitFile({ type: 'asset', name: 'without-modules.js', source: text });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const file = Object.values(bundle ?? {}).find(
          (one) => one.type === 'asset' && one.names.includes('without-modules.js'),
        );
        if (!file || !asset) throw new Error(`${source} is not in the bundle`);
        return [
          { tag: 'script', attrs: { nomodule: true, src: `/${file.fileName}` }, injectTo: 'body' },
        ];
      },
    },
  };
}

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
  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/core/i18n/english.ts'] },
} as Parameters<typeof defineConfig>[0]);
