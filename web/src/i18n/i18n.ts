import { setupI18n, type I18n } from '@lingui/core';
import { messages as enConsole } from '../locales/en/console.po';
import { messages as enDesk } from '../locales/en/desk.po';
import { messages as frConsole } from '../locales/fr/console.po';
import { messages as frDesk } from '../locales/fr/desk.po';
import type { Locale } from '@/api/types';

export const locales: readonly Locale[] = ['en', 'fr'];

/** Each language's own name for itself. */
export const localeNames: Record<Locale, string> = { en: 'English', fr: 'Français' };

/** Languages written from right to left, so that adding one needs no second place. */
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);
const STORAGE_KEY = 'etalon.locale';

export const i18n: I18n = setupI18n({
  messages: { en: { ...enConsole, ...enDesk }, fr: { ...frConsole, ...frDesk } },
});

export function isLocale(value: unknown): value is Locale {
  return value === 'en' || value === 'fr';
}

/** The language to start in: the one kept here, else the first of the browser's that we speak, else English. */
export function initialLocale(): Locale {
  const kept = localStorage.getItem(STORAGE_KEY);
  if (isLocale(kept)) return kept;
  const spoken = navigator.languages.map((tag) => tag.split('-')[0]).find(isLocale);
  return spoken ?? 'en';
}

/** Switches the whole page's language and writing direction, and keeps the choice in this browser. */
export function activate(locale: Locale): void {
  i18n.activate(locale);
  localStorage.setItem(STORAGE_KEY, locale);
  document.documentElement.lang = locale;
  document.documentElement.dir = rightToLeft.has(locale) ? 'rtl' : 'ltr';
}
