package io.etalon.server.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own entry in the vault of identities, and an operator's look into it under break-glass. */
@RestController
@Tag(name = "Pay")
final class IdentityController {
    private final Identities identities;
    private final Grants grants;

    /**
     * What the vault holds of the caller.
     *
     * @param identity absent when he entered none or had it destroyed
     * @param looks who looked, newest first, 200 at most
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "HeldIdentity")
    record HeldView(@Nullable Identity identity, @Nullable Instant changedAt, List<Looked> looks) {
        static HeldView of(Identities.Held held) {
            return new HeldView(held.identity(), held.changedAt(), held.looks());
        }
    }

    IdentityController(Identities identities, Grants grants) {
        this.identities = identities;
        this.grants = grants;
    }

    /** What the vault holds of the caller, and who looked at it. */
    @GetMapping("/api/v1/me/identity")
    @AllowSignedIn(sessionOnly = true)
    HeldView own(Caller caller) {
        return HeldView.of(identities.own(caller.person(), "read"));
    }

    /** Enters or replaces it whole. */
    @PutMapping("/api/v1/me/identity")
    @AllowSignedIn(sessionOnly = true)
    HeldView set(Caller caller, @RequestBody Identity body) {
        identities.set(caller.person(), body);
        return HeldView.of(identities.own(caller.person(), "read"));
    }

    /** Destroys it. Entries of pay stay, under pseudonyms. */
    @DeleteMapping("/api/v1/me/identity")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void destroy(Caller caller) {
        identities.destroy(caller.person());
    }

    /** For operators under a grant of break-glass alone: no role of the client opens it. */
    @GetMapping("/api/v1/clients/{client}/people/{person}/identity")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    Identity throughTheGlass(ClientCaller caller, @PathVariable UUID person) {
        var client = caller.client().id();
        var of = new PersonId(person);
        if (grants.rolesAt(of, client).isEmpty()) {
            throw EtalonException.notFound();
        }
        if (!caller.via().equals(ClientCaller.VIA_BREAK_GLASS)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "Only an operator under break-glass may look into the vault.");
        }
        return identities.throughTheGlass(of, caller.person(), client).orElseThrow(EtalonException::notFound);
    }
}
