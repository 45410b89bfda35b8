package io.etalon.server.work.review;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** In what capacity somebody decides on an answer. The names stand in the tables and the API: they are never renamed. */
public enum Seat {
    /** In his turn, at a stage of the review. */
    REVIEW,
    /** Because a reviewer handed the question on. */
    ESCALATION,
    /** Because the author appealed. */
    APPEAL;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key} back. */
    public static Seat ofKey(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
