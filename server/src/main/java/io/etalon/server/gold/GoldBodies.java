package io.etalon.server.gold;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the addresses of gold take and give. */
final class GoldBodies {
    private GoldBodies() {}

    /**
     * Gold to be.
     *
     * @param answer what is right; without one, the task's newest answer that a reviewer accepted or mended is
     * @param category what gold is balanced over; without one, what the answer says first
     * @param difficulty 1 to 5; 3 when absent
     * @param feedback what an annotator is told, where the policy says so
     */
    record NewGoldItem(
            @Nullable Long task,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            JsonNode answer,

            @Nullable String category,
            @Nullable Integer difficulty,
            @Nullable String feedback) {}

    record GoldMade(long id) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GoldLine(
            long id,
            long task,
            String category,
            int difficulty,
            @Nullable Long fromSubmission,
            int shown,
            int answered,
            int right,
            Instant at,
            @Nullable String retired) {
        static GoldLine of(GoldStore.Row row) {
            return new GoldLine(
                    row.item().id(),
                    row.item().task(),
                    row.item().category(),
                    row.item().difficulty(),
                    row.fromSubmission(),
                    row.shown(),
                    row.answered(),
                    row.right(),
                    row.at(),
                    row.retired());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GoldDetail(
            GoldLine gold,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer,

            @Nullable String feedback) {}

    record GoldRefused(int line, String reason) {}

    record GoldImport(int accepted, List<GoldRefused> refused) {}

    record Reason(@Nullable String reason) {}

    /** A policy; what is absent keeps its usual value. */
    record PolicyRequest(
            @Nullable Integer block,
            @Nullable Integer gold,
            @Nullable Boolean feedback,
            GoldPolicy.@Nullable Test test,
            GoldPolicy.@Nullable MatchRule match,
            GoldPolicy.@Nullable Exam exam) {
        GoldPolicy policy() {
            var usual = GoldPolicy.NONE;
            return new GoldPolicy(
                    block == null ? usual.block() : block,
                    gold == null ? usual.gold() : gold,
                    feedback == null ? usual.feedback() : feedback,
                    test == null ? usual.test() : test,
                    match == null ? usual.match() : match,
                    exam);
        }
    }

    /** @param version 0 while nobody has made a policy */
    record PolicyBody(int version, GoldPolicy policy) {}

    /**
     * How somebody does on gold at work.
     *
     * @param evidence logarithm of the likelihood ratio since the test last began; the test fails at {@code lower} and
     *     passes at {@code upper}
     */
    record GoldAnnotator(
            UUID person,
            String name,
            String pseudonym,
            int right,
            int wrong,
            double evidence,
            double lower,
            double upper,
            boolean paused) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LiftBody(String by, String reason, Instant at) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PauseBody(
            long id,
            UUID person,
            String name,
            String pseudonym,

            @Schema(allowableValues = {"gold", "exam"}) String reason,

            boolean on,
            Instant at,
            @Nullable Instant until,
            Referee.Evidence evidence,
            @Nullable LiftBody lift) {}
}
