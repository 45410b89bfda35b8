package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/** The queues of one client that are open here. Thread-safe. */
final class OpenQueues {
    private final ConcurrentMap<ProjectId, QueueHolder> holders = new ConcurrentHashMap<>();
    private final Writers writers;
    private final QueueHolder.Opener opener;

    OpenQueues(Writers writers, QueueHolder.Opener opener) {
        this.writers = writers;
        this.opener = opener;
    }

    private QueueHolder holder(ProjectId project) {
        return holders.computeIfAbsent(project, id -> new QueueHolder(id, writers, opener));
    }

    /** Works with a queue, which is opened when it is not, while others may too. */
    <T extends @Nullable Object> T with(ProjectId project, Function<WorkQueue, T> work) {
        return holder(project).with(work);
    }

    /**
     * The same while nobody else does, and with nothing of the queue under way. The work must not ask for a queue: it would
     * wait for itself.
     */
    <T extends @Nullable Object> T alone(ProjectId project, Function<WorkQueue, T> work) {
        return holder(project).alone(work);
    }

    /** Whether somebody asked for a queue. */
    boolean has(ProjectId project) {
        return holders.containsKey(project);
    }

    /** Does something with a queue if it is open and may be used; returns 0 when not. */
    int ifOpen(ProjectId project, ToIntBiFunction<ProjectId, WorkQueue> work) {
        var holder = holders.get(project);
        return holder == null || holder.peek() == null ? 0 : with(project, queue -> work.applyAsInt(project, queue));
    }

    /** The same with every queue; returns the sum. */
    int each(ToIntBiFunction<ProjectId, WorkQueue> work) {
        return holders.keySet().stream()
                .mapToInt(project -> ifOpen(project, work))
                .sum();
    }

    /** Whether a queue is in memory now. */
    boolean isOpen(ProjectId project) {
        var holder = holders.get(project);
        return holder != null && holder.peek() != null;
    }

    /** Lets go of queues, each when nobody uses it; who asks for one again opens it anew. */
    void letGo(Predicate<ProjectId> which) {
        holders.forEach((project, holder) -> {
            if (which.test(project)) {
                holder.letGo();
            }
        });
    }
}
