package io.etalon.server.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who has to do with a task, and why people would not do it. */
final class TaskBodies {
    private TaskBodies() {}

    /**
     * A person on the screens of a project.
     *
     * @param person for requesters and quality leads; reviewers learn the pseudonym alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "TaskPerson")
    record Somebody(String pseudonym, @Nullable UUID person) {}

    /** A lease on a task that is open. */
    @Schema(name = "TaskHolder")
    record Holder(
            Somebody who,

            @Schema(allowableValues = {"annotate", "review"})
            String kind,

            Instant since) {}

    /**
     * A task that somebody would not do.
     *
     * @param lease its number, by which the list is ordered
     * @param note what he wrote; absent when nothing
     * @param guidelineVersion the instructions that he read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Skip")
    record SkipBody(
            long lease,
            long task,
            String annotator,

            @Schema(allowableValues = {"unclear", "cannot_judge", "broken_asset", "other"})
            String reason,

            @Nullable String note,
            int guidelineVersion,
            Instant at) {}

    /**
     * How often people skipped under the guidelines in force.
     *
     * @param unclear how often because the instruction was unclear
     * @param skips for whatever reason
     * @param more whether there are more than were counted
     */
    @Schema(name = "SkipCounts")
    record SkipCounts(int guidelineVersion, int unclear, int skips, boolean more) {}

    /** Which tasks of a list; what is null does not restrict. */
    record Wanted(
            @Nullable String state,
            @Nullable Integer batch,
            @Nullable Integer priority,
            @Nullable String assetName) {}

    /** A task whose asset's name fits. */
    record Named(long task, UUID asset, String name) {}
}
