package io.etalon.server.webhook;

import io.etalon.server.egress.Outcome.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a message is tried again (Standard Webhooks 1.0.0, "Deliverability and reliability"). */
final class Schedule {
    /** The pause before each try, counted from the one before. */
    static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final Duration SLOW = Duration.ofMinutes(1);

    private Schedule() {}

    /** The time of the next try after so many, the last of which ended now; empty when it was the last. */
    static Optional<Instant> next(int tries, Instant now) {
        return tries < PAUSES.size() ? Optional.of(now.plus(PAUSES.get(tries))) : Optional.empty();
    }

    /** Until when an endpoint is left alone that is asked too much of; empty when it did not say so. */
    static Optional<Instant> slow(Answered answer, Instant now) {
        return switch (answer.status()) {
            case 429, 502, 504 -> {
                var asked = answer.retryAfter();
                yield Optional.of(now.plus(asked == null || asked.compareTo(SLOW) < 0 ? SLOW : asked));
            }
            default -> Optional.empty();
        };
    }
}
