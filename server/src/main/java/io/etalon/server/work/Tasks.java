package io.etalon.server.work;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.dataset.TaskCounts;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.LabelMap;
import io.etalon.server.project.Progress;
import io.etalon.server.project.ProgressSource;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.project.Relabellings;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.NewTasks;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.Planned;
import io.etalon.server.work.engine.Reach;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.queue.Batches;
import io.etalon.server.work.state.Counts;
import io.etalon.server.work.state.TaskEvent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The tasks of projects: planned, counted, listed, shown, and what their answers say. Counts and lists come from memory;
 * the tables are asked for a page's rows only. Thread-safe.
 */
@Service
public final class Tasks implements ProgressSource, TaskCounts {
    private final Dispatchers dispatchers;
    private final Projects projects;
    private final Assets assets;
    private final TenantScope scope;
    private final WorkViews views;
    private final Idempotency idempotency;
    private final Batches batches;
    private final Events events;
    private final Histories histories;
    private final SeenAnswers seen;
    private final AuditLog audit;
    private final Relabellings relabellings;
    private final TaskStore store = new TaskStore();
    private final SubmissionStore submissions = new SubmissionStore();
    private final MergeStore merges = new MergeStore();

    Tasks(
            Dispatchers dispatchers,
            Projects projects,
            Assets assets,
            TenantScope scope,
            WorkViews views,
            Ground ground) {
        this.dispatchers = dispatchers;
        this.projects = projects;
        this.assets = assets;
        this.scope = scope;
        this.views = views;
        this.idempotency = ground.idempotency();
        this.batches = ground.batches();
        this.events = ground.events();
        this.histories = ground.histories();
        this.seen = ground.seen();
        this.audit = ground.audit();
        this.relabellings = ground.relabellings();
    }

    /** What tasks stand on besides. */
    @org.springframework.stereotype.Component
    record Ground(
            Idempotency idempotency,
            Batches batches,
            Events events,
            Histories histories,
            Relabellings relabellings,
            SeenAnswers seen,
            AuditLog audit) {}

    /**
     * Makes tasks for assets that have none yet. The same attempt again makes none and tells of the first.
     *
     * @throws EtalonException not found, when the project lacks one of the assets that are asked for
     */
    Planned plan(ClientId client, ProjectId project, WorkBodies.PlanRequest request, Attempt attempt) {
        var wanted = request.assets();
        projects.get(client, project);
        if (wanted != null
                && assets.getAll(client, project, wanted).size()
                        < wanted.stream().distinct().count()) {
            throw EtalonException.notFound();
        }
        return dispatchers
                .of(client)
                .plan(
                        project,
                        wanted == null ? assets.ids(client, project) : wanted,
                        place(client, project, request.batch()),
                        planning -> tx -> idempotency.once(
                                tx,
                                attempt,
                                request,
                                Planned.class,
                                same -> told(client, project, same, planning.run(same))));
    }

    private Planned told(ClientId client, ProjectId project, Tx tx, Planned planned) {
        events.append(tx, client, project, EventKind.TASKS_PLANNED, Map.of("tasks", planned.planned()));
        return planned;
    }

    /** A batch's tasks begin with its priority. */
    private Dispatcher.Place place(ClientId client, ProjectId project, @Nullable Integer batch) {
        return batch == null
                ? new Dispatcher.Place(0, 0)
                : new Dispatcher.Place(batches.get(client, project, batch).priority(), batch);
    }

    /**
     * Adds tasks for assets that the caller's open transaction has written, commits it, and only then offers them to
     * annotators. Other planners of the project wait meanwhile; work goes on.
     *
     * @param clientTx on the client's database
     * @param commit what else is to be written, and the commit of {@code clientTx}
     */
    public void append(ClientId client, ProjectId project, Tx clientTx, NewTasks tasks, NewTasks.Commit commit) {
        events.append(
                clientTx,
                client,
                project,
                EventKind.TASKS_PLANNED,
                Map.of("tasks", tasks.assets().size()));
        dispatchers.of(client).append(project, clientTx, tasks, commit);
    }

    @Override
    public Progress progress(ClientId client, ProjectId project) {
        var counts = counts(client, project);
        return new Progress(
                assets.count(client, project),
                counts.tasks(),
                counts.open(),
                counts.inReview(),
                counts.returned(),
                counts.done(),
                counts.submissions(),
                counts.submissionsNeeded(),
                counts.reviewed());
    }

    Counts counts(ClientId client, ProjectId project) {
        return dispatchers.of(client).with(project, WorkQueue::counts);
    }

    @Override
    public Map<UUID, Integer> of(ClientId client, ProjectId project, Collection<UUID> ids) {
        return scope.client(client, tx -> store.counts(tx, project, ids));
    }

    /** A number that differs whenever something changed in the project's work, for as long as the process lives. */
    public long version(ClientId client, ProjectId project) {
        return dispatchers.of(client).with(project, WorkQueue::version);
    }

    /** The tasks that have all they need, as they stand now; eight bytes each. */
    public LongPredicate finished(ClientId client, ProjectId project) {
        projects.get(client, project);
        return dispatchers.of(client).with(project, WorkQueue::finished);
    }

    /**
     * Takes a task out of the hands of whoever has it, so that others get it; what they had begun is kept as their draft.
     *
     * @throws EtalonException not found, when the project has no such task
     */
    void takeBack(ClientCaller caller, ProjectId project, long task) {
        var client = caller.client().id();
        projects.get(client, project);
        var ended = dispatchers.of(client).roster().takeBack(project, task, caller.via());
        if (ended > 0) {
            scope.clientDo(
                    client,
                    tx -> audit.append(
                            tx,
                            AuditEvent.of(AuditOp.TASK_CHANGE, caller.person(), caller.via(), project)
                                    .with("act", "take_back")
                                    .with("leases", ended)
                                    .with("task", task)));
        }
    }

