package io.etalon.server.work.engine;

import java.time.Duration;

/**
 * Settings of the work engine.
 *
 * @param lease how long a lease lasts after it was granted or renewed
 * @param heartbeat how often a desk renews
 * @param openLeases how many leases of one kind a person may hold in a project: the current one and prefetched ones
 * @param writers writers a client's cell
 * @param waiting writes that may wait for one writer; beyond it, callers are sent away for a second
 * @param batch writes in one transaction at most
 * @param skipsToEscalate after how many skips a requester has to look at a task
 * @param returned how long returned work waits for its author alone, by the database's clock
 */
public record WorkConfig(
        Duration lease,
        Duration heartbeat,
        int openLeases,
        int writers,
        int waiting,
        int batch,
        int skipsToEscalate,
        Duration returned) {
    public static final WorkConfig DEFAULT =
            new WorkConfig(Duration.ofMinutes(15), Duration.ofSeconds(60), 3, 2, 8_192, 1_024, 3, Duration.ofHours(48));

    /**
     * The same with another length of leases; desks renew at least twice in it.
     *
     * @throws IllegalArgumentException when it is shorter than two seconds or longer than a day
     */
    public WorkConfig lasting(Duration lease) {
        if (lease.compareTo(Duration.ofSeconds(2)) < 0 || lease.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a lease lasts " + lease + "; it must be from two seconds to one day");
        }
        var beat = lease.dividedBy(2);
        return new WorkConfig(
                lease,
                beat.compareTo(heartbeat) < 0 ? beat : heartbeat,
                openLeases,
                writers,
                waiting,
                batch,
                skipsToEscalate,
                returned);
    }
}
