package io.etalon.server.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** queued → running → done, failed or cancelled; the last two may be resumed, which queues them again. */
public enum JobState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    boolean isOver() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }

    boolean mayBeResumed() {
        return switch (this) {
            case FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, DONE -> false;
        };
    }
}
