package io.etalon.server.workforce;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a queue may ask of a person.
 *
 * @param languages that the person speaks, by his own word (BCP 47), ascending
 * @param country where the person works, by the word of the client's workforce manager (ISO 3166-1 alpha-2); null when it
 *     was not said
 * @param residence where the person lives, by his own word; null when it was not said
 */
public record Profile(
        List<String> languages,
        @Nullable String country,
        @Nullable String residence) {
    public Profile {
        languages = List.copyOf(languages);
    }

    /** Whether each place that is known is among these countries, and one is known. */
    public boolean isWithin(List<String> countries) {
        return (country != null || residence != null)
                && (country == null || countries.contains(country))
                && (residence == null || countries.contains(residence));
    }
}
