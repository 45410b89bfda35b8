package io.etalon.server.gold;

import io.etalon.quality.stopping.SequentialTest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequential test over somebody's answers to gold, in their order: where he stands, and how it came about. It begins
 * anew after each pass.
 *
 * @param standing after the last answer
 * @param steps those since the last pass, or up to the failure
 */
record Trial(SequentialTest.Standing standing, List<Step> steps) {
    /**
     * One answer.
     *
     * @param evidence logarithm of the likelihood ratio after it: how much more likely the answers are of a good annotator
     *     than of a bad one
     */
    @Schema(name = "GoldStep")
    record Step(long gold, long submission, boolean right, double score, double evidence) {}

    Trial {
        steps = List.copyOf(steps);
    }

    /**
     * Runs the test.
     *
     * @param again whether a pass begins it anew, as at work; in an exam it ends it
     */
    static Trial of(SequentialTest test, List<GoldStore.Result> results, boolean again) {
        var steps = new ArrayList<Step>();
        var standing = SequentialTest.Standing.OPEN;
        var rights = 0;
        var wrongs = 0;
        for (var result : results) {
            if (standing == SequentialTest.Standing.FAIL || (standing == SequentialTest.Standing.PASS && !again)) {
                break;
            }
            if (standing == SequentialTest.Standing.PASS) {
                steps.clear();
                rights = 0;
                wrongs = 0;
            }
            rights += result.right() ? 1 : 0;
            wrongs += result.right() ? 0 : 1;
            var evidence = rights * StrictMath.log(test.good() / test.bad())
                    + wrongs * StrictMath.log((1 - test.good()) / (1 - test.bad()));
            steps.add(new Step(result.gold(), result.submission(), result.right(), result.score(), evidence));
            standing = test.decide(rights, wrongs);
        }
        return new Trial(standing, steps);
    }

    int rights() {
        return (int) steps.stream().filter(Step::right).count();
    }

    int wrongs() {
        return steps.size() - rights();
    }
}
