package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AssetExtent;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.FromPreLabel;
import io.etalon.server.work.engine.OpenLease;
import io.etalon.server.work.engine.Outcome;
import io.etalon.server.work.engine.WorkCodes;
import io.etalon.server.work.gold.GoldReferee;
import io.etalon.server.work.prelabel.PreLabels;
import io.etalon.server.work.queue.Redundancies;
import io.etalon.server.work.review.Agreement;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * What an annotator does: takes tasks, keeps drafts, hands answers in. Everything that returns has committed; no answer
 * that came with a lease of one's own is thrown away, also when it comes too late. Thread-safe.
 */
@Service
public final class Desk {
    private static final int MAX_NOTE = 2_000;
    static final List<String> SKIP_REASONS = List.of("unclear", "cannot_judge", "broken_asset", "other");

    private final Leases leases;
    private final Projects projects;
    private final Answers answers;
    private final WorkViews views;
    private final Workflows workflows;
    private final Redundancies redundancies;
    private final PreLabels preLabels;
    private final LateAnswers lateAnswers;
    private final Assets assets;
    private final TenantScope scope;
    private final SubmissionStore store = new SubmissionStore();
    private volatile @Nullable ObjectProvider<GoldReferee> referee;

    /** What the desk stands on. */
    @org.springframework.stereotype.Component
    record Ground(
            Leases leases,
            Projects projects,
            Answers answers,
            WorkViews views,
            Workflows workflows,
            Redundancies redundancies,
            PreLabels preLabels,
            LateAnswers lateAnswers,
            SeenAnswers seen) {}

    Desk(Ground ground, Assets assets, TenantScope scope) {
        this.leases = ground.leases();
        this.projects = ground.projects();
        this.answers = ground.answers();
        this.views = ground.views();
        this.workflows = ground.workflows();
        this.redundancies = ground.redundancies();
        this.preLabels = ground.preLabels();
        this.lateAnswers = ground.lateAnswers();
        this.assets = assets;
        this.scope = scope;
    }

    /** Who judges answers to gold, if anybody: that feature stands above this one. */
    @Autowired
    void referee(ObjectProvider<GoldReferee> judge) {
        referee = judge;
    }

    /** An answer as it came in. */
    record Handed(Dispatcher.Ticket ticket, @Nullable RawJson answer, int activeSeconds, boolean unsure) {
        Handed(Dispatcher.Ticket ticket, @Nullable RawJson answer, int activeSeconds) {
            this(ticket, answer, activeSeconds, false);
        }
    }

    /** The next task for this person. */
    Leases.Given<WorkBodies.LeaseBody> next(ClientCaller caller, ProjectId id, Dispatcher.@Nullable KeyUse key) {
        return leases.next(caller, id, OpenLease.Kind.ANNOTATE, key, lease -> views.lease(caller, id, lease));
    }

    /** The tasks that this person holds. */
    List<WorkBodies.LeaseBody> open(ClientCaller caller, ProjectId id) {
        return leases.open(caller, id, OpenLease.Kind.ANNOTATE, lease -> views.lease(caller, id, lease));
    }

    /** Keeps unfinished work; it need not be complete. */
    void saveDraft(ClientCaller caller, ProjectId id, Handed handed) {
        var client = caller.client().id();
        projects.get(client, id);
        var lease = leases.dispatcher(caller).held(id, caller.person(), handed.ticket(), OpenLease.Kind.ANNOTATE);
        var answer = answers.read(client, id, lease.ontologyVersion, handed.answer());
        lease.markDrafted();
        saveDraft(caller, id, lease.task, answer, handed.activeSeconds(), tx -> {});
    }

    /** What is written with a draft, or not at all. */
    private interface Beside {
        void write(Tx tx);
    }

    private void saveDraft(ClientCaller caller, ProjectId id, long task, Answer answer, int seconds, Beside beside) {
        var client = caller.client().id();
        var context = WorkViews.draftContext(task, caller.person().toString());
        var sealed = answers.sealText(client, id, context, Answers.json(answer).getBytes(UTF_8));
        scope.clientDo(client, tx -> {
            store.saveDraft(tx, id, task, caller.person(), new SubmissionStore.NewDraft(sealed, seconds));
            beside.write(tx);
        });
        leases.dispatcher(caller).drafted(id, caller.person(), task);
    }

    /**
     * What came of handing an answer in.
     *
     * @param feedback null but for gold of a project that tells
     */
    record HandedIn(Outcome outcome, GoldReferee.@Nullable Feedback feedback) {}

