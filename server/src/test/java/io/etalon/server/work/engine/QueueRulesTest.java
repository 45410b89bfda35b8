package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.policy.Refusal;
import io.etalon.server.work.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A queue's rules on the real tables: exact under concurrency, the same after a restart. */
final class QueueRulesTest {
    private static QueuePolicy overlap(double share, int answers) {
        return new QueuePolicy(new QueuePolicy.Overlap(share, answers), null, null, null, null, null);
    }

    private static QueuePolicy caps(@Nullable Integer tasks, @Nullable Double share) {
        return new QueuePolicy(null, null, new QueuePolicy.Caps(tasks, share), null, null, null);
    }

    private static QueuePolicy budget(QueuePolicy.Budget budget) {
        return new QueuePolicy(null, null, null, null, budget, null);
    }

    /** Sixteen people take and answer until nothing is left for them, or for a number of steps. */
    private static void work(WorkCell cell, int most) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Integer>>();
            for (var number = 1; number <= 16; number++) {
                var person = number;
                calls.add(() -> {
                    var done = 0;
                    for (var lease = cell.lease(person); lease != null && done < most; lease = cell.lease(person)) {
                        cell.submit(lease, 0);
                        done++;
                    }
                    return done;
                });
            }
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private static List<Integer> answersATask(WorkCell cell) {
        return cell
                .query(
                        "select count(s.id) from task t left join submission s on s.task = t.id group by t.id order by t.id")
                .stream()
                .map(Math::toIntExact)
                .toList();
    }

