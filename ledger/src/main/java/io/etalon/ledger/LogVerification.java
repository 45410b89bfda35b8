package io.etalon.ledger;

import java.util.List;

/** The answer about a whole log. */
public sealed interface LogVerification {
    /**
     * The entries are exactly those the checkpoint commits to.
     *
     * @param checkpoint the log head
     * @param proved what was shown, one sentence each
     */
    record Complete(Checkpoint checkpoint, List<String> proved) implements LogVerification {
        public Complete {
            proved = List.copyOf(proved);
        }
    }

    /**
     * The first thing that does not hold.
     *
     * @param where the entry (zero-based), range of entries, or checkpoint
     * @param expected what would be right
     * @param found what is there
     */
    record Broken(String where, String expected, String found) implements LogVerification {
        /** One sentence with everything. */
        public String message() {
            return where + ": expected " + expected + ", found " + found;
        }
    }
}
