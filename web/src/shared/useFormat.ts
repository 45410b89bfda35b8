import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import * as format from './format';

/** The formatters of `format.ts` bound to the language of the page. */
export function useFormat() {
  const locale = useLingui().i18n.locale;
  return useMemo(
    () => ({
      locale,
      number: (value: number, options?: Intl.NumberFormatOptions) => format.formatNumber(locale, value, options),
      percent: (share: number, digits?: number) => format.formatPercent(locale, share, digits),
      bytes: (bytes: number) => format.formatBytes(locale, bytes),
      dateTime: (iso: string) => format.formatDateTime(locale, iso),
      date: (iso: string) => format.formatDate(locale, iso),
      day: (day: string) => format.formatDay(locale, day),
      month: (month: string) => format.formatMonth(locale, month),
      any: (items: readonly string[]) => format.formatAny(locale, items),
      relative: (iso: string) => format.formatRelative(locale, iso, new Date()),
      name: (named: { name: string; names?: Record<string, string> | undefined }) => format.localName(locale, named),
    }),
    [locale],
  );
}
