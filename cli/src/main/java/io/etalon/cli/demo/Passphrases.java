package io.etalon.cli.demo;

import java.security.SecureRandom;
import java.util.Base64;

/** Passwords that nobody types: the demonstration's people sign in by the sessions they have. */
final class Passphrases {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passphrases() {}

    static String random() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
