package io.etalon.server.ownership;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stake in the API; {@code until} is the first day on which it is not held any more. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StakeView(
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
    public static StakeView of(Stake stake) {
        return new StakeView(
                stake.id(),
                stake.owner(),
                stake.held(),
                stake.percent(),
                stake.voting(),
                stake.since(),
                stake.until(),
                stake.source(),
                stake.enteredAt(),
                stake.closedAt());
    }
}
