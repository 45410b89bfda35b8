package io.etalon.server.work.engine;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.frontier.Frontier;
import io.etalon.server.work.policy.Admission;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.policy.Refusal;
import io.etalon.server.work.review.Signs;
import io.etalon.server.work.state.Counts;
import io.etalon.server.work.state.TaskBook;
import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One project's work in memory: the frontier of tasks, the front of submissions that wait for a decision, the book of
 * states, and the open leases. Its methods come in pairs: what takes something from a frontier happens before the
 * write is handed to the {@link Writers}; what books it happens after the commit; what undoes it, after a failure.
 *
 * <p>Thread-safe. Locks are taken in the order desk, claimant, lane; the book's lock is taken alone.
 */
public final class WorkQueue {
    final ClientId client;
    final ProjectId project;
    /** The writers' epoch whose locks own this queue; see {@link Writers#epoch}. */
    final long epoch;

    final Frontier tasks = new Frontier();
    final ReviewFront reviews = new ReviewFront();
    final TaskBook book = new TaskBook();
    final Terms terms;
    final Quotas quotas = new Quotas(this);
    final Claims claims = new Claims(this);
    /** Held by acts of requesters on tasks from their choice until they are in memory; taken before the queue's own. */
    final Object acts = new Object();

    final Arrangement arranged;
    final AssetWindow assets;
    final GoldLane gold = new GoldLane(this);
    final PreLabelling preLabelling = new PreLabelling();
    final Returns returns = new Returns(this);
    final Visibility visibility = new Visibility(this);
    final ConcurrentMap<UUID, PersonDesk> desks = new ConcurrentHashMap<>();
    final ConcurrentMap<Long, OpenLease> leases = new ConcurrentHashMap<>();
    /** Guarded by its own monitor. */
    final Map<Integer, Integer> skips = new HashMap<>();
    /** Whose unfinished work on which tasks is kept. */
    final Set<DraftOf> drafts = ConcurrentHashMap.newKeySet();

    private volatile boolean suspect;
    /** How many times a queue of this client was opened before: keeps versions apart across rebuilds. */
    long opening;

    WorkQueue(ClientId client, ProjectId project, long epoch, Terms terms) {
        this.client = client;
        this.project = project;
        this.assets = new AssetWindow(project);
        this.epoch = epoch;
        this.terms = terms;
        this.arranged = new Arrangement(this);
    }

    /** The key of a draft. */
    record DraftOf(PersonId person, long task) {}

    /** Memory may differ from the tables: it must be rebuilt before it is used again. */
    void suspect() {
        suspect = true;
    }

    boolean isSuspect() {
        return suspect;
    }

    /** What is computed from answers changed by other means than answers and decisions. */
    public long touched() {
        book.touch();
        return version();
    }

    /** Never the same for two states of the queue, as long as the process lives. */
    public long version() {
        return opening << 40 | book.version();
    }

    public Counts counts() {
        return book.counts();
    }

    /**
     * A task as the queue knows it.
     *
     * @param submissions answers in effect
     */
    public record Line(long task, TaskState state, int submissions, int needed) {}

    /** The tasks that have all they need, as they stand now. */
    public LongPredicate finished() {
        var finished = LongStream.builder();
        for (var position = book.next(-1, TaskState.DONE);
                position >= 0;
                position = book.next(position, TaskState.DONE)) {
            finished.add(tasks.id(position));
        }
        var sorted = finished.build().sorted().toArray();
        return task -> Arrays.binarySearch(sorted, task) >= 0;
    }

    /**
     * The tasks in the order they were planned, or those in one state.
     *
     * @param after the task before the first one; 0 for the beginning
     * @throws EtalonException invalid, when there is no such task
     */
    public List<Line> lines(@Nullable TaskState state, int most, long after) {
        var lines = new ArrayList<Line>();
        var position = after == 0 ? -1 : tasks.find(after);
        if (after != 0 && position < 0) {
            throw EtalonException.invalidAt("/cursor", "is not one that this list gave out");
        }
        while (lines.size() < most && (position = book.next(position, state)) >= 0) {
            lines.add(line(position));
        }
        return lines;
    }

    /** @throws EtalonException not found, when there is no such task */
    public Line line(long task) {
        return line(position(task));
    }

    /** @throws EtalonException not found, when there is no such task, or it is deleted */
    int position(long task) {
        var position = tasks.find(task);
        if (position < 0 || book.isHidden(position)) {
            throw EtalonException.notFound();
        }
        return position;
    }

    private Line line(int position) {
        return new Line(tasks.id(position), book.state(position), book.submissions(position), book.needed(position));
    }

    /** What waits for one person, and what he has done. */
    public record Share(long waiting, long done) {}

