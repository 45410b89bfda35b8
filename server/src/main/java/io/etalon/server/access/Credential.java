package io.etalon.server.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a request was sent with: a session, or a key. */
record Credential(Caller caller, @Nullable ApiKey key, SessionStore.@Nullable Session session) {
    private static final String ATTRIBUTE = Credential.class.getName();

    static Credential of(SessionStore.Session session) {
        var caller =
                new Caller(session.person(), Caller.VIA_SESSION, session.id().toString());
        return new Credential(caller, null, session);
    }

    static Credential of(ApiKey key) {
        return new Credential(new Caller(key.person(), Caller.VIA_KEY, key.id().toString()), key, null);
    }

    /** Whether two factors stand behind it; behind a key, when it was made. */
    boolean isStrong() {
        return key == null ? session != null && session.strong() : key.strong();
    }

    void attach(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static @Nullable Credential of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Credential credential ? credential : null;
    }

    /** Of a request that the handler's rule let in. */
    static Credential required(HttpServletRequest request) {
        var credential = of(request);
        if (credential == null) {
            throw new IllegalStateException("a handler for anyone asked who is there");
        }
        return credential;
    }
}
