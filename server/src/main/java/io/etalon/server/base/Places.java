package io.etalon.server.base;

import java.util.Collection;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/** Languages (BCP 47) and countries (ISO 3166-1 alpha-2), in their canonical forms. Stateless. */
public final class Places {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Places() {}

    /** Whether this is a language's tag in its canonical form. */
    public static boolean isLanguage(String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            // Longer words are well-formed but reserved: somebody wrote a language's name.
            return tag.length() <= 35
                    && locale.getLanguage().length() >= 2
                    && locale.getLanguage().length() <= 3
                    && locale.toLanguageTag().equals(tag);
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    public static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /** Whether who speaks these can do work in a language: a regional form speaks the general one, not the reverse. */
    public static boolean speaks(Collection<String> spoken, String wanted) {
        return spoken.stream().anyMatch(tag -> tag.equals(wanted) || tag.startsWith(wanted + "-"));
    }
}
