package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Pick;
import io.etalon.server.work.engine.TaskDraw;
import io.etalon.server.work.engine.TaskLists;
import io.etalon.server.work.engine.WorkCodes;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.review.Agreement;
import io.etalon.server.work.review.Selection;
import io.etalon.server.work.review.Stage;
import io.etalon.server.work.state.TaskState;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Finished tasks in the hands of one person, who lays their answers side by side and makes them into one. Nobody is given a
 * task that he answered. Few a day, so that leases are rows; which tasks are chosen is looked at when somebody asks.
 * Thread-safe.
 */
@Service
public final class Adjudications {
    private static final int A_LOOK = 200;

    private final TenantScope scope;
    private final Dispatchers dispatchers;
    private final Workflows workflows;
    private final LeaseRules rules;
    private final MergeViews views;
    private final Tools tools;
    private final Assets assets;
    private final MergeStore store = new MergeStore();

    /** What every act of an adjudicator needs. */
    @org.springframework.stereotype.Component
    record Tools(Answers answers, AuditLog audit, Idempotency idempotency, Ids ids, MergeCheck check, Events events) {}

    /** Who may have what. */
    @org.springframework.stereotype.Component
    record Rules(Workflows workflows, LeaseRules leases, Dispatchers dispatchers) {}

    Adjudications(Rules rules, MergeViews views, Tools tools, TenantScope scope, Assets assets) {
        this.scope = scope;
        this.dispatchers = rules.dispatchers();
        this.workflows = rules.workflows();
        this.rules = rules.leases();
        this.views = views;
        this.tools = tools;
        this.assets = assets;
    }

    /**
     * The next task for this person to adjudicate; empty when there is none.
     *
     * @throws EtalonException conflict, when nobody adjudicates in this project; forbidden, when somebody else does
     */
    Optional<MergeBodies.AdjudicationBody> next(ClientCaller caller, ProjectId id, Attempt attempt) {
        var client = caller.client().id();
        var stage = stage(caller, id);
        long taken = rules.steady(() -> {
            rules.check(caller, views.project(client, id), OpenLease.Kind.REVIEW);
            return scope.client(
                    client,
                    tx -> tools.idempotency()
                            .once(tx, attempt, null, Long.class, same -> take(same, caller, id, stage)));
        });
        return taken == 0 ? Optional.empty() : Optional.of(get(caller, id, taken));
    }

