package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.work.state.TaskEvent;
import io.etalon.server.work.state.TaskState;
import java.util.Map;

/** Tasks that were skipped and that nobody is left for: a requester has to look at them. Thread-safe. */
final class Strands {
    private final Commits writers;

    Strands(Commits writers) {
        this.writers = writers;
    }

    /**
     * Escalates the skipped tasks that nobody has in work and that none of these people could take; returns how many. Looks
     * at every task that was skipped.
     *
     * @param people who may annotate now, each with the rounds that he may do
     */
    int escalate(WorkQueue queue, Map<PersonId, Integer> people) {
        var escalated = 0;
        for (var skipped : queue.skips.all()) {
            synchronized (queue.acts) {
                synchronized (queue) {
                    if (isStranded(queue, skipped.position(), people)) {
                        var write = new Write(queue, "system");
                        write.event =
                                new Write.Event(queue.tasks.id(skipped.position()), TaskEvent.ESCALATE, skipped.last());
                        write.onCommit(() -> queue.moved(skipped.position(), TaskEvent.ESCALATE));
                        writers.write(write);
                        escalated++;
                    }
                }
            }
        }
        return escalated;
    }

    private static boolean isStranded(WorkQueue queue, int position, Map<PersonId, Integer> people) {
        return queue.book.state(position) == TaskState.OPEN
                && queue.visibility.capacity(position) > 0
                && queue.leases.values().stream()
                        .noneMatch(lease -> lease.kind == OpenLease.Kind.ANNOTATE && lease.position == position)
                && people.entrySet().stream()
                        .noneMatch(one -> queue.tasks.couldTake(
                                queue.tasks.claimant(one.getKey().value()), position, one.getValue()));
    }
}
