package io.etalon.server.work;

import org.jspecify.annotations.Nullable;

/**
 * What came of a submission or a decision.
 *
 * @param bodyHash of the request that it came of
 * @param made the number of the submission or decision
 * @param state the submission's state right after it
 * @param nextLease the lease that was granted with it, if one was asked for and there was work
 * @param replayed whether this is told again
 */
record Outcome(
        byte[] bodyHash, long made, String state, @Nullable Long nextLease, boolean replayed) {
    Outcome again() {
        return new Outcome(bodyHash, made, state, nextLease, true);
    }
}
