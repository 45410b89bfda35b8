package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.base.EtalonException;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the holder of an invitation's link may do, before he has an account. */
@RestController
@RequestMapping("/api/v1/invitations")
@Tag(name = "Session")
final class AcceptanceController {
    private final Invitations invitations;
    private final Accounts accounts;
    private final Clients clients;
    private final SignIn signIn;
    private final SessionViews views;
    private final SessionCookie cookie;

    record TokenBody(@Nullable String token) {}

    record AcceptBody(
            @Nullable String token,
            @Nullable String name,
            @Nullable String password) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Offer(
            String email, String clientName, @Nullable String workforceName, List<Role> roles, Instant expiresAt) {}

    AcceptanceController(
            Invitations invitations,
            Accounts accounts,
            Clients clients,
            SignIn signIn,
            SessionViews views,
            SessionCookie cookie) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.clients = clients;
        this.signIn = signIn;
        this.views = views;
        this.cookie = cookie;
    }

    @PostMapping("/look-up")
    @AllowAnyone
    Offer lookUp(@RequestBody TokenBody body, HttpServletRequest request) {
        var token = Checks.required(body.token(), "/token");
        var invitation = signIn.anonymous(request.getRemoteAddr(), () -> invitations.lookUp(token));
        var client = clients.find(invitation.client()).map(Client::name).orElseThrow(EtalonException::notFound);
        return new Offer(
                invitation.email(),
                client,
                invitations.workforceName(invitation),
                invitation.roles().stream().sorted().toList(),
                invitation.expiresAt());
    }

    /**
     * A new person gives a name and a password. Who has an account gives its password, or is signed in as that person:
     * an invitation takes no account over.
     */
    @PostMapping("/accept")
    @AllowAnyone
    SessionView accept(
            @RequestBody AcceptBody body,
            @Nullable Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        var token = Checks.required(body.token(), "/token");
        var remote = request.getRemoteAddr();
        var accepted = signIn.anonymous(
                remote,
                () -> accounts.accept(
                        token, new Accounts.Given(body.name(), body.password()), signedIn(request), remote));
        if (caller != null && caller.via().equals(Caller.VIA_SESSION)) {
            accounts.end(UUID.fromString(caller.session()));
        }
        cookie.set(request, response, accepted.session());
        return views.of(accepted.person(), accepted.strong(), false);
    }

    private static SessionStore.@Nullable Session signedIn(HttpServletRequest request) {
        var credential = Credential.of(request);
        return credential == null ? null : credential.session();
    }
}
