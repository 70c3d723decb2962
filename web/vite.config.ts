import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Writes a `.br` beside every asset over 1 kB, so that a server need not compress while it answers. */
function precompress(): Plugin {
  let folder = 'dist';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      const assets = join(folder, 'assets');
      for (const name of readdirSync(assets)) {
        const file = join(assets, name);
        if (!/\.(js|css|svg|json)$/.test(name) || statSync(file).size <= 1024) continue;
        const bytes = readFileSync(file);
        const packed = brotliCompressSync(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        });
        writeFileSync(`${file}.br`, packed);
      }
    },
  };
}

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
  test: { include: ['src/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
