package io.etalon.server.work.queue;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.event.EventKind;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.Tally;
import io.etalon.server.work.engine.TaskAct;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Deletions of whole projects. Nothing of a deleted project is changed but that it is found by nobody: not in lists, not under
 * its addresses, by no pass. Its leases end. For thirty days by the database's clock it can be brought back as it was; then
 * its rows, its objects and its keys go. What people earned there stays in the ledger, what happened there in the log.
 * Thread-safe.
 */
@Service
public final class ProjectDeletions {
    static final ErrorCode RELEASED = ErrorCode.of(
            "project-released",
            ErrorKind.CONFLICT,
            "The project has releases that were not named to be deleted with it");
    private static final Pick ALL = new Pick(null, null, null, null);

    private final Engines engines;
    private final Projects projects;
    private final Assets assets;
    private final Idempotency idempotency;
    private final Deletions.Ground ground;
    private final DeletionStore store;

    ProjectDeletions(
            Engines engines, Projects projects, Assets assets, Idempotency idempotency, Deletions.Ground ground) {
        this.engines = engines;
        this.projects = projects;
        this.assets = assets;
        this.idempotency = idempotency;
        this.ground = ground;
        this.store = new DeletionStore(ground.json());
    }

    /**
     * What is kept of what a project was; of one that is gone for good, no name.
     *
     * @param releases the numbers of those that went with it
     */
    private record Was(@Nullable String name, String codeName, List<Integer> releases) {}

    /** What would be deleted now. */
    DeletionBodies.ProjectDeletionPreview preview(ClientCaller caller, DeletionBodies.ProjectPreviewRequest request) {
        var client = caller.client().id();
        var project = projects.get(client, new ProjectId(Checks.required(request.project(), "/project")));
        var tally = tally(client, project.id());
        return new DeletionBodies.ProjectDeletionPreview(
                project.id().value(),
                project.name(),
                tally.tasks(),
                tally.answers(),
                assets.count(client, project.id()),
                tally.inWork(),
                ground.scope().client(client, tx -> store.releases(tx, project.id())));
    }

    private Tally tally(ClientId client, ProjectId project) {
        return engines.of(client).count(project, new TaskAct.Delete(0), ALL);
    }

    /**
     * Deletes a project. The same attempt again deletes nothing and tells of the first.
     *
     * @throws EtalonException invalid, when the name is not the project's; conflict, while a job or a release is under way,
     *     or when its finished releases are not all named
     */
    DeletionBodies.ProjectDeletionBody delete(
            ClientCaller caller, DeletionBodies.ProjectDeletionRequest request, Attempt attempt) {
        attempt.requiredKey();
        var client = caller.client().id();
        var id = new ProjectId(Checks.required(request.project(), "/project"));
        var name = Checks.required(request.name(), "/name");
        // Of what is deleted by this very attempt there is nothing to count.
        var counted = projects.has(client, id) ? counted(client, id) : null;
        long number = ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(tx, attempt, request, Long.class, same -> {
                            var project = projects.get(client, id);
                            if (counted == null) {
                                throw EtalonException.notFound();
                            }
                            if (!project.name().equals(name)) {
                                throw Checks.fault("/name", "is not the project's name, letter by letter");
                            }
                            return deleted(same, caller, project, request.releases(), counted);
                        }));
        if (projects.has(client, id)) {
            projects.moved(client, projects.get(client, id));
            engines.of(client).withdraw(id, caller.via());
        }
        return body(get(client, number));
    }

    private Deletion.Counted counted(ClientId client, ProjectId project) {
        var tally = tally(client, project);
        return new Deletion.Counted(tally.tasks(), tally.answers(), tally.decisions(), assets.count(client, project));
    }

    private long deleted(
            Tx tx, ClientCaller caller, Project project, @Nullable List<Integer> releases, Deletion.Counted counted) {
        var id = project.id();
        store.hold(tx, id);
        idle(tx, id);
        var ready = store.releases(tx, id);
        if (!ready.equals(named(releases))) {
            throw new EtalonException(
                    RELEASED,
                    "Name the releases that go with the project in “releases”, no others: it has " + ready
                            + ". Nothing was deleted.");
        }
        var number = store.number(tx);
        store.add(
                tx,
                new Deletion.New(
                        number,
                        id,
                        DeletionScope.PROJECT,
                        new Was(project.name(), project.codeName(), ready),
                        counted,
                        caller.person().value()));
        projects.hide(tx, id, number);
        log(tx, caller, id, "delete", number);
        return number;
    }

    private static List<Integer> named(@Nullable List<Integer> releases) {
        for (var i = 0; releases != null && i < releases.size(); i++) {
            Checks.required(releases.get(i), "/releases/" + i);
        }
        return releases == null
                ? List.of()
                : releases.stream().distinct().sorted().toList();
    }

    private void idle(Tx tx, ProjectId project) {
        if (store.jobsUnderWay(tx, project) > 0) {
            throw new EtalonException(
                    Deletions.HELD,
                    "An import or export of the project is under way. Cancel it, or wait; nothing was deleted.");
        }
        if (store.releasesUnderWay(tx, project) > 0) {
            throw new EtalonException(
                    Deletions.HELD,
                    "A release of the project is being built. Wait until it is ready; nothing was deleted.");
        }
    }

    /**
     * Brings a project back as it was.
     *
     * @throws EtalonException not found; conflict, when it was brought back before, or thirty days have passed
     */
    DeletionBodies.ProjectDeletionBody undo(ClientCaller caller, long number) {
        var client = caller.client().id();
        var before = get(client, number);
        if (before.undoneAt() != null) {
            return body(before);
        }
        var project = before.project();
        ground.scope().clientDo(client, tx -> {
            if (!store.undo(tx, number, caller.person())) {
                throw new EtalonException(
                        Deletions.OVER, "A deletion can be undone once, within thirty days. Allowed: nothing.");
            }
            projects.show(tx, project);
            log(tx, caller, project, "undelete", number);
        });
        projects.forget(client);
        projects.moved(client, projects.get(client, project));
        return body(get(client, number));
    }

    private void log(Tx tx, ClientCaller caller, ProjectId project, String change, long number) {
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), project)
                                .with("change", change)
                                .with("deletion", number));
        ground.events()
                .append(
                        tx,
                        caller.client().id(),
                        project,
                        EventKind.PROJECT_CHANGED,
                        Map.of("deletion", number, "deleted", change.equals("delete")));
    }

    private Deletion get(ClientId client, long number) {
        return ground.scope()
                .client(client, tx -> store.findProject(tx, number))
                .orElseThrow(EtalonException::notFound);
    }

    /** The deleted projects, the newest deletion first. */
    Page<DeletionBodies.ProjectDeletionBody> list(ClientId client, @Nullable Integer limit, @Nullable String cursor) {
        var count = Page.limit(limit);
        var before = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        var found = ground.scope().client(client, tx -> store.projects(tx, count + 1, before));
        return Page.cut(found.stream().map(this::body).toList(), count, one -> Cursor.of(one.id()));
    }

    private DeletionBodies.ProjectDeletionBody body(Deletion one) {
        var was = ground.json().readValue(one.filter(), Was.class);
        UUID project = one.project().value();
        return new DeletionBodies.ProjectDeletionBody(
                one.id(),
                project,
                was.name(),
                was.codeName(),
                was.releases(),
                one.counted().tasks(),
                one.counted().answers(),
                one.counted().assets(),
                one.by(),
                one.at(),
                one.purgeAt(),
                one.undoneAt(),
                one.undoneBy(),
                one.purgedAt());
    }
}
