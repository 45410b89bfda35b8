package io.etalon.server.transfer;

import io.etalon.quality.choice.TruthMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the API says of imports and exports beside their jobs. */
public final class TransferBodies {
    private TransferBodies() {}

    /**
     * What an export is to write.
     *
     * @param format {@code jsonl}, which is usual, {@code csv} or {@code parquet}
     * @param what {@code answers}, which is usual, or {@code consensus}: what they amount to, task by task
     * @param method of the consensus; {@code dawid_skene} is usual
     */
    public record NewExport(
            @Schema(allowableValues = {"jsonl", "csv", "parquet"}) @Nullable
            String format,

            @Schema(allowableValues = {"answers", "consensus"}) @Nullable
            String what,

            @Schema(implementation = TruthMethod.class) @Nullable
            String method) {}

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
