package io.etalon.server.work.policy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which part of a queue's waiting work each workforce may take. Immutable.
 *
 * @param version grows with each change; what was taken counts against the version under which it was taken
 * @param parts by workforce, each 0 to 1; a workforce that is not named takes nothing
 * @param crossed the share of the tasks, 0 to 1, whose answers are spread evenly over the workforces
 */
public record Shares(long version, SortedMap<UUID, Double> parts, double crossed) {
    public Shares(long version, Map<UUID, Double> parts, double crossed) {
        this(version, new TreeMap<>(parts), crossed);
    }

    /**
     * How many of so many answers a workforce may take. The quotas of all workforces add up to the part of the total that
     * the shares add up to: each is the difference of two roundings of a running sum.
     */
    public long quota(UUID workforce, long total) {
        var sum = 0.0;
        for (var part : parts.entrySet()) {
            var below = Math.round(sum * total);
            sum += part.getValue();
            if (part.getKey().equals(workforce)) {
                return Math.round(Math.min(1, sum) * total) - below;
            }
        }
        return 0;
    }

    /** How many workforces may take anything. */
    public int takers() {
        return (int) parts.values().stream().filter(part -> part > 0).count();
    }

    /** The most answers that one workforce may give to a task whose answers are spread. */
    public int mostOf(int needed) {
        return takers() < 2 ? needed : (needed + takers() - 1) / takers();
    }
}
