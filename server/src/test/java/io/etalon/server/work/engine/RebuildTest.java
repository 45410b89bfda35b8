package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.EtalonException;
import io.etalon.server.work.gold.GoldSchedule;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.review.Selection;
import io.etalon.server.work.review.Stage;
import io.etalon.server.work.review.Workflow;
import io.etalon.server.work.state.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RebuildTest {
    /** Everything that can happen, in an order that a seed decides. */
    @ParameterizedTest
    @ValueSource(longs = {42, 4711})
    void bringsBackExactlyWhatWasInMemoryAfterARandomSchedule(long seed) {
        try (var cell = new WorkCell(3)) {
            var random = new Random(seed);
            var tasks = new ArrayList<>(cell.plan(150));
            if (seed == 4711) {
                cell.gild(tasks.subList(0, 40), new GoldSchedule(new byte[32], 4, 1), null, Set.of());
            }
            var leases = new ArrayList<OpenLease>();
            for (var step = 0; step < 5_000; step++) {
                step(cell, random, tasks, leases);
                if (step % 1_250 == 1_249) {
                    var before = cell.snapshot();
                    cell.restart();
                    assertThat(cell.snapshot())
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(before);
                    leases.clear();
                    cell.dispatcher.with(cell.project, queue -> {
                        queue.openLeases().forEach(leases::add);
                        return true;
                    });
                }
            }
            // Who was wronged gets his place back beside who was given it meanwhile.
            var reinstated = cell.query("""
                    select count(*) from review_decision u join review_decision r using (submission)
                    where u.decision = 'uphold' and r.decision = 'reject' group by submission""").size();
            cell.dispatcher.with(cell.project, queue -> {
                var beyond = 0;
                for (var position = 0; position < queue.tasks.size(); position++) {
                    beyond += Math.max(0, queue.tasks.takers(position).size() - 6);
                }
                assertThat(beyond).isLessThanOrEqualTo(reinstated);
                return true;
            });
        }
    }

    /** What requesters set and decide. */
    private static void rule(WorkCell cell, Random random, List<Long> tasks) {
        var some = WorkCell.among(
                tasks.stream().filter(task -> random.nextInt(8) == 0).toList());
        switch (random.nextInt(14)) {
            case 0 ->
                cell.rules(new QueuePolicy(
                        new QueuePolicy.Overlap(random.nextDouble(), 1 + random.nextInt(4)),
                        null,
                        null,
                        null,
                        null,
                        null));
            case 1 ->
                cell.rules(new QueuePolicy(
                        null, null, new QueuePolicy.Caps(20 + random.nextInt(40), null), null, null, null));
            case 2 -> cell.act(new TaskAct.SetPriority(random.nextInt(5)), some);
            case 3 ->
                cell.act(
                        new TaskAct.Assign(
                                random.nextInt(3) == 0 ? List.of() : List.of(WorkCell.person(1 + random.nextInt(12)))),
                        some);
            case 4 -> cell.act(new TaskAct.Move(random.nextInt(cell.count("batch") == 0 ? 1 : 2)), some);
            case 5 -> {
                if (cell.count("batch") == 0) {
                    cell.batch(1, 2, Instant.EPOCH.plusSeconds(random.nextInt(1_000)));
                }
            }
            case 7 -> {
                if (cell.count("batch") > 0) {
                    cell.pause(1, random.nextBoolean());
                }
            }
            case 8 -> cell.delete(cell.count("deletion") + 1, some);
            case 9 -> {
                if (cell.count("deletion") > 0) {
                    cell.undelete(1 + random.nextInt((int) cell.count("deletion")));
                }
            }
            case 10, 11 -> deleteSomeAnswers(cell, random);
            case 12, 13 -> {
                if (cell.count("deletion") > 0) {
                    cell.restoreAnswers(1 + random.nextInt((int) cell.count("deletion")));
                }
            }
            case 6 -> {
                var task = tasks.get(random.nextInt(tasks.size()));
                var given = cell.dispatcher.with(
                        cell.project, queue -> queue.line(task).submissions());
                cell.dispatcher.decideNeed(
                        cell.project,
                        new Dispatcher.Seen(task, given),
                        needed -> Math.max(1, given + random.nextInt(2)));
            }
        }
    }

    private static void deleteSomeAnswers(WorkCell cell, Random random) {
        var some = cell.query("select id from submission order by id").stream()
                .filter(answer -> random.nextInt(12) == 0)
                .toList();
        cell.deleteAnswers(cell.count("deletion") + 1, some);
    }

    private static void step(WorkCell cell, Random random, List<Long> tasks, List<OpenLease> leases) {
        var person = 1 + random.nextInt(12);
        var dice = random.nextInt(100);
        try {
            if (dice < 30) {
                leases.add(cell.dispatcher.annotate(cell.project, WorkCell.worker(person, person <= 2 ? 2 : 1)));
            } else if (dice < 45) {
                var reach = person % 2 == 0 ? Reach.STAGES : (Reach) (seat, stage) -> true;
                leases.add(cell.dispatcher.review(cell.project, WorkCell.judge(person, reach)));
            } else if (dice < 47) {
                appeal(cell, random);
            } else if (dice < 94) {
                end(cell, random, leases);
            } else if (dice == 94) {
                cell.hands.turn(Duration.ofHours(random.nextInt(40, 60)));
                cell.dispatcher.lapse(project ->
                        IntStream.rangeClosed(1, 12).mapToObj(WorkCell::person).toList());
            } else if (dice < 96) {
                cell.hands.turn(Duration.ofMinutes(random.nextInt(6)));
                cell.dispatcher.sweep();
            } else if (dice < 98) {
                cell.dispatcher.plan(cell.project, List.of(UUID.randomUUID()), random.nextInt(3), made -> made);
                tasks.add(cell.query("select max(id) from task").getFirst());
            } else if (dice == 98) {
                cell.redundancy = 2 + random.nextInt(3);
                cell.dispatcher.need(cell.project, cell.redundancy);
            } else if (random.nextBoolean()) {
                rule(cell, random, tasks);
            } else {
                var event = random.nextBoolean() ? TaskEvent.CANCEL : TaskEvent.REOPEN;
                cell.dispatcher.change(
                        cell.project,
                        WorkCell.person(99),
                        "session",
                        tasks.get(random.nextInt(tasks.size())),
                        event,
                        null);
            }
        } catch (EtalonException e) {
            assertThat(e.code().name()).isIn("lease-cap", "lease-lost", "task-state", "not-appealable", "not-found");
        }
        leases.removeIf(lease -> lease == null);
    }

    /** Three stages, of which the second draws and the third asks for signs. */
    private static final Workflow STAGED = new Workflow(
            1,
            List.of(
                    new Stage("look", Stage.Kind.REVIEW, new Selection.All(), Stage.Who.REVIEWER),
                    new Stage("draw", Stage.Kind.REVIEW, new Selection.Share(0.5), Stage.Who.REVIEWER),
                    new Stage(
                            "risk",
                            Stage.Kind.REVIEW,
                            new Selection.Risk(null, 0.5, 3, true),
                            Stage.Who.QUALITY_LEAD)));

    /** Somebody objects to one of the refusals that stand. */
    private static void appeal(WorkCell cell, Random random) {
        var refusals = cell.refusals();
        if (!refusals.isEmpty()) {
            cell.appeal(refusals.get(random.nextInt(refusals.size())));
        }
    }

    private static void end(WorkCell cell, Random random, List<OpenLease> leases) {
        if (leases.isEmpty()) {
            return;
        }
        var lease = leases.remove(random.nextInt(leases.size()));
        var worker = new Dispatcher.Worker(lease.person, "session", 1, new OpenLease.Versions(1, 1));
        switch (lease.kind) {
            case ANNOTATE -> {
                switch (random.nextInt(8)) {
                    case 0 -> cell.dispatcher.release(cell.project, worker, WorkCell.ticket(lease), lease.kind, null);
                    case 1 ->
                        cell.dispatcher.skip(
                                cell.project,
                                worker,
                                WorkCell.ticket(lease),
                                new Dispatcher.Skipped("other", null),
                                null);
                    case 2, 3, 4, 5 -> cell.submit(lease, STAGED, random.nextBoolean());
                    default -> cell.submit(lease, 0.5);
                }
            }
            case REVIEW -> {
                if (random.nextInt(8) == 0) {
                    cell.dispatcher.release(cell.project, worker, WorkCell.ticket(lease), lease.kind, null);
                } else {
                    var allowed = List.copyOf(Decision.allowed(lease.judged().way()));
                    cell.decide(lease, allowed.get(random.nextInt(allowed.size())));
                }
            }
        }
    }

    /** Backends are killed under load: who was told that an answer is stored finds it, and nothing is there twice. */
    @Test
    void losesNothingThatWasAcknowledgedWhenConnectionsAreKilledMidBatch() throws Exception {
        try (var cell = new WorkCell(3);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cell.plan(3_000);
            var acknowledged = new ConcurrentLinkedQueue<Long>();
            var failures = new ConcurrentLinkedQueue<String>();
            var stop = new AtomicBoolean();
            var people = 32;
            var runs = new ArrayList<java.util.concurrent.Future<?>>();
            for (var i = 1; i <= people; i++) {
                var person = i;
                runs.add(threads.submit(() -> {
                    while (!stop.get()) {
                        work(cell, person, acknowledged, failures);
                    }
                }));
            }
            for (var kill = 0; kill < 12; kill++) {
                var before = acknowledged.size();
                while (acknowledged.size() < before + 150) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
                cell.query("""
                        select count(pg_terminate_backend(pid)) from pg_locks
                        where locktype = 'advisory' and classid between 2003792491 and 2003792499
                          and database = (select oid from pg_database where datname = current_database())""");
            }
            stop.set(true);
            for (var run : runs) {
                run.get();
            }
            assertThat(failures).as("the kills hit").isNotEmpty().allMatch("database-down"::equals);
            assertThat(acknowledged).doesNotHaveDuplicates();
            assertThat(cell.query("select id from submission")).containsAll(acknowledged);
            assertThat(cell.query("""
                    select count(*) from (select task from submission group by task having count(*) > 3) over""")).containsExactly(0L);
            var before = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(before);
        }
    }

    /** As a desk does: on a reply that says nothing certain, the same key again until there is an answer. */
    private static void work(
            WorkCell cell,
            int person,
            ConcurrentLinkedQueue<Long> acknowledged,
            ConcurrentLinkedQueue<String> failures) {
        try {
            var held = cell.dispatcher.with(cell.project, q -> q.openLeases(WorkCell.person(person)));
            var lease = held.isEmpty() ? cell.lease(person) : held.getFirst();
            if (lease == null) {
                return;
            }
            var key = cell.freshKey();
            for (var attempt = 0; attempt < 200; attempt++) {
                try {
                    acknowledged.add(cell.dispatcher
                            .submit(
                                    cell.project,
                                    WorkCell.worker(person),
                                    WorkCell.ticket(lease),
                                    new Dispatcher.Answered(1, 0, WorkCell.CONTENT),
                                    key,
                                    false)
                            .made());
                    return;
                } catch (EtalonException e) {
                    failures.add(e.code().name());
                    if (!e.code().name().equals("database-down")) {
                        return;
                    }
                }
            }
        } catch (EtalonException e) {
            failures.add(e.code().name());
        }
    }
}
