package io.etalon.server.work;

import io.etalon.server.base.ClientId;
import io.etalon.server.job.JobPlace;
import io.etalon.server.project.Projects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Which server has a client's queues, where several servers share a database. One server has all queues of a client; what
 * it remembers of the client is forgotten when it takes them. Thread-safe.
 */
@Service
public final class Seats implements JobPlace {
    private final Dispatchers dispatchers;

    Seats(Dispatchers dispatchers, Projects projects, Workflows workflows) {
        this.dispatchers = dispatchers;
        dispatchers.onTaken(client -> {
            projects.forget(client);
            workflows.forget(client);
        });
    }

    /** Whether this server has the client's queues, without asking the database. */
    public boolean has(ClientId client) {
        return dispatchers.of(client).seat().isHere();
    }

    /** Takes the client's queues unless this server has them; false when another server has them. */
    public boolean take(ClientId client) {
        return dispatchers.of(client).seat().take();
    }

    @Override
    public boolean isHere(ClientId client) {
        return take(client);
    }

    /** The server that took the queues last. */
    public Optional<UUID> owner(ClientId client) {
        return dispatchers.of(client).seat().owner();
    }

    /** Ends the database sessions of the server that has the queues, when it gives no sign of life. */
    public int evict(ClientId client) {
        return dispatchers.of(client).seat().evict();
    }
}
