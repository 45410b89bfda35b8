package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Asset;
import io.etalon.server.dataset.AssetBody;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.project.Relabellings;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.review.Agreement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Shows a task's answers side by side, and what was made of them. Thread-safe. */
@Component
final class MergeViews {
    private final TenantScope scope;
    private final Projects projects;
    private final Assets assets;
    private final Answers answers;
    private final WorkViews views;
    private final Log log;
    private final MergeStore store = new MergeStore();
    private final SubmissionStore submissions = new SubmissionStore();
    private final HistoryStore histories = new HistoryStore();
    private final TaskStore tasks = new TaskStore();

    /** Names of people, the form of origins, and what labels count as today. */
    @Component
    record Log(
            AuditLog audit,
            ObjectMapper mapper,
            Dispatchers dispatchers,
            Relabellings relabellings,
            SeenAnswers seen) {}

    MergeViews(TenantScope scope, Projects projects, Assets assets, Answers answers, WorkViews views, Log log) {
        this.scope = scope;
        this.projects = projects;
        this.assets = assets;
        this.answers = answers;
        this.views = views;
        this.log = log;
    }

    /** One of several answers to a task: what counts of it, in today's labels. */
    record Side(SubmissionStore.Row row, int ontologyVersion, Answer answer) {}

    Project project(ClientId client, ProjectId id) {
        return projects.get(client, id);
    }

    /** The answers to a task that are in effect. */
    List<Side> candidates(Tx tx, ClientId client, ProjectId id, long task) throws SQLException {
        var newest = new LinkedHashMap<String, SubmissionStore.Row>();
        for (var row : submissions.ofTasks(tx, id, List.of(task))) {
            newest.put(row.annotator() + "/" + row.round(), row);
        }
        var restored = histories.restored(tx, id, task);
        return newest.values().stream()
                .filter(row -> !row.refused())
                .map(row -> side(client, id, row, restored.get(row.id())))
                .toList();
    }

    private Side side(
            ClientId client, ProjectId id, SubmissionStore.Row row, HistoryStore.@Nullable Restoration restored) {
        var version = restored == null ? row.ontologyVersion() : restored.ontologyVersion();
        var answer = restored == null
                ? views.inEffect(client, id, row)
                : answers.open(client, id, version, restored.answer());
        return new Side(
                row, version, log.relabellings().since(client, id, version).of(answer));
    }

    UUID asset(Tx tx, long task) throws SQLException {
        return Objects.requireNonNull(tasks.assets(tx, List.of(task)).get(task));
    }

    long taskOf(ClientId client, ProjectId id, long merge) {
        return scope.client(client, tx -> store.task(tx, id, merge)).orElseThrow(EtalonException::notFound);
    }

    /** What the tables know of an adjudication. */
    private record Shown(Asset asset, List<Side> sides, List<MergeBodies.Candidate> candidates) {}

    MergeBodies.AdjudicationBody shown(ClientCaller caller, ProjectId id, MergeStore.Held held) {
        var client = caller.client().id();
        var shown = scope.client(client, tx -> {
            var sides = candidates(tx, client, id, held.task());
            return new Shown(
                    assets.get(tx, id, asset(tx, held.task())),
                    sides,
                    sides.stream().map(side -> candidate(tx, side)).toList());
        });
        var signed = assets.sign(client, shown.asset(), caller.caller());
        var agreement = Agreement.among(shown.sides().stream().map(Side::answer).toList());
        return new MergeBodies.AdjudicationBody(
                held.id(),
                String.format(Locale.ROOT, "%016x", held.token()),
                held.deadline(),
                log.dispatchers().config().heartbeat().toSeconds(),
                project(client, id).ontologyVersion(),
                new WorkBodies.TaskBody(
                        held.task(),
                        AssetBody.of(shown.asset(), 1),
                        new WorkBodies.Content(signed.url(), signed.expiresAt())),
                shown.candidates(),
                differences(shown.sides()),
                agreement.isPresent() ? agreement.getAsDouble() : null);
    }

    private MergeBodies.Candidate candidate(Tx tx, Side side) {
        var row = side.row();
        return new MergeBodies.Candidate(
                row.id(),
                log.audit().pseudonym(tx, row.annotator()),
                row.round(),
                side.ontologyVersion(),
                Answers.json(side.answer()));
    }

    private static List<MergeBodies.Difference> differences(List<Side> sides) {
        var differences = new ArrayList<MergeBodies.Difference>();
        for (var other : sides.subList(Math.min(1, sides.size()), sides.size())) {
            var first = sides.getFirst();
            differences.add(new MergeBodies.Difference(
                    first.row().id(), other.row().id(), Diffs.versions(first.answer(), other.answer())));
        }
        return differences;
    }

    /** All merges of a task, the newest first. */
    List<MergeBodies.MergeBody> merges(ClientCaller caller, ProjectId id, long task) {
        var client = caller.client().id();
        return scope.client(client, tx -> {
            var bodies = new ArrayList<MergeBodies.MergeBody>();
            var standing = true;
            for (var row : store.ofTask(tx, id, task)) {
                var state = row.undone() ? "undone" : standing ? "in_effect" : "replaced";
                standing &= row.undone();
                if (!log.seen().sight().sees(caller, row.person())) {
                    continue;
                }
                bodies.add(new MergeBodies.MergeBody(
                        row.id(),
                        row.task(),
                        row.number(),
                        log.audit().pseudonym(tx, row.person()),
                        row.ontologyVersion(),
                        row.at(),
                        state,
                        List.of(log.mapper().readValue(row.origins(), MergeBodies.Origin[].class)),
                        Answers.json(answers.open(client, id, row.ontologyVersion(), row.answer()))));
            }
            return bodies;
        });
    }
}
