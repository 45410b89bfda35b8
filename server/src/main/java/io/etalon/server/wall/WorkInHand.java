package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The port to the work engine, which stands above. Thread-safe. */
public interface WorkInHand {
    /**
     * Work of one project.
     *
     * @param open leases of the people asked about
     * @param waiting tasks of the project that wait for an annotator
     * @param workforces that the project names
     */
    record Load(ProjectId project, String name, int open, long waiting, List<UUID> workforces) {}

    /** How many leases and returned answers were taken from people, and whether that is all there were. */
    record Fenced(int leases, int returns, boolean complete) {}

    /** All projects of a client with what these people hold there. */
    List<Load> load(ClientId client, Set<PersonId> people);

    /**
     * Ends the open work of these people at a client and puts it back into the queues.
     *
     * @param reason a rule's id
     */
    Fenced fence(ClientId client, Set<PersonId> people, String reason);
}
