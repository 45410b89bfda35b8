import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { placeName, places } from './places';

/** Languages and countries in the language of the page. */
export function usePlaces() {
  const locale = useLingui().i18n.locale;
  return useMemo(
    () => ({
      languages: (chosen: readonly string[] = []) => places(locale, 'language', chosen),
      countries: (chosen: readonly string[] = []) => places(locale, 'region', chosen),
      languageName: (code: string) => placeName(locale, 'language', code),
      countryName: (code: string) => placeName(locale, 'region', code),
    }),
    [locale],
  );
}
