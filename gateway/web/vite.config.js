import { defineConfig } from 'vite';

/** From what tsc compiled to what the gateway serves: below any path, and nothing from elsewhere. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: {
    outDir: 'site',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
