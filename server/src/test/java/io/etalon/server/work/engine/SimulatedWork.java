package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.testing.HandClock;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.review.Workflow;
import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One random course of work through the real queue, scheduler, endings and review lines, in one thread: only the commit is
 * made in memory, and fails now and then. What must hold is checked against books of its own after each step.
 */
final class SimulatedWork {
    private static final int STEPS = 400;
    private static final SealedAnswer CONTENT = new SealedAnswer("{}", null);
    private static final OpenLease.Versions VERSIONS = new OpenLease.Versions(1, 1);
    private static final Reach ALL = (seat, stage) -> true;

    /** Who did which task already, in whatever way: nobody is offered that task again. */
    private record Did(PersonId person, long task) {}

    private final Random random;
    private final HandClock clock = new HandClock();
    private final DatabaseClock database = new DatabaseClock(clock);
    private final WorkConfig config = WorkConfig.DEFAULT;
    private final WorkQueue queue;
    private final Grants grants;
    private final Endings endings;
    private final Upkeep upkeep;
    private final Workflow workflow;
    private final int tasks;
    private final List<PersonId> people = new ArrayList<>();
    private final Set<PersonId> away = new HashSet<>();
    private final Set<Did> did = new HashSet<>();
    /** Answers that count or may come to count, by task. */
    private final Map<Long, Integer> standing = new HashMap<>();
    /** Answers that were sent back to their authors, by task. */
    private final Map<Long, Integer> sentBack = new HashMap<>();

    private boolean faults = true;
    private int committed;

