import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Old browsers load one small script, which goes to a page of the server; others never ask for it. */
export function withoutModules(): Plugin {
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
