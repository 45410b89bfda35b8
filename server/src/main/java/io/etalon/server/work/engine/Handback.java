package io.etalon.server.work.engine;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.work.state.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Takes everything out of some people's hands, so that others do it. Thread-safe. */
final class Handback {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int PAUSES = 20_000;

    private final Upkeep upkeep;

    Handback(Upkeep upkeep) {
        this.upkeep = upkeep;
    }

    /**
     * What was taken from them.
     *
     * @param leases open ones that ended; an answer under one of them is refused from now on
     * @param returned answers sent back to them that somebody else does now
     * @param kept answers sent back to them that nobody else can do: all others have answered those tasks
     */
    record Taken(int leases, int returned, int kept) {}

    /**
     * The people must be barred before. A claim that was under way is waited for and ended too; when this returns, none of
     * them holds a lease of the queue, and none of their answers comes in any more.
     *
     * @param others who may do what was sent back to them
     */
    Taken take(WorkQueue queue, Collection<PersonId> people, List<PersonId> others, String via) {
        var ids = Set.copyOf(people);
        var ended = 0;
        for (var pause = 0; holds(queue, ids); pause++) {
            if (pause == PAUSES) {
                throw new EtalonException(ErrorCode.DATABASE_DOWN, "Open leases do not end; try again.");
            }
            ended += upkeep.end(queue, lease -> ids.contains(lease.person), Write.EndReason.SUPERSEDED, via);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        var returns = returned(queue, ids);
        var moved = upkeep.lapse(queue, returns, others);
        return new Taken(ended, moved, returns.size() - moved);
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

    private static List<SubmissionRef> returned(WorkQueue queue, Set<PersonId> people) {
        var returned = new ArrayList<SubmissionRef>();
        for (var person : people) {
            var desk = queue.desk(person);
            synchronized (desk) {
                desk.returned.values().stream()
                        .filter(ref -> queue.book.state(ref.position()) == TaskState.RETURNED)
                        .forEach(returned::add);
            }
        }
        return returned;
    }

    /** Tasks that are assigned to none but these people, ascending: nobody else is offered them. */
    static long[] assignedOnlyTo(WorkQueue queue, Collection<PersonId> people) {
        var ids = people.stream().map(PersonId::value).collect(java.util.stream.Collectors.toSet());
        var tasks = new ArrayList<Long>();
        for (var position = 0; position < queue.tasks.size(); position++) {
            if (queue.tasks.isAssigned(position) && ids.containsAll(queue.tasks.assignees(position))) {
                tasks.add(queue.tasks.id(position));
            }
        }
        return tasks.stream().mapToLong(task -> task).sorted().toArray();
    }
}
