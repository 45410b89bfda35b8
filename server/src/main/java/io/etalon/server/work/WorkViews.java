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
import io.etalon.server.work.prelabel.PreLabels;
import io.etalon.server.work.review.Stage;
import io.etalon.server.work.review.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    private final Workflows workflows;
    private final PreLabels preLabels;
    private final SeenAnswers seenAnswers;
    private final SubmissionStore submissions = new SubmissionStore();

    /** By what is shown how work stands. */
    @Component
    record Rules(Dispatchers dispatchers, Workflows workflows, PreLabels preLabels, SeenAnswers seen) {}

    WorkViews(Rules rules, TenantScope scope, ShownTasks tasks, Answers answers, AuditLog audit, ObjectMapper mapper) {
        this.scope = scope;
        this.tasks = tasks;
        this.answers = answers;
        this.audit = audit;
        this.mapper = mapper;
        this.dispatchers = rules.dispatchers();
        this.workflows = rules.workflows();
        this.preLabels = rules.preLabels();
        this.seenAnswers = rules.seen();
    }

    /** What was done on a lease's task before by the same person. */
    private record Begun(WorkBodies.@Nullable Returned returned, SubmissionStore.@Nullable Draft draft) {
        static final Begun NOTHING = new Begun(null, null);
    }

    WorkBodies.LeaseBody lease(ClientCaller caller, ProjectId project, OpenLease lease) {
        var client = caller.client().id();
        var begun = begun(client, project, lease);
        var draft = begun.draft();
        var task = tasks.of(caller, project, lease);
        return new WorkBodies.LeaseBody(
                lease.id(),
                lease.tokenText(),
                Instant.ofEpochMilli(lease.deadline()),
                dispatchers.config().heartbeat().toSeconds(),
                lease.round,
                task,
                lease.ontologyVersion,
                lease.guidelineVersion,
                begun.returned(),
                draft == null ? null : draft(client, project, lease, draft),
                preLabels.shown(client, project, lease).map(WorkViews::preLabel).orElse(null));
    }

    private static WorkBodies.PreLabel preLabel(PreLabels.Shown shown) {
        return new WorkBodies.PreLabel(
                shown.id(),
                new WorkBodies.PreLabelModel(shown.model(), shown.version()),
                shown.confidence(),
                Answers.json(shown.answer()));
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
        var ruling = row.ruling();
        var comments = ruling == null ? List.<WorkBodies.Comment>of() : comments(client, project, row.id(), ruling);
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
    private record Judged(
            WorkBodies.SubmissionBody submission,
            List<WorkBodies.SubmissionBody> others,
            @Nullable String current,
            @Nullable String appeal) {}

    WorkBodies.ReviewBody review(ClientCaller caller, ProjectId project, OpenLease lease) {
        var judged = lease.judged().id();
        var client = caller.client().id();
        var seen = seenAnswers.of(caller, project);
        var shown = scope.client(client, tx -> {
            var all = submissions.ofTask(tx, project, lease.task);
            var submission =
                    all.stream().filter(row -> row.id() == judged).findFirst().orElseThrow();
            return new Judged(
                    submission(tx, client, project, submission),
                    all.stream()
                            .filter(row -> row.id() != judged && seen.test(row))
                            .map(row -> submission(tx, client, project, row))
                            .toList(),
                    submission.mended() == null ? null : Answers.json(inEffect(client, project, submission)),
                    submissions
                            .appeal(tx, project, judged)
                            .map(appeal -> appealText(client, project, appeal))
                            .orElse(null));
        });
        return new WorkBodies.ReviewBody(
                lease.id(),
                lease.tokenText(),
                Instant.ofEpochMilli(lease.deadline()),
                dispatchers.config().heartbeat().toSeconds(),
                shown.submission(),
                tasks.of(caller, project, lease),
                shown.others(),
                waitsAt(client, project, lease.judged().way()),
                shown.current(),
                shown.appeal());
    }

    private WorkBodies.WaitsAt waitsAt(ClientId client, ProjectId project, Way way) {
        var name = workflows
                .of(client, project)
                .stage(way.stage())
                .map(Stage::name)
                .orElse(null);
        return new WorkBodies.WaitsAt(way.stage(), name, way.seat());
    }

    /** What an author says against a refusal. */
    String appealText(ClientId client, ProjectId project, SubmissionStore.AppealRow appeal) {
        return new String(answers.openText(client, project, appealContext(appeal.submission()), appeal.text()), UTF_8);
    }

    static String appealContext(long submission) {
        return "appeal " + submission;
    }

    WorkBodies.SubmissionBody submission(Tx tx, ClientId client, ProjectId project, SubmissionStore.Row row) {
        var decisions = reviewed(tx, client, project, row);
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
                Answers.json(given(client, project, row)),
                decisions.isEmpty() ? null : decisions.getLast(),
                decisions.size() > 1 ? decisions : null,
                row.unsure() ? true : null);
    }

    /** Each decision with what it changed of what stood before it. */
    private List<WorkBodies.ReviewedBody> reviewed(Tx tx, ClientId client, ProjectId project, SubmissionStore.Row row) {
        var bodies = new ArrayList<WorkBodies.ReviewedBody>();
        var before = row.decisions().isEmpty() ? Answer.EMPTY : given(client, project, row);
        for (var decision : row.decisions()) {
            var stored = decision.answer();
            var fixed = stored == null ? null : answers.open(client, project, row.ontologyVersion(), stored);
            bodies.add(new WorkBodies.ReviewedBody(
                    decision.decision().key(),
                    audit.pseudonym(tx, decision.reviewer()),
                    comments(client, project, row.id(), decision),
                    decision.decidedAt(),
                    fixed == null ? null : Answers.json(fixed),
                    fixed == null ? null : Diffs.between(before, fixed),
                    decision.stage(),
                    decision.seat()));
            before = fixed == null ? before : fixed;
        }
        return bodies;
    }

    /** What the annotator answered. */
    Answer given(ClientId client, ProjectId project, SubmissionStore.Row row) {
        return answers.open(client, project, row.ontologyVersion(), row.answer());
    }

    /** What counts: the last answer by which a reviewer mended it. */
    Answer inEffect(ClientId client, ProjectId project, SubmissionStore.Row row) {
        var mended = row.mended();
        return mended == null || mended.answer() == null
                ? given(client, project, row)
                : answers.open(client, project, row.ontologyVersion(), mended.answer());
    }

    MergedAnswer merged(ClientId client, ProjectId project, MergeStore.Row row) {
        var answer = answers.open(client, project, row.ontologyVersion(), row.answer());
        return new MergedAnswer(row.id(), row.person(), row.ontologyVersion(), row.at(), answer);
    }

    List<WorkBodies.Comment> comments(
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
