import { useLingui } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { sessionQuery } from '@/api/session';
import type { Locale, Person } from '@/api/types';
import { activate, isLocale, localeNames, locales } from '@/i18n/i18n';

/** Switches the page's language at once; with `persist` also the person's own setting. */
export function LanguageSwitch({ persist = false }: { persist?: boolean }) {
  const { i18n, t } = useLingui();
  const queryClient = useQueryClient();
  const keep = useMutation({
    mutationFn: (locale: Locale) => api.patch<Person>('/me', { locale }),
    onSuccess: (_person, locale) =>
      queryClient.setQueryData(sessionQuery.queryKey, (session) =>
        session ? { ...session, person: { ...session.person, locale } } : session,
      ),
  });
  const choose = (value: string) => {
    if (!isLocale(value)) return;
    activate(value);
    if (persist) keep.mutate(value);
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