    /**
     * Looks at every task: for screens.
     *
     * @param rounds how many rounds this person may do
     * @param reach what this person may decide on
     */
    public Share share(PersonId person, OpenLease.Kind kind, int rounds, Reach reach) {
        var desk = desk(person);
        synchronized (desk) {
            return switch (kind) {
                case REVIEW -> new Share(reviews.available(person, reach), desk.decided);
                case ANNOTATE -> {
                    var waiting = 0L;
                    for (var round = 1; round <= rounds; round++) {
                        waiting += tasks.available(desk.annotator, round);
                    }
                    yield new Share(gold.waiting(desk, waiting), desk.submitted);
                }
            };
        }
    }

    void add(long task, int priority) {
        add(task, priority, 0);
    }

    void add(long task, int priority, int batch) {
        var needed = terms.needed(task);
        book.add(needed, batch);
        tasks.add(task, priority, arranged.deadline(batch), arranged.isPaused(batch) ? 0 : needed);
    }

    /** The batches in the order of their making. */
    public List<Batch> batches() {
        return arranged.batches();
    }

    /** The states of a batch's tasks, from counters. */
    public Map<TaskState, Integer> batchCounts(int number) {
        return book.groupCounts(number);
    }

    /** Whether leases come with what a model answered. */
    public PreLabelling.Standing preLabels() {
        return preLabelling.now();
    }

    /** The rules in force. */
    public QueuePolicy policy() {
        return terms.policy();
    }

    /** What a person took, of how many tasks. */
    public Admission.Taken taken(PersonId person) {
        var desk = desk(person);
        synchronized (desk) {
            return new Admission.Taken(desk.taken(), book.counts().tasks());
        }
    }

    /** Why a person is given nothing new by caps, budget and his workforce's share. */
    public Optional<Refusal> refusal(PersonId person, @Nullable UUID workforce) {
        return terms.refusal(taken(person))
                .or(() -> quotas.isUsedUp(workforce) ? Optional.of(Refusal.share()) : Optional.empty());
    }

    /**
     * How much of the queue a workforce may take and has taken.
     *
     * @param part its share of what waits
     * @param quota answers that it may give under the shares in force, taken ones included
     * @param refused how often somebody of it was refused for want of quota
     */
    public record Portion(double part, long quota, long taken, long refused) {}

    /**
     * How the queue's work is divided.
     *
     * @param version of the shares; 0 when there are none
     * @param waiting answers that nobody has in work
     * @param inWork answers that somebody has in work
     */
    public record Portions(long version, long waiting, long inWork, Map<UUID, Portion> workforces) {}

    /** How the work is divided now. */
    public Portions portions() {
        return quotas.portions();
    }

    PersonDesk desk(PersonId person) {
        return desks.computeIfAbsent(person.value(), id -> new PersonDesk(person, tasks.claimant(id)));
    }

    /** The claim's row is committed. */
    void granted(OpenLease lease, long deadlineMillis) {
        leases.put(lease.id, lease);
        lease.granted(deadlineMillis);
    }

    @Nullable
    OpenLease lease(long id) {
        return leases.get(id);
    }

    Iterable<OpenLease> openLeases() {
        return leases.values();
    }

    List<OpenLease> openLeases(PersonId person) {
        var desk = desk(person);
        synchronized (desk) {
            return desk.open.stream().filter(OpenLease::live).toList();
        }
    }

    PersonDesk drop(OpenLease lease) {
        leases.remove(lease.id);
        var desk = desk(lease.person);
        synchronized (desk) {
            desk.open.remove(lease);
        }
        return desk;
    }

    /** A grant was not committed. */
    void undone(OpenLease lease) {
        released(lease);
        gold.undone(lease);
    }

    /** Puts back what a lease held: it was given back, it expired, or its grant was not committed. */
    void released(OpenLease lease) {
        var desk = drop(lease);
        if (lease.isGold()) {
            gold.released(lease);
            return;
        }
        switch (lease.kind) {
            case REVIEW -> reviews.release(lease);
            case ANNOTATE -> {
                if (lease.past == null) {
                    claims.giveBack(lease);
                    tasks.release(desk.annotator, lease.position, lease.round);
                } else {
                    giveBack(desk, lease.past);
                }
            }
        }
    }

    void giveBack(PersonDesk author, SubmissionRef ref) {
        var claim = Frontier.claimOf(ref.position(), ref.round());
        synchronized (author) {
            author.returned.put(claim, ref);
            tasks.giveBack(author.annotator, ref.position(), ref.round());
        }
        visibility.settle(ref);
    }

    /** Offers a submission to who may decide on it; one of a deleted task to nobody. */
    void toReview(SubmissionRef ref) {
        reviews.add(ref);
        if (book.isHidden(ref.position())) {
            reviews.offer(one -> one.id() == ref.id(), false);
        }
    }

