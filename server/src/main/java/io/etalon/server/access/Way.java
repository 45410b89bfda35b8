package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a session was opened. The names stand in the API and the database. */
public enum Way {
    PASSWORD,
    /** A passkey whose authenticator has checked the person: something he has and something he knows or is. */
    PASSKEY,
    /** A one-time link: the first operator's, or one that set the account up anew. */
    LINK,
    INVITATION,
    /** The word of an identity provider. */
    PROVIDER;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Way of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
