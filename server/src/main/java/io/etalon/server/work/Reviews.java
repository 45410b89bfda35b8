package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Decision;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.WorkCodes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What a reviewer does: takes submissions that wait at his stage, and accepts, mends, returns, rejects or escalates them;
 * what others escalated or appealed against is taken in the same way. Nobody is given own work, nor the same twice.
 * Thread-safe.
 */
@Service
public final class Reviews {
    private static final int MAX_COMMENTS = 50;
    private static final int MAX_COMMENT = 2_000;

    private final Leases leases;
    private final Projects projects;
    private final Answers answers;
    private final WorkViews views;
    private final Assets assets;
    private final TenantScope scope;
    private final SubmissionStore store = new SubmissionStore();

    Reviews(Desk.Ground ground, Assets assets, TenantScope scope) {
        this.leases = ground.leases();
        this.projects = ground.projects();
        this.answers = ground.answers();
        this.views = ground.views();
        this.assets = assets;
        this.scope = scope;
    }

    /** A decision as it came in. */
    record Handed(
            Dispatcher.Ticket ticket,
            Decision decision,
            @Nullable RawJson answer,
            List<WorkBodies.Comment> comments) {}

    /** The next submission for this person to review. */
    Leases.Given<WorkBodies.ReviewBody> next(ClientCaller caller, ProjectId id, Dispatcher.@Nullable KeyUse key) {
        return leases.next(caller, id, OpenLease.Kind.REVIEW, key, lease -> views.review(caller, id, lease));
    }

    /** The reviews that this person holds. */
    List<WorkBodies.ReviewBody> open(ClientCaller caller, ProjectId id) {
        return leases.open(caller, id, OpenLease.Kind.REVIEW, lease -> views.review(caller, id, lease));
    }

    /**
     * Decides on a submission.
     *
     * @throws EtalonException invalid, when a fix has no answer that fits, or a return no comment; lease lost
     */
    Outcome decide(ClientCaller caller, ProjectId id, Handed handed, Dispatcher.KeyUse key, boolean next) {
        var client = caller.client().id();
        var project = projects.get(client, id);
        check(handed);
        try {
            var lease = leases.dispatcher(caller).held(id, caller.person(), handed.ticket(), OpenLease.Kind.REVIEW);
            var content = handed.decision() == Decision.FIX
                    ? answers.seal(client, id, lease.id(), fixed(caller, id, lease, handed.answer()))
                    : null;
            var comments = views.sealed(client, id, lease.judged().id(), handed.comments());
            var judged = new Dispatcher.Judged(handed.decision(), content, comments);
            return leases.steady(() -> {
                var more = next && leases.mayHaveMore(caller, project, OpenLease.Kind.REVIEW);
                return leases.dispatcher(caller)
                        .decide(id, leases.reviewer(caller, project), handed.ticket(), judged, key, more);
            });
        } catch (EtalonException e) {
            if (!e.code().equals(WorkCodes.LEASE_LOST)) {
                throw e;
            }
            return leases.dispatcher(caller).replay(caller.person(), key).orElseThrow(() -> e);
        }
    }

    private static void check(Handed handed) {
        for (var i = 0; i < handed.comments().size(); i++) {
            var at = "/comments/" + i;
            Checks.required(Checks.required(handed.comments().get(i), at).text(), at + "/text");
        }
        if (handed.comments().stream().allMatch(comment -> comment.text().isBlank())) {
            switch (handed.decision()) {
                case ACCEPT, FIX, UPHOLD -> {}
                case RETURN ->
                    throw EtalonException.invalidAt(
                            "/comments", "is missing; a return tells its author what to do better");
                case REJECT, ESCALATE, DISMISS ->
                    throw EtalonException.invalidAt(
                            "/comments", "is missing; " + handed.decision().key() + " needs a reason");
            }
        }
        if (handed.decision() != Decision.FIX && handed.answer() != null) {
            throw EtalonException.invalidAt("/answer", "goes with the decision fix only");
        }
        if (handed.comments().size() > MAX_COMMENTS
                || handed.comments().stream().anyMatch(comment -> comment.text().length() > MAX_COMMENT)) {
            throw EtalonException.invalidAt(
                    "/comments", "may be " + MAX_COMMENTS + " of " + MAX_COMMENT + " characters each at most");
        }
    }

    /** A fix is checked under the version that its submission was made under. */
    private Answer fixed(ClientCaller caller, ProjectId id, OpenLease lease, @Nullable RawJson json) {
        var client = caller.client().id();
        var version = scope.client(
                        client, tx -> store.find(tx, id, lease.judged().id()))
                .orElseThrow(EtalonException::notFound)
                .ontologyVersion();
        var answer = answers.read(client, id, version, json);
        var extent = assets.get(client, id, lease.assetId()).extent();
        answers.check(client, id, version, answer, extent);
        return answer;
    }

    /** What the last decision changed of what stood before it; null when it mended nothing. */
    WorkBodies.@Nullable DiffBody diff(ClientCaller caller, ProjectId id, long submission) {
        var client = caller.client().id();
        return scope.client(client, tx -> {
                    var row = store.find(tx, id, submission).orElseThrow(EtalonException::notFound);
                    return Optional.ofNullable(
                            views.submission(tx, client, id, row).review());
                })
                .map(WorkBodies.ReviewedBody::diff)
                .orElse(null);
    }

    /** The submission that a decision was about. */
    long judged(ClientCaller caller, long decision) {
        return scope.client(caller.client().id(), tx -> store.judged(tx, decision));
    }

    /** Shows the review that came with an outcome; empty when there was none or it has ended since. */
    Optional<WorkBodies.ReviewBody> next(ClientCaller caller, ProjectId id, Outcome outcome) {
        return leases.granted(caller, id, outcome, lease -> views.review(caller, id, lease));
    }
}
