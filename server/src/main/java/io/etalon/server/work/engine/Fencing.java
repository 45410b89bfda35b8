package io.etalon.server.work.engine;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Takes everything out of some people's hands, so that others do it. Thread-safe. */
final class Fencing {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int PAUSES = 20_000;

    private final Upkeep upkeep;

    Fencing(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /**
     * The people must be barred before. A claim that was under way is waited for and ended too; when this returns, none of
     * them holds a lease of the queue, and none of their answers comes in any more.
     *
     * @param others who may do what was sent back to them
     */
    Fence.Ended end(WorkQueue queue, Fence fence, List<PersonId> others) {
        var people = fence.people();
        var ended = 0;
        for (var pause = 0; holds(queue, people); pause++) {
            if (pause == PAUSES) {
                throw new EtalonException(ErrorCode.DATABASE_DOWN, "Open leases do not end; try again.");
            }
            ended += upkeep.fence(queue, fence);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        var returns = queue.returns.with(people);
        var moved = upkeep.lapse(queue, returns, others);
        return new Fence.Ended(ended, moved, returns.size() - moved, assignedOnlyTo(queue, people));
    }

    /** Their open leases: granted, about to be, or about to end. */
    private static boolean holds(WorkQueue queue, Set<PersonId> people) {
        var holds = false;
        for (var person : people) {
            var desk = queue.desk(person);
            synchronized (desk) {
                holds |= !desk.open.isEmpty();
            }
        }
        return holds;
    }

    /** Tasks that are assigned to none but these people, ascending: nobody else is offered them. */
    private static long[] assignedOnlyTo(WorkQueue queue, Set<PersonId> people) {
        var ids = people.stream().map(PersonId::value).collect(Collectors.toSet());
        var tasks = new ArrayList<Long>();
        for (var position = 0; position < queue.tasks.size(); position++) {
            if (queue.tasks.isAssigned(position) && ids.containsAll(queue.tasks.assignees(position))) {
                tasks.add(queue.tasks.id(position));
            }
        }
        return tasks.stream().mapToLong(task -> task).sorted().toArray();
    }
}
