package io.etalon.server.work.engine;

import java.time.Clock;

/**
 * The database's clock as known from the last commit: leases are judged by it, so that a server whose own clock is wrong
 * ends none too early. Thread-safe.
 */
final class DatabaseClock {
    private final Clock clock;
    private volatile long offset;

    DatabaseClock(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970 by the database. */
    long millis() {
        return clock.millis() + offset;
    }

    void observe(long databaseMillis) {
        offset = databaseMillis - clock.millis();
    }
}
