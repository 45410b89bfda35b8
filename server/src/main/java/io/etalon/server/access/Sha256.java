package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of tokens that have 178 and more random bits, for which a slow hash would add nothing. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(String text) {
        return of(text.getBytes(UTF_8));
    }

    static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
