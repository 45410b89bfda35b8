package io.etalon.server.work.queue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a deletion took away: tasks of a filter, assets with their tasks, single answers, or a project with all it holds. */
enum DeletionScope {
    TASKS,
    ASSETS,
    ANSWERS,
    PROJECT;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeletionScope of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
