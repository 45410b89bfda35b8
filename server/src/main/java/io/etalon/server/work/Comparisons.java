package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What two versions of an answer differ in: what reviewers changed of one, or what two people say. Thread-safe. */
@Component
final class Comparisons {
    private final TenantScope scope;
    private final Projects projects;
    private final WorkViews views;
    private final SeenAnswers seen;
    private final SubmissionStore store = new SubmissionStore();

    Comparisons(TenantScope scope, Projects projects, WorkViews views, SeenAnswers seen) {
        this.scope = scope;
        this.projects = projects;
        this.views = views;
        this.seen = seen;
    }

    /**
     * From what counts of another answer to the same task, or from what its author handed in, to what counts of this one.
     *
     * @param against the other submission; null for the author's own words
     * @throws EtalonException not found; invalid, when the two are about different tasks
     */
    WorkBodies.ChangesBody changes(ClientCaller caller, ProjectId project, long submission, @Nullable Long against) {
        var client = caller.client().id();
        projects.get(client, project);
        var shown = seen.of(caller, project);
        return scope.client(client, tx -> {
            var row = store.find(tx, project, submission).filter(shown).orElseThrow(EtalonException::notFound);
            var other = against == null
                    ? row
                    : store.find(tx, project, against).filter(shown).orElseThrow(EtalonException::notFound);
            if (other.task() != row.task()) {
                throw EtalonException.invalidAt("/against", "is a submission of another task; both must be of one");
            }
            var from = against == null ? views.given(client, project, row) : views.inEffect(client, project, other);
            var to = views.inEffect(client, project, row);
            return new WorkBodies.ChangesBody(Answers.json(from), Answers.json(to), Diffs.versions(from, to));
        });
    }
}
