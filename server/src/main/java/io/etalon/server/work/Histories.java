package io.etalon.server.work;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.prelabel.Origin;
import io.etalon.server.work.prelabel.PreLabels;
import io.etalon.server.work.state.TaskState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What happened to a task, and the way back: an earlier answer is put in effect again by a row of its own, so that nothing is
 * ever rewritten. Thread-safe.
 */
@Service
final class Histories {
    /** What sets a value in the place of another. */
    private static final Set<String> CHANGES = Set.of("answers_needed", "prioritised", "moved", "assigned");

    private final Dispatchers dispatchers;
    private final Projects projects;
    private final Answers answers;
    private final TenantScope scope;
    private final AuditLog audit;
    private final Events events;
    private final Idempotency idempotency;
    private final PreLabels preLabels;
    private final SeenAnswers seenAnswers;
    private final HistoryStore store = new HistoryStore();
    private final SubmissionStore submissions = new SubmissionStore();

    Histories(
            Desk.Ground ground,
            Dispatchers dispatchers,
            TenantScope scope,
            AuditLog audit,
            Events events,
            Idempotency idempotency) {
        this.dispatchers = dispatchers;
        this.projects = ground.projects();
        this.answers = ground.answers();
        this.preLabels = ground.preLabels();
        this.seenAnswers = ground.seen();
        this.scope = scope;
        this.audit = audit;
        this.events = events;
        this.idempotency = idempotency;
    }

    /** What happened to a task, oldest first; to people of a workforce what their own did, and what nobody did. */
    HistoryBodies.TaskHistory of(ClientCaller caller, ProjectId project, long task) {
        var client = caller.client().id();
        projects.get(client, project);
        dispatchers.of(client).with(project, queue -> queue.line(task));
        return scope.client(client, tx -> {
            var origins = preLabels.origins(tx, project, task);
            var seen = seen(caller, project, submissions.ofTask(tx, project, task));
            var entries = new ArrayList<HistoryBodies.HistoryEntry>();
            // What each kind of change set last.
            var stands = new HashMap<String, String>();
            for (var row : store.of(tx, project, task)) {
                var entry = entry(tx, client, project, row, origins, stands);
                if (seen.test(row)) {
                    entries.add(entry);
                }
            }
            if (entries.isEmpty()) {
                throw EtalonException.notFound();
            }
            return new HistoryBodies.TaskHistory(task, entries);
        });
    }

    /** An act on an answer that the caller is not shown is not shown either, whosever it is. */
    private Predicate<HistoryStore.Row> seen(
            ClientCaller caller, ProjectId project, List<SubmissionStore.Row> answers) {
        if (seenAnswers.sight().seesAll(caller)) {
            return row -> true;
        }
        var shown = answers.stream()
                .filter(seenAnswers.of(caller, project))
                .map(SubmissionStore.Row::id)
                .collect(Collectors.toUnmodifiableSet());
        return row -> {
            var submission = row.number("submission");
            var person = row.person();
            return submission != null
                    ? shown.contains(submission)
                    : person != null && seenAnswers.sight().sees(caller, person);
        };
    }

