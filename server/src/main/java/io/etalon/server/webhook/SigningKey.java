package io.etalon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.SignerKey;
import io.etalon.server.base.Ids;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What signs an endpoint's messages (Standard Webhooks 1.0.0, "Signature scheme"): over {@code id.timestamp.body}, by Ed25519
 * or HMAC-SHA-256. Thread-safe; no method but {@link #text} and, of a shared secret, {@link #shown} tells the secret.
 */
sealed interface SigningKey {
    int BYTES = 32;
    String SHARED = "whsec_";

    /** Signed by this server, verified by anybody who has the public key. */
    record Pair(SignerKey key) implements SigningKey {
        @Override
        public String signature(byte[] content) {
            return "v1a," + Base64.getEncoder().encodeToString(key.sign(content));
        }

        /** The public key. */
        @Override
        public String shown() {
            // The text form ends in base64 of a type byte and the key.
            var text = key.verifier().toString().split("\\+", 3)[2];
            var typed = Base64.getDecoder().decode(text);
            return "whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(typed, 1, typed.length));
        }

        @Override
        public String text() {
            return key.secretText();
        }

        @Override
        public String toString() {
            return "Pair[" + shown() + "]";
        }
    }

    /** Signed and verified under one secret. */
    record Shared(byte[] secret) implements SigningKey {
        @Override
        public String signature(byte[] content) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
            }
        }

        /** The secret. */
        @Override
        public String shown() {
            return text();
        }

        @Override
        public String text() {
            return SHARED + Base64.getEncoder().encodeToString(secret);
        }

        @Override
        public String toString() {
            return "Shared[…]";
        }
    }

    static SigningKey fresh(Signing signing, Ids ids) {
        return switch (signing) {
            case ED25519 -> new Pair(SignerKey.ofSeed("webhook", ids.bytes(BYTES)));
            case HMAC_SHA256 -> new Shared(ids.bytes(BYTES));
        };
    }

    /** Reads what {@link #text} wrote. */
    static SigningKey parse(String text) {
        return text.startsWith(SHARED)
                ? new Shared(Base64.getDecoder().decode(text.substring(SHARED.length())))
                : new Pair(SignerKey.parse(text));
    }

    /** One word of the header {@code webhook-signature}. */
    default String sign(String id, Instant at, String body) {
        return signature((id + "." + at.getEpochSecond() + "." + body).getBytes(UTF_8));
    }

    String signature(byte[] content);

    /** What the receiver verifies with, in the spelling of its libraries. */
    String shown();

    /** The secret form that is sealed. */
    String text();
}