    /**
     * Hands an answer in.
     *
     * @throws EtalonException invalid answer with its faults; lease stale, when the lease has ended, with the work kept
     */
    HandedIn submit(ClientCaller caller, ProjectId id, Handed handed, Dispatcher.KeyUse key, boolean next) {
        var client = caller.client().id();
        var project = projects.get(client, id);
        var worker = leases.worker(caller, project);
        try {
            var lease = leases.dispatcher(caller).held(id, caller.person(), handed.ticket(), OpenLease.Kind.ANNOTATE);
            var answer = answers.read(client, id, lease.ontologyVersion, handed.answer());
            answers.check(client, id, lease.ontologyVersion, answer, extent(caller, id, lease));
            var workflow = workflows.of(client, id);
            var answered = new Dispatcher.Answered(
                    handed.activeSeconds(),
                    workflow,
                    handed.unsure(),
                    workflow.asksForAgreement() ? agreement(caller, id, lease, answer) : OptionalDouble.empty(),
                    answers.seal(client, id, lease.id(), answer),
                    preLabels
                            .shown(client, id, lease)
                            .map(shown -> new FromPreLabel(shown.id(), shown.isSame(answer)))
                            .orElse(null));
            var outcome = leases.steady(() -> {
                var more = next && leases.mayHaveMore(caller, project, OpenLease.Kind.ANNOTATE);
                return leases.dispatcher(caller).submit(id, worker, handed.ticket(), answered, key, more);
            });
            if (lease.isGold()) {
                return new HandedIn(outcome, judged(caller, id, outcome));
            }
            redundancies.consider(client, id, lease.task, leases.dispatcher(caller));
            return new HandedIn(outcome, null);
        } catch (EtalonException e) {
            if (!e.code().equals(WorkCodes.LEASE_LOST)) {
                throw e;
            }
            var outcome =
                    leases.dispatcher(caller).replay(caller.person(), key).orElseThrow(() -> stale(caller, id, handed));
            return new HandedIn(outcome, judged(caller, id, outcome));
        }
    }

    /** With the newest answers of others to the same task that were not refused. */
    private OptionalDouble agreement(ClientCaller caller, ProjectId id, OpenLease lease, Answer answer) {
        var client = caller.client().id();
        var newest = new HashMap<PersonId, SubmissionStore.Row>();
        for (var row : scope.client(client, tx -> store.ofTask(tx, id, lease.task))) {
            newest.put(row.annotator(), row);
        }
        newest.remove(lease.person);
        return Agreement.with(
                answer,
                newest.values().stream()
                        .filter(row -> !row.refused())
                        .map(row -> views.inEffect(client, id, row))
                        .toList());
    }

    private GoldReferee.@Nullable Feedback judged(ClientCaller caller, ProjectId id, Outcome outcome) {
        var provider = referee;
        var judge = provider == null ? null : provider.getIfAvailable();
        return judge == null
                ? null
                : judge.answered(caller.client().id(), id, caller.person(), outcome.made())
                        .orElse(null);
    }

    private AssetExtent extent(ClientCaller caller, ProjectId id, OpenLease lease) {
        var known = lease.extent();
        return known == null
                ? assets.get(caller.client().id(), id, lease.assetId()).extent()
                : known;
    }

    private EtalonException stale(ClientCaller caller, ProjectId id, Handed handed) {
        var client = caller.client().id();
        var past = scope.client(client, tx -> store.pastLease(tx, id, caller.person(), handed.ticket()))
                .orElseThrow(EtalonException::notFound);
        var answer = answers.read(client, id, past.ontologyVersion(), handed.answer());
        // Deleted meanwhile, it cannot be looked at, and the draft is kept all the same.
        var asset = assets.getAll(client, id, List.of(past.asset())).get(past.asset());
        var isWhole = asset != null
                && answers.faults(client, id, past.ontologyVersion(), answer, asset.extent())
                        .isEmpty();
        saveDraft(caller, id, past.task(), answer, handed.activeSeconds(), tx -> {
            if (isWhole) {
                lateAnswers.note(tx, caller, id, past, answer, handed.activeSeconds());
            }
        });
        return new EtalonException(
                WorkCodes.LEASE_STALE,
                "This lease has ended before your answer came. Your work is kept as your draft of task " + past.task()
                        + "; it is there when the task comes to you again.");
    }

    /** Puts a task away for good, for a reason. */
    Outcome skip(
            ClientCaller caller,
            ProjectId id,
            Dispatcher.Ticket ticket,
            WorkBodies.SkipRequest asked,
            Dispatcher.@Nullable KeyUse key) {
        var reason = asked.reason();
        var note = asked.note();
        if (reason == null || !SKIP_REASONS.contains(reason)) {
            throw EtalonException.invalidAt(
                    "/reason",
                    (reason == null ? "is missing" : "is “" + reason + "”") + "; it must be one of "
                            + String.join(", ", SKIP_REASONS));
        }
        if (note != null && note.length() > MAX_NOTE) {
            throw EtalonException.invalidAt("/note", "has more than " + MAX_NOTE + " characters");
        }
        var client = caller.client().id();
        var worker = leases.worker(caller, projects.get(client, id));
        var sealed = note == null || note.isBlank()
                ? null
                : answers.sealText(client, id, Answers.skipContext(ticket.lease()), note.getBytes(UTF_8));
        return leases.dispatcher(caller).skip(id, worker, ticket, new Dispatcher.Skipped(reason, sealed), key);
    }

    /** Shows the lease that came with an outcome; empty when there was none or it has ended since. */
    Optional<WorkBodies.LeaseBody> next(ClientCaller caller, ProjectId id, Outcome outcome) {
        return leases.granted(caller, id, outcome, lease -> views.lease(caller, id, lease));
    }
}
