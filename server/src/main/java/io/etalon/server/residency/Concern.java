package io.etalon.server.residency;

import java.util.Locale;
import java.util.Optional;

/** What a list of countries is about. */
enum Concern {
    /** Where the client's data lie: the country of the server. */
    STORAGE,
    /** Where they are processed: the country of the server, too, and of each that helps it. */
    PROCESSING,
    /** Where the people are who see them. */
    PEOPLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Concern> of(String key) {
        for (var concern : values()) {
            if (concern.key().equals(key)) {
                return Optional.of(concern);
            }
        }
        return Optional.empty();
    }
}
