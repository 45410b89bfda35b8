package io.etalon.server.work.engine;

import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.state.TaskState;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Acts on many tasks: one transaction, then the queue's memory in parts, between which claims and answers go on. Only
 * other acts on tasks of the project wait. Thread-safe.
 */
final class TaskActs {
    /** Tasks a part: claims wait for milliseconds. */
    private static final int PART = 16_384;

    private final TenantScope scope;
    private final Writers writers;
    private final Upkeep upkeep;
    private final ActStore store = new ActStore();

    TaskActs(TenantScope scope, Writers writers, Upkeep upkeep) {
        this.scope = scope;
        this.writers = writers;
        this.upkeep = upkeep;
    }

    /**
     * Does an act to the tasks that are picked at that moment; returns how many.
     *
     * @param order what to do, by whom
     * @param once runs the act in its transaction, or tells what came of an earlier try
     */
    int run(WorkQueue queue, Dispatcher.ActOrder order, UnaryOperator<Tx.Work<Integer>> once) {
        synchronized (queue.acts) {
            var picked = new Object() {
                int[] positions = {};
            };
            try {
                var count = scope.client(queue.client, once.apply(tx -> {
                    writers.fence(tx);
                    var positions = order.act() instanceof TaskAct.Undelete(var deletion)
                            ? store.deleted(tx, queue, deletion)
                            : order.pick().of(queue, order.act());
                    order.confirm().check(tx, Tally.of(queue, positions));
                    picked.positions = positions;
                    store.write(tx, queue, order, positions);
                    return positions.length;
                }));
                apply(queue, order.act(), picked.positions);
                if (withdraws(order.act()) && picked.positions.length > 0) {
                    IntPredicate gone = position ->
                            queue.book.isHidden(position) || queue.book.state(position) == TaskState.CANCELLED;
                    upkeep.end(
                            queue,
                            lease -> gone.test(queue.tasks.find(lease.task)),
                            Write.EndReason.SUPERSEDED,
                            order.via());
                }
                return count;
            } catch (RuntimeException e) {
                if (picked.positions.length > 0) {
                    // The rows may be there although the answer was lost.
                    queue.suspect();
                }
                throw e;
            }
        }
    }

    private static boolean withdraws(TaskAct act) {
        return act instanceof TaskAct.Cancel || act instanceof TaskAct.Delete;
    }

    /** Brings the queue's memory to what the rows of an act say. */
    static void apply(WorkQueue queue, TaskAct act, int[] positions) {
        for (var from = 0; from < positions.length; from += PART) {
            var part = Arrays.copyOfRange(positions, from, Math.min(positions.length, from + PART));
            synchronized (queue) {
                queue.arranged.apply(act, part);
            }
        }
        if (act instanceof TaskAct.Undelete || act instanceof TaskAct.Move) {
            queue.tasks.rewind();
        }
    }
}
