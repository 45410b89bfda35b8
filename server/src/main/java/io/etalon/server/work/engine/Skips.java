package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each task of a queue was skipped since a requester last looked at it. Thread-safe by its monitor. */
final class Skips {
    /**
     * The skips of one task.
     *
     * @param last who skipped it last
     */
    record Count(int position, int times, PersonId last) {}

    private final Map<Integer, Count> counts = new HashMap<>();

    /** Counts a skip, and returns how many there are now. */
    synchronized int add(int position, PersonId who) {
        var before = counts.get(position);
        var times = before == null ? 1 : before.times() + 1;
        counts.put(position, new Count(position, times, who));
        return times;
    }

    /** Takes back a skip that was not written. */
    synchronized void remove(int position) {
        counts.computeIfPresent(position, (key, count) -> fewer(count));
    }

    private static @Nullable Count fewer(Count count) {
        return count.times() == 1 ? null : new Count(count.position(), count.times() - 1, count.last());
    }

    /** A requester has looked at the task. */
    synchronized void forget(int position) {
        counts.remove(position);
    }

    synchronized List<Count> all() {
        return List.copyOf(counts.values());
    }
}
