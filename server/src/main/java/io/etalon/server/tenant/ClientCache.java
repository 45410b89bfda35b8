package io.etalon.server.tenant;

import io.etalon.server.base.ClientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * One value a client, read when it is asked for and at most a second old: what another process changed bites within it. What
 * this process changed is to be forgotten once it is committed. Goes with the client's cell. Thread-safe.
 */
public final class ClientCache<V> {
    private static final Duration AGE = Duration.ofSeconds(1);

    private record Entry<V>(V value, Instant until) {}

    private final ConcurrentMap<ClientId, Entry<V>> entries = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Function<ClientId, V> read;

    public ClientCache(TenantScope scope, Clock clock, Function<ClientId, V> read) {
        this.clock = clock;
        this.read = read;
        scope.onClose(this::forget);
    }

    public V get(ClientId client) {
        var now = clock.instant();
        var known = entries.get(client);
        if (known != null && now.isBefore(known.until())) {
            return known.value();
        }
        // Within the entry's lock: a change that comes meanwhile forgets what is read here, not the reverse.
        return entries.compute(client, (id, old) -> new Entry<>(read.apply(id), now.plus(AGE)))
                .value();
    }

    public void forget(ClientId client) {
        entries.remove(client);
    }
}
