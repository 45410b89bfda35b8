package io.etalon.annotation;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Names by locale: how a label, a question or an option is called in a reader's language. */
public final class Names {
    private Names() {}

    /**
     * The name for a reader: the locale's own, else its language's, else the fallback.
     *
     * @param names names by BCP 47 tag
     */
    public static String pick(Map<String, String> names, Locale locale, String fallback) {
        var exact = names.get(locale.toLanguageTag());
        return exact != null ? exact : names.getOrDefault(locale.getLanguage(), fallback);
    }

    /** An unmodifiable copy in the order of its keys, so that equal maps are written equally. */
    static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
