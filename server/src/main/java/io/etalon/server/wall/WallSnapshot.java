package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.ownership.Holdings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that walls are decided from, as it was at one mark. Immutable but for what it remembers of its answers. Thread-safe. */
final class WallSnapshot {
    final WallStore.Mark mark;
    final Map<ClientId, List<WallRule>> rules;
    final Holdings holdings;
    final Map<ClientId, UUID> organisations;
    final List<Conflict> conflicts;
    private final ConcurrentMap<UUID, Optional<UUID>> vendors = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Optional<Denial>> owned = new ConcurrentHashMap<>();

    WallSnapshot(
            WallStore.Mark mark,
            Map<ClientId, List<WallRule>> rules,
            Holdings holdings,
            Map<ClientId, UUID> organisations,
            List<Conflict> conflicts) {
        this.mark = mark;
        this.rules = Map.copyOf(rules);
        this.holdings = holdings;
        this.organisations = Map.copyOf(organisations);
        this.conflicts = conflicts;
    }

    /** How it would be with other rules of one client and other stakes. */
    WallSnapshot with(ClientId client, List<WallRule> other, Holdings held) {
        var all = new HashMap<>(rules);
        all.put(client, other);
        return new WallSnapshot(mark, all, held, organisations, conflicts);
    }

    List<WallRule> rules(ClientId client) {
        return rules.getOrDefault(client, List.of());
    }

    boolean hasConflict(ClientId client) {
        return conflicts.stream().anyMatch(conflict -> conflict.isOf(client));
    }

    /** The clients that are one of these organisations. */
    Set<ClientId> clients(Set<UUID> those) {
        return organisations.entrySet().stream()
                .filter(entry -> those.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /**
     * The rule that keeps a workforce out because of who owns it.
     *
     * @param vendorOf the organisation of a workforce, empty for an in-house one; asked once
     */
    Optional<Denial> owner(ClientId client, UUID workforce, Function<UUID, Optional<UUID>> vendorOf) {
        if (rules(client).stream().noneMatch(rule -> rule.terms() instanceof Terms.Owner)) {
            return Optional.empty();
        }
        var vendor = vendors.computeIfAbsent(workforce, vendorOf);
        return vendor.isEmpty()
                ? Optional.empty()
                : owned.computeIfAbsent(
                        workforce,
                        id -> rules(client).stream()
                                .filter(rule ->
                                        rule.terms() instanceof Terms.Owner owner && isOwned(owner, vendor.get()))
                                .findFirst()
                                .map(Denial::by));
    }

    private boolean isOwned(Terms.Owner owner, UUID vendor) {
        return owner.competitors().stream()
                .anyMatch(competitor -> holdings.percent(competitor, vendor).compareTo(owner.percent()) > 0);
    }

    /** The client's own rule for a conflict, or the conflict itself. */
    Denial conflict(ClientId client, UUID id) {
        return conflicts.stream()
                .filter(conflict -> conflict.id().equals(id))
                .flatMap(conflict -> rules(client).stream()
                        .filter(rule -> rule.terms() instanceof Terms.Rival rival
                                && rival.competitors()
                                        .contains(organisations.getOrDefault(
                                                conflict.other(client), EngagementStore.NEITHER))))
                .findFirst()
                .map(Denial::by)
                .orElseGet(() -> Denial.byConflict(id));
    }
}
