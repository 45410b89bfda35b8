package io.etalon.server.event;

import java.time.Duration;

/**
 * Settings of the outbox.
 *
 * @param batch events in one transaction of a listener at most
 * @param attempts tries after which a listener's event is parked
 * @param firstPause the pause after the first refusal; doubles with each further one
 * @param longestPause the longest pause after a refusal, and between two looks while somebody follows
 * @param silence the longest pause between two looks while nobody waits for anything
 * @param shortestPause between two looks at an outbox in which something happens
 * @param kept how long events are kept after the last listener has heard them
 */
public record OutboxConfig(
        int batch,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration silence,
        Duration shortestPause,
        Duration kept) {
    public static final OutboxConfig DEFAULT = new OutboxConfig(
            200,
            8,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMillis(100),
            Duration.ofDays(7));

    /** Of a server to which nobody else adds events: its own bell rings for each, so that looks are only a second net. */
    public static final OutboxConfig ALONE = DEFAULT.withSilence(Duration.ofHours(1));

    private OutboxConfig withSilence(Duration changed) {
        return new OutboxConfig(batch, attempts, firstPause, longestPause, changed, shortestPause, kept);
    }

    /** The pause after so many refusals. */
    Duration pauseAfter(int refusals) {
        var millis = firstPause.toMillis() << Math.min(refusals - 1, 20);
        return millis < longestPause.toMillis() ? Duration.ofMillis(millis) : longestPause;
    }
}
