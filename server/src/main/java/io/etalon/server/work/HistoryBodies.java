package io.etalon.server.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.work.prelabel.Origin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON forms of a task's history. */
final class HistoryBodies {
    private HistoryBodies() {}

    /**
     * One thing that happened to a task.
     *
     * @param person the pseudonym of who did it; absent for the system
     * @param submission the submission that it made or was about
     * @param reason how a lease ended, why a task was skipped, what was decided, or what changed the task:
     *     its new priority, batch (0 for none), assignees by their pseudonyms, or number of answers
     * @param source of a restoration: the submission whose answer is in effect again
     * @param mended of a restoration: whether it is the answer that a reviewer made of that submission
     * @param preLabel of an answer: the pre-label that its author was shown
     * @param note what an annotator wrote when he skipped the task
     * @param from what stood before what {@code reason} tells: a priority, a batch (0 for none), pseudonyms, a number of
     *     answers; absent for what the task was planned with
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HistoryEntry(
            Instant at,

            @Schema(
                    allowableValues = {
                        "planned",
                        "leased",
                        "lease_ended",
                        "submitted",
                        "decided",
                        "appealed",
                        "merged",
                        "merge_undone",
                        "restored",
                        "answer_deleted",
                        "answer_restored",
                        "changed",
                        "answers_needed",
                        "prioritised",
                        "moved",
                        "assigned"
                    })
            String kind,

            @Nullable String person,
            @Nullable Long lease,
            @Nullable Long submission,
            @Nullable Integer round,
            @Nullable Integer revision,
            @Nullable Integer ontologyVersion,
            @Nullable Integer guidelineVersion,
            @Nullable Integer activeSeconds,
            @Nullable String reason,
            @Nullable Long source,
            @Nullable Boolean mended,
            @Nullable Origin preLabel,
            @Nullable String note,
            @Nullable String from) {}

    record TaskHistory(long task, List<HistoryEntry> entries) {}

    /**
     * Which answer to put in effect again.
     *
     * @param mended whether the reviewer's answer to that submission is meant, or its author's; null: what counted then
     */
    record RestoreRequest(
            @Nullable Long submission, @Nullable Boolean mended) {}

    record Restored(long id) {}
}