    private @Nullable String reason(Tx tx, HistoryStore.Row row) {
        var reason = row.text("reason");
        return reason == null || reason.isEmpty() || !row.kind().equals("assigned")
                ? reason
                : Arrays.stream(reason.split(" "))
                        .map(person -> audit.pseudonym(tx, new PersonId(UUID.fromString(person))))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private HistoryBodies.HistoryEntry entry(
            Tx tx,
            ClientId client,
            ProjectId project,
            HistoryStore.Row row,
            Map<Long, Origin> origins,
            Map<String, String> stands) {
        var person = row.person();
        var reason = reason(tx, row);
        var before = CHANGES.contains(row.kind()) && reason != null ? stands.put(row.kind(), reason) : null;
        var lease = row.number("lease");
        var submission = row.number("submission");
        return new HistoryBodies.HistoryEntry(
                row.at(),
                row.kind(),
                person == null ? null : audit.pseudonym(tx, person),
                lease,
                submission,
                row.count("round"),
                row.count("revision"),
                row.count("ontology_version"),
                row.count("guideline_version"),
                row.count("active_seconds"),
                reason,
                row.number("source"),
                row.flag("mended"),
                submission != null && row.kind().equals("submitted") ? origins.get(submission) : null,
                lease == null ? null : answers.skipNote(client, project, lease, row.bytes("note")),
                before);
    }

    /**
     * Puts the answer of an earlier submission, or the one that a reviewer made of it, in effect again for its author's
     * judgement of the task. It stands until the author submits anew or it is restored otherwise.
     *
     * @throws EtalonException not found; conflict, while somebody works on the task, or when the judgement was refused
     */
    HistoryBodies.Restored restore(
            ClientCaller caller, ProjectId project, long task, HistoryBodies.RestoreRequest request, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, project);
        var wanted = request.submission();
        if (wanted == null) {
            throw EtalonException.invalidAt("/submission", "is missing; give one of the task's history");
        }
        var dispatcher = dispatchers.of(client);
        var state = dispatcher.with(project, queue -> queue.line(task)).state();
        if (state != TaskState.DONE) {
            throw new EtalonException(
                    ErrorCode.CONFLICT,
                    "The task is " + state.key() + "; an answer can be restored when the task is done.");
        }
        var restored = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, request, HistoryBodies.Restored.class, same -> {
                    var made = made(same, caller, project, task, wanted, request);
                    var id = store.restore(same, project, made);
                    audit.append(
                            same,
                            AuditEvent.of(AuditOp.RESTORE, caller.person(), caller.via(), project)
                                    .with("task", task)
                                    .with("submission", made.submission())
                                    .with("source", wanted));
                    events.append(same, client, project, EventKind.WORK_DONE, Map.of("restorations", 1));
                    return new HistoryBodies.Restored(id);
                }));
        dispatcher.with(project, WorkQueue::touched);
        return restored;
    }

    private HistoryStore.NewRestoration made(
            Tx tx, ClientCaller caller, ProjectId project, long task, long wanted, HistoryBodies.RestoreRequest request)
            throws SQLException {
        List<SubmissionStore.Row> rows = submissions.ofTask(tx, project, task);
        var source = rows.stream().filter(row -> row.id() == wanted).findFirst().orElseThrow(EtalonException::notFound);
        var newest = rows.stream()
                .filter(row -> row.sameSlot(source))
                .reduce((a, b) -> a.revision() > b.revision() ? a : b)
                .orElse(source);
        if (newest.refused()) {
            throw new EtalonException(
                    ErrorCode.CONFLICT,
                    "Submission " + newest.id() + " is " + newest.state()
                            + "; it counts again when an appeal is upheld.");
        }
        var mending = source.mended();
        var fixed = mending == null ? null : mending.answer();
        if (Boolean.TRUE.equals(request.mended()) && fixed == null) {
            throw EtalonException.invalidAt("/mended", "is true, but no reviewer mended submission " + wanted);
        }
        var mended = fixed != null && !Boolean.FALSE.equals(request.mended());
        return new HistoryStore.NewRestoration(
                task,
                newest.id(),
                wanted,
                mended,
                source.ontologyVersion(),
                source.guidelineVersion(),
                mended && fixed != null ? fixed : source.answer(),
                caller.person());
    }

    /** The same reader of answers in effect, with what was restored in the place of what it stands for. */
    Consumer<EffectiveAnswer> over(Tx tx, ClientId client, ProjectId project, Consumer<EffectiveAnswer> reader) {
        var restored = store.restored(tx, project);
        return restored.isEmpty()
                ? reader
                : answer -> {
                    var found = restored.get(answer.submission());
                    reader.accept(
                            found == null
                                    ? answer
                                    : answer.restored(
                                            found.ontologyVersion(),
                                            found.guidelineVersion(),
                                            answers.open(client, project, found.ontologyVersion(), found.answer())));
                };
    }
}
