package io.etalon.server.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a job does. */
public enum JobKind {
    /** Brings tasks in; one at a time a project, in the order they were asked for. Progress is counted in bytes. */
    IMPORT,
    /** Writes answers into a file. Progress is counted in answers. */
    EXPORT;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
