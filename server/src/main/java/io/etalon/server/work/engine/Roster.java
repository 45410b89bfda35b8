package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.policy.Shares;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which part of a client's work each workforce may take, and who may take nothing any more. Thread-safe. */
public final class Roster {
    private final Dispatcher dispatcher;
    private final Predicate<ProjectId> isOpen;
    private final Fencing fencing;
    private final Strands strands;
    private final Upkeep upkeep;
    private final Set<UUID> barred = ConcurrentHashMap.newKeySet();

    Roster(Dispatcher dispatcher, Commits writers, Upkeep upkeep, Predicate<ProjectId> isOpen) {
        this.dispatcher = dispatcher;
        this.isOpen = isOpen;
        this.fencing = new Fencing(upkeep);
        this.strands = new Strands(writers);
        this.upkeep = upkeep;
    }

    Set<UUID> barred() {
        return barred;
    }

    /**
     * Puts shares into force that are committed.
     *
     * @param shares null for no shares
     * @param anew whether people are to be offered again what the shares before kept from them: the queue is rebuilt
     */
    public void shares(ProjectId project, @Nullable Shares shares, boolean anew) {
        if (isOpen.test(project)) {
            dispatcher.with(project, queue -> {
                if (anew) {
                    queue.suspect();
                } else {
                    queue.quotas.shares(shares);
                }
                return Boolean.TRUE;
            });
        }
    }

    /** Gives these people nothing any more, whatever they ask for, until they are {@linkplain #admit admitted} again. */
    public void bar(Collection<PersonId> people) {
        people.forEach(person -> barred.add(person.value()));
    }

    /** Undoes {@link #bar}. */
    public void admit(Collection<PersonId> people) {
        people.forEach(person -> barred.remove(person.value()));
    }

    /**
     * Ends all open leases of people who are given nothing new any more, be it that they are {@linkplain #bar barred} or
     * that a wall stands before them; waits for answers and grants that are being written, and hands what was sent back to
     * them to others. Afterwards none of them holds anything of the project; who comes late with an answer finds it kept as
     * his draft. Can be repeated.
     *
     * @param others who may annotate in the project now
     */
    public Fence.Ended fence(ProjectId project, Fence fence, List<PersonId> others) {
        return dispatcher.with(project, queue -> fencing.end(queue, fence, others));
    }

    /**
     * Ends the leases on one task, so that others get it; who comes late with an answer finds it kept as his draft. Returns
     * how many there were.
     *
     * @throws io.etalon.server.base.EtalonException not found, when there is no such task
     */
    public int takeBack(ProjectId project, long task, String via) {
        return dispatcher.with(project, queue -> {
            queue.position(task);
            return upkeep.end(queue, lease -> lease.task == task && !lease.isGold(), Write.EndReason.WITHDRAWN, via);
        });
    }

    /**
     * Escalates the tasks of a project that were skipped and that nobody is left for; returns how many. A queue that is not
     * open is left alone.
     *
     * @param annotators who may annotate in the project now, each with the rounds that he may do; asked only when something
     *     was skipped
     */
    public int escalateStranded(ProjectId project, Supplier<Map<PersonId, Integer>> annotators) {
        if (!isOpen.test(project)) {
            return 0;
        }
        return dispatcher.with(project, queue -> {
            var people = queue.skips.all().isEmpty() ? Map.<PersonId, Integer>of() : annotators.get();
            // Where nobody works at all, nobody is missing.
            return people.isEmpty() ? 0 : strands.escalate(queue, people);
        });
    }
}
