package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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
    private final TenantScope scope;
    private final Rights rights;
    private final AuditLog audit;
    private final SecondFactor factor;
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

    ClientController(
            Clients clients,
            TenantScope scope,
            Rights rights,
            AuditLog audit,
            SecondFactor factor,
            Idempotency idempotency) {
        this.clients = clients;
        this.scope = scope;
        this.rights = rights;
        this.audit = audit;
        this.factor = factor;
        this.idempotency = idempotency;
    }

    @GetMapping
    @AllowSignedIn(weakToo = true)
    Page<ClientView> visible(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var credential = Credential.of(request);
        if (credential == null) {
            throw EtalonException.notFound();
        }
        var operator = rights.isOperator(credential) && factor.sufficesForOperators(credential);
        var views = new ArrayList<ClientView>();
        for (var client : clients.all()) {
            if (operator || rights.isMember(credential, client)) {
                views.add(ClientView.of(client, rights.at(credential, client)));
            }
        }
        return Listing.page(views, ClientView::slug, limit, cursor);
    }

    @GetMapping("/{client}")
    @EvenWithoutKey
    @Allow(
            value = {},
            operatorToo = true)
    ClientView one(ClientCaller caller) {
        return ClientView.of(
                caller.client(),
                caller.roles().stream().filter(role -> role != Role.OPERATOR).toList());
    }

    @PostMapping
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    ClientView create(Caller caller, Attempt attempt, @RequestBody ClientBody body) throws SQLException {
        var slug = Checks.required(body.slug(), "/slug");
        var name = Checks.text(body.name(), "/name", 200);
        var reply = scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                ClientView.class,
                same -> ClientView.of(clients.register(same, slug, name), List.of())));
        complete(caller, slug);
        return reply;
    }

    /**
     * The row and the first reply are committed together; the cell, which is a database of its own, follows. A try that
     * repeats one that was cut off in between does the rest of it.
     */
    private void complete(Caller caller, String slug) throws SQLException {
        var client = clients.complete(slug);
        scope.clientDo(client.id(), tx -> {
            if (!audit.begun(tx)) {
                audit.append(tx, AuditEvent.of(AuditOp.CLIENT_CREATE, caller.person(), caller.via(), null));
            }
        });
    }
}
