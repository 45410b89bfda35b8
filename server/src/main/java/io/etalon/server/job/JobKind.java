package io.etalon.server.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a job does. */
public enum JobKind {
    /** Brings tasks in; one at a time a project, in the order they were asked for. Progress is counted in bytes. */
    IMPORT,
    /** Writes answers into a file. Progress is counted in answers. */
    EXPORT,
    /** Reads everything that is kept of a project through. Progress is counted in objects and sealed rows. */
    SCRUB,
    /** Seals everything of a project anew that is not under the newest version of its key. Progress as of a scrub. */
    REENCRYPTION;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
