package io.etalon.server.vendor.score;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Shares with the reasons for them.
 *
 * @param parts by workforce, adding up to 1; all zero when no workforce may take anything
 * @param reasons sentences for people, in the order of their weight
 */
public record Allocation(SortedMap<UUID, Double> parts, List<String> reasons) {
    /** Shares that differ by less are the same. */
    private static final double STEP = 0.005;

    public Allocation {
        reasons = List.copyOf(reasons);
    }

    /** Whether other shares differ enough to be put in the place of these. */
    public boolean differs(SortedMap<UUID, Double> before) {
        var all = new TreeMap<>(before);
        parts.forEach((workforce, part) -> all.putIfAbsent(workforce, 0.0));
        return all.keySet().stream().anyMatch(workforce -> {
            var now = parts.getOrDefault(workforce, 0.0);
            var then = before.getOrDefault(workforce, 0.0);
            // From nothing to something and back is a shift, however small.
            return Math.abs(now - then) >= STEP || (now == 0) != (then == 0);
        });
    }
}
