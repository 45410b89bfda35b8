package io.etalon.server.base;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;

/**
 * The source of ids and secret tokens, injected so that a test can replay it. Ids are UUID version 7 (RFC 9562 section
 * 5.7): ordered by time, so that an index grows at its right edge. Thread-safe.
 */
public final class Ids {
    private final SecureRandom random;
    private final Clock clock;

    public Ids(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    public UUID next() {
        var bytes = new byte[10];
        random.nextBytes(bytes);
        var high = (clock.millis() << 16) | 0x7000L | ((bytes[0] & 0x0FL) << 8) | (bytes[1] & 0xFFL);
        var low = 0L;
        for (var i = 2; i < 10; i++) {
            low = (low << 8) | (bytes[i] & 0xFFL);
        }
        return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** The first of a run of {@code count} ids, each of which is {@link #after} the one before; no other run meets it. */
    public UUID block(int count) {
        var first = next();
        // The lower half counts up; a start near its end would carry into the variant's bits.
        return first.getLeastSignificantBits() << 2 >>> 2 > 0x3FFF_FFFF_FFFF_FFFFL - count ? block(count) : first;
    }

    /** The id that follows in a {@link #block}. */
    public static UUID after(UUID id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1);
    }

    /** 256 random bits as 43 URL-safe characters. */
    public String secretToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    public byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
