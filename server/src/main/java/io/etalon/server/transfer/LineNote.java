package io.etalon.server.transfer;

/**
 * A line of an import that became no task.
 *
 * @param line from 1
 * @param outcome {@link #REJECTED} or {@link #DUPLICATE}
 * @param reason what was wrong and what would be right; without content
 */
record LineNote(long line, String outcome, String reason) {
    static final String REJECTED = "rejected";
    static final String DUPLICATE = "duplicate";

    static LineNote rejected(long line, String reason) {
        return new LineNote(line, REJECTED, reason);
    }

    static LineNote duplicate(long line, String reason) {
        return new LineNote(line, DUPLICATE, reason);
    }
}
