package io.etalon.server.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a request was sent with: a session, or a key. */
record Credential(Caller caller, @Nullable ApiKey key) {
    private static final String ATTRIBUTE = Credential.class.getName();

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable Credential of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Credential credential ? credential : null;
    }
}
