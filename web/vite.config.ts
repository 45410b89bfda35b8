import { fileURLToPath } from 'node:url';
import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Compiles the message macros. Only files that import them pass through Babel; all else stays in Vite's own compiler. */
function messageMacros(): Plugin {
  return {
    name: 'etalon:message-macros',
    enforce: 'pre',
    async transform(code, id) {
      const [filename = id] = id.split('?');
      if (!/\.tsx?$/.test(filename) || filename.includes('/node_modules/') || !/@lingui\/\w+\/macro/.test(code)) return null;
      const result = await transformAsync(code, {
        filename,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return result?.code ? { code: result.code, map: result.map } : null;
    },
  };
}

export default defineConfig({
  plugins: [
    react(),
    messageMacros(),
    // That every text has its French is checked by scripts/check-messages.mjs.
    lingui({ failOnCompileError: true }),
  ],
  resolve: { alias: { '@engines': here('./engines'), '@': here('./src') } },
  // The server puts a nonce of its own in this place each time that it sends the page.
  html: { cspNonce: 'etalon-nonce' },
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
    proxy: { '/api': { target: process.env['ETALON_API'] ?? 'http://localhost:8420', changeOrigin: false } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'engines/**/*.test.ts', 'test/**/*.test.ts'],
    restoreMocks: true,
  },
});
