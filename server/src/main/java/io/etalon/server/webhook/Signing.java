package io.etalon.server.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.stream.Stream;

/** How messages are signed. The texts stand in the API and in the table. */
enum Signing {
    /** {@code v1a}: the receiver holds a public key, and nothing that is worth stealing. */
    ED25519("ed25519"),
    /** {@code v1}: the receiver holds the secret too. */
    HMAC_SHA256("hmac-sha256");

    private final String text;

    Signing(String text) {
        this.text = text;
    }

    @JsonValue
    String text() {
        return text;
    }

    static Signing of(String text) {
        return Stream.of(values())
                .filter(one -> one.text.equals(text))
                .findFirst()
                .orElseThrow();
    }
}
