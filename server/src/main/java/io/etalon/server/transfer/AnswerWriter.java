package io.etalon.server.transfer;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes answers in the form that was asked for. Not thread-safe. */
sealed interface AnswerWriter extends AutoCloseable permits AnswerJsonl, AnswerCsv {
    /**
     * How people stand in the file: by their names in the client's log.
     *
     * @param retired labels of the answer that are offered no more
     */
    record Names(String annotator, @Nullable String reviewer, List<String> retired) {}

    /** @param answer JSON in UTF-8, with its free texts */
    void write(AnswerRows.Row row, Names names, byte[] answer) throws IOException;

    @Override
    void close() throws IOException;

    /** The state's name in the API. */
    static String state(AnswerRows.Row row) {
        if (row.decision() == null) {
            return row.sampled() ? "in_review" : "submitted";
        }
        return switch (row.decision()) {
            case "accept", "uphold" -> "accepted";
            case "fix" -> "fixed";
            case "escalate" -> "escalated";
            case "reject" -> "rejected";
            case "merge" -> "merged";
            default -> "returned";
        };
    }
}
