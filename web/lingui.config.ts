import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

// Two catalogues, so that the desk's words and the console's words change in separate files.
export default defineConfig({
  sourceLocale: 'en',
  fallbackLocales: { default: 'en' },
  locales: ['en', 'fr'],
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
  catalogs: [
    {
      path: '<rootDir>/src/locales/{locale}/console',
      include: ['src'],
      exclude: ['src/features/desk/**', 'src/features/review/**', '**/*.test.*'],
    },
    {
      path: '<rootDir>/src/locales/{locale}/desk',
      include: ['src/features/desk', 'src/features/review'],
      exclude: ['**/*.test.*'],
    },
  ],
});
