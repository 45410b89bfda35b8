package io.etalon.server.release;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a release stands. BUILDING becomes READY or FAILED once; both are final. */
public enum ReleaseState {
    BUILDING,
    READY,
    FAILED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReleaseState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
