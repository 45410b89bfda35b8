package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who works for whom, and since when: written before a person sees something. A conflict between two clients is an
 * exclusion constraint over time ranges, so that of two first looks at the same moment one is refused. A look is written
 * at most once a {@link #STEP}, and the cool-down begins at the end of it: it is never shorter than was asked. Thread-safe.
 */
final class Engagements {
    static final Duration STEP = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 100_000;

    private record Key(ClientId client, PersonId person) {}

    private record Known(long epoch, long nanos) {}

    /** Undoes the transaction; carries no stack, since it is an answer. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final UUID conflict;

        Refused(UUID conflict) {
            super(null, null, false, false);
            this.conflict = conflict;
        }
    }

    private final TenantScope scope;
    private final Ids ids;
    private final EngagementStore store = new EngagementStore();
    private final ConcurrentMap<Key, Known> written = new ConcurrentHashMap<>();

    Engagements(TenantScope scope, Ids ids) {
        this.scope = scope;
        this.ids = ids;
    }

    /**
     * Writes that a person looks at something of a client, unless that was written a moment ago.
     *
     * @param epoch under which the caller decides; what was written under another one is written anew
     * @return the conflict that keeps him from it, and nothing is written; empty when he may look
     */
    Optional<UUID> engage(ClientId client, PersonId person, long epoch) {
        var key = new Key(client, person);
        var known = written.get(key);
        var now = System.nanoTime();
        if (known != null && known.epoch() == epoch && now - known.nanos() < STEP.toNanos()) {
            return Optional.empty();
        }
        var refused = engage(client, person, (OffsetDateTime) null);
        if (refused.isEmpty()) {
            if (written.size() >= MOST_KNOWN) {
                written.clear();
            }
            written.put(key, new Known(epoch, now));
        }
        return refused;
    }

    /**
     * The same without memory.
     *
     * @param at null for the database's clock
     */
    Optional<UUID> engage(ClientId client, PersonId person, @Nullable OffsetDateTime at) {
        try {
            scope.controlDo(tx -> {
                var now = store.enter(tx, at);
                // In one order for all, so that two who look at once wait for each other in a row.
                for (var conflict : store.conflicts(tx, client)) {
                    if (!store.engage(tx, conflict, client, person, now)) {
                        throw new Refused(conflict.id());
                    }
                }
                store.saw(tx, client, person, now);
            });
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.conflict);
        }
    }

    Map<PersonId, UUID> kept(ClientId client) {
        return scope.control(tx -> store.kept(tx, client));
    }

    Set<PersonId> seen(Set<ClientId> clients, int days) {
        return scope.control(tx -> store.seen(tx, clients, days * 86_400L + STEP.toSeconds()));
    }

    /** Makes the conflicts those that the rules in force ask for; returns them. */
    List<Conflict> reconcile(Tx tx, Map<ClientId, List<WallRule>> rules, Map<ClientId, UUID> organisations) {
        store.lock(tx);
        var wanted = wanted(rules, organisations);
        for (var known : store.conflicts(tx)) {
            var pair = known.low() + " " + known.high();
            var asked = wanted.get(pair);
            if (asked != null && asked.days() == known.days()) {
                wanted.put(pair, known);
            } else {
                store.delete(tx, known);
            }
        }
        var there = store.conflicts(tx).stream().map(Conflict::id).toList();
        for (var conflict : wanted.values()) {
            if (!there.contains(conflict.id())) {
                store.insert(tx, conflict);
                remember(tx, conflict);
            }
        }
        return List.copyOf(wanted.values());
    }

    private Map<String, Conflict> wanted(Map<ClientId, List<WallRule>> rules, Map<ClientId, UUID> organisations) {
        var wanted = new HashMap<String, Conflict>();
        rules.forEach((client, list) -> {
            for (var rule : list) {
                if (rule.terms() instanceof Terms.Rival rival) {
                    organisations.forEach((other, organisation) -> {
                        if (!other.equals(client) && rival.competitors().contains(organisation)) {
                            var pair = pair(client, other, rival.days());
                            wanted.merge(pair.low() + " " + pair.high(), pair, (a, b) -> a.days() >= b.days() ? a : b);
                        }
                    });
                }
            }
        });
        return wanted;
    }

    private Conflict pair(ClientId one, ClientId other, int days) {
        // As the database orders them: byte by byte, not as signed numbers.
        var lower = one.toString().compareTo(other.toString()) < 0;
        return new Conflict(ids.next(), lower ? one : other, lower ? other : one, days);
    }

    /** What was seen before the conflict was known counts; who saw both is kept from both until one has cooled down. */
    private void remember(Tx tx, Conflict conflict) {
        var byPerson = new HashMap<PersonId, List<EngagementStore.Past>>();
        for (var past : store.past(tx, conflict)) {
            byPerson.computeIfAbsent(past.person(), person -> new ArrayList<>()).add(past);
        }
        var cool = conflict.seconds();
        byPerson.forEach((person, pasts) -> {
            var newest = pasts.getLast();
            var from = newest.first();
            if (pasts.size() > 1) {
                var older = pasts.getFirst();
                var first = older.first().isBefore(from) ? older.first() : from;
                from = older.last().plusSeconds(cool);
                store.insert(tx, conflict, EngagementStore.NEITHER, person, first, from);
            }
            var until = newest.last().plusSeconds(cool);
            if (from.isBefore(until)) {
                store.insert(tx, conflict, newest.client().value(), person, from, until);
            }
        });
    }
}
