package io.etalon.server.work.review;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a project's review.
 *
 * @param name as its people see it
 * @param who holds the role that decides there
 * @param qualification the key of one that is asked for besides the role; null for none
 */
public record Stage(
        String name,
        Kind kind,
        Selection select,
        Who who,
        @Nullable String qualification) {
    /** The short form: the role is all that is asked for. */
    public Stage(String name, Kind kind, Selection select, Who who) {
        this(name, kind, select, who, null);
    }

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
