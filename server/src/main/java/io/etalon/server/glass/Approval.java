package io.etalon.server.glass;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/** Whose word a grant waits for. */
enum Approval {
    /** Nobody's: it is open when it is asked for. */
    NONE,
    /** Another operator's. */
    OPERATOR,
    /** A requester's of the client. */
    CLIENT;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Approval of(String text) {
        for (var one : values()) {
            if (one.text().equals(text)) {
                return one;
            }
        }
        throw EtalonException.invalid("“" + text + "” is no approval; it must be none, operator or client");
    }
}
