package io.etalon.server.transfer;

/** What the API says of imports and exports beside their jobs. */
public final class TransferBodies {
    private TransferBodies() {}

    /**
     * A line of an import that became no task.
     *
     * @param line from 1
     * @param outcome {@code rejected} or {@code duplicate}
     */
    public record ImportLine(long line, String outcome, String reason) {
        static ImportLine of(LineNote note) {
            return new ImportLine(note.line(), note.outcome(), note.reason());
        }
    }
}
