package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import java.util.Set;

/**
 * Whose work in a project is ended.
 *
 * @param reason a short code that the lease's end and the log bear, such as a rule's id
 */
public record Fence(Set<PersonId> people, String reason, String via) {
    public Fence {
        people = Set.copyOf(people);
    }

    /**
     * What was taken from them.
     *
     * @param leases open ones that ended; an answer under one of them is refused from now on
     * @param returned answers sent back to them that somebody else does now
     * @param kept answers sent back to them that nobody else can do: all others have answered those tasks
     * @param assigned tasks that are assigned to nobody but them, ascending
     */
    public record Ended(int leases, int returned, int kept, long[] assigned) {}
}
