package io.etalon.server.work.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import io.etalon.server.work.state.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deletions of single answers in the engine; {@link RebuildTest} has them among everything else that can happen. */
final class AnswerActsTest {
    private static long answered(WorkCell cell, int person, double share) {
        return cell.submit(requireNonNull(cell.lease(person)), share).made();
    }

    /** What is in memory is what a restart brings back. */
    private static void sameAfterARestart(WorkCell cell) {
        var before = cell.snapshot();
        cell.restart();
        assertThat(cell.snapshot()).isEqualTo(before);
    }

    @Test
    void givesTheFreePlaceToOthersAlone() {
        try (var cell = new WorkCell(2)) {
            var task = cell.plan(1).getFirst();
            var first = answered(cell, 1, 0);
            answered(cell, 2, 0);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
            assertThat(cell.lease(3)).isNull();

            var found = cell.dispatcher.answers().count(cell.project, WorkCell.answers(List.of(first)));
            assertThat(found.answers()).isEqualTo(1);
            assertThat(found.reopened()).isEqualTo(1);
            cell.deleteAnswers(1, List.of(first));
            assertThat(cell.state(task)).isEqualTo(TaskState.OPEN);
            assertThat(cell.dispatcher.with(cell.project, WorkQueue::counts).submissions())
                    .isEqualTo(1);
            assertThat(cell.lease(1)).as("nobody gets a task twice").isNull();
            assertThat(cell.lease(2)).isNull();
            sameAfterARestart(cell);

            answered(cell, 3, 0);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
            assertThat(cell.lease(4)).as("never more than are needed").isNull();
        }
    }

    @Test
    void bringsBackWhatHasItsPlaceStillAndTheRestWhenThereIsRoom() {
        try (var cell = new WorkCell(2)) {
            var task = cell.plan(1).getFirst();
            var first = answered(cell, 1, 0);
            var second = answered(cell, 2, 0);
            cell.deleteAnswers(1, List.of(first, second));
            var held = requireNonNull(cell.lease(3));
            assertThat(cell.restoreAnswers(1))
                    .as("one place is in somebody's hands")
                    .isEqualTo(1);
            assertThat(cell.query("select submission from deleted_answer where undo is null"))
                    .containsExactly(second);
            int taken = cell.dispatcher.with(cell.project, queue -> queue.tasks.taken(0));
            assertThat(taken).isEqualTo(2);
            cell.submit(held, 0);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
            assertThat(cell.restoreAnswers(1)).isZero();
            sameAfterARestart(cell);

            cell.redundancy = 3;
            cell.dispatcher.need(cell.project, 3);
            assertThat(cell.restoreAnswers(1)).isEqualTo(1);
            assertThat(cell.state(task)).isEqualTo(TaskState.DONE);
            assertThat(cell.query("select undo from deleted_answer order by undo"))
                    .containsExactly(1L, 2L);
            sameAfterARestart(cell);
        }
    }

    @Test
    void endsWhatAReviewerAndAnAuthorHoldOfIt() {
        try (var cell = new WorkCell(1)) {
            cell.plan(2);
            var judged = answered(cell, 1, 1);
            var review = requireNonNull(cell.review(9));
            assertThat(review.judged().id()).isEqualTo(judged);
            cell.deleteAnswers(1, List.of(judged));
            assertThatThrownBy(() -> cell.decide(review, Decision.ACCEPT))
                    .isInstanceOfSatisfying(
                            EtalonException.class, e -> assertThat(e.code()).isEqualTo(WorkCodes.LEASE_LOST));
            assertThat(cell.review(9)).isNull();
            assertThat(cell.restoreAnswers(1)).isEqualTo(1);
            sameAfterARestart(cell);

            cell.decide(requireNonNull(cell.review(9)), Decision.RETURN);
            var redo = requireNonNull(cell.lease(1));
            assertThat(redo.past).isNotNull();
            cell.deleteAnswers(2, List.of(judged));
            assertThatThrownBy(() -> cell.submit(redo, 0)).isInstanceOf(EtalonException.class);
            sameAfterARestart(cell);
            assertThat(cell.restoreAnswers(2)).isEqualTo(1);
            var again = requireNonNull(cell.lease(1));
            assertThat(requireNonNull(again.past).id()).isEqualTo(judged);
            assertThat(cell.submit(again, 0).made()).isPositive();
        }
    }

    /** The server died between the commit of a deletion and the ends of the leases that go with it. */
    @Test
    void forgetsLeasesWhoseEndsAServerThatDiedDidNotWrite() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            var judged = answered(cell, 1, 1);
            var review = requireNonNull(cell.review(9));
            cell.noteDeletion(1);
            cell.scope.clientDo(
                    cell.client, tx -> tx.db().sql("""
                            insert into deleted_answer (submission, project, task, deletion, revision)
                            select id, project, task, 1, revision from submission where id = ?""").param(judged).update());
            cell.restart();
            assertThatThrownBy(() -> cell.decide(review, Decision.ACCEPT)).isInstanceOf(EtalonException.class);
            assertThat(cell.review(8)).isNull();
            answered(cell, 2, 0);
            sameAfterARestart(cell);
        }
    }

    @Test
    void refusesWithoutATrace() {
        try (var cell = new WorkCell(1)) {
            cell.plan(1);
            var judged = answered(cell, 1, 1);
            var review = requireNonNull(cell.review(9));
            var order = new AnswerActs.Order(1, WorkCell.answers(List.of(judged)), "session", (tx, found) -> {
                throw new EtalonException(WorkCodes.LEASE_CAP, "no");
            });
            assertThatThrownBy(() -> cell.dispatcher.answers().delete(cell.project, order, made -> made))
                    .isInstanceOf(EtalonException.class);
            assertThat(cell.count("deleted_answer")).isZero();
            cell.decide(review, Decision.ACCEPT);
        }
    }
}
