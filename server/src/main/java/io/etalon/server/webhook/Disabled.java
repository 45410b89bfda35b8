package io.etalon.server.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.stream.Stream;

/** Why nothing is sent to an endpoint. The texts stand in the API and in the table. */
enum Disabled {
    /** A person said so. */
    BY_HAND("by-hand"),
    /** It answered 410. */
    GONE("gone"),
    /** A message was given up, and nothing else got through since it was made. */
    FAILING("failing");

    private final String text;

    Disabled(String text) {
        this.text = text;
    }

    @JsonValue
    String text() {
        return text;
    }

    static Disabled of(String text) {
        return Stream.of(values())
                .filter(one -> one.text.equals(text))
                .findFirst()
                .orElseThrow();
    }
}
