package io.etalon.quality.stopping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.stopping.SequentialTest.Standing;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequentialTestTest {
    private static final long SEED = 1945;

    /** The reference's table of expected numbers, printed to one decimal or none. */
    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource({".85, .50, 7.9, 9.8, .05", ".90, .70, 17, 23, .5", ".90, .75, 29, 37, .5", ".95, .85, 38, 52, .5"})
    void needsAsManyAnswersAsTheReferenceSays(double good, double bad, double forBad, double forGood, double digit) {
        var test = SequentialTest.of(good, bad);

        assertThat(test.expectedAnswers(bad)).isCloseTo(forBad, within(digit));
        assertThat(test.expectedAnswers(good)).isCloseTo(forGood, within(digit));
        assertThat(test.passProbability(bad)).isCloseTo(.05, within(1e-9));
        assertThat(test.passProbability(good)).isCloseTo(.95, within(1e-9));
    }

    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource({".85, .50", ".90, .70", ".95, .85"})
    void keepsItsErrorRates(double good, double bad) {
        var test = SequentialTest.of(good, bad);

        // Wald: the sum of both true rates is at most the sum of those named.
        var passBad = test.exact(bad, 2000).pass();
        var failGood = test.exact(good, 2000).fail();
        assertThat(passBad + failGood).isLessThan(.1);
        assertThat(test.exact(bad, 2000).open()).isLessThan(1e-6);
    }

    @Test
    void theExactCourseIsThatOfASimulation() {
        var test = SequentialTest.of(.9, .7);
        var random = new Random(SEED);
        var runs = 40_000;
        var passes = 0;
        var answers = 0L;
        for (var run = 0; run < runs; run++) {
            var right = 0;
            var wrong = 0;
            while (test.decide(right, wrong) == Standing.OPEN && right + wrong < 60) {
                if (random.nextDouble() < .8) {
                    right++;
                } else {
                    wrong++;
                }
            }
            passes += test.decide(right, wrong) == Standing.PASS ? 1 : 0;
            answers += right + wrong;
        }
        var course = test.exact(.8, 60);

        assertThat((double) passes / runs).as("seed %d", SEED).isCloseTo(course.pass(), within(.01));
        assertThat((double) answers / runs).as("seed %d", SEED).isCloseTo(course.answers(), within(.3));
        assertThat(course.pass() + course.fail() + course.open()).isCloseTo(1, within(1e-12));
    }

    @Test
    void catchesARandomClickerWithinAboutTenAnswers() {
        var test = SequentialTest.of(.85, .5);

        assertThat(test.decide(0, 3)).isEqualTo(Standing.FAIL);
        assertThat(test.decide(5, 0)).isEqualTo(Standing.OPEN);
        assertThat(test.decide(6, 0)).isEqualTo(Standing.PASS);
        assertThat(test.exact(.5, 10).fail()).isGreaterThan(.65);
        assertThat(test.exact(.5, 20).fail()).isGreaterThan(.85);
    }

    @Test
    void pausesTheOneWhoTurnsBadAfterAPass() {
        var answers = new boolean[40];
        for (var i = 0; i < answers.length; i++) {
            answers[i] = i < 30 || i % 2 == 0;
        }

        assertThat(SequentialTest.of(.85, .5).firstFailure(answers).orElseThrow())
                .isBetween(31, 40);
        assertThat(SequentialTest.of(.85, .5).firstFailure(new boolean[2])).isEmpty();
    }

    @Test
    void betweenTheTwoAccuraciesNothingIsUndefined() {
        var test = SequentialTest.of(.9, .7);
        for (var accuracy = .01; accuracy < 1; accuracy += .01) {
            assertThat(test.expectedAnswers(accuracy)).isFinite().isPositive();
            assertThat(test.passProbability(accuracy)).isBetween(0.0, 1.0);
        }
    }

    @Test
    void refusesWhatIsNoTest() {
        assertThatThrownBy(() -> SequentialTest.of(.7, .9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SequentialTest(.9, .7, 0, .05)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SequentialTest.of(.9, .7).exact(Double.NaN, 5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
