package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AssetExtent;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * What an annotator does: takes tasks, keeps drafts, hands answers in. Everything that returns has committed; no answer
 * that came with a lease of one's own is thrown away, also when it comes too late. Thread-safe.
 */
@Service
public final class Desk {
    private static final int MAX_NOTE = 2_000;
    private static final Set<String> SKIP_REASONS = Set.of("unclear", "cannot_judge", "broken_asset", "other");

    private final Dispatchers dispatchers;
    private final Projects projects;
    private final LeaseRules rules;
    private final Answers answers;
    private final WorkViews views;
    private final Assets assets;
    private final TenantScope scope;
    private final SubmissionStore store = new SubmissionStore();

    /** What the desk stands on. */
    @org.springframework.stereotype.Component
    record Ground(Dispatchers dispatchers, Projects projects, LeaseRules rules, Answers answers, WorkViews views) {}

    Desk(Ground ground, Assets assets, TenantScope scope) {
        this.dispatchers = ground.dispatchers();
        this.projects = ground.projects();
        this.rules = ground.rules();
        this.answers = ground.answers();
        this.views = ground.views();
        this.assets = assets;
        this.scope = scope;
    }

    /** An answer as it came in. */
    record Handed(Dispatcher.Ticket ticket, @Nullable JsonNode answer, int activeSeconds) {}

    /** The next task for this person; empty when there is none now. */
    Optional<WorkBodies.LeaseBody> next(ClientCaller caller, ProjectId id) {
        var project = projects.get(caller.client().id(), id);
        rules.check(caller, project, OpenLease.Kind.ANNOTATE);
        return Optional.ofNullable(dispatcher(caller).annotate(id, worker(caller, project)))
                .map(lease -> views.lease(caller, id, lease));
    }

    List<WorkBodies.LeaseBody> open(ClientCaller caller, ProjectId id) {
        projects.get(caller.client().id(), id);
        return dispatcher(caller).held(id, caller.person(), OpenLease.Kind.ANNOTATE).stream()
                .map(lease -> views.lease(caller, id, lease))
                .toList();
    }

    Instant heartbeat(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket, OpenLease.Kind kind) {
        projects.get(caller.client().id(), id);
        return Instant.ofEpochMilli(dispatcher(caller).heartbeat(id, caller.person(), ticket, kind));
    }

    /** Keeps unfinished work; it need not be complete. */
    void saveDraft(ClientCaller caller, ProjectId id, Handed handed) {
        var client = caller.client().id();
        projects.get(client, id);
        var lease = dispatcher(caller).held(id, caller.person(), handed.ticket(), OpenLease.Kind.ANNOTATE);
        var answer = answers.read(client, id, lease.ontologyVersion, handed.answer());
        lease.drafted = true;
        saveDraft(caller, id, lease.task, answer, handed.activeSeconds());
    }

    private void saveDraft(ClientCaller caller, ProjectId id, long task, Answer answer, int seconds) {
        var client = caller.client().id();
        var context = WorkViews.draftContext(task, caller.person().toString());
        var sealed = answers.sealText(client, id, context, Answers.json(answer).getBytes(UTF_8));
        scope.clientDo(
                client,
                tx -> store.saveDraft(tx, id, task, caller.person(), new SubmissionStore.NewDraft(sealed, seconds)));
    }

    /**
     * Hands an answer in.
     *
     * @throws EtalonException invalid answer with its faults; lease stale, when the lease has ended, with the work kept
     */
    Outcome submit(ClientCaller caller, ProjectId id, Handed handed, Dispatcher.KeyUse key, boolean next) {
        var client = caller.client().id();
        var project = projects.get(client, id);
        var worker = worker(caller, project);
        try {
            var lease = dispatcher(caller).held(id, caller.person(), handed.ticket(), OpenLease.Kind.ANNOTATE);
            var answer = answers.read(client, id, lease.ontologyVersion, handed.answer());
            answers.check(client, id, lease.ontologyVersion, answer, extent(caller, id, lease));
            var answered = new Dispatcher.Answered(
                    handed.activeSeconds(), project.reviewShare(), answers.seal(client, id, lease.id, answer));
            var more = next && allowed(caller, project, OpenLease.Kind.ANNOTATE);
            return dispatcher(caller).submit(id, worker, handed.ticket(), answered, key, more);
        } catch (EtalonException e) {
            if (!e.code().equals(WorkCodes.LEASE_LOST)) {
                throw e;
            }
            return dispatcher(caller).replay(caller.person(), key).orElseThrow(() -> stale(caller, id, handed));
        }
    }

    private boolean allowed(ClientCaller caller, Project project, OpenLease.Kind kind) {
        try {
            rules.check(caller, project, kind);
            return true;
        } catch (EtalonException e) {
            // The answer counts all the same; who asks for work by itself is told the reason.
            return false;
        }
    }

    private AssetExtent extent(ClientCaller caller, ProjectId id, OpenLease lease) {
        var known = lease.extent;
        return known == null
                ? assets.get(caller.client().id(), id, lease.assetId()).extent()
                : known;
    }

    private EtalonException stale(ClientCaller caller, ProjectId id, Handed handed) {
        var client = caller.client().id();
        var past = scope.client(client, tx -> store.pastLease(tx, id, caller.person(), handed.ticket()))
                .orElseThrow(EtalonException::notFound);
        var answer = answers.read(client, id, past.ontologyVersion(), handed.answer());
        saveDraft(caller, id, past.task(), answer, handed.activeSeconds());
        return new EtalonException(
                WorkCodes.LEASE_STALE,
                "This lease has ended before your answer came. Your work is kept as your draft of task " + past.task()
                        + "; it is there when the task comes to you again.");
    }

    /** Puts a task away for good, for a reason. */
    void skip(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket, String reason, @Nullable String note) {
        if (!SKIP_REASONS.contains(reason)) {
            throw EtalonException.invalid("reason is “" + reason + "”; it must be one of " + SKIP_REASONS);
        }
        if (note != null && note.length() > MAX_NOTE) {
            throw EtalonException.invalid("note has more than " + MAX_NOTE + " characters");
        }
        var client = caller.client().id();
        var worker = worker(caller, projects.get(client, id));
        var sealed = note == null || note.isBlank()
                ? null
                : answers.sealText(client, id, "note " + ticket.lease(), note.getBytes(UTF_8));
        dispatcher(caller).skip(id, worker, ticket, reason, sealed);
    }

    void release(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket, OpenLease.Kind kind) {
        var worker = worker(caller, projects.get(caller.client().id(), id));
        dispatcher(caller).release(id, worker, ticket, kind);
    }

    /** Shows the lease that came with an outcome; empty when there was none or it has ended since. */
    Optional<WorkBodies.LeaseBody> next(ClientCaller caller, ProjectId id, Outcome outcome) {
        var lease = outcome.nextLease();
        return lease == null
                ? Optional.empty()
                : dispatcher(caller).held(id, caller.person(), lease).map(open -> views.lease(caller, id, open));
    }

    private Dispatcher dispatcher(ClientCaller caller) {
        return dispatchers.of(caller.client().id());
    }

    static Dispatcher.Worker worker(ClientCaller caller, Project project) {
        return new Dispatcher.Worker(
                caller.person(),
                caller.via(),
                project.repeats().roundsOf(caller.person()),
                new OpenLease.Versions(project.ontologyVersion(), project.guidelineVersion()));
    }
}