    private Stage stage(ClientCaller caller, ProjectId id) {
        var stage = workflows
                .of(caller.client().id(), id)
                .adjudication()
                .orElseThrow(() -> new EtalonException(
                        WorkCodes.NOT_ADJUDICATED,
                        "The project's workflow has no stage that adjudicates. Allowed: a workflow with one."));
        if (!caller.is(Workflows.role(stage.who()))) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "Here a " + stage.who().key() + " adjudicates; you are none.");
        }
        if (!workflows.isQualified(caller.client().id(), caller.person(), stage)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN,
                    "Who adjudicates here needs the qualification " + stage.qualification() + "; you do not hold it.");
        }
        return stage;
    }

    /** The number of what was taken; 0 when there is nothing. */
    private long take(Tx tx, ClientCaller caller, ProjectId id, Stage stage) throws SQLException {
        var config = dispatchers.config();
        if (store.held(tx, id, caller.person()).size() >= config.openLeases()) {
            throw new EtalonException(
                    WorkCodes.LEASE_CAP,
                    "You hold " + config.openLeases() + " tasks here; merge or release one first.");
        }
        var token = ByteBuffer.wrap(tools.ids().bytes(Long.BYTES)).getLong();
        var term = new MergeStore.Term(token, config.lease().toSeconds());
        var after = 0L;
        while (true) {
            var from = after;
            var lines = dispatchers
                    .of(caller.client().id())
                    .with(
                            id,
                            queue -> TaskLists.lines(queue, new Pick(TaskState.DONE, null, null, null), A_LOOK, from));
            if (lines.isEmpty()) {
                return 0;
            }
            var done = lines.stream().map(WorkQueue.Line::task).toList();
            for (var task : store.free(tx, id, caller.person(), done)) {
                if (isChosen(tx, caller.client().id(), id, task, stage.select())) {
                    var held = store.take(tx, id, caller.person(), task, term);
                    if (held.isPresent()) {
                        tools.audit()
                                .append(
                                        tx,
                                        event(AuditOp.LEASE, caller, id, task).with("kind", "adjudicate"));
                        return held.get().id();
                    }
                }
            }
            after = done.getLast();
        }
    }

    private boolean isChosen(Tx tx, ClientId client, ProjectId id, long task, Selection select) throws SQLException {
        return switch (select) {
            case Selection.All all -> true;
            case Selection.Share(var share) -> TaskDraw.falls(id, task, share);
            case Selection.Risk risk -> {
                var bound = risk.agreementBelow();
                var agreement = Agreement.among(views.candidates(tx, client, id, task).stream()
                        .map(MergeViews.Side::answer)
                        .toList());
                yield bound != null && agreement.isPresent() && agreement.getAsDouble() < bound;
            }
        };
    }

    /** What this person holds. */
    List<MergeBodies.AdjudicationBody> open(ClientCaller caller, ProjectId id) {
        views.project(caller.client().id(), id);
        return scope.client(caller.client().id(), tx -> store.held(tx, id, caller.person())).stream()
                .map(held -> views.shown(caller, id, held))
                .toList();
    }

    /** @throws EtalonException not found, when it is not this person's or has ended */
    MergeBodies.AdjudicationBody get(ClientCaller caller, ProjectId id, long adjudication) {
        views.project(caller.client().id(), id);
        var held = scope.client(caller.client().id(), tx -> store.held(tx, id, caller.person())).stream()
                .filter(one -> one.id() == adjudication)
                .findFirst()
                .orElseThrow(EtalonException::notFound);
        return views.shown(caller, id, held);
    }

    private MergeStore.Held held(Tx tx, ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket) {
        return store.held(tx, id, caller.person()).stream()
                .filter(held -> held.id() == ticket.lease() && held.token() == ticket.token())
                .findFirst()
                .orElseThrow(() -> new EtalonException(
                        WorkCodes.LEASE_LOST, "This lease has ended or is not yours; ask for another."));
    }

    Instant heartbeat(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket) {
        views.project(caller.client().id(), id);
        return scope.client(
                caller.client().id(),
                tx -> store.renew(
                                tx,
                                held(tx, caller, id, ticket).id(),
                                dispatchers.config().lease().toSeconds())
                        .orElseThrow());
    }

    void release(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket, Attempt attempt) {
        views.project(caller.client().id(), id);
        scope.clientDo(
                caller.client().id(),
                tx -> tools.idempotency()
                        .once(
                                tx,
                                attempt,
                                ticket,
                                Boolean.class,
                                same -> store.end(
                                        same, held(same, caller, id, ticket).id(), "released")));
    }

    /**
     * Hands the merged answer in.
     *
     * @throws EtalonException invalid, when it does not fit the ontology, or a part is not what its origin says; conflict,
     *     when the lease or the task's end was lost
     */
    MergeBodies.MergeBody merge(
            ClientCaller caller,
            ProjectId id,
            Dispatcher.Ticket ticket,
            MergeBodies.MergeRequest asked,
            Attempt attempt) {
        var client = caller.client().id();
        var version = views.project(client, id).ontologyVersion();
        var merge = scope.client(
                client,
                tx -> tools.idempotency().once(tx, attempt, asked, Long.class, same -> {
                    var held = held(same, caller, id, ticket);
                    var answer = tools.answers().read(client, id, version, asked.answer());
                    var asset = assets.get(same, id, views.asset(same, held.task()));
                    tools.answers().check(client, id, version, answer, asset.extent());
                    return written(same, caller, id, held, answer, asked);
                }));
        dispatchers.of(client).with(id, WorkQueue::touched);
        return views.merges(caller, id, views.taskOf(client, id, merge)).stream()
                .filter(body -> body.id() == merge)
                .findFirst()
                .orElseThrow();
    }

    private long written(
            Tx tx,
            ClientCaller caller,
            ProjectId id,
            MergeStore.Held held,
            Answer answer,
            MergeBodies.MergeRequest asked)
            throws SQLException {
        var client = caller.client().id();
        var line = dispatchers.of(client).with(id, queue -> queue.line(held.task()));
        if (line.state() != TaskState.DONE) {
            throw new EtalonException(
                    WorkCodes.NOT_ADJUDICATED,
                    "The task is " + line.state().key() + " again. Allowed: to release it until it is done.");
        }
        var origins = asked.origins() == null ? List.<MergeBodies.Origin>of() : asked.origins();
        var complete = tools.check().complete(answer, origins, views.candidates(tx, client, id, held.task()));
        var number = store.number(tx);
        store.add(
                tx,
                new MergeStore.NewMerge(
                        number,
                        id,
                        held.task(),
                        caller.person(),
                        views.project(client, id).ontologyVersion(),
                        tools.answers().seal(client, id, number, answer),
                        complete));
        store.end(tx, held.id(), "merged");
        tools.audit().append(tx, event(AuditOp.MERGE, caller, id, held.task()).with("merge", number));
        tools.events().append(tx, client, id, EventKind.WORK_DONE, Map.of("merges", 1));
        return number;
    }

    /** All merges of a task, the newest first. */
    List<MergeBodies.MergeBody> merges(ClientCaller caller, ProjectId id, long task) {
        views.project(caller.client().id(), id);
        dispatchers.of(caller.client().id()).with(id, queue -> queue.line(task));
        return views.merges(caller, id, task);
    }

    /**
     * Takes the merge of a task back that is in effect; what was in effect before it is so again.
     *
     * @throws EtalonException conflict, when none is; forbidden, when it is another's and the caller only reviews
     */
    List<MergeBodies.MergeBody> undo(ClientCaller caller, ProjectId id, long task, Attempt attempt) {
        var client = caller.client().id();
        merges(caller, id, task);
        scope.clientDo(
                client,
                tx -> tools.idempotency().once(tx, attempt, null, Long.class, same -> {
                    var merge = store.ofTask(same, id, task).stream()
                            .filter(row -> !row.undone())
                            .findFirst()
                            .orElseThrow(() -> new EtalonException(
                                    WorkCodes.NOT_ADJUDICATED, "The task has no merge in effect. Allowed: to merge."));
                    if (!merge.person().equals(caller.person())
                            && !caller.is(Role.QUALITY_LEAD)
                            && !caller.is(Role.REQUESTER)) {
                        throw new EtalonException(ErrorCode.FORBIDDEN, "You may take back your own merges only.");
                    }
                    store.undo(same, id, merge.id(), caller.person());
                    tools.audit()
                            .append(
                                    same,
                                    event(AuditOp.MERGE_UNDO, caller, id, task).with("merge", merge.id()));
                    tools.events().append(same, client, id, EventKind.WORK_DONE, Map.of("mergesUndone", 1));
                    return merge.id();
                }));
        dispatchers.of(client).with(id, WorkQueue::touched);
        return views.merges(caller, id, task);
    }

    private static AuditEvent event(AuditOp op, ClientCaller caller, ProjectId id, long task) {
        return AuditEvent.of(op, caller.person(), caller.via(), id).with("task", task);
    }
}
