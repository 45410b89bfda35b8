package io.etalon.server.ownership;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A share that one organisation holds of another, from a day on (UTC).
 *
 * @param percent above 0 and at most 100, with at most four decimals
 * @param voting whether the share votes
 * @param until the first day on which it is not held any more; null while no end is known
 * @param source where the register has it from
 */
public record Stake(
        UUID id,
        UUID owner,
        UUID held,
        BigDecimal percent,
        boolean voting,
        LocalDate since,
        @Nullable LocalDate until,
        String source,
        Instant enteredAt,
        @Nullable Instant closedAt) {

    /** Whether it is held on a day. */
    public boolean isHeldOn(LocalDate day) {
        return !day.isBefore(since) && (until == null || day.isBefore(until));
    }
}
