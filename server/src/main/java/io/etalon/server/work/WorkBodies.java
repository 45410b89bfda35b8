package io.etalon.server.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.dataset.AssetBody;
import io.etalon.server.project.AssetKind;
import io.etalon.server.work.engine.Decision;
import io.etalon.server.work.gold.GoldReferee;
import io.etalon.server.work.review.Seat;
import io.etalon.server.work.state.TaskState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of work take and give. */
final class WorkBodies {
    private WorkBodies() {}

    /**
     * What is to be planned.
     *
     * @param assets null for all that have no task yet
     * @param batch null for none
     */
    record PlanRequest(
            @Nullable List<UUID> assets, @Nullable Integer batch) {}

    /** Why a person is given nothing: a rule's stable name, and a sentence to read. */
    record WhyNot(String code, String message) {}

    /**
     * A person's place in one queue.
     *
     * @param waiting tasks that could be his, whatever the rules say
     * @param taken answers given and in work
     * @param why null when he may take a task now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MyQueue(long waiting, long taken, @Nullable WhyNot why) {}

    record AssetName(UUID id, String name) {}

    /**
     * A task in a list.
     *
     * @param batch absent when it is in none
     * @param assignees whom alone it is given to; empty for everybody
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskLine(
            long id,
            AssetName asset,
            @Schema(implementation = TaskState.class) String state,
            int submissions,
            int needed,
            int priority,
            @Nullable Integer batch,
            List<TaskBodies.Somebody> assignees) {}

    /**
     * A task with its answers.
     *
     * @param batch absent when it is in none
     * @param assignees whom alone it is given to; empty for everybody
     * @param holders who has it in work now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TaskDetail(
            long id,
            AssetName asset,
            @Schema(implementation = TaskState.class) String state,
            int submissions,
            int needed,
            int priority,
            @Nullable Integer batch,
            List<TaskBodies.Somebody> assignees,
            List<TaskBodies.Holder> holders,
            List<SubmissionBody> submissionList) {}

    /** What asks for work; it has no members. */
    record LeaseRequest() {}

    record TokenRequest(String token) {}

    record Deadline(Instant deadline) {}

    record DraftRequest(
            String token,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            RawJson answer,

            @Nullable Integer activeSeconds) {}

    record SubmissionRequest(
            String token,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            RawJson answer,

            @Nullable Integer activeSeconds,
            @Nullable Boolean next,
            @Nullable Boolean unsure) {}

    record SkipRequest(
            String token,

            @Schema(allowableValues = {"unclear", "cannot_judge", "broken_asset", "other"})
            String reason,

            @Nullable String note) {}

    /** A place on the asset, in pixels of the displayed image. */
    record Region(double x, double y, double width, double height) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Comment(String text, @Nullable Region region) {}

    record DecisionRequest(
            String token,
            @Schema(implementation = Decision.class) String decision,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            RawJson answer,

            @Nullable List<Comment> comments,
            @Nullable Boolean next) {}

    record Content(String url, Instant expiresAt) {}

    record TaskBody(long id, AssetBody asset, Content content) {}

    record Returned(
            List<Comment> comments,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer) {}

    record Draft(
            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer,

            Instant savedAt) {}

    record PreLabelModel(String name, String version) {}

