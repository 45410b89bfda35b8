package io.etalon.server.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the addresses of adjudication take and give. */
final class MergeBodies {
    private MergeBodies() {}

    /** One of the answers that lie side by side; answer is what counts of it. */
    record Candidate(
            long submission,
            String annotator,
            int round,
            int ontologyVersion,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer) {}

    /** What an answer differs in from the first of those side by side. */
    record Difference(long from, long to, WorkBodies.VersionDiff diff) {}

    /** A task with its answers side by side; agreement is their mean, null with one answer. */
    record AdjudicationBody(
            long id,
            String token,
            Instant deadline,
            long heartbeatSeconds,
            int ontologyVersion,
            WorkBodies.TaskBody task,
            List<Candidate> answers,
            List<Difference> differences,
            @Nullable Double agreement) {}

    /**
     * Where a part of a merged answer was taken from: a question or a shape of it, by the submission, and the shape's id
     * there when it has another. A part without a submission is the adjudicator's own.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Origin(
            @Nullable String question,
            @Nullable String shape,
            @Nullable Long submission,
            @Nullable String from) {
        String part() {
            return question != null ? "question " + question : "shape " + shape;
        }
    }

    record MergeRequest(
            String token,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            RawJson answer,

            @Nullable List<Origin> origins) {}

    record MergeBody(
            long id,
            long task,
            int number,
            String adjudicator,
            int ontologyVersion,
            Instant at,

            @Schema(allowableValues = {"in_effect", "replaced", "undone"})
            String state,

            List<Origin> origins,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer) {}
}
