package io.etalon.server.work.queue;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.DeletedAssets;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.TaskAct;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * Deletions of tasks, or of assets with their tasks, with all that was done on them, or of single answers: never more or others than a preview
 * counted, out of sight, work, counts, exports and releases at once, and to be undone for thirty days by the database's
 * clock. A release that was cut keeps its own. Each is one transaction with its entry of the log. Thread-safe.
 */
@Service
public final class Deletions {
    static final ErrorCode HELD =
            ErrorCode.of("deletion-held", ErrorKind.CONFLICT, "Something depends on what is to be deleted");
    static final ErrorCode OVER = ErrorCode.of("deletion-over", ErrorKind.CONFLICT, "The deletion cannot be undone");
    /** Whatever undoes a deletion is told its tasks by the table. */
    private static final Pick NONE = new Pick(null, null, null, new long[0]);

    private final Engines engines;
    private final Projects projects;
    private final DeletionTargets targets;
    private final AnswerDeletions answers;
    private final Idempotency idempotency;
    private final Ground ground;
    private final DeletionStore store;

    /** What deletions stand on besides the engine. */
    @org.springframework.stereotype.Component
    record Ground(TenantScope scope, AuditLog audit, Events events, ObjectMapper json, DeletedAssets assets) {}

    Deletions(
            Engines engines,
            Projects projects,
            DeletionTargets targets,
            AnswerDeletions answers,
            Idempotency idempotency,
            Ground ground) {
        this.engines = engines;
        this.projects = projects;
        this.targets = targets;
        this.answers = answers;
        this.idempotency = idempotency;
        this.ground = ground;
        this.store = new DeletionStore(ground.json());
    }

    /** What would be deleted now. */
    DeletionBodies.DeletionPreview preview(
            ClientCaller caller, ProjectId project, DeletionBodies.DeletionRequest request) {
        var client = caller.client().id();
        projects.get(client, project);
        var single = single(request);
        if (single != null) {
            return answers.preview(caller, project, single);
        }
        var target = targets.of(client, project, request);
        var tally = engines.of(client).count(project, new TaskAct.Delete(0), target.pick());
        return new DeletionBodies.DeletionPreview(
                tally.tasks(),
                tally.answers(),
                tally.decisions(),
                tally.inWork(),
                target.assets().size(),
                0,
                List.of());
    }

    private static DeletionBodies.@Nullable AnswerFilter single(DeletionBodies.DeletionRequest request) {
        if (request.answers() != null && (request.filter() != null || request.assets() != null)) {
            throw Checks.fault("/answers", "cannot be given together with /filter or /assets");
        }
        return request.answers();
    }

    /**
     * Deletes what is asked for. The same attempt again deletes nothing and tells of the first.
     *
     * @throws EtalonException invalid, when nothing is found; conflict, when other numbers are found than expected, or
     *     when gold, an open adjudication or a release that is being built depends on one of the tasks
     */
    DeletionBodies.DeletionBody delete(
            ClientCaller caller, ProjectId project, DeletionBodies.DeletionRequest request, Attempt attempt) {
        attempt.requiredKey();
        var client = caller.client().id();
        projects.get(client, project);
        var single = single(request);
        if (single != null) {
            return body(get(client, project, answers.delete(caller, project, request, single, attempt)));
        }
        var expected = DeletionTargets.Expected.of(request);
        var target = targets.of(client, project, request);
        var number = ground.scope().client(client, store::number);
        var told = new Object() {
            long deletion = number;
        };
        var order = new Dispatcher.ActOrder(
                new TaskAct.Delete(number), target.pick(), caller.person(), caller.via(), (tx, tally) -> {
                    expected.check(target, tally);
                    var counted = target.counted(tally);
                    store.add(
                            tx,
                            new Deletion.New(
                                    number,
                                    project,
                                    target.scope(),
                                    target.filter(),
                                    counted,
                                    caller.person().value()));
                    log(tx, caller, project, "delete", number, counted);
                });
        engines.of(client).act(project, order, work -> tx -> {
            var deletion = idempotency.once(tx, attempt, request, Long.class, same -> {
                if (target.scope() == DeletionScope.ASSETS) {
                    store.hold(same, project);
                }
                var tasks = work.run(same);
                free(same, number);
                store.countLabels(same, number);
                if (target.scope() == DeletionScope.ASSETS) {
                    take(same, project, number, target);
                }
                tell(same, client, project, EventKind.TASKS_DELETED, number, tasks);
                return number;
            });
            told.deletion = deletion;
            return 0;
        });
        return body(get(client, project, told.deletion));
    }

