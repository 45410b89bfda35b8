package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Signing in and out: by password, link and passkey. */
@RestController
@RequestMapping("/api/v1/session")
@Tag(name = "Session")
final class SessionController {
    private final SignIn signIn;
    private final Sessions sessions;
    private final SessionViews views;
    private final SessionCookie cookie;
    private final Links links;
    private final Passkeys passkeys;

    record PasswordBody(@Nullable String email, @Nullable String password) {}

    record TokenBody(@Nullable String token) {}

    record ResetBody(@Nullable String token, @Nullable String password) {
        @Override
        public String toString() {
            return "ResetBody";
        }
    }

    record CredentialBody(@Nullable JsonNode credential) {}

    /** Ways in by a link. */
    @Component
    record Links(SetupLinks setup, Resets resets) {}

    /** Who came in, and by what. */
    private record In(PersonId person, Sessions.Opened session, boolean strong, boolean setup) {}

    SessionController(
            SignIn signIn,
            Sessions sessions,
            SessionViews views,
            SessionCookie cookie,
            Links links,
            Passkeys passkeys) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.views = views;
        this.cookie = cookie;
        this.links = links;
        this.passkeys = passkeys;
    }

    @GetMapping
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    SessionView current(Caller caller, HttpServletRequest request) {
        return views.of(caller.person(), Credential.required(request).isStrong(), false);
    }

    @PostMapping
    @AllowAnyone
    SessionView byPassword(
            @RequestBody PasswordBody body,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        var email = Checks.email(body.email(), "/email");
        var password = Checks.required(body.password(), "/password");
        var person = signIn.byPassword(email, password, request.getRemoteAddr());
        return opened(new In(person, sessions.open(person, Way.PASSWORD, false), false, false), old, request, response);
    }

    @DeleteMapping
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        sessions.close(UUID.fromString(caller.session()));
        cookie.clear(request, response);
        // Not "storage": that would take the language, the light and the keys along, which tell of no client. The pages
        // take out
        // of it what does.
        response.setHeader("Clear-Site-Data", "\"cache\"");
    }

    @PostMapping("/link")
    @AllowAnyone
    SessionView byLink(
            @RequestBody TokenBody body,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        var token = Checks.required(body.token(), "/token");
        var in = signIn.anonymous(request.getRemoteAddr(), () -> links.setup().use(token));
        return opened(new In(in.person(), in.session(), false, in.setup()), old, request, response);
    }

    @PostMapping("/reset")
    @AllowAnyone
    @Operation(
            summary = "Set an account up anew by a link",
            description =
                    "Sets the password, ends all sessions of the account, and opens one. The link is good once and for a"
                            + " day, and stays good when the password is refused.")
    SessionView byReset(
            @RequestBody ResetBody body,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        var token = Checks.required(body.token(), "/token");
        var password = Checks.required(body.password(), "/password");
        var used =
                signIn.anonymous(request.getRemoteAddr(), () -> links.resets().use(token, password));
        return opened(new In(used.person(), used.session(), false, false), old, request, response);
    }

    @PostMapping("/passkey/options")
    @AllowAnyone
    JsonNode passkeyOptions() {
        return passkeys.requestOptions();
    }

    @PostMapping("/passkey")
    @AllowAnyone
    SessionView byPasskey(
            @RequestBody CredentialBody body,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        var credential = Checks.required(body.credential(), "/credential");
        var person = signIn.byPasskey(request.getRemoteAddr(), () -> passkeys.authenticate(credential));
        return opened(new In(person, sessions.open(person, Way.PASSKEY, true), true, false), old, request, response);
    }

    /** A sign-in always starts a session of its own and ends the one that the browser had. */
    private SessionView opened(In in, @Nullable Caller old, HttpServletRequest request, HttpServletResponse response) {
        if (old != null && old.via().equals(Caller.VIA_SESSION)) {
            sessions.close(UUID.fromString(old.session()));
        }
        cookie.set(request, response, in.session());
        return views.of(in.person(), in.strong(), in.setup());
    }
}