    /** The holder will not do this task. A returned answer is given up with it. */
    void skipped(OpenLease lease) {
        var desk = drop(lease);
        drafts.remove(new DraftOf(lease.person, lease.task));
        if (lease.isGold()) {
            gold.skipped(lease);
            return;
        }
        if (lease.past != null) {
            book.givenUp(lease.position);
        } else {
            claims.giveBack(lease);
        }
        tasks.skip(desk.annotator, lease.position, lease.round);
    }

    /** Counts a skip that is about to be written; true when it is the one that escalates the task. */
    boolean countSkip(int position, int limit) {
        synchronized (skips) {
            return skips.merge(position, 1, Integer::sum) == limit;
        }
    }

    void uncountSkip(int position) {
        synchronized (skips) {
            skips.computeIfPresent(position, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    void moved(int position, TaskEvent event) {
        book.event(position, event);
        switch (event) {
            case ESCALATE, CANCEL -> tasks.setCapacity(position, 0);
            case REOPEN -> {
                synchronized (skips) {
                    skips.remove(position);
                }
                tasks.setCapacity(position, visibility.capacity(position));
            }
            case OPEN, SUBMIT, FILL, FINISH, REVIEW, RETURN, RESUME, WIDEN ->
                throw new IllegalArgumentException(event + " follows from the counts");
        }
    }

    /** What speaks for or against a second look at this person's next answer, but for its content. */
    Signs signs(PersonId person, boolean unsure, OptionalDouble agreement) {
        var desk = desk(person);
        synchronized (desk) {
            return new Signs(desk.submitted, new Signs.Record(desk.judged, desk.sound), unsure, agreement);
        }
    }

    /** An answer is committed. */
    void submitted(OpenLease lease, SubmissionRef ref) {
        leases.remove(lease.id);
        drafts.remove(new DraftOf(lease.person, lease.task));
        var desk = desk(lease.person);
        var reviewed = ref.way().begins();
        synchronized (desk) {
            // At once, or a cap would see neither the lease nor the answer.
            desk.open.remove(lease);
            desk.submitted += lease.past == null ? 1 : 0;
        }
        if (lease.isGold()) {
            return;
        }
        if (lease.past == null) {
            book.submitted(lease.position, reviewed);
            quotas.answered();
        } else {
            book.redone(lease.position, reviewed);
        }
        if (reviewed) {
            toReview(ref);
        }
    }

    /** A decision is committed. */
    void decided(OpenLease lease, Decision decision, long nowMillis) {
        var desk = drop(lease);
        synchronized (desk) {
            desk.decided++;
        }
        var ref = lease.judged();
        reviews.remove(ref);
        book.decided(ref.position());
        Verdicts.apply(this, ref, lease.person, decision, nowMillis);
    }

    /** Counts an author's answer on which the last word was spoken. */
    void judged(PersonId author, int judged, boolean sound) {
        var desk = desk(author);
        synchronized (desk) {
            desk.judged += judged;
            desk.sound += sound ? 1 : 0;
        }
    }

    /** Changes how many answers each task needs. */
    void need(int answers) {
        if (answers != terms.redundancy()) {
            terms.redundancy(answers);
            replan();
        }
    }

    /** Puts other rules into force. */
    void policy(QueuePolicy policy) {
        var before = terms.policy().overlap();
        terms.policy(policy);
        if (!Objects.equals(before, policy.overlap())) {
            replan();
        }
    }

    private void replan() {
        book.need(position -> terms.needed(tasks.id(position)));
        tasks.setCapacities(book::needed);
    }

    /** Everything that a rebuild must bring back, one line a thing, sorted: for comparison in tests. */
    List<String> snapshot() {
        return Snapshot.of(this);
    }

    /** For the rebuild: a lease that the tables show as open. */
    void restoreLease(OpenLease lease, long deadlineMillis) {
        var desk = desk(lease.person);
        desk.open.add(lease);
        switch (lease.kind) {
            case ANNOTATE -> {
                if (!lease.isGold()) {
                    tasks.restore(desk.annotator, lease.position, lease.round);
                    if (lease.past == null) {
                        terms.restore();
                        quotas.restoreLease();
                    }
                }
            }
            case REVIEW -> reviews.restore(lease);
        }
        granted(lease, deadlineMillis);
    }

    /** For the rebuild: an answer was sent back, and its author has not taken it up again. */
    void restoreReturned(SubmissionRef ref) {
        giveBack(desk(ref.author()), ref);
    }

    /** For the rebuild: a skip. */
    void restoreSkip(PersonId person, int position, boolean counts) {
        tasks.restoreSkip(desk(person).annotator, position);
        if (counts) {
            skips.merge(position, 1, Integer::sum);
        }
    }
}
