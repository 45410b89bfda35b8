package io.etalon.server.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/** How a provider speaks. The names stand in the API and the database. */
public enum ProviderKind {
    /** OpenID Connect: signs people in. */
    OIDC,
    /** SAML 2: signs people in. */
    SAML,
    /** A directory without a sign-in: it provisions by SCIM alone. */
    DIRECTORY;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws EtalonException invalid */
    @JsonCreator
    public static ProviderKind of(String text) {
        for (var kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw EtalonException.invalidAt("/kind", "must be oidc, saml or directory");
    }
}
