package io.etalon.server.work.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Where a task stands as a whole; {@link TaskTransitions} says how it moves. */
public enum TaskState {
    /** Known, not offered yet. */
    PLANNED,
    /** Needs more answers. */
    OPEN,
    /** Has all answers; at least one waits for a reviewer. */
    IN_REVIEW,
    /** At least one answer was sent back to its author. */
    RETURNED,
    /** Given up by several people; a requester decides. */
    ESCALATED,
    /** Every answer that is needed is there and none waits. */
    DONE,
    /** Withdrawn by a requester. */
    CANCELLED;

    private static final TaskState[] ALL = values();

    static TaskState of(int ordinal) {
        return ALL[ordinal];
    }

    /** The name in the API. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TaskState> ofKey(String key) {
        for (var state : ALL) {
            if (state.key().equals(key)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
