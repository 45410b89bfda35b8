package io.etalon.server.gold;

import io.etalon.quality.stopping.SequentialTest;
import io.etalon.quality.stopping.SequentialTest.Standing;
import java.util.List;

/** When an entry exam is passed or failed: m of n, or by the sequential test. Pure. */
final class ExamRule {
    private ExamRule() {}

    /** The answers of one try; with a number to reach, all of them count. */
    static Trial trial(GoldPolicy.Exam exam, SequentialTest test, List<GoldStore.Result> results) {
        if (exam.pass() == null) {
            return Trial.of(test, results, false);
        }
        return new Trial(
                Standing.OPEN,
                results.stream()
                        .map(result ->
                                new Trial.Step(result.gold(), result.submission(), result.right(), result.score(), 0))
                        .toList());
    }

    /** Decided as soon as the answers left cannot change it. An exam that ends undecided is not passed. */
    static Standing standing(GoldPolicy.Exam exam, Trial trial) {
        var pass = exam.pass();
        if (pass == null) {
            return trial.standing() == Standing.OPEN && trial.steps().size() >= exam.size()
                    ? Standing.FAIL
                    : trial.standing();
        }
        if (trial.rights() >= pass) {
            return Standing.PASS;
        }
        return trial.wrongs() > exam.size() - pass ? Standing.FAIL : Standing.OPEN;
    }
}
