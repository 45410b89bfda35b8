package io.etalon.server.gold;

import io.etalon.server.base.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's work in a project is paused.
 *
 * @param reason {@link #GOLD} or {@link #EXAM}
 * @param evidence why, as a JSON object
 * @param until when it ends by itself; null for never
 * @param lift who ended it; null while nobody has
 */
record Pause(
        long id,
        PersonId person,
        String reason,
        String evidence,
        @Nullable Instant until,
        Instant at,
        @Nullable Lift lift) {
    /** The sequential test failed at work. */
    static final String GOLD = "gold";

    /** An entry exam was failed. */
    static final String EXAM = "exam";

    /** The end of a pause by a quality lead. */
    record Lift(PersonId by, String reason, Instant at) {}

    boolean isOn(Instant now) {
        return lift == null && (until == null || now.isBefore(until));
    }
}
