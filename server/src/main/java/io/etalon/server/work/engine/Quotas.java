package io.etalon.server.work.engine;

import io.etalon.server.work.policy.Shares;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each workforce has taken of one queue under the shares in force. What a workforce may take is its part of all that was
 * taken since the shares came into force and all that waits; taking moves an answer from the one to the other, so the
 * sum stands still, and with it each quota, until work is added or withdrawn. Exact for any number of people at once.
 *
 * <p>Answers that were sent back count as waiting until they are done again. Thread-safe by its monitor; asks the book's lock.
 */
final class Quotas {
    /** Nothing is left for this workforce. */
    static final long REFUSED = -1;

    private final WorkQueue queue;
    private @Nullable Shares shares;
    private final Map<UUID, Long> taken = new HashMap<>();
    private final Map<UUID, Long> refused = new HashMap<>();
    /** Of tasks whose answers are spread: how many each workforce gave or has in work. */
    private final Map<Spread, Integer> spread = new HashMap<>();
    /** Leases for new answers that are open. */
    private long inWork;

    private record Spread(int position, UUID workforce) {}

    Quotas(WorkQueue queue) {
        this.queue = queue;
    }

    /** Puts shares into force: what waits now is divided anew. Null for no shares. */
    synchronized void shares(@Nullable Shares now) {
        shares = now;
        taken.clear();
        refused.clear();
    }

    /** For the rebuild: the shares in force, and what was answered under them. */
    synchronized void restore(Routing.Standing standing, Routing routing) {
        shares = standing.shares();
        taken.putAll(standing.taken());
        var now = shares;
        if (now == null || now.crossed() == 0) {
            return;
        }
        var workforces = routing.workforces();
        for (var position = 0; position < queue.tasks.size(); position++) {
            if (isSpread(now, position)) {
                for (var taker : queue.tasks.takers(position)) {
                    var workforce = workforces.get(UUID.fromString(taker.substring(0, taker.indexOf('/'))));
                    if (workforce != null) {
                        spread.merge(new Spread(position, workforce), 1, Integer::sum);
                    }
                }
            }
        }
    }

    /** For the rebuild: a lease for a new answer is open; nobody knows any more under which shares it was taken. */
    synchronized void restoreLease() {
        inWork++;
    }

    /** Takes one answer out of a workforce's quota; returns the version of the shares, or {@link #REFUSED}. */
    synchronized long reserve(@Nullable UUID workforce) {
        var now = shares;
        if (now != null) {
            if (workforce == null) {
                return REFUSED;
            }
            var mine = taken.getOrDefault(workforce, 0L);
            if (mine >= now.quota(workforce, total())) {
                refused.merge(workforce, 1L, Long::sum);
                return REFUSED;
            }
            taken.put(workforce, mine + 1);
        }
        inWork++;
        return now == null ? 0 : now.version();
    }

    /** All that was taken under these shares, and all that waits. */
    private long total() {
        var all = 0L;
        for (var each : taken.values()) {
            all += each;
        }
        return all + waiting();
    }

    private long waiting() {
        var counts = queue.book.counts();
        return Math.max(0, counts.submissionsNeeded() - counts.submissions() - inWork);
    }

    /** Whether a workforce has a quota and nothing left of it. */
    synchronized boolean isUsedUp(@Nullable UUID workforce) {
        var now = shares;
        return now != null && (workforce == null || taken.getOrDefault(workforce, 0L) >= now.quota(workforce, total()));
    }

    /** What was reserved is not used; {@code version} is that of the shares under which it was. */
    synchronized void giveBack(@Nullable UUID workforce, long version) {
        inWork--;
        if (workforce != null && shares != null && shares.version() == version) {
            taken.computeIfPresent(workforce, (key, count) -> count - 1);
        }
    }

    /** A reserved answer came in; the book has it already. */
    synchronized void answered() {
        inWork--;
    }

    /** Counts a person of a workforce into a task, unless its answers are spread and the workforce has its part. */
    synchronized boolean enter(@Nullable UUID workforce, int position) {
        var now = shares;
        if (now == null || workforce == null || !isSpread(now, position)) {
            return true;
        }
        var key = new Spread(position, workforce);
        var there = spread.getOrDefault(key, 0);
        if (there >= now.mostOf(queue.book.needed(position))) {
            return false;
        }
        spread.put(key, there + 1);
        return true;
    }

    /** Takes back what {@link #enter} counted. */
    synchronized void leave(@Nullable UUID workforce, int position) {
        if (workforce != null) {
            spread.computeIfPresent(new Spread(position, workforce), (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean isSpread(Shares now, int position) {
        return now.crossed() > 0
                && now.takers() > 1
                && Sampling.sampled(queue.project, queue.tasks.id(position), now.crossed());
    }

    /** How things stand. */
    synchronized WorkQueue.Portions portions() {
        var now = shares;
        var quotas = new TreeMap<UUID, WorkQueue.Portion>();
        var total = total();
        if (now != null) {
            now.parts()
                    .forEach((workforce, part) -> quotas.put(
                            workforce,
                            new WorkQueue.Portion(
                                    part,
                                    now.quota(workforce, total),
                                    taken.getOrDefault(workforce, 0L),
                                    refused.getOrDefault(workforce, 0L))));
        }
        return new WorkQueue.Portions(now == null ? 0 : now.version(), waiting(), inWork, quotas);
    }
}
