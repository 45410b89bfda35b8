package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.WorkCodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What is brought before somebody who did not decide yet: an author's appeal against the refusal of an answer, once an
 * answer, and a question that a reviewer would not decide. Both are taken and decided like reviews. Thread-safe.
 */
@Service
public final class Appeals {
    private static final int MAX_TEXT = 4_000;

    private final TenantScope scope;
    private final Projects projects;
    private final Leases leases;
    private final Answers answers;
    private final WorkViews views;
    private final AuditLog audit;
    private final SeenAnswers seen;
    private final SubmissionStore store = new SubmissionStore();

    Appeals(Desk.Ground ground, TenantScope scope, AuditLog audit) {
        this.scope = scope;
        this.projects = ground.projects();
        this.leases = ground.leases();
        this.answers = ground.answers();
        this.views = ground.views();
        this.seen = ground.seen();
        this.audit = audit;
    }

    /**
     * Objects to the refusal of an own answer.
     *
     * @throws EtalonException not found, when it is not the caller's; conflict, when it was not refused, was appealed before,
     *     or was done again
     */
    Outcome appeal(
            ClientCaller caller,
            ProjectId id,
            long submission,
            @Nullable String text,
            Dispatcher.@Nullable KeyUse key) {
        var client = caller.client().id();
        var project = projects.get(client, id);
        if (text == null || text.isBlank() || text.length() > MAX_TEXT) {
            throw EtalonException.invalidAt("/text", "must have 1 to " + MAX_TEXT + " characters");
        }
        var row = scope.client(client, tx -> store.find(tx, id, submission))
                .filter(found -> found.annotator().equals(caller.person()))
                .orElseThrow(EtalonException::notFound);
        if (!row.refused() || row.appealed()) {
            return replayed(caller, key, row);
        }
        var sealed = answers.sealText(client, id, WorkViews.appealContext(submission), text.getBytes(UTF_8));
        var refused = new Dispatcher.Refused(submission, row.task(), row.round(), row.revision(), row.way());
        return leases.dispatcher(caller).appeal(id, leases.worker(caller, project), refused, sealed, key);
    }

    private Outcome replayed(ClientCaller caller, Dispatcher.@Nullable KeyUse key, SubmissionStore.Row row) {
        var before = key == null
                ? java.util.Optional.<Outcome>empty()
                : leases.dispatcher(caller).replay(caller.person(), key);
        return before.orElseThrow(() -> new EtalonException(
                WorkCodes.NOT_APPEALABLE,
                row.appealed()
                        ? "The answer was appealed once already. Allowed: nothing more."
                        : "The answer is neither returned nor rejected. Allowed: an appeal when it is."));
    }

    /** The appeals, the newest answer first: the author's own, or all for who decides on them. */
    Page<WorkBodies.AppealBody> appeals(ClientCaller caller, ProjectId id, int limit, @Nullable String cursor) {
        var client = caller.client().id();
        projects.get(client, id);
        var shown = seen.of(caller, id);
        var all = caller.is(Role.REVIEWER) || caller.is(Role.QUALITY_LEAD) || caller.is(Role.REQUESTER);
        return scope.client(client, tx -> {
            var bodies = new ArrayList<WorkBodies.AppealBody>();
            var before = before(cursor);
            // What is not shown makes no page shorter, else one would end the list.
            for (var more = true; more && bodies.size() <= limit; ) {
                var found = store.appeals(tx, id, all ? null : caller.person(), limit + 1, before);
                var rows = rows(
                        tx,
                        id,
                        found.stream()
                                .map(SubmissionStore.AppealRow::submission)
                                .toList());
                for (var appeal : found) {
                    var row = rows.get(appeal.submission());
                    if (row != null && (!all || shown.test(row))) {
                        bodies.add(appeal(tx, client, id, appeal, row));
                    }
                    before = appeal.submission();
                }
                more = found.size() > limit;
            }
            return Page.cut(bodies, limit, body -> Cursor.of(body.submission()));
        });
    }

