package io.etalon.server.qualification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act about a person's qualification; the newest one of a key tells whether it is held.
 *
 * @param granted whether it was granted, or revoked
 * @param expiresAt until when a grant holds; null for ever
 * @param evidence why, as a JSON object
 */
public record Qualification(
        String key, boolean granted, @Nullable Instant expiresAt, String evidence, Instant at) {

    /** Whether it is held at a moment. */
    public boolean heldAt(Instant now) {
        return granted && (expiresAt == null || now.isBefore(expiresAt));
    }
}
