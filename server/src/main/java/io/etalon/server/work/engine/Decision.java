package io.etalon.server.work.engine;

import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/** What a reviewer says of a submission. */
public enum Decision {
    /** It is good as it is. */
    ACCEPT,
    /** The reviewer's own answer takes its place. */
    FIX,
    /** Its author shall do it again. */
    RETURN;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Decision ofKey(String key) {
        for (var decision : values()) {
            if (decision.key().equals(key)) {
                return decision;
            }
        }
        throw EtalonException.invalid("decision is “" + key + "”; it must be accept, fix or return");
    }
}
