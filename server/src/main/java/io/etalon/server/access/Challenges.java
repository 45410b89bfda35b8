package io.etalon.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Challenges that were given out and not answered yet, each good once and for five minutes. In memory: after a restart a
 * browser asks again. Full, it forgets the oldest. Thread-safe.
 */
final class Challenges<T> {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int MAX_OPEN = 10_000;

    private record Open<T>(T options, Instant until) {}

    private final Clock clock;
    private final Map<String, Open<T>> open = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open<T>> eldest) {
            return size() > MAX_OPEN;
        }
    };

    Challenges(Clock clock) {
        this.clock = clock;
    }

    synchronized void give(String name, T options) {
        open.put(name, new Open<>(options, clock.instant().plus(LIFETIME)));
    }

    /** Uses a challenge up. */
    synchronized Optional<T> take(String name) {
        var found = open.remove(name);
        return found == null || !clock.instant().isBefore(found.until())
                ? Optional.empty()
                : Optional.of(found.options());
    }
}
