package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
    private final SetupLinks links;
    private final Passkeys passkeys;

    record PasswordBody(@Nullable String email, @Nullable String password) {}

    record TokenBody(@Nullable String token) {}

    record CredentialBody(@Nullable JsonNode credential) {}

    SessionController(
            SignIn signIn,
            Sessions sessions,
            SessionViews views,
            SessionCookie cookie,
            SetupLinks links,
            Passkeys passkeys) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.views = views;
        this.cookie = cookie;
        this.links = links;
        this.passkeys = passkeys;
    }

    @GetMapping
    @AllowSignedIn(sessionOnly = true)
    SessionView current(Caller caller) {
        return views.of(caller.person(), false);
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
        return opened(person, sessions.open(person), false, old, request, response);
    }

    @DeleteMapping
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        sessions.close(UUID.fromString(caller.session()));
        cookie.clear(request, response);
    }

    @PostMapping("/link")
    @AllowAnyone
    SessionView byLink(
            @RequestBody TokenBody body,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        var token = Checks.required(body.token(), "/token");
        var in = signIn.anonymous(request.getRemoteAddr(), () -> links.use(token));
        return opened(in.person(), in.session(), in.setup(), old, request, response);
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
        return opened(person, sessions.open(person), false, old, request, response);
    }

    /** A sign-in always starts a session of its own and ends the one that the browser had. */
    private SessionView opened(
            PersonId person,
            Sessions.Opened session,
            boolean setup,
            @Nullable Caller old,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (old != null && old.via().equals(Caller.VIA_SESSION)) {
            sessions.close(UUID.fromString(old.session()));
        }
        cookie.set(request, response, session);
        return views.of(person, setup);
    }
}
