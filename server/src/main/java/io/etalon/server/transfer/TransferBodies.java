package io.etalon.server.transfer;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the API says of imports and exports beside their jobs. */
public final class TransferBodies {
    private TransferBodies() {}

    /**
     * What an export is to write.
     *
     * @param format {@code jsonl}, which is usual, or {@code csv}
     */
    public record NewExport(
            @Schema(allowableValues = {"jsonl", "csv"}) @Nullable
            String format) {}

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
