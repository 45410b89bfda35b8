package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Clients: operators make them and see that they exist; members see theirs. */
@RestController
@RequestMapping("/api/v1/clients")
@Tag(name = "Clients")
final class ClientController {
    private final Clients clients;
    private final Memberships memberships;
    private final AuditLog audit;
    private final Idempotency idempotency;

    record ClientBody(@Nullable String slug, @Nullable String name) {}

    /** A client, with the caller's own roles there. */
    record ClientView(String slug, String name, Instant createdAt, List<Role> roles) {
        static ClientView of(Client client, Collection<Role> roles) {
            return new ClientView(
                    client.slug(),
                    client.name(),
                    client.createdAt(),
                    roles.stream().sorted().toList());
        }
    }

    ClientController(Clients clients, Memberships memberships, AuditLog audit, Idempotency idempotency) {
        this.clients = clients;
        this.memberships = memberships;
        this.audit = audit;
        this.idempotency = idempotency;
    }

    @GetMapping
    @AllowSignedIn
    Page<ClientView> visible(
            HttpServletRequestCredential who,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Page.all(List.of());
    }
}
