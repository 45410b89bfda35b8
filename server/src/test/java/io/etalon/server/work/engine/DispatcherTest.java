package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class DispatcherTest {
    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EtalonException.class, e -> assertThat(e.code().name()).isEqualTo(code));
    }

    @Test
    void knowsWhoseUnfinishedWorkIsKeptAlsoAfterARestartAndForgetsItWithTheAnswer() {
        try (var cell = new WorkCell(2)) {
            var task = cell.plan(1).getFirst();
            var lease = cell.lease(1);
            assertThat(lease.drafted()).isFalse();
            cell.scope.clientDo(
                    cell.client,
                    tx -> tx.db()
                            .sql(
                                    "insert into draft (project, task, person, sealed, active_seconds) values (?, ?, ?, '', 1)")
                            .params(
                                    cell.project.value(),
                                    task,
                                    WorkCell.person(1).value())
                            .update());
            cell.dispatcher.drafted(cell.project, WorkCell.person(1), task);
            cell.dispatcher.release(cell.project, WorkCell.worker(1), WorkCell.ticket(lease), lease.kind, null);
            assertThat(cell.lease(2).drafted()).as("of another person").isFalse();
            assertThat(cell.lease(1).drafted()).isTrue();
            cell.restart();
            var again = cell.dispatcher
                    .held(cell.project, WorkCell.person(1), OpenLease.Kind.ANNOTATE)
                    .getFirst();
            assertThat(again.drafted()).isTrue();
            cell.submit(again, 0);
            assertThat(cell.query("select count(*) from draft").getFirst()).isZero();
            assertThat(cell.dispatcher.<Boolean>with(cell.project, queue -> queue.drafts.isEmpty()))
                    .isTrue();
        }
    }

    @Test
    void leasesSubmitsAndFinishesATaskWithAllThatIsWritten() {
        try (var cell = new WorkCell(2)) {
            var task = cell.plan(1).getFirst();
            var first = cell.lease(1);
            assertThat(first.task).isEqualTo(task);
            assertThat(cell.lease(1))
                    .as("asking again never gives the same task")
                    .isNull();
            assertThat(cell.submit(first, 0).state()).isEqualTo("submitted");
            assertThat(cell.state(task)).isEqualTo(TaskState.OPEN);
            cell.submit(cell.lease(2), 0);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
            assertThat(cell.lease(3)).isNull();
            assertThat(cell.audit.stream().map(AuditEvent::op))
                    .containsExactly(AuditOp.LEASE, AuditOp.SUBMIT, AuditOp.LEASE, AuditOp.SUBMIT);
            assertThat(cell.count("lease")).isEqualTo(2);
            assertThat(cell.count("submission")).isEqualTo(2);
            assertThat(cell.query("select count(*) from submission where answer->'answers'->>'fitness' = '2'"))
                    .containsExactly(2L);
        }
    }

    @Test
    void writesOneRowForSixtyFourParallelUsesOfOneKeyAndRefusesAnotherBody() throws Exception {
        try (var cell = new WorkCell(3);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cell.plan(5);
            var lease = cell.lease(1);
            var calls = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> cell.dispatcher.submit(
                            cell.project,
                            WorkCell.worker(1),
                            WorkCell.ticket(lease),
                            new Dispatcher.Answered(1, 0, WorkCell.CONTENT),
                            WorkCell.key("same"),
                            true)))
                    .toList();
            var made = new HashSet<Long>();
            var next = new HashSet<Long>();
            var first = 0;
            for (Future<Outcome> call : calls) {
                made.add(call.get().made());
                next.add(call.get().nextLease());
                first += call.get().replayed() ? 0 : 1;
            }
            assertThat(made).hasSize(1);
            assertThat(next).as("the next task too is granted once").hasSize(1);
            assertThat(first).isEqualTo(1);
            assertThat(cell.count("submission")).isEqualTo(1);
            assertThat(cell.count("lease")).isEqualTo(2);
            refused(
                    "idempotency-mismatch",
                    () -> cell.dispatcher.submit(
                            cell.project,
                            WorkCell.worker(1),
                            WorkCell.ticket(lease),
                            new Dispatcher.Answered(1, 0, WorkCell.CONTENT),
                            new Dispatcher.KeyUse(
                                    "same", "another body of thirty-two bytes".getBytes(StandardCharsets.US_ASCII)),
                            true));
            cell.restart();
            assertThat(cell.dispatcher
                            .submit(
                                    cell.project,
                                    WorkCell.worker(1),
                                    WorkCell.ticket(lease),
                                    new Dispatcher.Answered(1, 0, WorkCell.CONTENT),
                                    WorkCell.key("same"),
                                    true)
                            .replayed())
                    .as("also after a restart")
                    .isTrue();
        }
    }

    @Test
    void refusesAKeyThatAnEarlierRequestForAnotherLeaseUsed() {
        try (var cell = new WorkCell(1)) {
            cell.plan(2);
            var first = cell.lease(1);
            var second = cell.lease(1);
            var answered = new Dispatcher.Answered(1, 0, WorkCell.CONTENT);
            cell.dispatcher.submit(
                    cell.project, WorkCell.worker(1), WorkCell.ticket(first), answered, WorkCell.key("k"), false);
            var other =
                    new Dispatcher.KeyUse("k", "another body of thirty-two bytes".getBytes(StandardCharsets.US_ASCII));
            refused(
                    "idempotency-mismatch",
                    () -> cell.dispatcher.submit(
                            cell.project, WorkCell.worker(1), WorkCell.ticket(second), answered, other, false));
            assertThat(cell.count("submission")).isEqualTo(1);
            cell.submit(second, 0);
        }
    }

    @Test
    void fencesALeaseWithAnotherTokenAnotherPersonOrAnEnd() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            var lease = cell.lease(1);
            var answered = new Dispatcher.Answered(1, 0, WorkCell.CONTENT);
            refused(
                    "lease-lost",
                    () -> cell.dispatcher.submit(
                            cell.project,
                            WorkCell.worker(1),
                            new Dispatcher.Ticket(lease.id, lease.token + 1),
                            answered,
                            cell.freshKey(),
                            false));
            refused(
                    "lease-lost",
                    () -> cell.dispatcher.submit(
                            cell.project,
                            WorkCell.worker(2),
                            WorkCell.ticket(lease),
                            answered,
                            cell.freshKey(),
                            false));
            cell.hands.turn(Duration.ofMinutes(16));
            assertThat(cell.dispatcher.sweep()).isEqualTo(1);
            var later = cell.lease(2);
            assertThat(later.task).isEqualTo(lease.task);
            refused("lease-lost", () -> cell.submit(lease, 0));
            cell.submit(later, 0);
            assertThat(cell.count("submission")).isEqualTo(1);
        }
    }

    @Test
    void keepsALeaseAliveAsLongAsItIsRenewedAndGivesItsSlotBackAfterwards() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            var lease = cell.lease(1);
            for (var i = 0; i < 5; i++) {
                cell.hands.turn(Duration.ofMinutes(10));
                cell.dispatcher.heartbeat(cell.project, lease.person, WorkCell.ticket(lease), OpenLease.Kind.ANNOTATE);
                assertThat(cell.dispatcher.sweep()).isZero();
            }
            assertThat(cell.lease(2)).isNull();
            cell.hands.turn(Duration.ofMinutes(15).plusSeconds(1));
            assertThat(cell.dispatcher.sweep()).isEqualTo(1);
            assertThat(cell.lease(2)).isNotNull();
        }
    }

    /** Heartbeats are in memory only, so that after a restart every lease that was alive gets its whole time again. */
    @Test
    void aLeaseKeptAliveByHeartbeatsOutlivesARestartAndEndsAfterItsTime() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            cell.submit(cell.lease(1), 1);
            cell.plan(1);
            var annotation = cell.lease(1);
            var review = cell.review(2);
            for (var i = 0; i < 3; i++) {
                cell.hands.turn(Duration.ofMinutes(10));
                for (var lease : List.of(annotation, review)) {
                    cell.dispatcher.heartbeat(cell.project, lease.person, WorkCell.ticket(lease), lease.kind);
                }
            }
            cell.restart();
            assertThat(cell.snapshot())
                    .filteredOn(line -> line.startsWith("lease "))
                    .hasSize(2);
            cell.hands.turn(Duration.ofMinutes(14));
            assertThat(cell.dispatcher.sweep()).isZero();
            cell.submit(annotation, 0);
            cell.dispatcher.heartbeat(cell.project, review.person, WorkCell.ticket(review), OpenLease.Kind.REVIEW);
            cell.hands.turn(Duration.ofMinutes(14));
            assertThat(cell.dispatcher.sweep()).isZero();
            cell.hands.turn(Duration.ofMinutes(2));
            assertThat(cell.dispatcher.sweep())
                    .as("the review's desk is silent")
                    .isEqualTo(1);
            refused("lease-lost", () -> cell.decide(review, Decision.ACCEPT));
        }
    }

    @Test
    void holdsAtMostThreeLeasesAPerson() {
        try (var cell = new WorkCell(1)) {
            cell.plan(5);
            var first = cell.lease(1);
            cell.lease(1);
            cell.lease(1);
            refused("lease-cap", () -> cell.lease(1));
            cell.submit(first, 0);
            assertThat(cell.lease(1)).isNotNull();
        }
    }

    @Test
    void returnsWorkToItsAuthorFirstAndTheRevisionTakesItsPlace() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(3);
            cell.submit(cell.lease(1), 1);
            assertThat(cell.state(tasks.get(0))).isEqualTo(TaskState.IN_REVIEW);
            assertThat(cell.review(1)).as("nobody reviews own work").isNull();
            var review = cell.review(2);
            cell.decide(review, Decision.RETURN);
            assertThat(cell.state(tasks.get(0))).isEqualTo(TaskState.RETURNED);
            assertThat(cell.lease(2).task).as("others do not get it").isEqualTo(tasks.get(1));
            var again = cell.lease(1);
            assertThat(again.task).isEqualTo(tasks.get(0));
            assertThat(again.past).isNotNull();
            cell.submit(again, 0);
            assertThat(cell.state(tasks.get(0)))
                    .as("what was returned is reviewed again, sampled or not")
                    .isEqualTo(TaskState.IN_REVIEW);
            cell.decide(cell.review(3), Decision.FIX);
            assertThat(cell.state(tasks.get(0))).isEqualTo(TaskState.DONE);
            assertThat(cell.query("select revision::bigint from submission order by submitted_at"))
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void returnedWorkGoesToSomebodyElseAfterTwoDays() {
        try (var cell = new WorkCell(1)) {
            var task = cell.plan(1).getFirst();
            cell.submit(cell.lease(1), 1);
            cell.decide(cell.review(9), Decision.RETURN);
            cell.hands.turn(Duration.ofHours(47));
            assertThat(lapse(cell, 1, 2)).isZero();
            assertThat(cell.lease(2)).isNull();
            cell.hands.turn(Duration.ofHours(2));
            assertThat(lapse(cell, 1)).as("there is nobody else").isZero();
            assertThat(cell.state(task)).isEqualTo(TaskState.RETURNED);

            assertThat(lapse(cell, 1, 2)).isEqualTo(1);
            assertThat(cell.state(task)).isEqualTo(TaskState.OPEN);
            assertThat(cell.audit.getLast().op()).isEqualTo(AuditOp.SKIP);
            assertThat(cell.audit.getLast().details()).containsEntry("reason", "lapsed");
            assertThat(cell.lease(1)).as("its author had his time").isNull();
            var before = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(before);
            var taken = cell.lease(2);
            assertThat(taken.task).isEqualTo(task);
            assertThat(taken.past).as("the answer of another is not shown").isNull();
            cell.submit(taken, 0);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
        }
    }

    @Test
    void returnedWorkStaysWithItsAuthorWhileHeWorksOnItOrWhoIsLeftHasAnsweredOrSkipped() {
        try (var cell = new WorkCell(2)) {
            var task = cell.plan(1).getFirst();
            cell.submit(cell.lease(1), 1);
            cell.submit(cell.lease(2), 0);
            cell.decide(cell.review(9), Decision.RETURN);
            cell.hands.turn(Duration.ofHours(50));
            assertThat(lapse(cell, 1, 2)).as("person 2 has answered").isZero();

            var again = cell.lease(1);
            assertThat(again.task).isEqualTo(task);
            cell.hands.turn(Duration.ofHours(50));
            assertThat(lapse(cell, 1, 2, 3)).as("its author works on it").isZero();
            assertThat(cell.dispatcher.sweep()).isEqualTo(1);
            cell.hands.turn(Duration.ofHours(50));
            assertThat(lapse(cell, 1, 2, 3)).as("he has let it lie again").isEqualTo(1);
            assertThat(cell.lease(3).task).isEqualTo(task);
        }
    }

    private static int lapse(WorkCell cell, int... people) {
        return cell.dispatcher.lapse(
                project -> IntStream.of(people).mapToObj(WorkCell::person).toList());
    }

    @Test
    void givesRoundsToOnePersonAndCountsThemAsAnswers() {
        try (var cell = new WorkCell(3)) {
            var tasks = cell.plan(2);
            var rounds = new ArrayList<Integer>();
            for (OpenLease lease; (lease = cell.dispatcher.annotate(cell.project, WorkCell.worker(1, 3))) != null; ) {
                rounds.add(lease.round);
                cell.submit(lease, 0);
            }
            assertThat(rounds).containsExactly(1, 1, 2, 2, 3, 3);
            assertThat(cell.state(tasks.get(1))).isEqualTo(TaskState.DONE);
        }
    }

    @Test
    void escalatesATaskThatThreePeopleSkipAndTakesItBackOnAWord() {
        try (var cell = new WorkCell(3)) {
            var task = cell.plan(1).getFirst();
            for (var person = 1; person <= 3; person++) {
                var lease = cell.lease(person);
                cell.dispatcher.skip(
                        cell.project,
                        WorkCell.worker(person),
                        WorkCell.ticket(lease),
                        new Dispatcher.Skipped("unclear", null),
                        null);
            }
            assertThat(cell.state(task)).isEqualTo(TaskState.ESCALATED);
            assertThat(cell.lease(4)).isNull();
            cell.dispatcher.change(cell.project, WorkCell.person(9), "session", task, TaskEvent.REOPEN, null);
            assertThat(cell.lease(1)).as("who skipped it does not get it again").isNull();
            var lease = cell.lease(4);
            assertThat(lease).isNotNull();
            cell.dispatcher.change(cell.project, WorkCell.person(9), "session", task, TaskEvent.CANCEL, null);
            refused("lease-lost", () -> cell.submit(lease, 0));
            refused(
                    "task-state",
                    () -> cell.dispatcher.change(
                            cell.project, WorkCell.person(9), "session", task, TaskEvent.CANCEL, null));
        }
    }

    @Test
    void oneBadWriteInABatchFailsAlone() throws Exception {
        try (var cell = new WorkCell(1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cell.plan(60);
            var leases = IntStream.rangeClosed(1, 60).mapToObj(cell::lease).toList();
            var bad = new SealedAnswer("{\"answers\": no json", null);
            var results = new ConcurrentLinkedQueue<String>();
            for (var lease : leases) {
                threads.submit(() -> {
                    var content = lease.id == leases.get(30).id ? bad : WorkCell.CONTENT;
                    try {
                        cell.dispatcher.submit(
                                cell.project,
                                new Dispatcher.Worker(lease.person, "session", 1, new OpenLease.Versions(1, 1)),
                                WorkCell.ticket(lease),
                                new Dispatcher.Answered(1, 0, content),
                                cell.freshKey(),
                                false);
                        results.add("ok");
                    } catch (RuntimeException e) {
                        results.add("refused");
                    }
                });
            }
            threads.close();
            assertThat(results.stream().filter("ok"::equals)).hasSize(59);
            assertThat(cell.count("submission")).isEqualTo(59);
            cell.submit(leases.get(30), 0);
            assertThat(cell.count("submission")).as("its lease is still live").isEqualTo(60);
        }
    }

    @Test
    void aSecondServerCannotTakeAQueueThatTheFirstHolds() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            cell.lease(1);
            var other = new Dispatcher(
                    cell.client,
                    new Dispatcher.Ground(cell.scope, cell.ids, cell.hands, (tx, e) -> List.of(), cell.config),
                    id -> 1);
            try (other) {
                refused("queue-elsewhere", () -> other.annotate(cell.project, WorkCell.worker(2)));
                cell.dispatcher.close();
                assertThat(other.annotate(cell.project, WorkCell.worker(2)))
                        .as("the lease of the first server is known to the second")
                        .isNull();
            }
        }
    }

    @Test
    void refusesAtOnceWhenTooManyWait() throws Exception {
        try (var cell = new WorkCell(1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cell.plan(200);
            cell.dispatcher.close();
            cell.config =
                    new WorkConfig(Duration.ofMinutes(15), Duration.ofMinutes(1), 3, 1, 2, 1, 3, Duration.ofHours(48));
            cell.restart();
            var results = new ArrayList<Future<String>>();
            for (var i = 1; i <= 200; i++) {
                var person = i;
                results.add(threads.submit(() -> {
                    try {
                        cell.lease(person);
                        return "ok";
                    } catch (EtalonException e) {
                        assertThat(e.retryAfter()).isNotNull();
                        return e.code().name();
                    }
                }));
            }
            var told = new ArrayList<String>();
            for (var result : results) {
                told.add(result.get());
            }
            assertThat(told).containsOnly("ok", "busy").contains("ok", "busy");
            assertThat(cell.count("lease"))
                    .isEqualTo(told.stream().filter("ok"::equals).count());
            cell.restart();
            assertThat(List.of(cell.count("lease"))).isNotEmpty();
        }
    }
}
