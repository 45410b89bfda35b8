package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client's open invitations, for those who invite. */
@RestController
@RequestMapping("/api/v1/clients/{client}/invitations")
@Tag(name = "Clients")
@EvenWithoutKey
final class InvitationController {
    private final Invitations invitations;
    private final Idempotency idempotency;
    private final TenantScope scope;

    record InvitationBody(
            @Nullable String email,
            @Nullable String name,
            @Nullable List<Role> roles,
            @Nullable UUID workforce) {}

    record InvitationMade(String id, String link, String token, Instant expiresAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InvitationView(
            String id,
            String email,
            @Nullable String name,
            List<Role> roles,
            @Nullable UUID workforce,
            Instant createdAt,
            Instant expiresAt) {
        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.id().toString(),
                    invitation.email(),
                    invitation.name(),
                    invitation.roles().stream().sorted().toList(),
                    invitation.workforce(),
                    invitation.createdAt(),
                    invitation.expiresAt());
        }
    }

    InvitationController(Invitations invitations, Idempotency idempotency, TenantScope scope) {
        this.invitations = invitations;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @PostMapping
    @Allow(
            value = {Role.REQUESTER, Role.WORKFORCE_MANAGER},
            operatorToo = true)
    @ResponseStatus(HttpStatus.CREATED)
    InvitationMade invite(ClientCaller caller, Attempt attempt, @RequestBody InvitationBody body) {
        var roles = Checks.required(body.roles(), "/roles");
        Set<Role> distinct = roles.isEmpty() ? Set.of() : EnumSet.copyOf(roles);
        var wanted =
                new Invitations.Request(Checks.email(body.email(), "/email"), body.name(), distinct, body.workforce());
        invitations.refuseForeignWorkforce(caller.client(), wanted.workforce());
        return scope.control(tx -> idempotency.once(tx, attempt, body, InvitationMade.class, same -> {
            var made = invitations.invite(same, caller, wanted);
            var invitation = made.invitation();
            return new InvitationMade(invitation.id().toString(), made.link(), made.token(), invitation.expiresAt());
        }));
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    Page<InvitationView> open(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = invitations.of(caller).stream().map(InvitationView::of).toList();
        return Listing.page(views, InvitationView::id, limit, cursor);
    }

    @DeleteMapping("/{id}")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(ClientCaller caller, @PathVariable UUID id) {
        invitations.withdraw(caller, id);
    }
}
