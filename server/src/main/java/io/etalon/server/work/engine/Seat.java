package io.etalon.server.work.engine;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.TenantScope;
import java.util.Optional;
import java.util.UUID;

/** Which server has a client's queues, where several share a database. Thread-safe. */
public final class Seat {
    private final ClientId client;
    private final TenantScope scope;
    private final Writers writers;

    Seat(ClientId client, TenantScope scope, Writers writers) {
        this.client = client;
        this.scope = scope;
        this.writers = writers;
    }

    /** Whether this server has the queues: it took them, and as far as it knows lost them to nobody. */
    public boolean isHere() {
        return writers.isSeated();
    }

    /** Takes the queues unless this server has them; false when another server has them. */
    public boolean take() {
        return writers.take();
    }

    /** Calls a listener whenever the queues were taken: what is remembered of the client may be old then. */
    public void onTaken(Runnable listener) {
        writers.onSeated(listener);
    }

    /** The server process that took the queues last; it may have let go of them. */
    public Optional<UUID> owner() {
        return scope.client(client, tx -> writers.seats().read(tx)).node();
    }

    /** Ends the database sessions of whoever has the queues: of a server that gives no sign of life. Returns how many. */
    public int evict() {
        return scope.client(client, writers.seats()::evict);
    }
}
