package io.etalon.server.work.engine;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What screens list of a queue's tasks. Stateless; thread-safe. */
public final class TaskLists {
    private TaskLists() {}

    /** A lease on a task that is open now. */
    public record Holder(long lease, PersonId person, OpenLease.Kind kind) {}

    /** Who has a task in work, the oldest lease first; a look at every open lease. */
    public static List<Holder> holders(WorkQueue queue, long task) {
        return queue.leases.values().stream()
                .filter(lease -> lease.task == task && lease.live() && !lease.isGold())
                .map(lease -> new Holder(lease.id, lease.person, lease.kind))
                .sorted(Comparator.comparingLong(Holder::lease))
                .toList();
    }

    /**
     * The tasks in the order they were planned, or those in one state, batch or priority. Looks at every task of the state
     * until there are as many as asked for.
     *
     * @param after the task before the first one; 0 for the beginning
     * @throws EtalonException invalid, when there is no such task
     */
    public static List<WorkQueue.Line> lines(WorkQueue queue, Pick which, int most, long after) {
        var lines = new ArrayList<WorkQueue.Line>();
        var position = after == 0 ? -1 : queue.tasks.find(after);
        if (after != 0 && position < 0) {
            throw EtalonException.invalid("cursor is not one that this list gave out");
        }
        while (lines.size() < most && (position = queue.book.next(position, which.state())) >= 0) {
            if (which.matches(queue, position)) {
                lines.add(queue.line(position));
            }
        }
        return lines;
    }

    /** A task, if there is one of that number that is picked. */
    public static Optional<WorkQueue.Line> line(WorkQueue queue, long task, Pick which) {
        var position = queue.tasks.find(task);
        return position < 0
                        || queue.book.isHidden(position)
                        || (which.state() != null && which.state() != queue.book.state(position))
                        || !which.matches(queue, position)
                ? Optional.empty()
                : Optional.of(queue.line(position));
    }

    /** The tasks that an act would do something to; looks at every task. */
    public static long[] tasksOf(WorkQueue queue, Pick which, TaskAct act) {
        return Arrays.stream(which.of(queue, act)).mapToLong(queue.tasks::id).toArray();
    }
}
