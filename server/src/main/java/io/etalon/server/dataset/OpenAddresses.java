package io.etalon.server.dataset;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The signed addresses that were read and have not expired. What is not remembered is only entered in the log again, so
 * the number kept is bounded and a restart may forget. Thread-safe.
 */
final class OpenAddresses {
    static final int MOST = 20_000;

    private final ConcurrentMap<String, Instant> untils = new ConcurrentHashMap<>();
    private final Clock clock;

    OpenAddresses(Clock clock) {
        this.clock = clock;
    }

    boolean knows(String address) {
        return untils.containsKey(address);
    }

    /** @param until when the address opens nothing any more */
    void add(String address, Instant until) {
        if (untils.size() >= MOST) {
            var now = clock.instant();
            untils.values().removeIf(end -> !now.isBefore(end));
        }
        if (untils.size() < MOST) {
            untils.put(address, until);
        }
    }
}
