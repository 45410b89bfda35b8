package io.etalon.server.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.InstallationSecret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one server says of a request that it hands to another: who sent it, from where, and what it is. Signed by HMAC-SHA-256
 * under a key that is derived from the installation's secret, so that no other can say it.
 *
 * @param from the server that got the request
 * @param to the server that it is meant for
 * @param millis when, by the database's clock
 * @param person who sent it
 * @param sender the network address it came from
 * @param body the SHA-256 of its body; {@value #STREAMED} for one that is streamed
 */
record Envelope(UUID from, UUID to, long millis, UUID person, String sender, String body) {
    static final String HEADER = "X-Etalon-Forwarded";
    static final String STREAMED = "-";

    /** How long a request may be under way. */
    static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Signs and checks. Thread-safe. */
    static final class Seal {
        private final SecretKeySpec key;

        Seal(InstallationSecret secret) {
            key = new SecretKeySpec(secret.derive("requests between nodes"), "HmacSHA256");
        }

        /** @param request method and address with its query */
        String sign(Envelope envelope, String request) {
            var text = envelope.text();
            return text + " " + mac(text, request);
        }

        /** Empty when nobody of this installation said so. */
        Optional<Envelope> open(String header, String request) {
            var space = header.lastIndexOf(' ');
            if (space < 0) {
                return Optional.empty();
            }
            var text = header.substring(0, space);
            var right = mac(text, request).getBytes(UTF_8);
            return MessageDigest.isEqual(right, header.substring(space + 1).getBytes(UTF_8))
                    ? Optional.of(parse(text))
                    : Optional.empty();
        }

        private String mac(String text, String request) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                mac.update(text.getBytes(UTF_8));
                mac.update((byte) '\n');
                return BASE64.encodeToString(mac.doFinal(request.getBytes(UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
            }
        }
    }

    static String digest(byte[] body) {
        try {
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private String text() {
        return String.join(
                " ", "v1", from.toString(), to.toString(), String.valueOf(millis), person.toString(), sender, body);
    }

    /** Of a text that was signed, and is therefore one of ours. */
    private static Envelope parse(String text) {
        var parts = text.split(" ", -1);
        return new Envelope(
                UUID.fromString(parts[1]),
                UUID.fromString(parts[2]),
                Long.parseLong(parts[3]),
                UUID.fromString(parts[4]),
                parts[5],
                parts[6]);
    }
}
