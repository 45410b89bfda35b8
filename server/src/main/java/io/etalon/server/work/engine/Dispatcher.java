package io.etalon.server.work.engine;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.gold.GoldSource;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.review.Way;
import io.etalon.server.work.review.Workflow;
import io.etalon.server.work.state.TaskEvent;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One client's work: hands out leases and takes their ends, each as one durable write. Knows tasks, people and numbers;
 * what an answer says is its caller's business. Every method that returns normally has committed. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    /**
     * Who asks.
     *
     * @param rounds how many rounds this person may do
     * @param reach what this person may decide on
     * @param workforce for whom he works; null for the client's own people
     * @param showing how what he gets is shown to him; null when that is made when it is asked for
     */
    public record Worker(
            PersonId person,
            String via,
            int rounds,
            OpenLease.Versions versions,
            Reach reach,
            @Nullable UUID workforce,
            @Nullable Showing showing) {
        public Worker(PersonId person, String via, int rounds, OpenLease.Versions versions) {
            this(person, via, rounds, versions, Reach.STAGES, null, null);
        }

        public Worker(PersonId person, String via, int rounds, OpenLease.Versions versions, Reach reach) {
            this(person, via, rounds, versions, reach, null, null);
        }
    }

    /** A lease that its holder wants to use. */
    public record Ticket(long lease, long token) {}

    /** An idempotency key and the hash of the body it came with. */
    public record KeyUse(String key, byte[] bodyHash) {}

    /**
     * An answer on its way in.
     *
     * @param workflow by which it will be looked at
     * @param unsure whether its author says that he is not sure
     * @param agreement with the other answers to its task; empty when there is none or nobody asks
     * @param from null when its author was shown no pre-label
     */
    public record Answered(
            int activeSeconds,
            Workflow workflow,
            boolean unsure,
            OptionalDouble agreement,
            SealedAnswer content,
            @Nullable FromPreLabel from) {
        /** The short form: a part of the answers is looked at once. */
        public Answered(int activeSeconds, double reviewShare, SealedAnswer content) {
            this(activeSeconds, Workflow.ofShare(reviewShare), false, OptionalDouble.empty(), content, null);
        }
    }

    /**
     * Where planned tasks stand.
     *
     * @param batch 0 for none
     */
    public record Place(int priority, int batch) {}

    /** What has to hold, or to be written, in the transaction of an act on what was counted. */
    @FunctionalInterface
    public interface Confirm {
        void check(Tx tx, Tally tally) throws Exception;
    }

    /** An act on many tasks by a person. */
    public record ActOrder(TaskAct act, Pick pick, PersonId person, String via, Confirm confirm) {}

    /** A decision on its way in. */
    public record Judged(Decision decision, @Nullable SealedAnswer content, byte @Nullable [] comments) {}

    private final ClientId client;
    private final TenantScope scope;
    private final Settings settings;
    private final TaskActs acts;
    private final WorkConfig config;
    private final DatabaseClock clock;
    private final Supplier<GoldSource> gold;
    private final Writers writers;
    private final Grants grants;
    private final Endings endings;
    private final Upkeep upkeep;
    private final Replays replays;
    private final PlanStore plans = new PlanStore();
    private final Planning planning;
    private final OpenQueues queues;
    private final AtomicLong openings = new AtomicLong();
    private final Roster roster;

    /** What a dispatcher stands on. */
    public record Ground(
            TenantScope scope, Ids ids, Clock clock, AuditTrail audit, WorkConfig config, Supplier<GoldSource> gold) {
        /** Without gold. */
        public Ground(TenantScope scope, Ids ids, Clock clock, AuditTrail audit, WorkConfig config) {
            this(scope, ids, clock, audit, config, () -> GoldSource.NONE);
        }
    }

    /** A dispatcher whose queues have no rules but a number of answers a task. */
    public Dispatcher(ClientId client, Ground ground, ToIntFunction<ProjectId> redundancy) {
        this(
                client,
                ground,
                new Settings(redundancy, project -> QueuePolicy.OPEN, (project, policy) -> {}, Routing.NONE));
    }

    public Dispatcher(ClientId client, Ground ground, Settings settings) {
        this.client = client;
        this.scope = ground.scope();
        this.settings = settings;
        this.config = ground.config();
        this.gold = ground.gold();
        this.clock = new DatabaseClock(ground.clock());
        var store = new WorkStore(ground.audit());
        this.writers = new Writers(
                new Writers.Owner(client, scope.node()), () -> scope.dedicated(client), store, config, clock);
        this.grants = new Grants(writers, config, ground.ids());
        this.endings = new Endings(grants, config, clock);
        this.upkeep = new Upkeep(writers);
        this.queues = new OpenQueues(writers, this::open);
        this.roster = new Roster(this, writers, upkeep, queues::has);
        this.planning = new Planning(scope, writers, plans);
        this.acts = new TaskActs(scope, writers, upkeep);
        this.replays = new Replays(
                (person, key) -> scope.client(client, tx -> Optional.ofNullable(store.key(tx, person, key))));
    }

    /** Which server has the client's queues. */
    public Seat seat() {
        return new Seat(client, scope, writers);
    }

    public <T extends @Nullable Object> T with(ProjectId project, Function<WorkQueue, T> work) {
        return queues.with(project, work);
    }

    private WorkQueue open(ProjectId project) {
        // The rules are asked for after the queue is owned, so that a change of them is either read or told.
        var epoch = writers.own(project);
        var terms = new Terms(
                project,
                settings.redundancy().applyAsInt(project),
                settings.policy().apply(project));
        var queue = new WorkQueue(client, project, epoch, terms);
        queue.opening = openings.incrementAndGet();
        queue.gold.source(gold.get());
        queue.claims.barred(roster.barred());
        scope.clientDo(client, tx -> {
            clock.observe(plans.clock(tx));
            new Rebuild(queue, clock.millis() + config.lease().toMillis()).load(tx);
        });
        queue.quotas.restore(settings.routing().standing(project), settings.routing());
        settings.opened().accept(project, queue.policy());
        return queue;
    }

    /**
     * Makes tasks for assets that have none yet.
     *
     * @param once runs the planning in its transaction, or tells what came of an earlier try
     */
    public Planned plan(ProjectId project, List<UUID> assets, int priority, UnaryOperator<Tx.Work<Planned>> once) {
        return plan(project, assets, new Place(priority, 0), once);
    }

    /**
     * The same with a batch.
     *
     * @throws EtalonException not found, when there is no such batch
     */
    public Planned plan(ProjectId project, List<UUID> assets, Place place, UnaryOperator<Tx.Work<Planned>> once) {
        return with(project, queue -> planning.plan(queue, assets, place, once));
    }

    /** Makes a batch, or pauses it or takes it up again: {@code once} is handed the writing of it. */
    public Batch batch(ProjectId project, UnaryOperator<Tx.Work<Batch>> once, Tx.Work<Batch> write) {
        return with(project, queue -> planning.batch(queue, once, write));
    }

    /** Does an act to many tasks, in one transaction; returns to how many. */
    public int act(ProjectId project, ActOrder order, UnaryOperator<Tx.Work<Integer>> once) {
        return with(project, queue -> acts.run(queue, order, once));
    }

    /** To what an act would do something now. */
    public Tally count(ProjectId project, TaskAct act, Pick pick) {
        return with(project, queue -> Tally.of(queue, pick.of(queue, act)));
    }

    /** What is done to single answers. */
    public AnswerActs answers() {
        return new AnswerActs(queues, scope, writers, upkeep);
    }

    /** Lets go of the queues of projects that are gone, with all that is in memory of them. */
    public void letGo(Predicate<ProjectId> gone) {
        queues.letGo(gone);
    }

    /** Whether a project's queue is in memory. */
    public boolean holds(ProjectId project) {
        return queues.isOpen(project);
    }

    /** Puts a queue's rules into force that are committed. */
    public void policy(ProjectId project, QueuePolicy policy) {
        if (queues.has(project)) {
            with(project, queue -> {
                synchronized (queue) {
                    queue.policy(policy);
                }
                return policy;
            });
        }
    }

    /** Who may take how much, and who nothing. */
    public Roster roster() {
        return roster;
    }

    /** What is known of a task when its number of answers is decided. */
    public record Seen(long task, int answers) {}

    /**
     * Decides how many answers one task needs, if it has as many as the decision is based on; whoever saw more decides
     * anew.
     *
     * @param decision from the number of answers that it needs up to now
     */
    public void decideNeed(ProjectId project, Seen seen, IntUnaryOperator decision) {
        with(project, queue -> {
            planning.decideNeed(queue, seen, decision);
            return seen;
        });
    }

    /**
     * Adds tasks for assets that the caller's open transaction has written, commits it, and only then offers them.
     *
     * @param commit ends the transaction; when it fails it is unknown whether the tasks are there
     */
    public void append(ProjectId project, Tx tx, NewTasks tasks, NewTasks.Commit commit) {
        with(project, queue -> {
            writers.fence(tx);
            TaskAppend.run(queue, plans, tx, tasks, commit);
            return Boolean.TRUE;
        });
    }

    /** Grants the next task; null when there is none for this person now. */
    @Nullable
    public OpenLease annotate(ProjectId project, Worker worker) {
        return with(project, queue -> grants.next(queue, worker, OpenLease.Kind.ANNOTATE));
    }

    /** Grants the next submission to review; null when there is none for this person now. */
    @Nullable
    public OpenLease review(ProjectId project, Worker worker) {
        return with(project, queue -> grants.next(queue, worker, OpenLease.Kind.REVIEW));
    }

    /**
     * The same for a request that bears a key: the key's row is committed with the grant. A key under which there was
     * nothing to do stays free, since nothing was done that another try could do twice.
     *
     * @return what came of it; without a lease when there is none for this person now
     */
    public Outcome grant(ProjectId project, Worker worker, OpenLease.Kind kind, KeyUse key) {
        // Looked up first, unlike other keys: asking again could be done, and would take another task.
        return once(
                worker.person(),
                key,
                () -> replay(worker.person(), key)
                        .orElseGet(() -> with(project, queue -> grants.next(queue, worker, kind, key))));
    }

    private Outcome once(PersonId person, @Nullable KeyUse key, Supplier<Outcome> work) {
        return key == null ? work.get() : replays.once(person, key.key(), key.bodyHash(), work);
    }

    /**
     * Writes an answer, and grants the next task in the same commit when asked to.
     *
     * @throws EtalonException lease lost, when the lease has ended or the token is not its own
     */
    public Outcome submit(
            ProjectId project, Worker worker, Ticket ticket, Answered answered, KeyUse key, boolean next) {
        return once(
                worker.person(),
                key,
                () -> with(project, queue -> endings.submit(queue, worker, ticket, answered, key, next)));
    }

    /**
     * Writes a decision, and grants the next submission in the same commit when asked to.
     *
     * @throws EtalonException lease lost, as {@link #submit}
     */
    public Outcome decide(ProjectId project, Worker worker, Ticket ticket, Judged judged, KeyUse key, boolean next) {
        return once(
                worker.person(),
                key,
                () -> with(project, queue -> endings.decide(queue, worker, ticket, judged, key, next)));
    }

    /**
     * Brings a refused answer before who decides on appeals.
     *
     * @param refused as the tables show it
     * @param text what its author says, sealed
     * @throws EtalonException conflict, when its author has done it again or given it up, or it was taken from him
     */
    public Outcome appeal(ProjectId project, Worker author, Refused refused, byte[] text, @Nullable KeyUse key) {
        return once(
                author.person(), key, () -> with(project, queue -> endings.appeal(queue, author, refused, text, key)));
    }

    /** An answer that was refused: returned to its author, or rejected. */
    public record Refused(long submission, long task, int round, int revision, Way way) {}

    /**
     * Renews a lease and returns its new deadline in milliseconds. Leaves no trace in the tables: a {@link Rebuild} gives
     * every lease that has no end a whole term, so that a restart lengthens leases and never shortens one.
     */
    public long heartbeat(ProjectId project, PersonId person, Ticket ticket, OpenLease.Kind kind) {
        return with(project, queue -> {
            var lease = Endings.find(queue, person, ticket, kind);
            if (!lease.live()) {
                throw Endings.lost();
            }
            lease.deadline = clock.millis() + config.lease().toMillis();
            return lease.deadline;
        });
    }

    /**
     * The lease that a ticket is for.
     *
     * @throws EtalonException lease lost, when it has ended
     */
    public OpenLease held(ProjectId project, PersonId person, Ticket ticket, OpenLease.Kind kind) {
        return with(project, queue -> Endings.find(queue, person, ticket, kind));
    }

    /** A lease by its number, if it is open and this person's. */
    public Optional<OpenLease> held(ProjectId project, PersonId person, long lease) {
        return with(
                project,
                queue -> Optional.ofNullable(queue.lease(lease))
                        .filter(open -> open.person.equals(person) && open.live()));
    }

    /** This person's open leases of one kind, in the order of their grants. */
    public List<OpenLease> held(ProjectId project, PersonId person, OpenLease.Kind kind) {
        return with(
                project,
                queue -> queue.openLeases(person).stream()
                        .filter(lease -> lease.kind == kind)
                        .toList());
    }

    /** The holder's unfinished work on a lease's task is about to be kept, or is kept now. */
    public void drafted(ProjectId project, PersonId person, long task) {
        with(project, queue -> queue.drafts.add(new WorkQueue.DraftOf(person, task)));
    }

    /** The assets of the tasks around one whose asset was asked for a moment ago: its own at least. */
    public Collection<UUID> assetsNear(ProjectId project, OpenLease lease) {
        return with(project, queue -> queue.assets.near(queue.tasks, lease.task, lease.assetId()));
    }

    /** What a key stands for already; a mismatch of bodies is refused. */
    public Optional<Outcome> replay(PersonId person, KeyUse key) {
        return replays.known(person, key.key(), key.bodyHash());
    }

    /** Gives a lease back. */
    public Outcome release(ProjectId project, Worker worker, Ticket ticket, OpenLease.Kind kind, @Nullable KeyUse key) {
        return once(
                worker.person(), key, () -> with(project, queue -> endings.release(queue, worker, ticket, kind, key)));
    }

    /** Why a task is not done by its holder; the note is sealed. */
    public record Skipped(String reason, byte @Nullable [] note) {}

    /** The holder will not do this task; the skip that reaches the limit escalates it. */
    public Outcome skip(ProjectId project, Worker worker, Ticket ticket, Skipped skipped, @Nullable KeyUse key) {
        return once(
                worker.person(), key, () -> with(project, queue -> endings.skip(queue, worker, ticket, skipped, key)));
    }

    /** A requester withdraws a task or puts an escalated one back; leases on a withdrawn task end. */
    public Outcome change(
            ProjectId project, PersonId person, String via, long task, TaskEvent event, @Nullable KeyUse key) {
        return once(
                person,
                key,
                () -> with(project, queue -> {
                    var outcome = endings.change(queue, via, new Write.Event(task, event, person), key);
                    if (event == TaskEvent.CANCEL) {
                        upkeep.end(queue, lease -> lease.task == task, Write.EndReason.SUPERSEDED, via);
                    }
                    return outcome;
                }));
    }

    /** Ends every lease of a project that is out of sight, and lets go of its queue; one that is not open gives nobody anything. */
    public void withdraw(ProjectId project, String via) {
        queues.ifOpen(project, (id, queue) -> upkeep.end(queue, lease -> true, Write.EndReason.SUPERSEDED, via));
        queues.letGo(project::equals);
    }

    /** A project's gold or pre-labels changed: its queue reads anew what it shows. A queue that is not open reads it when it is opened. */
    public void regild(ProjectId project) {
        if (queues.has(project)) {
            with(project, queue -> {
                scope.clientDo(client, queue.gold::reload);
                return Boolean.TRUE;
            });
        }
    }

    /** A project's redundancy changed. */
    public void need(ProjectId project, int answers) {
        if (queues.has(project)) {
            with(project, queue -> {
                synchronized (queue) {
                    queue.need(answers);
                }
                return answers;
            });
        }
    }

    /** Ends the leases whose deadline has passed; returns how many. Queues that are not open are left alone. */
    public int sweep() {
        var now = clock.millis();
        return queues.each((project, queue) ->
                upkeep.end(queue, lease -> lease.deadline < now, Write.EndReason.EXPIRED, "system"));
    }

    /**
     * Takes returned work from authors who let it lie for longer than {@link WorkConfig#returned}, so that somebody else
     * gets it who has not answered that task; where there is nobody, it stays with its author. Returns how many were
     * taken. Queues that are not open are left alone.
     *
     * @param annotators who may annotate in a project now; asked only when something is overdue
     */
    public int lapse(Function<ProjectId, List<PersonId>> annotators) {
        var before = clock.millis() - config.returned().toMillis();
        return queues.each((project, queue) -> {
            var overdue = queue.returns.overdue(before);
            return overdue.isEmpty() ? 0 : upkeep.lapse(queue, overdue, annotators.apply(project));
        });
    }

    @Override
    public void close() {
        writers.close();
    }
}
