import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    react(),
    // Only files that use the message macros pass through Babel; all else stays in Vite's own compiler.
    babel({
      include: /\/(src|engines)\/.*\.tsx?$/,
      parserOpts: { plugins: ['typescript', 'jsx'] },
      plugins: ['@lingui/babel-plugin-lingui-macro'],
    }),
    // That every text has its French is checked by scripts/check-messages.mjs.
    lingui({ failOnCompileError: true }),
  ],
  resolve: { alias: { '@engines': here('./engines'), '@': here('./src') } },
  css: {
    postcss: here('./postcss.config.mjs'),
  },
  build: {
    target: 'es2023',
    // The content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: { '/api': { target: process.env['ETALON_API'] ?? 'http://localhost:8080', changeOrigin: false } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'engines/**/*.test.ts', 'test/**/*.test.ts'],
    restoreMocks: true,
  },
});
