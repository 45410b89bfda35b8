package io.etalon.server.wall;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What leaves: decided by the walls, and where a rule asks for it by a second person, who is never the one who asks. An
 * approval is good for the one who asked, for that project, for a day. Thread-safe.
 */
@Service
public final class ExportRequests {
    static final Duration GOOD_FOR = Duration.ofDays(1);
    static final ErrorCode DECIDED =
            ErrorCode.of("export-request-decided", ErrorKind.CONFLICT, "The request was decided");
    static final ErrorCode SAME_PERSON =
            ErrorCode.of("second-person", ErrorKind.FORBIDDEN, "Another person has to decide");

    private final Walls walls;
    private final Grants grants;
    private final TenantScope scope;
    private final AuditLog audit;
    private final Ids ids;
    private final ExportRequestStore store = new ExportRequestStore();

    ExportRequests(Walls walls, Grants grants, TenantScope scope, AuditLog audit, Ids ids) {
        this.walls = walls;
        this.grants = grants;
        this.scope = scope;
        this.audit = audit;
        this.ids = ids;
    }

    /**
     * Lets data of a project leave, or refuses.
     *
     * @throws EtalonException forbidden, naming the rule
     */
    public void require(ClientCaller caller, ProjectId project) {
        require(caller.client().id(), caller.person(), caller.workforce(), caller.via(), project);
    }

    /** The same for work that somebody asked for and that goes on without him. */
    public void require(ClientId client, PersonId person, String via, ProjectId project) {
        require(client, person, grants.workforceAt(person, client), via, project);
    }

    private void require(ClientId client, PersonId person, @Nullable UUID workforce, String via, ProjectId project) {
        var denial = walls.decide(client, person, workforce, Act.EXPORT)
                .or(() -> walls.facts().rules(client).stream()
                        .filter(rule -> rule.terms() instanceof Terms.TwoPersons)
                        .filter(rule -> !scope.client(client, tx -> store.approved(tx, project, person)))
                        .findFirst()
                        .map(Denial::by));
        if (denial.isPresent()) {
            throw walls.refused(client, person, via, project, Act.EXPORT, denial.get());
        }
    }

    /** Asks a second person, in the client's transaction given. */
    ExportRequestStore.ExportRequest ask(Tx tx, ClientCaller caller, ProjectId project, @Nullable String reason) {
        var id = ids.next();
        store.insert(tx, id, project, Checks.text(reason, "/reason", 500), caller.person());
        log(tx, caller, project, id, "asked");
        return store.find(tx, id).orElseThrow();
    }

    /** Oldest first. */
    List<ExportRequestStore.ExportRequest> all(ClientId client) {
        return scope.client(client, store::all);
    }

    /** @throws EtalonException not found; forbidden to who asked; conflict, when it was decided */
    ExportRequestStore.ExportRequest decide(Tx tx, ClientCaller caller, UUID id, boolean approved) {
        var request = store.find(tx, id).orElseThrow(EtalonException::notFound);
        if (request.requestedBy().equals(caller.person())) {
            throw new EtalonException(SAME_PERSON, "You asked for it yourself; somebody else decides.");
        }
        if (!store.decide(tx, id, caller.person(), approved, GOOD_FOR.toSeconds())) {
            throw new EtalonException(DECIDED, "It was decided already; ask with another request.");
        }
        log(tx, caller, request.project(), id, approved ? "approved" : "refused");
        return store.find(tx, id).orElseThrow();
    }

    private void log(Tx tx, ClientCaller caller, ProjectId project, UUID id, String state) {
        audit.append(
                tx,
                AuditEvent.of(AuditOp.EXPORT_REQUEST, caller.person(), caller.via(), project)
                        .with("request", id.toString())
                        .with("state", state));
    }
}
