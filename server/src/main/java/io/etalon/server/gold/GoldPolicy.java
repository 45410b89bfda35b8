package io.etalon.server.gold;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.quality.stopping.SequentialTest;
import io.etalon.server.access.Checks;
import io.etalon.server.qualification.Qualifications;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a project uses gold.
 *
 * @param block claims a block
 * @param gold how many of them are gold; 0 for none at work
 * @param feedback whether an author is told at once how he did on gold
 * @param test when somebody is paused
 * @param match what counts as right
 * @param exam what a newcomer has to pass first; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GoldPolicy(
        int block,
        int gold,
        boolean feedback,
        Test test,
        MatchRule match,
        @Nullable Exam exam) {
    /** Nothing is done. */
    static final GoldPolicy NONE =
            new GoldPolicy(20, 0, false, new Test(0.9, 0.7, 0.05, 0.01), new MatchRule(0.5, 1), null);

    private static final int MAX_RETRY_MINUTES = 60 * 24 * 365;

    /**
     * Wald's sequential test, see {@link SequentialTest}.
     *
     * @param good accuracy of somebody who should go on working (p0)
     * @param bad accuracy of somebody who should be paused (p1)
     * @param falsePass probability that a bad one passes (beta)
     * @param falseFail probability that a good one is paused (alpha), in each run of the test
     */
    @Schema(name = "GoldTest")
    record Test(double good, double bad, double falsePass, double falseFail) {
        SequentialTest sequential() {
            return new SequentialTest(good, bad, falsePass, falseFail);
        }
    }

    /**
     * When shapes count as right; answers to questions must be equal, free texts aside.
     *
     * @param overlap two boxes of one label match from this intersection over union on
     * @param f1 the shapes are right when the harmonic mean of precision and recall of matched boxes reaches this
     */
    @Schema(name = "GoldMatch")
    record MatchRule(double overlap, double f1) {}

    /**
     * An entry exam.
     *
     * @param items ids of the gold it draws from
     * @param size tasks a try
     * @param pass how many must be right; null for the sequential test
     * @param retryMinutes after how long somebody who failed may try again, with gold that he has not seen
     * @param qualification the key that who passes holds, and who holds it need not try
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "GoldExam")
    record Exam(List<Long> items, int size, @Nullable Integer pass, int retryMinutes, String qualification) {
        Exam {
            items = items == null ? List.of() : List.copyOf(items);
        }
    }

    /** Whether gold is shown among other work. */
    @JsonIgnore
    boolean atWork() {
        return gold > 0;
    }

    /** @throws io.etalon.server.base.EtalonException invalid, at the first member that cannot be */
    void check() {
        if (block < 2 || block > 1_000) {
            throw Checks.fault("/block", "must be from 2 to 1000");
        }
        if (gold < 0 || gold >= block) {
            throw Checks.fault("/gold", "must be from 0 to one less than block");
        }
        try {
            test.sequential();
        } catch (IllegalArgumentException e) {
            throw Checks.fault(
                    "/test", "needs accuracies 0 < bad < good < 1 and error rates above 0 that sum to less than 1");
        }
        if (!(match.overlap() > 0 && match.overlap() <= 1)) {
            throw Checks.fault("/match/overlap", "must be above 0 and at most 1");
        }
        if (!(match.f1() > 0 && match.f1() <= 1)) {
            throw Checks.fault("/match/f1", "must be above 0 and at most 1");
        }
        if (exam != null) {
            check(exam);
        }
    }

    private static void check(Exam exam) {
        if (exam.items().stream().distinct().count() != exam.items().size()
                || exam.items().size() > 1_000) {
            throw Checks.fault("/exam/items", "must be up to 1000 different ids of gold");
        }
        if (exam.size() < 1 || exam.size() > exam.items().size()) {
            throw Checks.fault("/exam/size", "must be from 1 to the number of items");
        }
        if (exam.pass() != null && (exam.pass() < 1 || exam.pass() > exam.size())) {
            throw Checks.fault("/exam/pass", "must be from 1 to size");
        }
        if (exam.retryMinutes() < 0 || exam.retryMinutes() > MAX_RETRY_MINUTES) {
            throw Checks.fault("/exam/retryMinutes", "must be from 0 to " + MAX_RETRY_MINUTES);
        }
        Qualifications.grantable(exam.qualification(), "/exam/qualification");
    }
}
