package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/**
 * What a person or a key may be. {@link #OPERATOR} holds for the installation and opens no client's content; every other
 * role is held at one client. The lower-case names stand in the API and the database: they are never renamed.
 */
public enum Role {
    OPERATOR,
    REQUESTER,
    ANNOTATOR,
    REVIEWER,
    WORKFORCE_MANAGER,
    QUALITY_LEAD,
    AUDITOR;

    /** The name in JSON, paths and tables, such as {@code workforce_manager}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #text()} back.
     *
     * @throws EtalonException invalid, listing the names that exist
     */
    @JsonCreator
    public static Role of(String text) {
        for (var role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw EtalonException.invalid(
                "“" + text + "” is not a role; roles are operator, requester, annotator, reviewer,"
                        + " workforce_manager, quality_lead and auditor");
    }
}
