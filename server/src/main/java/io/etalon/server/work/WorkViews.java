package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.OpenLease;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Shows leases, reviews and submissions to people. The asset's VIEW entry is committed before its signed address leaves,
 * together with the entries of others who are shown something at that moment. Thread-safe.
 */
@Component
final class WorkViews {
    private final TenantScope scope;
    private final ShownTasks tasks;
    private final Answers answers;
    private final AuditLog audit;
    private final ObjectMapper mapper;
    private final Dispatchers dispatchers;
    private final SubmissionStore submissions = new SubmissionStore();

    WorkViews(
            TenantScope scope,
            ShownTasks tasks,
            Answers answers,
            AuditLog audit,
            ObjectMapper mapper,
            Dispatchers dispatchers) {
        this.scope = scope;
        this.tasks = tasks;
        this.answers = answers;
        this.audit = audit;
        this.mapper = mapper;
        this.dispatchers = dispatchers;
    }

    /** What was done on a lease's task before by the same person. */
    private record Begun(WorkBodies.@Nullable Returned returned, SubmissionStore.@Nullable Draft draft) {
        static final Begun NOTHING = new Begun(null, null);
    }

    WorkBodies.LeaseBody lease(ClientCaller caller, ProjectId project, OpenLease lease) {
        var client = caller.client().id();
        var begun = begun(client, project, lease);
        var draft = begun.draft();
        return new WorkBodies.LeaseBody(
                lease.id(),
                lease.tokenText(),
                Instant.ofEpochMilli(lease.deadline()),
                dispatchers.config().heartbeat().toSeconds(),
                lease.round,
                tasks.of(caller, project, lease),
                lease.ontologyVersion,
                lease.guidelineVersion,
                begun.returned(),
                draft == null ? null : draft(client, project, lease, draft));
    }

    private Begun begun(ClientId client, ProjectId project, OpenLease lease) {
        var past = lease.past;
        return past == null && !lease.drafted()
                ? Begun.NOTHING
                : scope.client(
                        client,
                        tx -> new Begun(
                                past == null
                                        ? null
                                        : submissions
                                                .find(tx, project, past.id())
                                                .map(row -> returned(client, project, row))
                                                .orElse(null),
                                submissions
                                        .draft(tx, project, lease.task, lease.person)
                                        .orElse(null)));
    }

    private WorkBodies.Returned returned(ClientId client, ProjectId project, SubmissionStore.Row row) {
        var decision = row.decision();
        var comments = decision == null ? List.<WorkBodies.Comment>of() : comments(client, project, row.id(), decision);
        return new WorkBodies.Returned(comments, Answers.json(given(client, project, row)));
    }

    private WorkBodies.Draft draft(ClientId client, ProjectId project, OpenLease lease, SubmissionStore.Draft draft) {
        var json = answers.openText(client, project, draftContext(lease.task, lease.person.toString()), draft.sealed());
        return new WorkBodies.Draft(new String(json, UTF_8), draft.savedAt());
    }

    static String draftContext(long task, String person) {
        return "draft " + task + " " + person;
    }

    /** A review's submission, and the others of its task. */
    private record Judged(WorkBodies.SubmissionBody submission, List<WorkBodies.SubmissionBody> others) {}

    WorkBodies.ReviewBody review(ClientCaller caller, ProjectId project, OpenLease lease) {
        var judged = lease.judged().id();
        var client = caller.client().id();
        var shown = scope.client(client, tx -> {
            var all = submissions.ofTask(tx, project, lease.task);
            var submission =
                    all.stream().filter(row -> row.id() == judged).findFirst().orElseThrow();
            return new Judged(
                    submission(tx, client, project, submission),
                    all.stream()
                            .filter(row -> row.id() != judged)
                            .map(row -> submission(tx, client, project, row))
                            .toList());
        });
        return new WorkBodies.ReviewBody(
                lease.id(),
                lease.tokenText(),
                Instant.ofEpochMilli(lease.deadline()),
                dispatchers.config().heartbeat().toSeconds(),
                shown.submission(),
                tasks.of(caller, project, lease),
                shown.others());
    }

    WorkBodies.SubmissionBody submission(Tx tx, ClientId client, ProjectId project, SubmissionStore.Row row) {
        var answer = given(client, project, row);
        return new WorkBodies.SubmissionBody(
                row.id(),
                row.task(),
                audit.pseudonym(tx, row.annotator()),
                row.round(),
                row.ontologyVersion(),
                row.guidelineVersion(),
                row.activeSeconds(),
                row.submittedAt(),
                row.state(),
                Answers.json(answer),
                reviewed(tx, client, project, row, answer));
    }

    private WorkBodies.@Nullable ReviewedBody reviewed(
            Tx tx, ClientId client, ProjectId project, SubmissionStore.Row row, Answer answer) {
        var decision = row.decision();
        if (decision == null) {
            return null;
        }
        var fixed = Optional.ofNullable(decision.answer())
                .map(stored -> answers.open(client, project, row.ontologyVersion(), stored));
        return new WorkBodies.ReviewedBody(
                decision.decision().key(),
                audit.pseudonym(tx, decision.reviewer()),
                comments(client, project, row.id(), decision),
                decision.decidedAt(),
                fixed.map(Answers::json).orElse(null),
                fixed.map(to -> Diffs.between(answer, to)).orElse(null));
    }

    /** What the annotator answered. */
    Answer given(ClientId client, ProjectId project, SubmissionStore.Row row) {
        return answers.open(client, project, row.ontologyVersion(), row.answer());
    }

    /** What counts: the reviewer's answer when he mended it. */
    Answer inEffect(ClientId client, ProjectId project, SubmissionStore.Row row) {
        var decision = row.decision();
        var fixed = decision == null ? null : decision.answer();
        return fixed == null
                ? given(client, project, row)
                : answers.open(client, project, row.ontologyVersion(), fixed);
    }

    private List<WorkBodies.Comment> comments(
            ClientId client, ProjectId project, long submission, SubmissionStore.DecisionRow decision) {
        var sealed = decision.comments();
        if (sealed == null) {
            return List.of();
        }
        var json = answers.openText(client, project, commentContext(submission), sealed);
        return List.of(mapper.readValue(json, WorkBodies.Comment[].class));
    }

    byte @Nullable [] sealed(ClientId client, ProjectId project, long submission, List<WorkBodies.Comment> comments) {
        return comments.isEmpty()
                ? null
                : answers.sealText(client, project, commentContext(submission), mapper.writeValueAsBytes(comments));
    }

    private static String commentContext(long submission) {
        return "comments " + submission;
    }
}
