package io.etalon.server.keys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a client's key-encrypting key.
 *
 * @param number from 1; the newest wraps
 * @param provider who keeps it
 * @param reference its keeper's name of it
 * @param retiredAt since when nothing lies under it and it is refused
 */
public record KeyVersion(
        int number,
        String provider,
        String reference,
        Instant madeAt,
        @Nullable Instant retiredAt) {}
