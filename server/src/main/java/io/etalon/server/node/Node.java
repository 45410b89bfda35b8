package io.etalon.server.node;

import java.time.Duration;
import java.util.UUID;

/**
 * A server process.
 *
 * @param address where other servers reach it, such as {@code https://10.0.0.7:8430}
 * @param silence how long it gave no sign of life, by the database's clock
 */
public record Node(UUID id, String address, Duration silence) {
    /** After this long without a sign a server may be taken for dead: its queues are taken from it. */
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    public boolean isSilent() {
        return silence.compareTo(LONGEST_SILENCE) > 0;
    }
}