    private WorkBodies.AppealBody appeal(
            Tx tx, ClientId client, ProjectId id, SubmissionStore.AppealRow appeal, SubmissionStore.Row row) {
        return new WorkBodies.AppealBody(
                appeal.submission(),
                row.task(),
                audit.pseudonym(tx, appeal.author()),
                views.appealText(client, id, appeal),
                appeal.at(),
                row.state().equals("appealed")
                        ? WorkBodies.AppealState.OPEN
                        : row.refused() ? WorkBodies.AppealState.DISMISSED : WorkBodies.AppealState.UPHELD);
    }

    /** An appeal, for its author. */
    public record Own(ProjectId project, long submission, String text, Instant at) {}

    /** All appeals of a person, over all projects. */
    public List<Own> of(ClientId client, PersonId author) {
        return scope.client(client, tx -> {
            var own = new ArrayList<Own>();
            store.appealsOf(tx, author)
                    .forEach((appeal, project) -> own.add(new Own(
                            project, appeal.submission(), views.appealText(client, project, appeal), appeal.at())));
            return own;
        });
    }

    /** The caller's own answers against which he may appeal, the newest first, each with what was said of it. */
    Page<WorkBodies.RefusalBody> refusals(ClientCaller caller, ProjectId id, int limit, @Nullable String cursor) {
        var client = caller.client().id();
        projects.get(client, id);
        return scope.client(client, tx -> {
            var found = store.refusedOf(tx, id, caller.person(), limit + 1, before(cursor));
            var bodies = store.findAll(tx, id, found).stream()
                    .filter(SubmissionStore.Row::refused)
                    .map(row -> refusal(client, id, row))
                    .sorted(Comparator.comparingLong(WorkBodies.RefusalBody::submission)
                            .reversed())
                    .toList();
            return Page.cut(bodies, limit, body -> Cursor.of(body.submission()));
        });
    }

    private WorkBodies.RefusalBody refusal(ClientId client, ProjectId id, SubmissionStore.Row row) {
        var ruling = Objects.requireNonNull(row.ruling());
        return new WorkBodies.RefusalBody(
                row.id(), row.task(), row.state(), views.comments(client, id, row.id(), ruling), ruling.decidedAt());
    }

    /** The questions that reviewers handed on, the newest first. */
    Page<WorkBodies.EscalationBody> escalations(ClientCaller caller, ProjectId id, int limit, @Nullable String cursor) {
        var client = caller.client().id();
        projects.get(client, id);
        var shown = seen.of(caller, id);
        return scope.client(client, tx -> {
            var bodies = new ArrayList<WorkBodies.EscalationBody>();
            var before = before(cursor);
            for (var more = true; more && bodies.size() <= limit; ) {
                var found = store.escalated(tx, id, limit + 1, before);
                var rows = rows(tx, id, List.copyOf(found.values()));
                for (var question : found.entrySet()) {
                    var row = rows.get(question.getValue());
                    if (row != null && shown.test(row)) {
                        bodies.add(escalation(tx, caller, id, row, question.getKey()));
                    }
                    before = question.getKey();
                }
                more = found.size() > limit;
            }
            return Page.cut(bodies, limit, body -> Cursor.of(body.id()));
        });
    }

    private WorkBodies.EscalationBody escalation(
            Tx tx, ClientCaller caller, ProjectId id, SubmissionStore.Row row, long decision) {
        var asked = row.decisions().stream()
                .filter(one -> one.id() == decision)
                .findFirst()
                .orElseThrow();
        return new WorkBodies.EscalationBody(
                decision,
                row.id(),
                row.task(),
                asked.stage(),
                audit.pseudonym(tx, asked.reviewer()),
                views.comments(caller.client().id(), id, row.id(), asked),
                asked.decidedAt(),
                row.ruling() == asked ? "open" : "resolved");
    }

    private static long before(@Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, 1).number(0);
    }

    private Map<Long, SubmissionStore.Row> rows(Tx tx, ProjectId id, List<Long> submissions)
            throws java.sql.SQLException {
        var rows = new java.util.HashMap<Long, SubmissionStore.Row>();
        store.findAll(tx, id, submissions).forEach(row -> rows.put(row.id(), row));
        return rows;
    }
}
