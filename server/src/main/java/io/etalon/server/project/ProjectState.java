package io.etalon.server.project;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/** Whether a project hands out work: a paused one gives no lease, and lets open ones end. */
public enum ProjectState {
    ACTIVE,
    PAUSED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws EtalonException invalid, naming the states there are */
    @JsonCreator
    public static ProjectState of(String text) {
        for (var state : values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        throw EtalonException.invalid("state is “" + text + "”; it must be active or paused");
    }
}
