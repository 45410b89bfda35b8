package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import java.util.Set;

/**
 * Whose work in a project is ended.
 *
 * @param reason a short code that the lease's end and the log bear, such as a rule's id
 */
public record Fence(Set<PersonId> people, String reason) {
    public Fence {
        people = Set.copyOf(people);
    }

    /** How many leases ended, and how many returned answers were taken from their authors. */
    public record Ended(int leases, int returns) {}
}
