package io.etalon.server.access;

import io.etalon.server.base.ContentOrigin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie that carries a session's token: out of reach of scripts and of other sites' posts. Over HTTPS its name begins
 * with {@code __Host-}, so that no neighbouring host and no page without TLS can plant one (RFC 6265bis, section 4.1.3.2);
 * browsers take that name over HTTPS alone.
 */
@Component
final class SessionCookie {
    private static final String PLAIN = "etalon_session";
    private static final String BOUND = "__Host-" + PLAIN;

    private final ContentOrigin origin;

    SessionCookie(ContentOrigin origin) {
        this.origin = origin;
    }

    void set(HttpServletRequest request, HttpServletResponse response, Sessions.Opened session) {
        write(request, response, session.token(), Sessions.ABSOLUTE_LIMIT);
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }

    /** The name that counts for this request; a cookie of the other name is nobody's. */
    String name(HttpServletRequest request) {
        return isOverHttps(request) ? BOUND : PLAIN;
    }

    private boolean isOverHttps(HttpServletRequest request) {
        return request.isSecure() || origin.appUrl().startsWith("https:");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String token, Duration age) {
        var cookie = ResponseCookie.from(name(request), token)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .secure(isOverHttps(request))
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
