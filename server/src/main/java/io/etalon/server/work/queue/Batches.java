package io.etalon.server.work.queue;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.Batch;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.TaskAct;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.state.TaskState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Batches of tasks with a priority and a deadline, and how far they are. Thread-safe. */
@Service
public final class Batches {
    static final ErrorCode NAME_TAKEN =
            ErrorCode.of("batch-name-taken", ErrorKind.CONFLICT, "A batch of this project has this name");
    static final ErrorCode TOO_MANY =
            ErrorCode.of("too-many-batches", ErrorKind.CONFLICT, "A project has 10,000 batches at most");
    /** As for imports: each priority is a lane of the queue. */
    static final int MOST_PRIORITY = 100;

    private static final int MOST = 10_000;

    private final Engines engines;
    private final Projects projects;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final BatchStore store = new BatchStore();

    Batches(Engines engines, Projects projects, Idempotency idempotency, AuditLog audit) {
        this.engines = engines;
        this.projects = projects;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    /** @throws EtalonException invalid members; conflict, when the name is taken */
    QueueBodies.BatchBody make(ClientCaller caller, ProjectId id, QueueBodies.NewBatch body, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, id);
        var wanted = new BatchStore.NewBatch(
                Checks.text(body.name(), "/name", 100),
                priority(body.priority() == null ? 0 : body.priority(), "/priority"),
                // Kept to the millisecond, as memory does.
                body.deadline() == null ? null : body.deadline().truncatedTo(ChronoUnit.MILLIS));
        var made = engines.of(client)
                .batch(id, write -> tx -> idempotency.once(tx, attempt, body, Batch.class, write), tx -> {
                    var batch = store.add(tx, id, wanted, caller.person());
                    audit.append(
                            tx,
                            AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), id)
                                    .with("batch", batch.number())
                                    .with("priority", batch.priority()));
                    if (batch.number() > MOST) {
                        throw new EtalonException(TOO_MANY, "Move tasks into one that is there.");
                    }
                    return batch;
                });
        return body(client, id, made);
    }

    /**
     * Pauses a batch, takes it up again, or changes its name, priority or deadline; the queue follows before this returns.
     * What is in people's hands stays there. Tasks that were given another priority than the batch's keep it.
     *
     * @throws EtalonException not found, when the project has no such batch; invalid members; conflict, when the name is taken
     */
    QueueBodies.BatchBody change(ClientCaller caller, ProjectId id, int number, QueueBodies.BatchPatch body) {
        var client = caller.client().id();
        projects.get(client, id);
        var batch = find(client, id, number).orElseThrow(EtalonException::notFound);
        var wanted = wanted(batch, body);
        if (wanted.priority() != batch.priority()) {
            // Before the batch itself: when this is all that happens, a second try does the rest.
            reprioritise(caller, id, batch, wanted.priority());
        }
        var changed = wanted.equals(batch) ? batch : write(caller, id, batch, wanted);
        return body(client, id, changed);
    }

    private static Batch wanted(Batch batch, QueueBodies.BatchPatch body) {
        if (body.equals(new QueueBodies.BatchPatch(null, null, null, null, null))) {
            throw Checks.fault("/paused", "is missing; or give a name, a priority, a deadline or noDeadline");
        }
        var without = Boolean.TRUE.equals(body.noDeadline());
        if (without && body.deadline() != null) {
            throw Checks.fault("/noDeadline", "does not go with a deadline");
        }
        var deadline =
                body.deadline() == null ? batch.deadline() : body.deadline().truncatedTo(ChronoUnit.MILLIS);
        return new Batch(
                batch.number(),
                body.name() == null ? batch.name() : Checks.text(body.name(), "/name", 100),
                body.priority() == null ? batch.priority() : priority(body.priority(), "/priority"),
                without ? null : deadline,
                body.paused() == null ? batch.paused() : body.paused());
    }

    private void reprioritise(ClientCaller caller, ProjectId id, Batch batch, int priority) {
        var order = new Dispatcher.ActOrder(
                new TaskAct.SetPriority(priority),
                new Pick(null, batch.number(), batch.priority(), null),
                caller.person(),
                caller.via(),
                (tx, tally) -> {});
        engines.of(caller.client().id()).act(id, order, work -> work);
    }

    private Batch write(ClientCaller caller, ProjectId id, Batch batch, Batch wanted) {
        return engines.of(caller.client().id()).batch(id, write -> write, tx -> {
            var entry = AuditEvent.of(AuditOp.PROJECT_CHANGE, caller.person(), caller.via(), id)
                    .with("batch", batch.number());
            if (wanted.paused() != batch.paused()) {
                store.pause(tx, id, batch, wanted.paused(), caller.person());
                audit.append(tx, entry.with("act", wanted.paused() ? "pause" : "resume"));
            }
            if (!wanted.paused(batch.paused()).equals(batch)) {
                store.update(tx, id, wanted);
                audit.append(
                        tx,
                        entry.with("act", "change")
                                .with("priority", wanted.priority())
                                .with("priority_before", batch.priority())
                                .with("deadline", String.valueOf(wanted.deadline()))
                                .with("deadline_before", String.valueOf(batch.deadline())));
            }
            return wanted;
        });
    }

    static int priority(int priority, String pointer) {
        if (Math.abs((long) priority) > MOST_PRIORITY) {
            throw Checks.fault(pointer, "must be from " + -MOST_PRIORITY + " to " + MOST_PRIORITY);
        }
        return priority;
    }

    /** All batches of a project in the order they were made. */
    List<QueueBodies.BatchBody> all(ClientId client, ProjectId project) {
        projects.get(client, project);
        return engines.of(client).with(project, WorkQueue::batches).stream()
                .map(batch -> body(client, project, batch))
                .toList();
    }

    /**
     * One of a project's batches.
     *
     * @throws EtalonException invalid, when there is none of this number
     */
    public Batch get(ClientId client, ProjectId project, int number) {
        return find(client, project, number)
                .orElseThrow(() -> Checks.fault("/batch", "is not a batch of this project"));
    }

    boolean has(ClientId client, ProjectId project, int number) {
        return find(client, project, number).isPresent();
    }

    private Optional<Batch> find(ClientId client, ProjectId project, int number) {
        return engines.of(client).with(project, WorkQueue::batches).stream()
                .filter(batch -> batch.number() == number)
                .findFirst();
    }

    private QueueBodies.BatchBody body(ClientId client, ProjectId project, Batch batch) {
        var states = engines.of(client).with(project, queue -> queue.batchCounts(batch.number()));
        var tasks =
                states.values().stream().mapToInt(count -> count).sum() - states.getOrDefault(TaskState.CANCELLED, 0);
        return new QueueBodies.BatchBody(
                batch.number(),
                batch.name(),
                batch.priority(),
                batch.deadline(),
                batch.paused(),
                tasks,
                states.getOrDefault(TaskState.DONE, 0),
                states);
    }
}
