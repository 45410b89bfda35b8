package io.etalon.server.access;

import io.etalon.server.access.AccountBodies.AccountView;
import io.etalon.server.access.AccountBodies.ResetLink;
import io.etalon.server.access.AccountBodies.ResetOrder;
import io.etalon.server.access.AccountBodies.StateBody;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** All accounts of the installation, for its operators. */
@RestController
@RequestMapping("/api/v1/operator/accounts")
@Tag(name = "Accounts")
final class OperatorAccountController {
    private final TenantScope scope;
    private final Stewards stewards;
    private final Resets resets;
    private final Clock clock;
    private final AccountStore store = new AccountStore();

    OperatorAccountController(TenantScope scope, Stewards stewards, Resets resets, Clock clock) {
        this.scope = scope;
        this.stewards = stewards;
        this.resets = resets;
        this.clock = clock;
    }

    @GetMapping
    @AllowOperator
    @Operation(summary = "Look for accounts by the beginning of their address")
    Page<AccountView> find(
            Caller caller,
            @RequestParam(required = false) @Nullable String email,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var prefix = email == null || email.isBlank()
                ? ""
                : Checks.text(email, "/email", 245).toLowerCase(Locale.ROOT);
        var found = scope.control(tx -> store.beginning(tx, prefix, clock.instant())).stream()
                .map(one -> one.reached(!one.id().equals(caller.person().value())))
                .toList();
        return Listing.page(found, AccountView::email, limit, cursor);
    }

    @PutMapping("/{person}")
    @AllowOperator
    @Operation(
            summary = "Switch an account off, or on again",
            description =
                    "Off: its sessions, streams and signed addresses end, its keys open nothing, and what its person has in"
                            + " hand goes to others. In the log of each client where he holds a role. Not one's own.")
    AccountView set(Caller caller, @PathVariable UUID person, @RequestBody StateBody body) {
        var who = new PersonId(person);
        boolean disabled = Checks.required(body.disabled(), "/disabled");
        stewards.requireOther(caller, who);
        if (disabled) {
            stewards.disable(Grants.By.of(caller), who);
        } else {
            stewards.enable(Grants.By.of(caller), who);
        }
        return scope.control(tx -> store.find(tx, who, null, clock.instant())).orElseThrow(EtalonException::notFound);
    }

    @PostMapping("/{person}/end-sessions")
    @AllowOperator
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End all sessions of a person", description = "At once. Not one's own.")
    void endSessions(Caller caller, @PathVariable UUID person) {
        var who = new PersonId(person);
        stewards.requireOther(caller, who);
        stewards.endSessions(Grants.By.of(caller), who);
    }

    @PostMapping("/{person}/reset")
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a link by which a person sets his account up anew",
            description =
                    "For a forgotten password or a lost passkey of who holds no role at a client. For who does, the client's"
                            + " requesters make it; where none is left who could, the link waits for a day, is shown to those"
                            + " requesters, stands in the client's log, and any sign-in of the person voids it. Not one's own.")
    ResetLink reset(Caller caller, @PathVariable UUID person, @RequestBody ResetOrder body) {
        var who = new PersonId(person);
        stewards.requireOther(caller, who);
        return ResetLink.of(resets.issueAsOperator(Grants.By.of(caller), who, body.drops()));
    }
}
