package io.etalon.server.access;

import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Operators' links for accounts of a client's people, shown to its requesters while they wait. */
@RestController
@RequestMapping("/api/v1/clients/{client}/account-resets")
@Tag(name = "Accounts")
@EvenWithoutKey
final class WaitingResetController {
    private final Resets resets;

    /** @param notBefore from when it opens the account, unless the person signs in or a requester voids it before */
    @Schema(name = "WaitingReset")
    record WaitingReset(UUID person, String name, Instant notBefore, Instant expiresAt) {}

    WaitingResetController(Resets resets) {
        this.resets = resets;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.AUDITOR})
    @Operation(summary = "Read which operators' links wait to open accounts of this client's people")
    Page<WaitingReset> waiting(ClientCaller caller) {
        return Page.all(resets.waiting(caller.client().id()).stream()
                .map(one -> new WaitingReset(one.person(), one.name(), one.notBefore(), one.expiresAt()))
                .toList());
    }
}