    /** Takes the assets out of sight whose tasks are deleted. */
    private void take(Tx tx, ProjectId project, long number, DeletionTargets.Target target) throws SQLException {
        if (store.releasesUnderWay(tx, project) > 0) {
            throw new EtalonException(
                    HELD, "A release of the project is being built. Wait until it is ready; nothing was deleted.");
        }
        if (ground.assets().mark(tx, project, number, target.assets())
                != target.assets().size()) {
            throw new EtalonException(
                    DeletionTargets.OTHER_ASSETS,
                    "Some of the assets were deleted meanwhile; nothing was deleted. Look at a preview again.");
        }
        if (store.alive(tx, number) > 0) {
            throw new EtalonException(
                    BulkActs.OTHER_COUNT,
                    "Tasks were planned for the assets meanwhile; nothing was deleted. Look at a preview again.");
        }
    }

    /** Refuses where something stands on the tasks that would not come back with them. */
    private void free(Tx tx, long number) {
        var gold = store.gold(tx, number);
        if (gold > 0) {
            throw new EtalonException(
                    HELD,
                    "People were or are measured by " + gold + " of the tasks, which are gold. Leave them out of the"
                            + " filter; nothing was deleted.");
        }
        var adjudicated = store.adjudicated(tx, number);
        if (adjudicated > 0) {
            throw new EtalonException(
                    HELD,
                    "Somebody is making one answer of " + adjudicated + " of the tasks now. Wait until it is handed in"
                            + " or given back; nothing was deleted.");
        }
    }

    /**
     * Brings back what was deleted, as it was.
     *
     * @throws EtalonException not found; conflict, when it was brought back before, thirty days have passed, or the assets
     *     of the tasks were deleted after them
     */
    DeletionBodies.DeletionBody undo(ClientCaller caller, ProjectId project, long number) {
        var client = caller.client().id();
        projects.get(client, project);
        var before = get(client, project, number);
        if (before.undoneAt() != null) {
            return body(before);
        }
        if (before.scope() == DeletionScope.ANSWERS) {
            answers.undo(caller, project, number);
            return body(get(client, project, number));
        }
        var order = new Dispatcher.ActOrder(
                new TaskAct.Undelete(number), NONE, caller.person(), caller.via(), (tx, tally) -> {
                    if (!store.undo(tx, number, caller.person())) {
                        throw new EtalonException(
                                OVER, "A deletion can be undone once, within thirty days. Allowed: nothing.");
                    }
                    store.hold(tx, project);
                    var without = store.withoutAsset(tx, number);
                    if (without > 0) {
                        throw new EtalonException(
                                HELD,
                                "The assets of " + without + " of the tasks were deleted later. Bring those back first;"
                                        + " nothing was done.");
                    }
                    log(tx, caller, project, "undelete", number, before.counted());
                    tell(tx, client, project, EventKind.TASKS_RESTORED, number, tally.tasks());
                    if (before.scope() == DeletionScope.ASSETS) {
                        ground.assets().unmark(tx, project, number);
                    }
                });
        engines.of(client).act(project, order, work -> work);
        return body(get(client, project, number));
    }

    private void log(Tx tx, ClientCaller caller, ProjectId project, String act, long number, Deletion.Counted counted) {
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project)
                                .with("act", act)
                                .with("deletion", number)
                                .with("tasks", counted.tasks())
                                .with("assets", counted.assets()));
    }

    private void tell(Tx tx, ClientId client, ProjectId project, EventKind kind, long number, int tasks) {
        ground.events().append(tx, client, project, kind, Map.of("deletion", number, "tasks", tasks));
    }

    private Deletion get(ClientId client, ProjectId project, long number) {
        return ground.scope()
                .client(client, tx -> store.find(tx, project, number))
                .orElseThrow(EtalonException::notFound);
    }

    /** A project's deletions, the newest first. */
    Page<DeletionBodies.DeletionBody> list(
            ClientId client, ProjectId project, @Nullable Integer limit, @Nullable String cursor) {
        projects.get(client, project);
        var count = Page.limit(limit);
        var before = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        var found = ground.scope().client(client, tx -> store.list(tx, project, count + 1, before));
        return Page.cut(found.stream().map(this::body).toList(), count, one -> Cursor.of(one.id()));
    }

    private <T> @Nullable T filter(Deletion one, DeletionScope of, Class<T> as) {
        return one.scope() == of ? ground.json().readValue(one.filter(), as) : null;
    }

    private DeletionBodies.DeletionBody body(Deletion one) {
        return new DeletionBodies.DeletionBody(
                one.id(),
                one.scope(),
                filter(one, DeletionScope.TASKS, QueueBodies.TaskFilter.class),
                filter(one, DeletionScope.ASSETS, DeletionBodies.AssetFilter.class),
                filter(one, DeletionScope.ANSWERS, DeletionBodies.AnswerFilter.class),
                one.counted().tasks(),
                one.counted().answers(),
                one.counted().decisions(),
                one.counted().assets(),
                one.answersLeft(),
                one.by(),
                one.at(),
                one.purgeAt(),
                one.undoneAt(),
                one.undoneBy(),
                one.purgedAt());
    }
}
