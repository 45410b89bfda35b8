import { useLingui } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { sessionQuery } from '@/api/session';
import type { Locale } from '@/api/types';
import { activate, isLocale, localeNames, locales } from '@/i18n/i18n';

/** Switches the page's language at once; with `persist` also the person's own setting. */
export function LanguageSwitch({ persist = false }: { persist?: boolean }) {
  const { i18n, t } = useLingui();
  const queryClient = useQueryClient();
  const choose = (value: string) => {
    if (!isLocale(value)) return;
    activate(value);
    if (persist) void keep(value);
  };
  const keep = async (locale: Locale) => {
    await api.patch('/me', { locale });
    queryClient.setQueryData(sessionQuery.queryKey, (session) =>
      session ? { ...session, person: { ...session.person, locale } } : session,
    );
  };
  return (
    <SegmentedControl
      size="xs"
      aria-label={t`Language`}
      data-testid="language-switch"
      value={i18n.locale}
      onChange={choose}
      data={locales.map((locale) => ({ value: locale, label: <abbr title={localeNames[locale]} style={{ textDecoration: 'none' }}>{locale.toUpperCase()}</abbr> }))}
    />
  );
}
