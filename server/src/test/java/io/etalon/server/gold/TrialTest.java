package io.etalon.server.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Shape;
import io.etalon.quality.stopping.SequentialTest;
import io.etalon.quality.stopping.SequentialTest.Standing;
import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The test that pauses people, and what counts as right: pure functions. */
final class TrialTest {
    private static final SequentialTest TEST = new SequentialTest(0.95, 0.7, 0.05, 0.05);
    private static final int RUNS = 4_000;
    private static final long SEED = 20_261_122;

    private static List<GoldStore.Result> answers(Random random, double accuracy, int count) {
        var results = new ArrayList<GoldStore.Result>();
        for (var i = 0; i < count; i++) {
            results.add(result(i, random.nextDouble() < accuracy));
        }
        return results;
    }

    private static GoldStore.Result result(int number, boolean right) {
        return new GoldStore.Result(
                number, new PersonId(new UUID(0, 1)), 100 + number, 0, right, right ? 1 : 0, Instant.EPOCH);
    }

    /** Share of people of an accuracy whose first run of the test, cut off at so many answers, ends so. */
    private static double share(double accuracy, int limit, Standing wanted) {
        var random = new Random(SEED);
        var count = 0;
        for (var run = 0; run < RUNS; run++) {
            count += Trial.of(TEST, answers(random, accuracy, limit), false).standing() == wanted ? 1 : 0;
        }
        return (double) count / RUNS;
    }

    @Test
    void pausesTheCarelessWithinFortyAnswersAndTheCarefulAtTheStatedRate() {
        var careless = share(0.55, 40, Standing.FAIL);
        var careful = share(0.97, 200, Standing.FAIL);
        System.out.println(
                "seed " + SEED + ": of the careless " + careless + ", of the careful " + careful + " paused");
        assertThat(careless).isGreaterThan(0.99);
        assertThat(careful).isLessThan(0.05);
        assertThat(share(0.95, 400, Standing.FAIL))
                .as("good as named: falseFail")
                .isLessThan(0.05 / 0.95);
        assertThat(share(0.7, 400, Standing.PASS)).as("bad as named: falsePass").isLessThan(0.05 / 0.95);
        assertThat(careless).isCloseTo(TEST.exact(0.55, 40).fail(), within(0.01));
        assertThat(careful).isCloseTo(TEST.exact(0.97, 200).fail(), within(0.01));
    }

    @Test
    void beginsAnewAfterAPassAndShowsThePathToAFailure() {
        var results = new ArrayList<GoldStore.Result>();
        for (var i = 0; i < 10; i++) {
            results.add(result(i, true));
        }
        assertThat(Trial.of(TEST, results, true).standing()).isEqualTo(Standing.PASS);
        results.add(result(10, false));
        results.add(result(11, false));
        results.add(result(12, true));
        var failed = Trial.of(TEST, results, true);
        assertThat(failed.standing()).isEqualTo(Standing.FAIL);
        assertThat(failed.steps()).extracting(Trial.Step::right).containsExactly(false, false);
        assertThat(failed.steps().getLast().evidence()).isCloseTo(2 * Math.log(0.05 / 0.3), within(1e-12));
        assertThat(failed.wrongs()).isEqualTo(2);
    }

    @Test
    void decidesAnExamAsSoonAsTheRestCannotChangeIt() {
        var exam = new GoldPolicy.Exam(List.of(1L, 2L, 3L, 4L), 4, 3, 60, "exam");
        assertThat(standing(exam, true, true)).isEqualTo(Standing.OPEN);
        assertThat(standing(exam, true, false, true, true)).isEqualTo(Standing.PASS);
        assertThat(standing(exam, true, false)).isEqualTo(Standing.OPEN);
        assertThat(standing(exam, false, false)).isEqualTo(Standing.FAIL);
        var sequential = new GoldPolicy.Exam(List.of(1L, 2L, 3L, 4L), 4, null, 60, "exam");
        assertThat(standing(sequential, true, true, true, true))
                .as("ends undecided")
                .isEqualTo(Standing.FAIL);
        assertThat(standing(sequential, false, false)).isEqualTo(Standing.FAIL);
    }

    private static Standing standing(GoldPolicy.Exam exam, boolean... right) {
        var results = new ArrayList<GoldStore.Result>();
        for (var one : right) {
            results.add(result(results.size(), one));
        }
        return ExamRule.standing(exam, ExamRule.trial(exam, TEST, results));
    }

    @Test
    void takesEqualAnswersAndShapesThatOverlapEnoughForRight() {
        var rule = new GoldPolicy.MatchRule(0.5, 0.8);
        var known = answer("good", new Box(0, 0, 10, 10), new Box(50, 50, 10, 10));
        assertThat(Verdict.of(known, known, rule)).isEqualTo(new Verdict(true, 1));
        assertThat(Verdict.of(answer("bad", new Box(0, 0, 10, 10), new Box(50, 50, 10, 10)), known, rule))
                .isEqualTo(new Verdict(false, 0));
        assertThat(Verdict.of(answer("good", new Box(51, 50, 10, 10), new Box(0, 0, 10, 9)), known, rule)
                        .right())
                .isTrue();
        var one = Verdict.of(answer("good", new Box(0, 0, 10, 10)), known, rule);
        assertThat(one.right()).isFalse();
        assertThat(one.score()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Verdict.of(answer("good"), known, rule).score()).isZero();
    }

    private static Answer answer(String option, Box... boxes) {
        var shapes = new ArrayList<Shape>();
        for (var box : boxes) {
            shapes.add(new Shape("s" + shapes.size(), "coin", box, Map.of()));
        }
        return new Answer(
                Map.of("quality", new AnswerValue.Choice(option), "note", new AnswerValue.Text("note " + boxes.length)),
                shapes);
    }
}