    /**
     * What a model answered: a draft to begin with, and to be told as such.
     *
     * @param confidence of the model in the whole answer, 0 to 1; absent when it tells none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ShownPreLabel")
    record PreLabel(
            long id,
            PreLabelModel model,
            @Nullable Double confidence,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LeaseBody(
            long id,
            String token,
            Instant deadline,
            long heartbeatSeconds,
            int round,
            TaskBody task,
            int ontologyVersion,
            int guidelineVersion,
            @Nullable Returned returned,
            @Nullable Draft draft,
            @Nullable PreLabel preLabel) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReviewedBody(
            @Schema(implementation = Decision.class) String decision,
            String reviewer,
            List<Comment> comments,
            Instant decidedAt,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer") @Nullable
            String answer,

            @Nullable DiffBody diff,
            @Nullable Integer stage,
            @Nullable Seat seat) {}

    /** Review is the last decision; decisions holds all where there are several. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubmissionBody(
            long id,
            long task,
            String annotator,
            int round,
            int ontologyVersion,
            int guidelineVersion,
            int activeSeconds,
            Instant submittedAt,

            @Schema(
                    allowableValues = {
                        "submitted",
                        "in_review",
                        "accepted",
                        "fixed",
                        "returned",
                        "rejected",
                        "escalated",
                        "appealed"
                    })
            String state,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer,

            @Nullable ReviewedBody review,
            @Nullable List<ReviewedBody> decisions,
            @Nullable Boolean unsure) {}

    /** Where an answer waits; the stage has a name as long as the workflow has the stage. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WaitsAt(int stage, @Nullable String name, Seat seat) {}

    /** Current is what counts now, where an earlier stage mended it; appeal is what its author says against a refusal. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReviewBody(
            long id,
            String token,
            Instant deadline,
            long heartbeatSeconds,
            SubmissionBody submission,
            TaskBody task,
            List<SubmissionBody> others,
            @Nullable WaitsAt at,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer") @Nullable
            String current,

            @Nullable String appeal) {}

    record MadeSubmission(
            long id,

            @Schema(
                    allowableValues = {
                        "submitted",
                        "in_review",
                        "accepted",
                        "fixed",
                        "returned",
                        "rejected",
                        "escalated",
                        "appealed"
                    })
            String state) {}

    /** What an author is told of his answer to a task whose answer was known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Feedback(boolean right, @Nullable String text) {
        static @Nullable Feedback of(GoldReferee.@Nullable Feedback told) {
            return told == null ? null : new Feedback(told.right(), told.text());
        }
    }

    /**
     * The reply to a submission; next is null when none was asked for or there is none. Feedback is there only where the
     * project tells its annotators how they did on known tasks.
     */
    record Submitted(
            MadeSubmission submission,
            @Nullable LeaseBody next,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Feedback feedback) {}

    record Decided(
            MadeSubmission submission,
            @Nullable DiffBody diff,
            @Nullable ReviewBody next) {}

    record AnswerChange(
            String question,

            @JsonRawValue @Schema(ref = "#/components/schemas/AnswerValue") @Nullable
            String from,

            @JsonRawValue @Schema(ref = "#/components/schemas/AnswerValue") @Nullable
            String to) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ShapeChange(
            String id,

            @Schema(allowableValues = {"added", "removed", "moved", "relabelled"})
            String change,

            @JsonRawValue @Schema(ref = "#/components/schemas/Shape") @Nullable
            String from,

            @JsonRawValue @Schema(ref = "#/components/schemas/Shape") @Nullable
            String to) {}

    record DiffBody(List<AnswerChange> answers, List<ShapeChange> shapes) {}

    record AppealRequest(String text) {}

    /** What became of an appeal. */
    enum AppealState {
        OPEN,
        UPHELD,
        DISMISSED;

        @JsonValue
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record AppealBody(long submission, long task, String author, String text, Instant at, AppealState state) {}

    /** An own answer that counts for nothing as it is, and why: its author may appeal. */
    record RefusalBody(
            long submission,
            long task,

            @Schema(allowableValues = {"returned", "rejected"})
            String state,

            List<Comment> comments,
            Instant at) {}

    record EscalationBody(
            long id,
            long submission,
            long task,
            int stage,
            String reviewer,
            List<Comment> comments,
            Instant at,
            @Schema(allowableValues = {"open", "resolved"}) String state) {}

    /** A stretch of text, in code points: what stood there, and what stands there now. */
    record TextChange(int at, String from, String to) {}

    /** A question answered differently; of free texts with the stretches that differ. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FieldChange(
            String question,

            @Schema(allowableValues = {"added", "removed", "changed"})
            String change,

            @JsonRawValue @Schema(ref = "#/components/schemas/AnswerValue") @Nullable
            String from,

            @JsonRawValue @Schema(ref = "#/components/schemas/AnswerValue") @Nullable
            String to,

            @Nullable List<TextChange> text) {}

    /** A region that differs: how far its places overlap, and which of its attributes differ. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RegionChange(
            String id,

            @Schema(allowableValues = {"added", "removed", "changed"})
            String change,

            @Nullable Boolean moved,
            @Nullable Boolean relabelled,
            @Nullable Double overlap,

            @JsonRawValue @Schema(ref = "#/components/schemas/Shape") @Nullable
            String from,

            @JsonRawValue @Schema(ref = "#/components/schemas/Shape") @Nullable
            String to,

            List<FieldChange> attributes) {}

    /** What differs between two versions of an answer, for a screen that shows both. */
    record VersionDiff(List<FieldChange> fields, List<RegionChange> regions) {}

    record ChangesBody(
            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String from,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String to,

            VersionDiff diff) {}

    record WorkLine(
            String client,
            UUID project,
            String codeName,
            AssetKind kind,

            @Schema(allowableValues = {"annotate", "review"})
            String role,

            long waiting,
            long done) {}
}
