package io.etalon.server.work.engine;

import io.etalon.server.work.frontier.Frontier;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one project that are ordered together.
 *
 * @param number from 1, within the project
 * @param priority of its tasks until another is set for them
 * @param deadline among equal priorities the nearest one goes first; null for none
 * @param paused whether its tasks are given to nobody now; what is in people's hands can be handed in
 */
public record Batch(
        int number, String name, int priority, @Nullable Instant deadline, boolean paused) {
    /** A batch that is at work. */
    public Batch(int number, String name, int priority, @Nullable Instant deadline) {
        this(number, name, priority, deadline, false);
    }

    /** The same batch, paused or at work. */
    public Batch paused(boolean stopped) {
        return new Batch(number, name, priority, deadline, stopped);
    }

    long deadlineMillis() {
        return deadline == null ? Frontier.NO_DEADLINE : deadline.toEpochMilli();
    }
}
