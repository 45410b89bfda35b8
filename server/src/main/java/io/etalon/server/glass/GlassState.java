package io.etalon.server.glass;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** waiting → open → over; one that waits may be over at once. */
enum GlassState {
    WAITING,
    OPEN,
    OVER;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
