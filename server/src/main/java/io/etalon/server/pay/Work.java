package io.etalon.server.pay;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was done, as far as pay asks. */
sealed interface Work {
    long id();

    UUID project();

    UUID person();

    /** Null for the client's own people who are of none. */
    @Nullable
    UUID workforce();

    /** When its lease was granted: the rule in force then is the one that was accepted. By the database's clock. */
    Instant begun();

    /** By the database's clock. */
    Instant at();

    /**
     * An answer that was handed in, gold among them: what is paid for gold is paid for work, or a statement told which is which.
     *
     * @param seconds of active work, never more than passed between its lease and the answer by the database's clock
     * @param exam whether it belongs to an entry exam
     * @param late whether the deadline of its batch had passed
     */
    record Answer(
            long id,
            UUID project,
            UUID person,
            @Nullable UUID workforce,
            Instant begun,
            Instant at,
            int revision,
            long items,
            long seconds,
            boolean exam,
            boolean late)
            implements Work {}

    /**
     * A whole answer that came when its lease had ended, and is a draft. Its number is the lease's.
     *
     * @param seconds of active work, never more than passed between its lease and the answer by the database's clock
     */
    record Ended(
            long id,
            UUID project,
            UUID person,
            @Nullable UUID workforce,
            Instant begun,
            Instant at,
            long items,
            long seconds)
            implements Work {}

    /** A reviewer's decision on a submission. */
    record Decision(
            long id,
            UUID project,
            UUID person,
            @Nullable UUID workforce,
            Instant begun,
            Instant at,
            long submission,
            String decision)
            implements Work {}
}
