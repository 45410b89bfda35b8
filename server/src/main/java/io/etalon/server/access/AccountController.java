package io.etalon.server.access;

import io.etalon.server.access.AccountBodies.AccountView;
import io.etalon.server.access.AccountBodies.ResetLink;
import io.etalon.server.access.AccountBodies.ResetOrder;
import io.etalon.server.access.AccountBodies.StateBody;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts of a client's people, for those who manage them; only of whom nobody else relies on. */
@RestController
@RequestMapping("/api/v1/clients/{client}/people/{person}/account")
@Tag(name = "Accounts")
@EvenWithoutKey
final class AccountController {
    private static final String BEYOND =
            " Only for people all of whose roles are the caller's to give: a workforce's manager those of its annotators and"
                    + " reviewers, a requester any at the client. An operator reaches everybody.";

    private final TenantScope scope;
    private final Stewards stewards;
    private final Resets resets;
    private final Clock clock;
    private final AccountStore store = new AccountStore();

    AccountController(TenantScope scope, Stewards stewards, Resets resets, Clock clock) {
        this.scope = scope;
        this.stewards = stewards;
        this.resets = resets;
        this.clock = clock;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(summary = "Read the state of a member's account")
    AccountView get(ClientCaller caller, @PathVariable UUID person) {
        var who = new PersonId(person);
        stewards.requireSight(caller, who);
        return scope.control(tx -> store.find(tx, who, caller.client().id(), clock.instant()))
                .orElseThrow(EtalonException::notFound)
                .reached(stewards.reaches(caller, who));
    }

    @PutMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "Switch a member's account off, or on again",
            description =
                    "Off: its sessions, streams and signed addresses end, its keys open nothing, and what its person has in"
                            + " hand goes to others." + BEYOND)
    AccountView set(ClientCaller caller, @PathVariable UUID person, @RequestBody StateBody body) {
        var who = new PersonId(person);
        boolean disabled = Checks.required(body.disabled(), "/disabled");
        stewards.requireReach(caller, who);
        if (disabled) {
            stewards.disable(Grants.By.of(caller.caller()), who);
        } else {
            stewards.enable(Grants.By.of(caller.caller()), who);
        }
        return get(caller, person);
    }

    @PostMapping("/end-sessions")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "End all sessions of a member", description = "At once." + BEYOND)
    void endSessions(ClientCaller caller, @PathVariable UUID person) {
        var who = new PersonId(person);
        stewards.requireReach(caller, who);
        stewards.endSessions(Grants.By.of(caller.caller()), who);
    }

    @PostMapping("/reset")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a link by which a member sets his account up anew",
            description =
                    "For a forgotten password or a lost passkey. Shown once, good once and for a day; the person is told"
                            + " when he next signs in." + BEYOND)
    ResetLink reset(ClientCaller caller, @PathVariable UUID person, @RequestBody ResetOrder body) {
        var who = new PersonId(person);
        stewards.requireReach(caller, who);
        return ResetLink.of(resets.issue(Grants.By.of(caller.caller()), who, body.drops()));
    }

    @DeleteMapping("/reset")
    @Allow(Role.REQUESTER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Void an operator's link for a member's account")
    void voidReset(ClientCaller caller, @PathVariable UUID person) {
        var who = new PersonId(person);
        stewards.requireSight(caller, who);
        resets.voidOperators(Grants.By.of(caller.caller()), who);
    }
}