    SimulatedWork(long seed) {
        random = new Random(seed);
        var project = new ProjectId(new UUID(random.nextLong(), random.nextLong()));
        var redundancy = 1 + random.nextInt(3);
        queue = new WorkQueue(
                new ClientId(new UUID(1, 1)), project, 1, new Terms(project, redundancy, QueuePolicy.OPEN));
        var commits = new InMemory();
        var drawn = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                random.nextBytes(bytes);
            }
        };
        grants = new Grants(commits, config, new Ids(drawn, clock));
        endings = new Endings(grants, config, database);
        upkeep = new Upkeep(commits);
        workflow = Workflow.ofShare(List.of(0.0, 0.3, 1.0).get(random.nextInt(3)));
        tasks = 3 + random.nextInt(15);
        for (var task = 1; task <= tasks; task++) {
            queue.add(task, random.nextInt(3));
        }
        for (var i = 0; i < redundancy + 2 + random.nextInt(4); i++) {
            comes();
        }
    }

    /** Commits in memory, in the order of the tables: numbers first, then what hangs on the commit. */
    private final class InMemory implements Commits {
        private long last;

        @Override
        public CompletableFuture<Write> hand(Write write) {
            if (faults && random.nextInt(20) == 0) {
                write.fail(new EtalonException(ErrorCode.STORAGE_FULL, "simulated"));
                return write.done();
            }
            if (write.submission != null || write.judgement != null) {
                write.made = ++last;
            }
            var grant = write.grant;
            if (grant != null) {
                grant.id = ++last;
                grant.asset = new UUID(2, grant.task);
                queue.granted(grant, database.millis() + config.lease().toMillis());
            }
            write.succeed();
            committed++;
            return write.done();
        }

        @Override
        public Write write(Write write) {
            return Writers.join(hand(write));
        }
    }

    /** Runs the whole course, and then lets everybody finish what is left. */
    void run() {
        for (var step = 0; step < STEPS; step++) {
            step();
            check();
        }
        faults = false;
        finish();
    }

    int committed() {
        return committed;
    }

    private void step() {
        var who = people.get(random.nextInt(people.size()));
        if (away.contains(who)) {
            // He sits there and does nothing, or comes back.
            if (random.nextInt(4) == 0) {
                away.remove(who);
            }
            return;
        }
        try {
            switch (random.nextInt(20)) {
                case 0 -> comes();
                case 1 -> away.add(who);
                case 2 -> clock.turn(Duration.ofMinutes(random.nextInt(20)));
                case 3 -> expire();
                case 4 -> queue.need(1 + random.nextInt(3));
                case 5 -> change(1 + random.nextInt(tasks));
                case 6, 7, 8, 9 -> annotate(who);
                case 10, 11 -> review(who);
                case 12 -> giveUp(who);
                default -> hand(who, random.nextInt(10) < 2);
            }
        } catch (EtalonException e) {
            assertThat(e.code().name()).isIn("storage-full", "lease-cap", "decision-not-allowed", "transition");
        }
    }

    private void comes() {
        people.add(new PersonId(new UUID(7, people.size() + 1L)));
    }

    private static Dispatcher.Worker worker(PersonId person) {
        return new Dispatcher.Worker(person, "session", 1, VERSIONS, ALL);
    }

    private void annotate(PersonId who) {
        granted(grants.next(queue, worker(who), OpenLease.Kind.ANNOTATE));
    }

    private void review(PersonId who) {
        granted(grants.next(queue, worker(who), OpenLease.Kind.REVIEW));
    }

    /** What must hold of every lease at the moment it is given. */
    private void granted(@Nullable OpenLease lease) {
        if (lease == null) {
            return;
        }
        switch (lease.kind) {
            case REVIEW ->
                assertThat(lease.judged().author())
                        .as("nobody reviews own work")
                        .isNotEqualTo(lease.person);
            case ANNOTATE -> {
                if (lease.past == null) {
                    var open = queue.openLeases(lease.person).stream()
                            .filter(other -> other.kind == lease.kind && other.task == lease.task)
                            .count();
                    assertThat(open).as("a task once to a person at a time").isEqualTo(1);
                    assertThat(did).as("a task once to a person").doesNotContain(new Did(lease.person, lease.task));
                    assertThat(standing.getOrDefault(lease.task, 0)
                                    + sentBack.getOrDefault(lease.task, 0)
                                    + fresh(lease.task))
                            .as("answers and leases of task %d", lease.task)
                            .isLessThanOrEqualTo(queue.book.needed(lease.position));
                } else {
                    assertThat(lease.past.author()).as("his own returned work").isEqualTo(lease.person);
                }
            }
        }
    }

    /** The open leases of a task that would add an answer. */
    private int fresh(long task) {
        var count = 0;
        for (var lease : queue.openLeases()) {
            if (lease.kind == OpenLease.Kind.ANNOTATE && lease.task == task && lease.past == null && lease.live()) {
                count++;
            }
        }
        return count;
    }

    private void giveUp(PersonId who) {
        for (var lease : queue.openLeases(who)) {
            endings.release(queue, worker(who), ticket(lease), lease.kind, null);
            return;
        }
    }

    private void hand(PersonId who, boolean skips) {
        for (var lease : queue.openLeases(who)) {
            switch (lease.kind) {
                case ANNOTATE -> {
                    if (skips) {
                        endings.skip(queue, worker(who), ticket(lease), new Dispatcher.Skipped("unclear", null), null);
                        did.add(new Did(who, lease.task));
                        sentBack.merge(lease.task, lease.past == null ? 0 : -1, Integer::sum);
                    } else {
                        submit(who, lease);
                    }
                }
                case REVIEW -> decide(who, lease, Decision.values()[random.nextInt(Decision.values().length)]);
            }
            return;
        }
    }

    private void submit(PersonId who, OpenLease lease) {
        var answered =
                new Dispatcher.Answered(5, workflow, random.nextBoolean(), OptionalDouble.empty(), CONTENT, null);
        var key = new Dispatcher.KeyUse("key " + committed, new byte[32]);
        var outcome = endings.submit(queue, worker(who), ticket(lease), answered, key, random.nextBoolean());
        did.add(new Did(who, lease.task));
        standing.merge(lease.task, 1, Integer::sum);
        sentBack.merge(lease.task, lease.past == null ? 0 : -1, Integer::sum);
        next(outcome);
    }

    private void decide(PersonId who, OpenLease lease, Decision decision) {
        var key = new Dispatcher.KeyUse("key " + committed, new byte[32]);
        var content = decision == Decision.FIX ? CONTENT : null;
        var judged = new Dispatcher.Judged(decision, content, decision == Decision.RETURN ? new byte[1] : null);
        var outcome = endings.decide(queue, worker(who), ticket(lease), judged, key, random.nextBoolean());
        if (decision == Decision.REJECT || decision == Decision.RETURN) {
            standing.merge(lease.task, -1, Integer::sum);
            sentBack.merge(lease.task, decision == Decision.RETURN ? 1 : 0, Integer::sum);
        }
        next(outcome);
    }

    private void next(Outcome outcome) {
        var lease = outcome.nextLease();
        granted(lease == null ? null : queue.lease(lease));
    }

    private static Dispatcher.Ticket ticket(OpenLease lease) {
        return new Dispatcher.Ticket(lease.id, lease.token);
    }

    /** A requester withdraws a task or puts one back. */
    private void change(long task) {
        var position = queue.tasks.find(task);
        var event =
                queue.book.state(position) == TaskState.ESCALATED || queue.book.state(position) == TaskState.CANCELLED
                        ? TaskEvent.REOPEN
                        : TaskEvent.CANCEL;
        if (random.nextInt(4) == 0 && queue.book.allows(position, event)) {
            queue.moved(position, event);
            if (event == TaskEvent.CANCEL) {
                upkeep.end(queue, lease -> lease.task == task, Write.EndReason.SUPERSEDED, "session");
            }
        }
    }

    private void expire() {
        var now = database.millis();
        upkeep.end(queue, lease -> lease.deadline < now, Write.EndReason.EXPIRED, "system");
        for (var lease : queue.openLeases()) {
            assertThat(lease.deadline).as("every lease ends").isGreaterThanOrEqualTo(now);
        }
    }

    /** What must hold between any two steps. */
    private void check() {
        assertThat(queue.isSuspect()).as("memory is what was committed").isFalse();
        var sum = 0;
        for (var task = 1L; task <= tasks; task++) {
            var position = queue.tasks.find(task);
            assertThat(queue.book.submissions(position))
                    .as("answers of task %d", task)
                    .isEqualTo(standing.getOrDefault(task, 0));
            if (queue.book.state(position) == TaskState.DONE) {
                assertThat(standing.getOrDefault(task, 0))
                        .as("task %d is done", task)
                        .isGreaterThanOrEqualTo(queue.book.needed(position));
            }
            sum += standing.getOrDefault(task, 0);
        }
        assertThat(queue.counts().submissions()).isEqualTo(sum);
        for (var person : people) {
            assertThat(queue.openLeases(person).size()).isLessThanOrEqualTo(2 * config.openLeases());
        }
    }

    /** Enough people who do what they are given: everything is finished, and no lease is left. */
    private void finish() {
        away.clear();
        clock.turn(Duration.ofHours(2));
        expire();
        for (var task = 1L; task <= tasks; task++) {
            var position = queue.tasks.find(task);
            if (queue.book.allows(position, TaskEvent.REOPEN)) {
                queue.moved(position, TaskEvent.REOPEN);
            }
        }
        // Whoever skipped or was refused is out of a task: fresh people take his place.
        for (var i = 0; i < 5; i++) {
            comes();
        }
        for (var busy = true; busy; ) {
            busy = false;
            for (var who : List.copyOf(people)) {
                annotate(who);
                review(who);
                for (var lease : queue.openLeases(who)) {
                    busy = true;
                    switch (lease.kind) {
                        case ANNOTATE -> submit(who, lease);
                        case REVIEW -> decide(who, lease, Decision.ACCEPT);
                    }
                }
                check();
            }
        }
        for (var task = 1L; task <= tasks; task++) {
            assertThat(queue.book.state(queue.tasks.find(task)))
                    .as("task %d", task)
                    .isIn(TaskState.DONE, TaskState.CANCELLED);
        }
        assertThat(queue.openLeases()).as("no lease is left").isEmpty();
    }
}
