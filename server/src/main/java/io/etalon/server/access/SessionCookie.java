package io.etalon.server.access;

import io.etalon.server.base.ContentOrigin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The cookie that carries a session's token: out of reach of scripts and of other sites' posts. */
@Component
final class SessionCookie {
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

    private void write(HttpServletRequest request, HttpServletResponse response, String token, Duration age) {
        var cookie = ResponseCookie.from(CredentialFilter.COOKIE, token)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .secure(request.isSecure() || origin.appUrl().startsWith("https:"))
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
