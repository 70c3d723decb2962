import { defineConfig } from 'vite';
import { precompress } from './vite.precompress.ts';

/** The script for other people's pages: one file under a name that stays, without modules. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: 'src/loader/main.ts',
      formats: ['iife'],
      name: 'wijkKaart',
      fileName: () => 'wijk-kaart.js',
    },
  },
  plugins: [precompress('')],
});
