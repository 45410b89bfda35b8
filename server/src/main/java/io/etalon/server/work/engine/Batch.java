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
 */
public record Batch(
        int number, String name, int priority, @Nullable Instant deadline) {
    long deadlineMillis() {
        return deadline == null ? Frontier.NO_DEADLINE : deadline.toEpochMilli();
    }
}