    @Test
    void givesThirtyPercentOfTheTasksThreeAnswersAndTheRestOneThroughARestart() throws Exception {
        try (var cell = new WorkCell(1)) {
            cell.rules(overlap(0.3, 3));
            cell.plan(400);
            work(cell, 10);
            var before = cell.snapshot();
            cell.restart();
            // Open leases keep their terms; all else is as it was.
            assertThat(cell.snapshot()).isEqualTo(before);
            work(cell, Integer.MAX_VALUE);
            cell.hands.turn(WorkConfig.DEFAULT.lease().multipliedBy(2));
            cell.dispatcher.sweep();
            work(cell, Integer.MAX_VALUE);
            var answers = answersATask(cell);
            assertThat(answers).containsOnly(1, 3);
            var triple = answers.stream().filter(n -> n == 3).count();
            // Binomial(400, 0.3): five standard deviations are 46.
            assertThat(triple).isBetween(120L - 46, 120L + 46);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts).submissionsNeeded())
                    .isEqualTo(400 + 2 * triple);
        }
    }

    @Test
    void changesTheShareWhileWorkRunsAndKeepsWhatWasChosenBefore() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(300);
            cell.rules(overlap(0.2, 2));
            var few = needing(cell, tasks, 2);
            cell.rules(overlap(0.5, 2));
            assertThat(needing(cell, tasks, 2)).containsAll(few).hasSizeGreaterThan(few.size());
            cell.rules(QueuePolicy.OPEN);
            assertThat(needing(cell, tasks, 1)).hasSize(300);
        }
    }

    private static List<Long> needing(WorkCell cell, List<Long> tasks, int answers) {
        return cell.dispatcher.with(
                cell.project,
                queue -> tasks.stream()
                        .filter(task -> queue.line(task).needed() == answers)
                        .toList());
    }

    @Test
    void neverGivesOnePersonMoreThanTheCapHoweverManyOfHisRequestsRunAtOnce() throws Exception {
        try (var cell = new WorkCell(3);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            cell.plan(100);
            cell.rules(caps(7, null));
            var calls = IntStream.range(0, 16)
                    .mapToObj(i -> (Callable<Integer>) () -> {
                        var done = 0;
                        for (var i2 = 0; i2 < 8; i2++) {
                            var lease = tried(cell);
                            if (lease != null) {
                                cell.submit(lease, 0);
                                done++;
                            }
                        }
                        return done;
                    })
                    .toList();
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
            assertThat(cell.count("submission")).isEqualTo(7);
            assertThat(reason(cell)).isEqualTo(Refusal.Reason.PERSON_CAP);
            assertThat(cell.lease(2)).as("others go on").isNotNull();
            cell.rules(caps(null, 0.09));
            var more = cell.lease(1);
            assertThat(more).as("9 % of 100 tasks are two more than 7").isNotNull();
            assertThat(cell.lease(1)).isNotNull();
            assertThat(cell.lease(1)).isNull();
        }
    }

    private static Refusal.Reason reason(WorkCell cell) {
        Optional<Refusal> refusal =
                cell.dispatcher.with(cell.project, queue -> queue.refusal(WorkCell.person(1), null));
        return refusal.orElseGet(Refusal::nothingLeft).reason();
    }

    private static @Nullable OpenLease tried(WorkCell cell) {
        try {
            return cell.lease(1);
        } catch (EtalonException e) {
            assertThat(e.code()).isEqualTo(WorkCodes.LEASE_CAP);
            return null;
        }
    }

    @Test
    void givesReturnedWorkBackToItsAuthorBeyondTheCap() {
        try (var cell = new WorkCell(1)) {
            cell.plan(3);
            cell.rules(caps(1, null));
            cell.submit(cell.lease(1), 1);
            cell.decide(cell.review(9), Decision.RETURN);
            var again = cell.lease(1);
            assertThat(again).isNotNull();
            assertThat(again.past).isNotNull();
            cell.submit(again, 0);
            assertThat(cell.lease(1)).isNull();
        }
    }

    @Test
    void handsOutExactlyWhatTheBudgetPaysForAndSaysSo() throws Exception {
        try (var cell = new WorkCell(2)) {
            cell.plan(200);
            // 10 / 0.3 = 33.3: binary fractions would pay for as many only by luck.
            cell.rules(budget(new QueuePolicy.Budget(null, "10.00", "0.30")));
            work(cell, Integer.MAX_VALUE);
            assertThat(cell.count("submission")).isEqualTo(33);
            assertThat(reason(cell)).isEqualTo(Refusal.Reason.BUDGET);
            cell.restart();
            assertThat(cell.lease(1)).isNull();
            cell.rules(budget(new QueuePolicy.Budget(35L, null, null)));
            var lease = cell.lease(1);
            cell.dispatcher.release(
                    cell.project, WorkCell.worker(1), WorkCell.ticket(lease), OpenLease.Kind.ANNOTATE, null);
            work(cell, Integer.MAX_VALUE);
            assertThat(cell.count("submission"))
                    .as("what is given back is there again")
                    .isEqualTo(35);
        }
    }

    @Test
    void givesAssignedTasksFirstToTheirPersonAndToNobodyElseUntilUnassigned() {
        try (var cell = new WorkCell(1)) {
            var tasks = cell.plan(6);
            var given = tasks.subList(3, 5);
            assertThat(cell.act(new TaskAct.Assign(List.of(WorkCell.person(1))), WorkCell.among(given)))
                    .isEqualTo(2);
            cell.restart();
            assertThat(cell.lease(1).task).isEqualTo(given.getFirst());
            var others = IntStream.range(0, 5)
                    .mapToObj(i -> cell.lease(10 + i))
                    .map(lease -> lease == null ? null : lease.task)
                    .toList();
            assertThat(others).containsExactly(tasks.get(0), tasks.get(1), tasks.get(2), tasks.get(5), null);
            assertThat(cell.act(new TaskAct.Assign(List.of()), WorkCell.among(given)))
                    .isEqualTo(2);
            assertThat(cell.lease(14).task)
                    .as("who passed it before finds it once it is everybody's again")
                    .isEqualTo(given.getLast());
            assertThat(cell.lease(15)).isNull();
            cell.restart();
            assertThat(cell.lease(16)).isNull();
        }
    }

    @Test
    void givesATaskThatItsAssigneeReleasedToNobodyElse() {
        try (var cell = new WorkCell(1)) {
            var task = cell.plan(1);
            cell.act(new TaskAct.Assign(List.of(WorkCell.person(1))), WorkCell.among(task));
            var lease = cell.lease(1);
            cell.dispatcher.release(
                    cell.project, WorkCell.worker(1), WorkCell.ticket(lease), OpenLease.Kind.ANNOTATE, null);
            assertThat(cell.lease(2)).isNull();
            assertThat(cell.lease(1)).isNotNull();
        }
    }

    @Test
    void cancelsAsManyAsItCountedAndEndsTheirLeases() {
        try (var cell = new WorkCell(1)) {
            cell.plan(50);
            cell.plan(30, new Dispatcher.Place(5, 0));
            var held = cell.lease(1);
            cell.submit(cell.lease(2), 0);
            var pick = new Pick(null, null, 5, null);
            var counted = cell.dispatcher
                    .count(cell.project, new TaskAct.Cancel(), pick)
                    .tasks();
            assertThat(counted).isEqualTo(30);
            assertThat(cell.act(new TaskAct.Cancel(), pick)).isEqualTo(counted);
            assertThat(cell.dispatcher
                            .count(cell.project, new TaskAct.Cancel(), pick)
                            .tasks())
                    .isZero();
            assertThatThrownBy(() -> cell.submit(held, 0)).isInstanceOf(EtalonException.class);
            assertThat(cell.state(held.task)).isEqualTo(TaskState.CANCELLED);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts).tasks())
                    .isEqualTo(50);
            var before = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void givesNothingOfAPausedBatchAndGoesOnWhereItStoodWhenItIsTakenUp() {
        try (var cell = new WorkCell(1)) {
            cell.batch(1, 5, null);
            var plain = cell.plan(1);
            var urgent = cell.plan(2, new Dispatcher.Place(5, 1));
            var held = cell.lease(1);
            assertThat(held.task).isEqualTo(urgent.getFirst());
            cell.pause(1, true);
            urgent.addAll(cell.plan(1, new Dispatcher.Place(5, 1)));
            cell.restart();
            assertThat(cell.lease(2).task).isEqualTo(plain.getFirst());
            assertThat(cell.lease(3)).as("the batch is paused").isNull();
            cell.submit(held, 0);
            var before = cell.snapshot();
            cell.pause(1, false);
            assertThat(cell.lease(3).task).isEqualTo(urgent.get(1));
            assertThat(cell.lease(3).task).as("planned meanwhile").isEqualTo(urgent.get(2));
            assertThat(before).isNotEqualTo(cell.snapshot());
        }
    }

    @Test
    void takesDeletedTasksOutOfEverythingAndBringsThemBackAsTheyWere() {
        try (var cell = new WorkCell(2)) {
            var tasks = cell.plan(6);
            // Two answers to the first task, one of which waits for its review; the second one is in work.
            cell.submit(cell.lease(1), 1);
            cell.submit(cell.lease(2), 0);
            var held = cell.lease(3);
            var before = cell.dispatcher.with(cell.project, WorkQueue::counts);
            var doomed = WorkCell.among(tasks.subList(0, 2));
            var tally = cell.dispatcher.count(cell.project, new TaskAct.Delete(1), doomed);
            assertThat(tally).isEqualTo(new Tally(2, 2, 0, 1));
            cell.delete(1, doomed);
            var counts = cell.dispatcher.with(cell.project, WorkQueue::counts);
            assertThat(counts.tasks()).isEqualTo(4);
            assertThat(counts.submissions()).isZero();
            assertThat(counts.submissionsNeeded()).isEqualTo(8);
            assertThatThrownBy(() -> cell.submit(held, 0)).isInstanceOf(EtalonException.class);
            assertThatThrownBy(() -> cell.dispatcher.with(cell.project, queue -> queue.line(tasks.getFirst())))
                    .isInstanceOf(EtalonException.class);
            assertThat(cell.review(4)).as("what waits there for its review").isNull();
            assertThat(cell.lease(4).task).isEqualTo(tasks.get(2));
            var deleted = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(deleted);
            cell.undelete(1);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts)).isEqualTo(before);
            assertThat(cell.review(4).task).isEqualTo(tasks.getFirst());
            assertThat(cell.lease(5).task).isEqualTo(tasks.get(1));
        }
    }

    @Test
    void doesNothingWhenTheOrderIsRefusedInItsTransaction() {
        try (var cell = new WorkCell(1)) {
            cell.plan(10);
            var before = cell.snapshot();
            var order = new Dispatcher.ActOrder(
                    new TaskAct.Cancel(),
                    new Pick(null, null, null, null),
                    WorkCell.person(99),
                    "session",
                    (tx, tally) -> {
                        throw EtalonException.invalid("not " + tally.tasks());
                    });
            assertThatThrownBy(() -> cell.dispatcher.act(cell.project, order, made -> made))
                    .hasMessageContaining("not 10");
            assertThat(cell.snapshot()).isEqualTo(before);
            assertThat(cell.count("task_event")).isZero();
        }
    }

    @Test
    void goesByPriorityThenByTheNearestDeadlineThenByArrival() {
        try (var cell = new WorkCell(1)) {
            var plain = cell.plan(1, new Dispatcher.Place(1, 0));
            cell.batch(1, 1, Instant.parse("2027-02-01T00:00:00Z"));
            cell.batch(2, 1, Instant.parse("2027-01-01T00:00:00Z"));
            cell.batch(3, 2, null);
            var late = cell.plan(2, new Dispatcher.Place(1, 1));
            var soon = cell.plan(1, new Dispatcher.Place(1, 2));
            var urgent = cell.plan(1, new Dispatcher.Place(2, 3));
            assertThat(cell.act(new TaskAct.Move(2), WorkCell.among(late.subList(1, 2))))
                    .isEqualTo(1);
            cell.restart();
            var order = new ArrayList<Long>();
            for (var lease = cell.lease(1); lease != null; lease = cell.lease(1)) {
                order.add(lease.task);
                cell.submit(lease, 0);
                if (order.size() == 2) {
                    assertThat(cell.dispatcher
                                    .with(cell.project, queue -> queue.batchCounts(2))
                                    .get(TaskState.DONE))
                            .isEqualTo(1);
                }
            }
            assertThat(order)
                    .containsExactly(urgent.getFirst(), soon.getFirst(), late.get(1), late.get(0), plain.getFirst());
            assertThat(cell.dispatcher
                            .with(cell.project, queue -> queue.batchCounts(2))
                            .get(TaskState.DONE))
                    .isEqualTo(2);
        }
    }

    @Test
    void widensATaskInDoubtEndsACertainOneEarlyAndKnowsItAfterARestart() {
        try (var cell = new WorkCell(2)) {
            var tasks = cell.plan(2);
            cell.submit(cell.lease(1), 0);
            cell.submit(cell.lease(1), 0);
            // The first is certain after one answer.
            cell.dispatcher.decideNeed(cell.project, new Dispatcher.Seen(tasks.get(0), 1), needed -> 1);
            assertThat(cell.state(tasks.get(0))).isEqualTo(TaskState.DONE);
            // The second is in doubt after two.
            cell.submit(cell.lease(2), 0);
            assertThat(cell.state(tasks.get(1))).isEqualTo(TaskState.DONE);
            cell.dispatcher.decideNeed(cell.project, new Dispatcher.Seen(tasks.get(1), 1), needed -> 9);
            assertThat(cell.state(tasks.get(1)))
                    .as("who has seen fewer answers than there are decides nothing")
                    .isEqualTo(TaskState.DONE);
            cell.dispatcher.decideNeed(cell.project, new Dispatcher.Seen(tasks.get(1), 2), needed -> needed + 1);
            assertThat(cell.state(tasks.get(1))).isEqualTo(TaskState.OPEN);
            cell.dispatcher.need(cell.project, 1);
            cell.redundancy = 1;
            assertThat(cell.state(tasks.get(1)))
                    .as("what was decided for one task stands when the others change")
                    .isEqualTo(TaskState.OPEN);
            var before = cell.snapshot();
            cell.restart();
            assertThat(cell.snapshot()).isEqualTo(before);
            assertThat(cell.lease(3).task).isEqualTo(tasks.get(1));
            assertThat(cell.lease(4)).isNull();
        }
    }
}
