package io.etalon.server.work.engine;

import org.jspecify.annotations.Nullable;

/**
 * What came of a write under an idempotency key.
 *
 * @param bodyHash of the request that it came of
 * @param made the number of the submission or decision, 0 for other writes
 * @param state the submission's state right after it, or what was done
 * @param nextLease the lease that was granted with it, if one was asked for and there was work
 * @param replayed whether this is told again
 */
public record Outcome(
        byte[] bodyHash, long made, String state, @Nullable Long nextLease, boolean replayed) {
    Outcome again() {
        return new Outcome(bodyHash, made, state, nextLease, true);
    }
}
