package io.etalon.server.work.engine;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.state.TaskEvent;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
     */
    public record Worker(PersonId person, String via, int rounds, OpenLease.Versions versions) {}

    /** A lease that its holder wants to use. */
    public record Ticket(long lease, long token) {}

    /** An idempotency key and the hash of the body it came with. */
    public record KeyUse(String key, byte[] bodyHash) {}

    /** An answer on its way in. */
    public record Answered(int activeSeconds, double reviewShare, SealedAnswer content) {}

    /** A decision on its way in. */
    public record Judged(Decision decision, @Nullable SealedAnswer content, byte @Nullable [] comments) {}

    private final ClientId client;
    private final TenantScope scope;
    private final ToIntFunction<ProjectId> redundancy;
    private final WorkConfig config;
    private final Ids ids;
    private final DatabaseClock clock;
    private final Writers writers;
    private final Replays replays;
    private final PlanStore plans = new PlanStore();
    private final ConcurrentMap<ProjectId, QueueHolder> queues = new ConcurrentHashMap<>();
    private final AtomicLong openings = new AtomicLong();

    /** What a dispatcher stands on. */
    public record Ground(TenantScope scope, Ids ids, Clock clock, AuditTrail audit, WorkConfig config) {}

    public Dispatcher(ClientId client, Ground ground, ToIntFunction<ProjectId> redundancy) {
        this.client = client;
        this.scope = ground.scope();
        this.redundancy = redundancy;
        this.config = ground.config();
        this.ids = ground.ids();
        this.clock = new DatabaseClock(ground.clock());
        var store = new WorkStore(ground.audit());
        this.writers = new Writers(client, () -> scope.dedicated(client), store, config, clock);
        this.replays = new Replays(
                (person, key) -> scope.client(client, tx -> Optional.ofNullable(store.key(tx, person, key))));
    }

    public <T extends @Nullable Object> T with(ProjectId project, Function<WorkQueue, T> work) {
        return queues.computeIfAbsent(project, id -> new QueueHolder(id, writers, this::open))
                .with(work);
    }

    private WorkQueue open(ProjectId project) {
        var queue = new WorkQueue(client, project, writers.own(project), redundancy.applyAsInt(project));
        queue.opening = openings.incrementAndGet();
        scope.clientDo(client, tx -> {
            clock.observe(plans.clock(tx));
            new Rebuild(queue, clock.millis() + config.lease().toMillis()).load(tx);
        });
        return queue;
    }

    /**
     * Makes tasks for assets that have none yet.
     *
     * @param once runs the planning in its transaction, or tells what came of an earlier try
     */
    public Planned plan(ProjectId project, List<UUID> assets, int priority, UnaryOperator<Tx.Work<Planned>> once) {
        return with(project, queue -> {
            synchronized (queue) {
                try {
                    var made = new ArrayList<Long>();
                    var planned = scope.client(client, once.apply(tx -> {
                        made.addAll(plans.plan(tx, project, assets, priority));
                        return new Planned(made.size(), queue.book.counts().tasks() + made.size());
                    }));
                    made.forEach(task -> queue.add(task, priority));
                    return planned;
                } catch (RuntimeException e) {
                    // The rows may be there although the answer was lost.
                    queue.suspect();
                    throw e;
                }
            }
        });
    }

    /**
     * Adds tasks for assets that the caller's open transaction has written, commits it, and only then offers them.
     *
     * @param commit ends the transaction; when it fails it is unknown whether the tasks are there
     */
    public void append(ProjectId project, Tx tx, NewTasks tasks, NewTasks.Commit commit) {
        with(project, queue -> {
            TaskAppend.run(queue, plans, tx, tasks, commit);
            return Boolean.TRUE;
        });
    }

    /** Grants the next task; null when there is none for this person now. */
    @Nullable
    public OpenLease annotate(ProjectId project, Worker worker) {
        return with(project, queue -> granted(queue, worker, claim(queue, worker, OpenLease.Kind.ANNOTATE, true)));
    }

    /** Grants the next submission to review; null when there is none for this person now. */
    @Nullable
    public OpenLease review(ProjectId project, Worker worker) {
        return with(project, queue -> granted(queue, worker, claim(queue, worker, OpenLease.Kind.REVIEW, true)));
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
                        .orElseGet(() -> with(project, queue -> {
                            var lease = claim(queue, worker, kind, true);
                            if (lease == null) {
                                return new Outcome(key.bodyHash(), 0, "none", null, false);
                            }
                            var write = new Write(queue, worker.via());
                            grant(write, lease);
                            return written(write, worker.person(), key, "leased");
                        })));
    }

    private Outcome once(PersonId person, @Nullable KeyUse key, Supplier<Outcome> work) {
        return key == null ? work.get() : replays.once(person, key.key(), key.bodyHash(), work);
    }

    private Outcome written(Write write, PersonId person, @Nullable KeyUse key, String state) {
        if (key != null) {
            write.key = new Write.Key(person, key.key(), key.bodyHash(), state);
        }
        writers.write(write);
        return new Outcome(
                key == null ? new byte[0] : key.bodyHash(),
                write.made,
                state,
                write.grant == null ? null : write.grant.id,
                false);
    }

    private @Nullable OpenLease granted(WorkQueue queue, Worker worker, @Nullable OpenLease lease) {
        if (lease != null) {
            var write = new Write(queue, worker.via());
            grant(write, lease);
            writers.write(write);
        }
        return lease;
    }

    private static void grant(Write write, OpenLease lease) {
        write.grant = lease;
        write.onFailure(() -> write.queue.released(lease));
    }

    private @Nullable OpenLease claim(WorkQueue queue, Worker worker, OpenLease.Kind kind, boolean tellCap) {
        var desk = queue.desk(worker.person());
        synchronized (desk) {
            if (desk.openOf(kind) >= config.openLeases()) {
                if (!tellCap) {
                    return null;
                }
                throw new EtalonException(
                        WorkCodes.LEASE_CAP,
                        "You hold " + config.openLeases() + " leases here; submit or release one first.");
            }
            var token = ByteBuffer.wrap(ids.bytes(Long.BYTES)).getLong();
            return switch (kind) {
                case ANNOTATE -> queue.claimTask(desk, worker.rounds(), worker.versions(), token);
                case REVIEW -> queue.claimReview(desk, worker.versions(), token);
            };
        }
    }

    /**
     * Writes an answer, and grants the next task in the same commit when asked to.
     *
     * @throws EtalonException lease lost, when the lease has ended or the token is not its own
     */
    public Outcome submit(
            ProjectId project, Worker worker, Ticket ticket, Answered answered, KeyUse key, boolean next) {
        return once(
                worker.person(), key, () -> with(project, queue -> submit(queue, worker, ticket, answered, key, next)));
    }

    private Outcome submit(WorkQueue queue, Worker worker, Ticket ticket, Answered answered, KeyUse key, boolean next) {
        var lease = closing(queue, worker, ticket, OpenLease.Kind.ANNOTATE);
        var past = lease.past;
        var sampled = past != null
                || Sampling.sampled(queue.project, lease.task, lease.person, lease.round, answered.reviewShare());
        var revision = past == null ? 1 : past.revision() + 1;
        var state = sampled ? "in_review" : "submitted";
        var write = new Write(queue, worker.via());
        write.submission = new Write.Submission(lease, revision, answered.activeSeconds(), sampled, answered.content());
        write.onCommit(() -> queue.submitted(
                lease,
                new SubmissionRef(write.made, lease.position, lease.task, lease.person, lease.round, revision),
                sampled));
        return ended(write, worker, key, state, lease, next);
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
                () -> with(project, queue -> {
                    var lease = closing(queue, worker, ticket, OpenLease.Kind.REVIEW);
                    var write = new Write(queue, worker.via());
                    write.judgement =
                            new Write.Judgement(lease, judged.decision(), judged.content(), judged.comments());
                    write.onCommit(() -> queue.decided(lease, judged.decision(), clock.millis()));
                    var state = switch (judged.decision()) {
                        case ACCEPT -> "accepted";
                        case FIX -> "fixed";
                        case RETURN -> "returned";
                    };
                    return ended(write, worker, key, state, lease, next);
                }));
    }

    private Outcome ended(Write write, Worker worker, KeyUse key, String state, OpenLease lease, boolean next) {
        write.onFailure(lease::reopen);
        if (next) {
            var granted = claim(write.queue, worker, lease.kind, false);
            if (granted != null) {
                grant(write, granted);
            }
        }
        return written(write, worker.person(), key, state);
    }

    /** The lease, checked and closed to everybody else; reopened when its end cannot be written. */
    private static OpenLease closing(WorkQueue queue, Worker worker, Ticket ticket, OpenLease.Kind kind) {
        var lease = find(queue, worker.person(), ticket, kind);
        if (!lease.close()) {
            throw lost();
        }
        return lease;
    }

    private static OpenLease find(WorkQueue queue, PersonId person, Ticket ticket, OpenLease.Kind kind) {
        var lease = queue.lease(ticket.lease());
        if (lease == null || lease.kind != kind || !lease.person.equals(person) || lease.token != ticket.token()) {
            throw lost();
        }
        return lease;
    }

    private static EtalonException lost() {
        return new EtalonException(WorkCodes.LEASE_LOST, "This lease has ended or is not yours; ask for another.");
    }

    /**
     * Renews a lease and returns its new deadline in milliseconds. Leaves no trace in the tables: a {@link Rebuild} gives
     * every lease that has no end a whole term, so that a restart lengthens leases and never shortens one.
     */
    public long heartbeat(ProjectId project, PersonId person, Ticket ticket, OpenLease.Kind kind) {
        return with(project, queue -> {
            var lease = find(queue, person, ticket, kind);
            if (!lease.live()) {
                throw lost();
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
        return with(project, queue -> find(queue, person, ticket, kind));
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

    /** What a key stands for already; a mismatch of bodies is refused. */
    public Optional<Outcome> replay(PersonId person, KeyUse key) {
        return replays.known(person, key.key(), key.bodyHash());
    }

    /** Gives a lease back. */
    public Outcome release(ProjectId project, Worker worker, Ticket ticket, OpenLease.Kind kind, @Nullable KeyUse key) {
        return once(
                worker.person(),
                key,
                () -> with(project, queue -> {
                    var lease = closing(queue, worker, ticket, kind);
                    return written(
                            ending(queue, lease, Write.EndReason.RELEASED, worker.via()),
                            worker.person(),
                            key,
                            "released");
                }));
    }

    /** Why a task is not done by its holder; the note is sealed. */
    public record Skipped(String reason, byte @Nullable [] note) {}

    /** The holder will not do this task; the skip that reaches the limit escalates it. */
    public Outcome skip(ProjectId project, Worker worker, Ticket ticket, Skipped skipped, @Nullable KeyUse key) {
        return once(
                worker.person(),
                key,
                () -> with(project, queue -> {
                    var lease = closing(queue, worker, ticket, OpenLease.Kind.ANNOTATE);
                    var write = new Write(queue, worker.via());
                    write.end = new Write.End(lease, Write.EndReason.SKIPPED, skipped.reason(), skipped.note());
                    var escalates = queue.countSkip(lease.position, config.skipsToEscalate());
                    write.onFailure(() -> {
                        queue.uncountSkip(lease.position);
                        lease.reopen();
                    });
                    write.onCommit(() -> queue.skipped(lease));
                    if (escalates) {
                        write.event = new Write.Event(lease.task, TaskEvent.ESCALATE, worker.person());
                        write.onCommit(() -> queue.moved(lease.position, TaskEvent.ESCALATE));
                    }
                    return written(write, worker.person(), key, "skipped");
                }));
    }

    private static Write ending(WorkQueue queue, OpenLease lease, Write.EndReason how, String via) {
        var write = new Write(queue, via);
        write.end = new Write.End(lease, how, null, null);
        write.onCommit(() -> queue.released(lease));
        write.onFailure(lease::reopen);
        return write;
    }

    /** A requester withdraws a task or puts an escalated one back; leases on a withdrawn task end. */
    public Outcome change(
            ProjectId project, PersonId person, String via, long task, TaskEvent event, @Nullable KeyUse key) {
        return once(
                person,
                key,
                () -> with(project, queue -> {
                    var position = queue.tasks.find(task);
                    if (position < 0) {
                        throw EtalonException.notFound();
                    }
                    Outcome outcome;
                    synchronized (queue) {
                        queue.book.check(position, event);
                        var write = new Write(queue, via);
                        write.event = new Write.Event(task, event, person);
                        write.onCommit(() -> queue.moved(position, event));
                        outcome = written(write, person, key, event.name());
                    }
                    if (event == TaskEvent.CANCEL) {
                        var ends = new ArrayList<CompletableFuture<Write>>();
                        for (var lease : queue.openLeases()) {
                            if (lease.task == task && lease.close()) {
                                ends.add(writers.hand(ending(queue, lease, Write.EndReason.SUPERSEDED, via)));
                            }
                        }
                        ends.forEach(Writers::join);
                    }
                    return outcome;
                }));
    }

    /** A project's redundancy changed. */
    public void need(ProjectId project, int answers) {
        if (queues.containsKey(project)) {
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
        var count = 0;
        for (var entry : queues.entrySet()) {
            if (entry.getValue().peek() == null) {
                continue;
            }
            count += with(entry.getKey(), queue -> {
                var ends = new ArrayList<CompletableFuture<Write>>();
                for (var lease : queue.openLeases()) {
                    if (lease.deadline < now && lease.close()) {
                        ends.add(writers.hand(ending(queue, lease, Write.EndReason.EXPIRED, "system")));
                    }
                }
                ends.forEach(Writers::join);
                return ends.size();
            });
        }
        return count;
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
        var count = 0;
        for (var entry : queues.entrySet()) {
            if (entry.getValue().peek() != null) {
                count += with(entry.getKey(), queue -> {
                    var overdue = queue.overdue(before);
                    return overdue.isEmpty() ? 0 : lapse(queue, overdue, annotators.apply(entry.getKey()));
                });
            }
        }
        return count;
    }

    private int lapse(WorkQueue queue, List<SubmissionRef> overdue, List<PersonId> people) {
        var writes = new ArrayList<CompletableFuture<Write>>();
        for (var ref : overdue) {
            if (queue.isForAnother(ref, people) && queue.reclaim(ref)) {
                var write = new Write(queue, "system");
                write.lapse = ref;
                write.onCommit(() -> queue.lapsed(ref));
                write.onFailure(() -> queue.unreclaimed(ref));
                writes.add(writers.hand(write));
            }
        }
        writes.forEach(Writers::join);
        return writes.size();
    }

    @Override
    public void close() {
        writers.close();
    }
}
