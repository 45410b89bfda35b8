package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts attempts by name in windows of a fixed length. An attempt is taken before the work, so that parallel ones cannot
 * slip through, and given back when it succeeds. In memory: a restart forgets. Thread-safe.
 */
final class RateLimit {
    static final ErrorCode TOO_MANY = ErrorCode.of("too-many-attempts", ErrorKind.EXHAUSTED, "Too many attempts")
            .withStatus(429);
    private static final int MAX_NAMES = 100_000;

    private static final class Window {
        private final Instant end;
        private int taken;

        private Window(Instant end) {
            this.end = end;
        }
    }

    private final Map<String, Window> windows = new HashMap<>();
    private final Clock clock;
    private final int limit;
    private final Duration length;

    RateLimit(Clock clock, int limit, Duration length) {
        this.clock = clock;
        this.limit = limit;
        this.length = length;
    }

    /**
     * Takes one attempt.
     *
     * @throws EtalonException 429 with the time after which the next attempt is heard
     */
    synchronized void take(String name) {
        var now = clock.instant();
        var window = windows.get(name);
        if (window == null || !now.isBefore(window.end)) {
            if (windows.size() >= MAX_NAMES) {
                windows.values().removeIf(w -> !now.isBefore(w.end));
            }
            if (windows.size() >= MAX_NAMES) {
                throw refusal(length);
            }
            window = new Window(now.plus(length));
            windows.put(name, window);
        }
        if (window.taken >= limit) {
            throw refusal(Duration.between(now, window.end));
        }
        window.taken++;
    }

    /** Gives an attempt back that turned out to be rightful. */
    synchronized void giveBack(String name) {
        var window = windows.get(name);
        if (window != null && window.taken > 0) {
            window.taken--;
        }
    }

    private static EtalonException refusal(Duration wait) {
        var rounded = wait.plusSeconds(1).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        return EtalonException.retryLater(
                TOO_MANY, "Too many attempts; try again in " + rounded.toSeconds() + " seconds.", rounded);
    }
}
