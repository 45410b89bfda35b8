package io.etalon.server.vendor;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.project.Project;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.LeaseRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * Keeps the people of drained workforces from work, and notes for whom each comes who is let in. A drain made here bites at
 * once, one made by another server within ten seconds. Thread-safe.
 */
@Component
final class VendorDoor implements LeaseRule {
    static final String DRAINED = "Your workforce has left this client's work.";
    private static final Duration AGE = Duration.ofSeconds(10);

    private record Known(Set<UUID> drained, Instant until) {}

    private final TenantScope scope;
    private final Parties parties;
    private final Clock clock;
    private final DrainStore store = new DrainStore();
    private final ConcurrentMap<ClientId, Known> known = new ConcurrentHashMap<>();

    VendorDoor(TenantScope scope, Parties parties, Clock clock) {
        this.scope = scope;
        this.parties = parties;
        this.clock = clock;
    }

    @Override
    public Optional<String> deny(ClientCaller caller, Project project) {
        var workforce = caller.workforce();
        if (workforce == null) {
            return Optional.empty();
        }
        var client = caller.client().id();
        if (drained(client).contains(workforce)) {
            return Optional.of(DRAINED);
        }
        parties.seen(client, caller.person(), workforce);
        return Optional.empty();
    }

    /** The drained workforces of a client. */
    Set<UUID> drained(ClientId client) {
        var now = clock.instant();
        var held = known.get(client);
        if (held != null && now.isBefore(held.until())) {
            return held.drained();
        }
        return known.compute(client, (id, old) -> new Known(scope.control(tx -> store.drained(tx, id)), now.plus(AGE)))
                .drained();
    }

    void forget(ClientId client) {
        known.remove(client);
    }
}
