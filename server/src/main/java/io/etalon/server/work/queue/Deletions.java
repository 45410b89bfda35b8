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
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.Tally;
import io.etalon.server.work.engine.TaskAct;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * Deletions of tasks with all that was done on them: never more or other tasks than a preview counted, out of sight, work,
 * counts, exports and releases at once, and to be undone for thirty days by the database's clock. A release that was cut
 * keeps its own. Each is one transaction with its entry of the log. Thread-safe.
 */
@Service
public final class Deletions {
    static final ErrorCode OTHER_ANSWERS = ErrorCode.of(
            "answers-changed", ErrorKind.CONFLICT, "The tasks have another number of answers than expected");
    static final ErrorCode HELD =
            ErrorCode.of("deletion-held", ErrorKind.CONFLICT, "Something depends on what is to be deleted");
    static final ErrorCode OVER = ErrorCode.of("deletion-over", ErrorKind.CONFLICT, "The deletion cannot be undone");
    /** Whatever undoes a deletion is told its tasks by the table. */
    private static final Pick NONE = new Pick(null, null, null, new long[0]);

    private final Engines engines;
    private final Projects projects;
    private final TaskFilters filters;
    private final Idempotency idempotency;
    private final Ground ground;
    private final DeletionStore store;

    /** What deletions stand on besides the engine. */
    @org.springframework.stereotype.Component
    record Ground(TenantScope scope, AuditLog audit, Events events, ObjectMapper json) {}

    Deletions(Engines engines, Projects projects, TaskFilters filters, Idempotency idempotency, Ground ground) {
        this.engines = engines;
        this.projects = projects;
        this.filters = filters;
        this.idempotency = idempotency;
        this.ground = ground;
        this.store = new DeletionStore(ground.json());
    }

    /** What would be deleted now. */
    QueueBodies.DeletionPreview preview(ClientCaller caller, ProjectId project, QueueBodies.DeletionRequest request) {
        var client = caller.client().id();
        projects.get(client, project);
        var tally = engines.of(client)
                .count(project, new TaskAct.Delete(0), filters.pick(client, project, request.filter()));
        return new QueueBodies.DeletionPreview(tally.tasks(), tally.answers(), tally.decisions(), tally.inWork());
    }

    /**
     * Deletes what a filter finds. The same attempt again deletes nothing and tells of the first.
     *
     * @throws EtalonException invalid, when the filter finds nothing; conflict, when it finds other numbers than expected,
     *     or when gold or an open adjudication depends on one of the tasks
     */
    QueueBodies.DeletionBody delete(
            ClientCaller caller, ProjectId project, QueueBodies.DeletionRequest request, Attempt attempt) {
        attempt.requiredKey();
        var client = caller.client().id();
        projects.get(client, project);
        var filter = Checks.required(request.filter(), "/filter");
        var expected = new Expected(
                Checks.required(request.expected(), "/expected"),
                Checks.required(request.expectedAnswers(), "/expectedAnswers"));
        var number = ground.scope().client(client, store::number);
        var told = new Object() {
            long deletion = number;
        };
        var order = new Dispatcher.ActOrder(
                new TaskAct.Delete(number),
                filters.pick(client, project, filter),
                caller.person(),
                caller.via(),
                (tx, tally) -> {
                    expected.check(tally);
                    store.add(tx, project, number, filter, tally, caller.person());
                    log(tx, caller, project, "delete", number, tally.tasks());
                });
        engines.of(client).act(project, order, work -> tx -> {
            var deletion = idempotency.once(tx, attempt, request, Long.class, same -> {
                var tasks = work.run(same);
                free(same, number);
                store.countLabels(same, number);
                tell(same, client, project, EventKind.TASKS_DELETED, number, tasks);
                return number;
            });
            told.deletion = deletion;
            return 0;
        });
        return get(client, project, told.deletion);
    }

    /** What the preview found. */
    private record Expected(int tasks, long answers) {
        void check(Tally tally) {
            if (tally.tasks() == 0 && tasks == 0) {
                throw Checks.fault("/filter", "finds no task; nothing was deleted");
            }
            if (tally.tasks() != tasks) {
                throw new EtalonException(
                        BulkActs.OTHER_COUNT,
                        "The filter finds " + tally.tasks() + " tasks now, not " + tasks
                                + "; nothing was deleted. Look at a preview again.");
            }
            if (tally.answers() != answers) {
                throw new EtalonException(
                        OTHER_ANSWERS,
                        "The tasks have " + tally.answers() + " answers now, not " + answers
                                + "; nothing was deleted. Look at a preview again.");
            }
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
     * @throws EtalonException not found; conflict, when it was brought back before, or thirty days have passed
     */
    QueueBodies.DeletionBody undo(ClientCaller caller, ProjectId project, long number) {
        var client = caller.client().id();
        projects.get(client, project);
        var before = get(client, project, number);
        if (before.undoneAt() != null) {
            return before;
        }
        var order = new Dispatcher.ActOrder(
                new TaskAct.Undelete(number), NONE, caller.person(), caller.via(), (tx, tally) -> {
                    if (!store.undo(tx, project, number, caller.person())) {
                        throw new EtalonException(
                                OVER, "A deletion can be undone once, within thirty days. Allowed: nothing.");
                    }
                    log(tx, caller, project, "undelete", number, tally.tasks());
                    tell(tx, client, project, EventKind.TASKS_RESTORED, number, tally.tasks());
                });
        engines.of(client).act(project, order, work -> work);
        return get(client, project, number);
    }

    private void log(Tx tx, ClientCaller caller, ProjectId project, String act, long number, int tasks) {
        ground.audit()
                .append(
                        tx,
                        AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project)
                                .with("act", act)
                                .with("deletion", number)
                                .with("tasks", tasks));
    }

    private void tell(Tx tx, ClientId client, ProjectId project, EventKind kind, long number, int tasks) {
        ground.events().append(tx, client, project, kind, Map.of("deletion", number, "tasks", tasks));
    }

    private QueueBodies.DeletionBody get(ClientId client, ProjectId project, long number) {
        return ground.scope()
                .client(client, tx -> store.find(tx, project, number))
                .orElseThrow(EtalonException::notFound);
    }

    /** A project's deletions, the newest first. */
    Page<QueueBodies.DeletionBody> list(
            ClientId client, ProjectId project, @Nullable Integer limit, @Nullable String cursor) {
        projects.get(client, project);
        var count = Page.limit(limit);
        var before = cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
        return Page.cut(
                ground.scope().client(client, tx -> store.list(tx, project, count + 1, before)),
                count,
                one -> Cursor.of(one.id()));
    }

    /** Removes for good what was deleted thirty days ago; returns how many tasks. Each deletion is a transaction. */
    long purge(ClientId client) {
        var tasks = 0L;
        for (var doomed : ground.scope().client(client, store::over)) {
            tasks += ground.scope().client(client, tx -> {
                var purged = store.purge(tx, doomed.number());
                if (purged > 0) {
                    ground.audit()
                            .append(
                                    tx,
                                    AuditEvent.of(AuditOp.TASK_CHANGE, null, "system", doomed.project())
                                            .with("act", "purge")
                                            .with("deletion", doomed.number())
                                            .with("tasks", purged));
                }
                return purged;
            });
        }
        return tasks;
    }
}
