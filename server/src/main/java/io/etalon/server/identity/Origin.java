package io.etalon.server.identity;

/** By which way a provider told of groups; each stands behind roles of its own. */
public enum Origin {
    SIGN_IN("sign-in"),
    SCIM("scim");

    private final String text;

    Origin(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
