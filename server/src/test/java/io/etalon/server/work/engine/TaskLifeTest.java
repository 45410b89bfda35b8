package io.etalon.server.work.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What requesters do with single tasks, and what becomes of tasks that people would not do. */
final class TaskLifeTest {
    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EtalonException.class, e -> assertThat(e.code().name()).isEqualTo(code));
    }

    private static void skip(WorkCell cell, int person) {
        var lease = cell.lease(person);
        cell.dispatcher.skip(
                cell.project,
                WorkCell.worker(person),
                WorkCell.ticket(lease),
                new Dispatcher.Skipped("unclear", null),
                null);
    }

    private static int escalate(WorkCell cell, int... people) {
        Map<PersonId, Integer> able = new HashMap<>();
        for (var person : people) {
            able.put(WorkCell.person(person), 1);
        }
        return cell.dispatcher.roster().escalateStranded(cell.project, () -> able);
    }

    private static void change(WorkCell cell, long task, TaskEvent event) {
        cell.dispatcher.change(cell.project, WorkCell.person(9), "session", task, event, null);
    }

    private static List<PersonId> holders(WorkCell cell, long task) {
        List<TaskLists.Holder> open = cell.dispatcher.with(cell.project, queue -> TaskLists.holders(queue, task));
        return open.stream().map(TaskLists.Holder::person).toList();
    }

    private static void survivesARestart(WorkCell cell) {
        var before = cell.snapshot();
        cell.restart();
        assertThat(cell.snapshot()).isEqualTo(before);
    }

    @Test
    void escalatesASkippedTaskAsSoonAsNobodyIsLeftForIt() {
        try (var cell = new WorkCell(1)) {
            var task = cell.plan(1).getFirst();
            skip(cell, 1);
            assertThat(escalate(cell, 1, 2)).as("the second one can").isZero();
            var held = cell.lease(2);
            assertThat(escalate(cell, 1)).as("somebody has it in work").isZero();
            cell.dispatcher.release(
                    cell.project, WorkCell.worker(2), WorkCell.ticket(held), OpenLease.Kind.ANNOTATE, null);
            assertThat(escalate(cell)).as("nobody works at all").isZero();
            skip(cell, 2);
            assertThat(cell.state(task)).isEqualTo(TaskState.OPEN);
            survivesARestart(cell);
            cell.dispatcher.with(cell.project, WorkQueue::counts);
            assertThat(escalate(cell, 1, 2)).isEqualTo(1);
            assertThat(cell.state(task)).isEqualTo(TaskState.ESCALATED);
            assertThat(escalate(cell, 1, 2)).as("once").isZero();
            survivesARestart(cell);
            change(cell, task, TaskEvent.REOPEN);
            assertThat(cell.lease(3)).isNotNull();
        }
    }

    @Test
    void escalatesATaskWhoseAssigneesHaveSkippedIt() {
        try (var cell = new WorkCell(1)) {
            var task = cell.plan(1).getFirst();
            cell.act(new TaskAct.Assign(List.of(WorkCell.person(1))), Pick.ALL);
            skip(cell, 1);
            assertThat(escalate(cell, 1, 2, 3))
                    .as("it is offered to nobody else")
                    .isEqualTo(1);
            assertThat(cell.state(task)).isEqualTo(TaskState.ESCALATED);
        }
    }

    @Test
    void putsCancelledTasksBackWithTheAnswersThatTheyHad() {
        try (var cell = new WorkCell(2)) {
            var tasks = cell.plan(3);
            cell.submit(cell.lease(1), 0);
            cell.submit(cell.lease(2), 0);
            cell.submit(cell.lease(1), 0);
            var before = cell.dispatcher.with(cell.project, WorkQueue::counts);
            for (var task : tasks) {
                change(cell, task, TaskEvent.CANCEL);
            }
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts).tasks())
                    .isZero();
            change(cell, tasks.getFirst(), TaskEvent.REOPEN);
            assertThat(cell.state(tasks.getFirst())).isEqualTo(TaskState.DONE);
            assertThat(cell.act(new TaskAct.Reopen(), Pick.ALL))
                    .as("the others at once")
                    .isEqualTo(2);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts)).isEqualTo(before);
            survivesARestart(cell);
            assertThat(cell.lease(2).task).as("what still needs an answer").isEqualTo(tasks.get(1));
        }
    }

    @Test
    void takesATaskOutOfItsHoldersHandsForOthers() {
        try (var cell = new WorkCell(1)) {
            var task = cell.plan(1).getFirst();
            var lease = cell.lease(1);
            assertThat(holders(cell, task)).containsExactly(WorkCell.person(1));
            assertThat(cell.lease(2)).isNull();
            assertThat(cell.dispatcher.roster().takeBack(cell.project, task, "session"))
                    .isEqualTo(1);
            refused("lease-lost", () -> cell.submit(lease, 0));
            assertThat(holders(cell, task)).isEmpty();
            survivesARestart(cell);
            assertThat(cell.lease(2)).isNotNull();
            refused("not-found", () -> cell.dispatcher.roster().takeBack(cell.project, 987_654, "session"));
        }
    }

    @Test
    void refusesMoreSkipsThanOnePersonMayHaveAlsoAfterARestart() {
        try (var cell = new WorkCell(1)) {
            cell.plan(4);
            cell.rules(new QueuePolicy(null, null, new QueuePolicy.Caps(null, null, 2), null, null, null));
            skip(cell, 1);
            skip(cell, 1);
            refused("skip-budget", () -> skip(cell, 1));
            cell.restart();
            var held = cell.dispatcher.held(cell.project, WorkCell.person(1), OpenLease.Kind.ANNOTATE);
            assertThat(held).as("the task stays in his hands").hasSize(1);
            refused("skip-budget", () -> skip(cell, 1));
            assertThat(cell.submit(held.getFirst(), 0).state()).isEqualTo("submitted");
            skip(cell, 2);
        }
    }

    @Test
    void aBatchsNewDeadlineAndPriorityOrderItsTasks() {
        try (var cell = new WorkCell(1)) {
            var late = Instant.parse("2030-01-02T00:00:00Z");
            var soon = Instant.parse("2030-01-01T00:00:00Z");
            cell.batch(1, 0, soon);
            cell.batch(2, 0, late);
            var first = cell.plan(1, new Dispatcher.Place(0, 1)).getFirst();
            var second = cell.plan(2, new Dispatcher.Place(0, 2));
            assertThat(cell.lease(1).task).isEqualTo(first);
            cell.dispatcher.batch(cell.project, made -> made, tx -> {
                tx.db()
                        .sql("update batch set deadline = ?::timestamptz where number = 2")
                        .param(Instant.parse("2029-01-01T00:00:00Z").toString())
                        .update();
                return new Batch(2, "batch 2", 0, Instant.parse("2029-01-01T00:00:00Z"));
            });
            assertThat(cell.lease(2).task).isEqualTo(second.getFirst());
            survivesARestart(cell);
        }
    }
}
