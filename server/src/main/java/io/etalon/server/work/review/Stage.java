package io.etalon.server.work.review;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One stage of a project's review.
 *
 * @param name as its people see it
 * @param who holds the role that decides there
 */
public record Stage(String name, Kind kind, Selection select, Who who) {
    /** What is done at a stage. */
    public enum Kind {
        /** Each answer is judged by itself. */
        REVIEW,
        /** All answers to a finished task are laid side by side and made into one. */
        ADJUDICATE;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The roles that can be asked to decide. */
    public enum Who {
        REVIEWER,
        QUALITY_LEAD;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
