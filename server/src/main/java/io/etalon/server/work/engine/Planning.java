package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** What there is to do in a queue: its tasks, its batches, and how many answers a task needs. Thread-safe. */
final class Planning {
    private final TenantScope scope;
    private final Writers writers;
    private final PlanStore plans;

    Planning(TenantScope scope, Writers writers, PlanStore plans) {
        this.scope = scope;
        this.writers = writers;
        this.plans = plans;
    }

    Planned plan(WorkQueue queue, List<UUID> assets, Dispatcher.Place place, UnaryOperator<Tx.Work<Planned>> once) {
        synchronized (queue) {
            try {
                var made = new ArrayList<Long>();
                var planned = scope.client(queue.client, once.apply(tx -> {
                    writers.fence(tx);
                    made.addAll(plans.plan(tx, queue.project, assets, place));
                    return new Planned(made.size(), queue.book.counts().tasks() + made.size());
                }));
                made.forEach(task -> queue.add(task, place.priority(), place.batch()));
                return planned;
            } catch (RuntimeException e) {
                // The rows may be there although the answer was lost.
                queue.suspect();
                throw e;
            }
        }
    }

    Batch batch(WorkQueue queue, UnaryOperator<Tx.Work<Batch>> once, Tx.Work<Batch> write) {
        synchronized (queue.acts) {
            var written = new AtomicBoolean();
            try {
                var batch = scope.client(queue.client, once.apply(tx -> {
                    writers.fence(tx);
                    var made = write.run(tx);
                    written.set(true);
                    return made;
                }));
                if (written.get()) {
                    // Another try is told of the batch as it was then.
                    queue.arranged.batch(batch);
                }
                return batch;
            } catch (RuntimeException e) {
                if (written.get()) {
                    queue.suspect();
                }
                throw e;
            }
        }
    }

    void decideNeed(WorkQueue queue, Dispatcher.Seen seen, IntUnaryOperator decision) {
        var position = queue.tasks.find(seen.task());
        if (position < 0) {
            throw EtalonException.notFound();
        }
        synchronized (queue.arranged.decisions(position)) {
            var needed = queue.book.needed(position);
            var wanted = decision.applyAsInt(needed);
            if (wanted != needed && queue.book.submissions(position) == seen.answers()) {
                var write = new Write(queue, "system");
                write.need = new Write.Need(seen.task(), wanted, seen.answers());
                write.onCommit(() -> queue.arranged.decided(position, wanted));
                writers.write(write);
            }
        }
    }
}
