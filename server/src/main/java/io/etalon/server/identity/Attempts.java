package io.etalon.server.identity;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.Ids;
import io.etalon.server.identity.Refusal.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Sign-ins that are under way. Each is kept by the browser that began it, sealed, for ten minutes: nobody fills the database
 * by beginning, and an answer that another browser was tricked into bringing finds nothing to belong to (login CSRF).
 * Thread-safe.
 */
@Component
final class Attempts {
    static final String COOKIE = "etalon_sign_in";
    private static final String CONTEXT = "sign-in attempt";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Seal seal;
    private final Ids ids;
    private final Clock clock;
    private final ContentOrigin origin;
    private final ObjectMapper json;

    /**
     * A begun sign-in.
     *
     * @param state what the provider sends back; SAML: the request's id
     * @param verifier of PKCE (RFC 7636)
     * @param next where the person wanted to go, a path of the application
     */
    record Attempt(UUID provider, String state, String nonce, String verifier, String next, Instant until) {}

    Attempts(Seal seal, Ids ids, Clock clock, ContentOrigin origin, ObjectMapper json) {
        this.seal = seal;
        this.ids = ids;
        this.clock = clock;
        this.origin = origin;
        this.json = json;
    }

    Attempt begin(UUID provider, String next, HttpServletRequest request, HttpServletResponse response) {
        // An id of SAML must not begin with a digit.
        var attempt = new Attempt(
                provider,
                "_" + ids.secretToken(),
                ids.secretToken(),
                ids.secretToken(),
                next,
                clock.instant().plus(PATIENCE));
        var sealed = seal.seal(CONTEXT, json.writeValueAsBytes(attempt));
        write(request, response, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed), PATIENCE);
        return attempt;
    }

    /**
     * The sign-in that this browser began with this provider, and whose state came back; it is spent here.
     *
     * @throws Refused when there is none
     */
    Attempt finish(UUID provider, @Nullable String state, HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
        var attempt = cookie(request).flatMap(this::open);
        if (attempt.isEmpty()
                || state == null
                || !attempt.get().provider().equals(provider)
                || !same(attempt.get().state(), state)
                || !clock.instant().isBefore(attempt.get().until())) {
            throw Refusal.STATE.because("no such attempt");
        }
        return attempt.get();
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Optional<Attempt> open(String text) {
        try {
            return seal.open(CONTEXT, Base64.getUrlDecoder().decode(text))
                    .map(plain -> json.readValue(plain, Attempt.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies != null) {
            for (var cookie : cookies) {
                if (COOKIE.equals(cookie.getName())) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        var cookie = ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/sign-in/")
                .secure(request.isSecure() || origin.appUrl().startsWith("https:"))
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
