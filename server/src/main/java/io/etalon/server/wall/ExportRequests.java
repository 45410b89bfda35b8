package io.etalon.server.wall;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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
import java.util.Locale;
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

    /** What a request is about. The names stand in the API, the table and the log. */
    public enum What {
        PROJECT,
        ARCHIVE,
        TWO_PERSONS;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static What of(String text) {
            for (var what : values()) {
                if (what.text().equals(text)) {
                    return what;
                }
            }
            throw EtalonException.invalid("what is “" + text + "”; it must be project, archive or two_persons");
        }
    }

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
        require(caller.client().id(), caller.person(), caller.workforce(), caller.via(), What.PROJECT, project);
    }

    /**
     * Lets the archive of everything leave, or refuses: asked when it is ordered and when it is fetched.
     *
     * @throws EtalonException forbidden, naming the rule
     */
    public void requireArchive(ClientCaller caller) {
        require(caller.client().id(), caller.person(), caller.workforce(), caller.via(), What.ARCHIVE, null);
    }

    /**
     * Lets the rule that asks for a second person end only when one agreed.
     *
     * @throws EtalonException forbidden, when nobody did
     */
    void requireEnd(ClientCaller caller) {
        var client = caller.client().id();
        if (!scope.client(client, tx -> store.approved(tx, What.TWO_PERSONS, null, caller.person()))) {
            throw new EtalonException(
                    SAME_PERSON,
                    "This rule ends when a second person agrees: ask with a request whose “what” is two_persons.");
        }
    }

    /** The same for work that somebody asked for and that goes on without him. */
    public void require(ClientId client, PersonId person, String via, ProjectId project) {
        require(client, person, grants.workforceAt(person, client), via, What.PROJECT, project);
    }

    private void require(
            ClientId client,
            PersonId person,
            @Nullable UUID workforce,
            String via,
            What what,
            @Nullable ProjectId project) {
        var denial = walls.decide(client, person, workforce, Act.EXPORT)
                .or(() -> walls.facts().rules(client).stream()
                        .filter(rule -> rule.terms() instanceof Terms.TwoPersons)
                        .filter(rule -> !scope.client(client, tx -> store.approved(tx, what, project, person)))
                        .findFirst()
                        .map(Denial::by));
        if (denial.isPresent()) {
            throw walls.refused(client, person, via, project, Act.EXPORT, denial.get());
        }
    }

    /** Asks a second person, in the client's transaction given. */
    ExportRequestStore.ExportRequest ask(
            Tx tx, ClientCaller caller, What what, @Nullable ProjectId project, @Nullable String reason) {
        var id = ids.next();
        store.insert(tx, id, what, project, Checks.text(reason, "/reason", 500), caller.person());
        log(tx, caller, store.find(tx, id).orElseThrow(), "asked");
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
        log(tx, caller, request, approved ? "approved" : "refused");
        return store.find(tx, id).orElseThrow();
    }

    private void log(Tx tx, ClientCaller caller, ExportRequestStore.ExportRequest request, String state) {
        audit.append(
                tx,
                AuditEvent.of(AuditOp.EXPORT_REQUEST, caller.person(), caller.via(), request.project())
                        .with("request", request.id().toString())
                        .with("what", request.what().text())
                        .with("state", state));
    }
}
