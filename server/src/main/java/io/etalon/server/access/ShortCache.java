package io.etalon.server.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that may be at most ten seconds old, so that a request costs no look-up in the database and a change made by
 * another process bites within these seconds. What is absent is never kept: unknown tokens must not fill the memory.
 * Thread-safe.
 */
final class ShortCache<K, V> {
    static final Duration AGE = Duration.ofSeconds(10);
    private static final int MAX_ENTRIES = 10_000;

    private record Entry<V>(V value, Instant until) {}

    private final ConcurrentMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    ShortCache(Clock clock) {
        this.clock = clock;
    }

    @Nullable
    V get(K key, Function<K, @Nullable V> load) {
        var now = clock.instant();
        var entry = entries.get(key);
        if (entry != null && now.isBefore(entry.until())) {
            return entry.value();
        }
        var value = load.apply(key);
        if (value == null) {
            entries.remove(key);
            return null;
        }
        if (entries.size() >= MAX_ENTRIES) {
            entries.values().removeIf(e -> !now.isBefore(e.until()));
        }
        if (entries.size() < MAX_ENTRIES) {
            entries.put(key, new Entry<>(value, now.plus(AGE)));
        }
        return value;
    }

    void forget(K key) {
        entries.remove(key);
    }

    void forgetAll() {
        entries.clear();
    }
}
