package io.etalon.server.access;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.RequestFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Finds out who sent a request, from a key or the session's cookie, and refuses writes that another site made a browser
 * send: they need a header that forms cannot set, and must come from our own origin as far as the browser says. It
 * grants nothing; that is {@link AccessInterceptor}'s.
 */
@Component
public final class CredentialFilter extends RequestFilter {
    static final String CSRF_HEADER = "X-Etalon-Csrf";
    static final ErrorCode CSRF =
            ErrorCode.of("csrf", ErrorKind.FORBIDDEN, "The request does not come from the application");
    static final ErrorCode UNAUTHENTICATED =
            ErrorCode.of("unauthenticated", ErrorKind.UNAUTHENTICATED, "Nobody is signed in");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** Here a provisioning client's own token is asked for by {@code identity.scim}; no session and no key opens it. */
    private static final String SCIM = "/scim/v2/";

    /** An identity provider has a browser post its answer here; what counts is its signature, and a cookie comes after. */
    private static final Pattern ANSWER = Pattern.compile("/sign-in/[0-9a-f-]{36}/(acs|back-channel)");

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final ApiKeys keys;
    private final SessionCookie cookie;
    private final ContentOrigin origin;
    private final HandlerExceptionResolver problems;

    CredentialFilter(
            Sessions sessions,
            ApiKeys keys,
            SessionCookie cookie,
            ContentOrigin origin,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.sessions = sessions;
        this.keys = keys;
        this.cookie = cookie;
        this.origin = origin;
        this.problems = problems;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().startsWith(SCIM)
                || ANSWER.matcher(request.getRequestURI()).matches()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            var credential = credential(request);
            if (credential != null) {
                credential.attach(request);
            }
            if (!READING.contains(request.getMethod()) && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
                refuseForeignWrite(request, credential != null);
            }
        } catch (EtalonException e) {
            problems.resolveException(request, response, null, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private @Nullable Credential credential(HttpServletRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            var token = token(request);
            return token == null ? null : sessions.credential(token).orElse(null);
        }
        if (!authorization.startsWith(BEARER)) {
            throw new EtalonException(UNAUTHENTICATED, "The header Authorization must be “Bearer etk_…”.");
        }
        var key = keys.find(authorization.substring(BEARER.length()).strip())
                .orElseThrow(() -> new EtalonException(
                        UNAUTHENTICATED, "The key is unknown, revoked or expired; make a new one."));
        return Credential.of(key);
    }

    private @Nullable String token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            var name = cookie.name(request);
            for (var sent : cookies) {
                if (name.equals(sent.getName())) {
                    return sent.getValue();
                }
            }
        }
        return null;
    }

    private void refuseForeignWrite(HttpServletRequest request, boolean signedIn) {
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new EtalonException(CSRF, "Sec-Fetch-Site is not same-origin.");
        }
        var from = request.getHeader(HttpHeaders.ORIGIN);
        if (from != null && !isOwn(from, request)) {
            throw new EtalonException(CSRF, "Origin is not the application's.");
        }
        if (signedIn && !"1".equals(request.getHeader(CSRF_HEADER))) {
            throw new EtalonException(CSRF, "The header " + CSRF_HEADER + ": 1 is missing.");
        }
    }

    /** The configured origin, or the host that the browser addressed: a page of another site can choose neither. */
    private boolean isOwn(String from, HttpServletRequest request) {
        if (from.equals(origin.appUrl())) {
            return true;
        }
        try {
            return URI.create(from).getRawAuthority() != null
                    && URI.create(from).getRawAuthority().equals(request.getHeader(HttpHeaders.HOST));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Who sent this request; for filters behind this one. */
    public static Optional<Caller> callerOf(HttpServletRequest request) {
        return Optional.ofNullable(Credential.of(request)).map(Credential::caller);
    }

    /** Whether an operator sent this request; for addresses that no handler of ours serves. */
    public static boolean isOperatorKey(HttpServletRequest request) {
        var credential = Credential.of(request);
        return credential != null
                && credential.key() != null
                && credential.key().roles().contains(Role.OPERATOR);
    }
}
