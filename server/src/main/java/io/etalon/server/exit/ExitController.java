package io.etalon.server.exit;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.MayAnswer;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.dataset.RangeReply;
import io.etalon.server.exit.ExitBodies.ConsentBody;
import io.etalon.server.exit.ExitBodies.ExportBody;
import io.etalon.server.exit.ExitBodies.NewConsent;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.ExportRequests;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A client takes everything along, and agrees to its end here. */
@RestController
@RequestMapping("/api/v1/clients/{client}/exit")
@Tag(name = "Exit")
class ExitController {
    private final ClientExports exports;
    private final Departures departures;
    private final TenantScope scope;
    private final Idempotency idempotency;
    private final ExportRequests requests;

    ExitController(
            ClientExports exports,
            Departures departures,
            TenantScope scope,
            Idempotency idempotency,
            ExportRequests requests) {
        this.exports = exports;
        this.departures = departures;
        this.scope = scope;
        this.idempotency = idempotency;
        this.requests = requests;
    }

    /** Has an archive of everything of the client written; one at a time. */
    @PostMapping("/exports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allow(Role.REQUESTER)
    ExportBody export(ClientCaller caller, Attempt attempt) {
        requests.requireArchive(caller);
        var client = caller.client();
        var reply = scope.client(
                client.id(),
                tx -> idempotency.once(
                        tx, attempt, null, ExportBody.class, same -> ExportBody.of(exports.order(same, caller))));
        exports.start(client, exports.get(client.id(), reply.id()));
        return reply;
    }

    /** The archives, newest first; the file of the newest that is ready is kept. */
    @GetMapping("/exports")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    Page<ExportBody> exports(ClientCaller caller) {
        return Page.all(
                exports.all(caller.client().id()).stream().map(ExportBody::of).toList());
    }

    @GetMapping("/exports/{export}")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    ExportBody export(ClientCaller caller, @PathVariable UUID export) {
        return ExportBody.of(exports.get(caller.client().id(), export));
    }

    /** The archive: a zip that `etalon verify` checks and `etalon tenant import` restores. Takes ranges. */
    @GetMapping("/exports/{export}/file")
    @Allow(Role.REQUESTER)
    @MayAnswer(status = 409, when = "The archive is not ready.")
    void file(ClientCaller caller, @PathVariable UUID export, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        requests.requireArchive(caller);
        var found = exports.get(caller.client().id(), export);
        var made = found.made();
        if (made == null) {
            throw new EtalonException(ArchiveCodes.NOT_READY, "The archive is not ready.");
        }
        var file = new RangeReply.File(
                caller.client().slug() + "-archive.zip",
                "application/zip",
                made.sha256(),
                made.size(),
                ArchiveCodes.LOST);
        RangeReply.send(file, request, response, () -> exports.download(caller, found, made));
    }

    /** Agrees to the client's end here; an operator who is somebody else may order it within a week. */
    @PostMapping("/consents")
    @ResponseStatus(HttpStatus.CREATED)
    @Allow(Role.REQUESTER)
    ConsentBody agree(ClientCaller caller, Attempt attempt, @RequestBody NewConsent body) {
        var slug = body.slug();
        if (slug == null) {
            throw EtalonException.invalidAt("/slug", "is missing");
        }
        if ((body.export() == null) != Boolean.TRUE.equals(body.withoutArchive())) {
            throw EtalonException.invalidAt(
                    "/export", "must name an archive that is ready, or withoutArchive must be true instead of it");
        }
        return scope.client(
                caller.client().id(),
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        ConsentBody.class,
                        same -> ConsentBody.of(departures.agree(same, caller, slug, body.export()))));
    }

    /** Consents in force. */
    @GetMapping("/consents")
    @Allow({Role.REQUESTER, Role.AUDITOR})
    Page<ConsentBody> consents(ClientCaller caller) {
        return Page.all(departures.consents(caller.client().id()).stream()
                .map(ConsentBody::of)
                .toList());
    }

    @DeleteMapping("/consents/{consent}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Allow(Role.REQUESTER)
    void withdraw(ClientCaller caller, @PathVariable UUID consent) {
        scope.clientDo(caller.client().id(), tx -> departures.withdraw(tx, caller, consent));
    }
}
