package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Project;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.Reach;
import io.etalon.server.work.engine.Showing;
import io.etalon.server.work.engine.WorkCodes;
import io.etalon.server.work.policy.Refusal;
import io.etalon.server.work.queue.Admissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What annotators and reviewers do alike: ask for work, see what they hold, keep it, give it back. How a lease is shown is
 * told by a view. Thread-safe.
 */
@Component
final class Leases {
    private final Dispatchers dispatchers;
    private final Projects projects;
    private final LeaseRules rules;
    private final Workflows workflows;
    private final Assets assets;
    private final Admissions admissions;

    Leases(
            Dispatchers dispatchers,
            Projects projects,
            LeaseRules rules,
            Workflows workflows,
            Assets assets,
            Admissions admissions) {
        this.dispatchers = dispatchers;
        this.projects = projects;
        this.rules = rules;
        this.workflows = workflows;
        this.assets = assets;
        this.admissions = admissions;
    }

    /**
     * What came of asking for work.
     *
     * @param body empty when there is nothing for this person now
     * @param why then, why not
     */
    record Given<T>(
            Optional<T> body, boolean replayed, @Nullable Refusal why) {}

    /**
     * The next task or submission for this person.
     *
     * @param key null when the request bears none
     * @throws EtalonException naming the rule that refuses; lease lost, when what the key got before has ended since
     */
    <T> Given<T> next(
            ClientCaller caller,
            ProjectId id,
            OpenLease.Kind kind,
            Dispatcher.@Nullable KeyUse key,
            Function<OpenLease, T> view) {
        return rules.steady(() -> grant(caller, id, kind, key, view));
    }

    /** Does something with the end of a lease that may take another one, while no wall changes. */
    <T> T steady(Supplier<T> work) {
        return rules.steady(work);
    }

    private <T> Given<T> grant(
            ClientCaller caller,
            ProjectId id,
            OpenLease.Kind kind,
            Dispatcher.@Nullable KeyUse key,
            Function<OpenLease, T> view) {
        var project = projects.get(caller.client().id(), id);
        rules.check(caller, project, kind);
        var refusal = refusal(caller, id, kind);
        if (refusal.isPresent() && !refusal.get().reason().sparesReturns()) {
            return new Given<>(Optional.empty(), false, refusal.get());
        }
        var worker = switch (kind) {
            case ANNOTATE -> worker(caller, project);
            case REVIEW -> reviewer(caller, project);
        };
        if (key == null) {
            var lease = switch (kind) {
                case ANNOTATE -> dispatcher(caller).annotate(id, worker);
                case REVIEW -> dispatcher(caller).review(id, worker);
            };
            return given(caller, id, kind, Optional.ofNullable(lease).map(view), false);
        }
        var outcome = dispatcher(caller).grant(id, worker, kind, key);
        var shown = granted(caller, id, outcome, view);
        if (outcome.nextLease() != null && shown.isEmpty()) {
            throw new EtalonException(
                    WorkCodes.LEASE_LOST, "The lease that this Idempotency-Key got has ended; ask with a fresh one.");
        }
        return given(caller, id, kind, shown, outcome.replayed());
    }

    private <T> Given<T> given(
            ClientCaller caller, ProjectId id, OpenLease.Kind kind, Optional<T> shown, boolean replayed) {
        return new Given<>(shown, replayed, shown.isPresent() ? null : whyNot(caller, id, kind));
    }

    /** Why nothing came to somebody whom no wall keeps away: the first of the queue's rules that says so. */
    Refusal whyNot(ClientCaller caller, ProjectId id, OpenLease.Kind kind) {
        return switch (kind) {
            case REVIEW -> Refusal.nothingLeft();
            case ANNOTATE -> refusal(caller, id, kind).orElseGet(() -> admissions.emptyHanded(caller, id));
        };
    }

    /** The queue's rules are about annotators. */
    private Optional<Refusal> refusal(ClientCaller caller, ProjectId id, OpenLease.Kind kind) {
        return switch (kind) {
            case REVIEW -> Optional.empty();
            case ANNOTATE -> admissions.refusal(caller, id);
        };
    }

    /** What the rules that stand before the queue's own say to this person, without a trace. */
    Optional<EtalonException> barred(ClientCaller caller, Project project) {
        return rules.refusal(caller, project, OpenLease.Kind.ANNOTATE);
    }

    /** What this person holds, in the order it was granted. */
    <T> List<T> open(ClientCaller caller, ProjectId id, OpenLease.Kind kind, Function<OpenLease, T> view) {
        projects.get(caller.client().id(), id);
        return dispatcher(caller).held(id, caller.person(), kind).stream()
                .map(view)
                .toList();
    }

    /** The lease that came with an outcome; empty when there was none or it has ended since. */
    <T> Optional<T> granted(ClientCaller caller, ProjectId id, Outcome outcome, Function<OpenLease, T> view) {
        var lease = outcome.nextLease();
        return lease == null
                ? Optional.empty()
                : dispatcher(caller).held(id, caller.person(), lease).map(view);
    }

    /** Whether more may be handed out with the end of a lease: who asks for work by itself is told the reason why not. */
    boolean mayHaveMore(ClientCaller caller, Project project, OpenLease.Kind kind) {
        try {
            rules.check(caller, project, kind);
            return refusal(caller, project.id(), kind)
                    .map(no -> no.reason().sparesReturns())
                    .orElse(true);
        } catch (EtalonException e) {
            // What was handed in counts all the same.
            return false;
        }
    }

    Instant heartbeat(ClientCaller caller, ProjectId id, Dispatcher.Ticket ticket, OpenLease.Kind kind) {
        projects.get(caller.client().id(), id);
        return Instant.ofEpochMilli(dispatcher(caller).heartbeat(id, caller.person(), ticket, kind));
    }

    Outcome release(
            ClientCaller caller,
            ProjectId id,
            Dispatcher.Ticket ticket,
            OpenLease.Kind kind,
            Dispatcher.@Nullable KeyUse key) {
        var worker = worker(caller, projects.get(caller.client().id(), id));
        return dispatcher(caller).release(id, worker, ticket, kind, key);
    }

    Dispatcher dispatcher(ClientCaller caller) {
        return dispatchers.of(caller.client().id());
    }

    Dispatcher.Worker worker(ClientCaller caller, Project project) {
        return new Dispatcher.Worker(
                caller.person(),
                caller.via(),
                project.repeats().roundsOf(caller.person()),
                new OpenLease.Versions(project.ontologyVersion(), project.guidelineVersion()),
                Reach.STAGES,
                caller.workforce(),
                asset -> view(caller, project, asset));
    }

    private Showing.View view(ClientCaller caller, Project project, UUID asset) {
        var made = assets.unlogged(caller.client().id(), project.id(), asset, caller.caller());
        return new Showing.View(made.address().url(), made.address().expiresAt(), made.view());
    }

    /** The same for who decides, with what he may decide on. */
    Dispatcher.Worker reviewer(ClientCaller caller, Project project) {
        var worker = worker(caller, project);
        return new Dispatcher.Worker(
                worker.person(),
                worker.via(),
                worker.rounds(),
                worker.versions(),
                workflows.reach(caller.client().id(), project.id(), caller.person(), caller.roles()),
                worker.workforce(),
                worker.showing());
    }
}