    /** Withdraws a task: nobody gets it any more, and its answers count for nothing. */
    Outcome cancel(ClientCaller caller, ProjectId project, long task, Dispatcher.@Nullable KeyUse key) {
        return change(caller, project, task, TaskEvent.CANCEL, key);
    }

    /** Puts a task back that was given up or cancelled. */
    Outcome reopen(ClientCaller caller, ProjectId project, long task, Dispatcher.@Nullable KeyUse key) {
        return change(caller, project, task, TaskEvent.REOPEN, key);
    }

    private Outcome change(
            ClientCaller caller, ProjectId project, long task, TaskEvent event, Dispatcher.@Nullable KeyUse key) {
        var client = caller.client().id();
        projects.get(client, project);
        return dispatchers.of(client).change(project, caller.person(), caller.via(), task, event, key);
    }

    /** Reads a project's answers in one snapshot of the database, however often. */
    public <T> T snapshot(ClientId client, ProjectId project, AnswerSnapshot.Reader<T> reader) {
        projects.get(client, project);
        return scope.client(client, tx -> {
            tx.db().sql("set transaction isolation level repeatable read").update();
            return reader.read(new AnswerSnapshot() {
                @Override
                public void each(Consumer<EffectiveAnswer> consumer) throws SQLException {
                    effectiveAnswers(tx, client, project, consumer);
                }

                @Override
                public Map<Long, MergedAnswer> merges(long first, long last) {
                    return merges.inEffect(tx, project, first, last).stream()
                            .collect(Collectors.toMap(MergeStore.Row::task, row -> merged(client, project, row)));
                }
            });
        });
    }

    private void effectiveAnswers(Tx tx, ClientId client, ProjectId project, Consumer<EffectiveAnswer> consumer)
            throws SQLException {
        var told = histories.over(tx, client, project, inTodaysLabels(client, project, consumer));
        var last = new Object() {
            @Nullable
            UUID asset;

            SubmissionStore.@Nullable Row row;
        };
        submissions.each(tx, project, (asset, row) -> {
            if (last.row != null && !row.sameSlot(last.row)) {
                inEffect(client, project, last.asset, last.row, told);
            }
            last.asset = asset;
            last.row = row;
        });
        inEffect(client, project, last.asset, last.row, told);
    }

    /** Answers of earlier versions, with merged labels as the ones that they count as now. */
    private Consumer<EffectiveAnswer> inTodaysLabels(
            ClientId client, ProjectId project, Consumer<EffectiveAnswer> reader) {
        return answer -> {
            var labels = relabellings.since(client, project, answer.ontologyVersion());
            reader.accept(labels.isPlain() ? answer : relabelled(answer, labels));
        };
    }

    private static EffectiveAnswer relabelled(EffectiveAnswer answer, LabelMap labels) {
        var own = labels.of(answer.own());
        return answer.relabelled(answer.isAsGiven() ? own : labels.of(answer.answer()), own);
    }

    private void inEffect(
            ClientId client,
            ProjectId project,
            @Nullable UUID asset,
            SubmissionStore.@Nullable Row row,
            Consumer<EffectiveAnswer> consumer) {
        if (asset == null || row == null) {
            return;
        }
        var decision = row.decision();
        if (row.refused()) {
            return;
        }
        var own = views.given(client, project, row);
        consumer.accept(new EffectiveAnswer(
                row.task(),
                asset,
                row.annotator(),
                row.round(),
                row.id(),
                row.ontologyVersion(),
                row.guidelineVersion(),
                !row.waits(),
                row.activeSeconds(),
                row.submittedAt(),
                row.state(),
                decision == null ? null : decision.reviewer(),
                row.mended() == null ? own : views.inEffect(client, project, row),
                own));
    }

    private MergedAnswer merged(ClientId client, ProjectId project, MergeStore.Row row) {
        var merged = views.merged(client, project, row);
        var labels = relabellings.since(client, project, merged.ontologyVersion());
        return labels.isPlain() ? merged : merged.with(labels.of(merged.answer()));
    }

    /**
     * Who handed a submission in.
     *
     * @throws EtalonException not found, when the project has no such submission
     */
    public PersonId author(ClientId client, ProjectId project, long submission) {
        projects.get(client, project);
        return scope.client(client, tx -> submissions.find(tx, project, submission))
                .orElseThrow(EtalonException::notFound)
                .annotator();
    }

    /**
     * Whether a caller is shown a submission: as the client's own, as one of its author's workforce, or to decide on it now.
     *
     * @throws EtalonException not found, when the project has no such submission
     */
    public boolean shows(ClientCaller caller, ProjectId project, long submission) {
        var client = caller.client().id();
        projects.get(client, project);
        var row = scope.client(client, tx -> submissions.find(tx, project, submission))
                .orElseThrow(EtalonException::notFound);
        return seen.of(caller, project).test(row);
    }

    /** A project's gold changed: its queue is to know. */
    public void regild(ClientId client, ProjectId project) {
        dispatchers.of(client).regild(project);
    }

    /** What waits for one person in one project, and what he has done there. */
    WorkQueue.Share share(ClientId client, Project project, PersonId person, OpenLease.Kind kind, Reach reach) {
        var rounds = project.repeats().roundsOf(person);
        return dispatchers.of(client).with(project.id(), queue -> queue.share(person, kind, rounds, reach));
    }
}
