package io.etalon.quality.stopping;

import java.util.OptionalInt;

/**
 * Wald's sequential probability ratio test on gold answers: after each answer the annotator passes, fails, or gets
 * another, and of all tests with these error rates none needs fewer answers on average.
 *
 * <p>A. Wald, "Sequential Tests of Statistical Hypotheses", Annals of Mathematical Statistics 16(2), 1945. Answers count
 * as independent. The true error rates are at most slightly above those named, because the last answer overshoots the
 * bound; {@link #exact} gives them. Immutable, decisions in O(1).
 *
 * @param good accuracy of an annotator who should pass, above {@code bad}
 * @param bad accuracy of an annotator who should fail, such as one class in K for a random clicker
 * @param falsePass probability that a bad one passes
 * @param falseFail probability that a good one fails
 */
public record SequentialTest(double good, double bad, double falsePass, double falseFail) {
    private static final int BISECTIONS = 200;

    public SequentialTest {
        if (!(bad > 0 && bad < good && good < 1)) {
            throw new IllegalArgumentException("accuracies must be 0 < bad < good < 1, got " + bad + " and " + good);
        }
        if (!(falsePass > 0 && falseFail > 0) || falsePass + falseFail >= 1) {
            throw new IllegalArgumentException(
                    "error rates must be above 0 and sum to less than 1, got " + falsePass + " and " + falseFail);
        }
    }

    /** Both error rates 5 %. */
    public static SequentialTest of(double good, double bad) {
        return new SequentialTest(good, bad, 0.05, 0.05);
    }

    /** Where an annotator stands. */
    public enum Standing {
        /** As good as asked: let them work, or go on. */
        PASS,
        /** As bad as feared: do not admit, or pause. */
        FAIL,
        /** Not known yet: ask more gold. */
        OPEN
    }

    /** The standing after so many right and wrong gold answers. */
    public Standing decide(long right, long wrong) {
        if (right < 0 || wrong < 0) {
            throw new IllegalArgumentException("counts of answers, got " + right + " right and " + wrong + " wrong");
        }
        var evidence = right * rightStep() + wrong * wrongStep();
        if (evidence >= upper()) {
            return Standing.PASS;
        }
        return evidence <= lower() ? Standing.FAIL : Standing.OPEN;
    }

    /**
     * Watches an annotator at work: the test starts anew after each pass.
     *
     * @param right gold answers in order of time, true where right
     * @return how many answers had been given at the first failure; empty when there is none yet
     */
    public OptionalInt firstFailure(boolean[] right) {
        var rights = 0;
        var wrongs = 0;
        for (var i = 0; i < right.length; i++) {
            rights += right[i] ? 1 : 0;
            wrongs += right[i] ? 0 : 1;
            switch (decide(rights, wrongs)) {
                case FAIL -> {
                    return OptionalInt.of(i + 1);
                }
                case PASS -> {
                    rights = 0;
                    wrongs = 0;
                }
                case OPEN -> {}
            }
        }
        return OptionalInt.empty();
    }

    /** Wald's approximation of the probability that an annotator of this accuracy passes. */
    public double passProbability(double accuracy) {
        requireAccuracy(accuracy);
        var root = root(accuracy);
        if (root == 0) {
            return -lower() / (upper() - lower());
        }
        // With r the root, E[exp(r * evidence)] stays 1, so it is 1 where the walk ends.
        return -StrictMath.expm1(root * lower()) / (StrictMath.exp(root * upper()) - StrictMath.exp(root * lower()));
    }

    /** Wald's approximation of the mean number of gold answers until an annotator of this accuracy passes or fails. */
    public double expectedAnswers(double accuracy) {
        var pass = passProbability(accuracy);
        var drift = accuracy * rightStep() + (1 - accuracy) * wrongStep();
        if (root(accuracy) == 0) {
            var variance = accuracy * rightStep() * rightStep() + (1 - accuracy) * wrongStep() * wrongStep();
            return -upper() * lower() / variance;
        }
        return (pass * upper() + (1 - pass) * lower()) / drift;
    }

    /**
     * What the test does to annotators of one accuracy when it is cut off.
     *
     * @param pass probability of a pass
     * @param fail probability of a failure
     * @param open probability that nothing is decided at the limit
     * @param answers mean number of answers given
     */
    public record Course(double pass, double fail, double open, double answers) {}

    /**
     * The exact course of the test with at most {@code limit} answers, by dynamic programming over (answers, right
     * answers), in O(limit^2).
     */
    public Course exact(double accuracy, int limit) {
        requireAccuracy(accuracy);
        if (limit < 1) {
            throw new IllegalArgumentException("needs an answer, got a limit of " + limit);
        }
        var alive = new double[limit + 1];
        alive[0] = 1;
        var pass = 0.0;
        var fail = 0.0;
        var answers = 0.0;
        for (var given = 1; given <= limit; given++) {
            for (var right = given; right >= 0; right--) {
                alive[right] = (right < given ? alive[right] * (1 - accuracy) : 0)
                        + (right > 0 ? alive[right - 1] * accuracy : 0);
            }
            for (var right = 0; right <= given; right++) {
                var standing = decide(right, given - right);
                if (standing != Standing.OPEN) {
                    pass += standing == Standing.PASS ? alive[right] : 0;
                    fail += standing == Standing.FAIL ? alive[right] : 0;
                    answers += given * alive[right];
                    alive[right] = 0;
                }
            }
        }
        var open = 0.0;
        for (var probability : alive) {
            open += probability;
        }
        return new Course(pass, fail, open, answers + limit * open);
    }

    private double rightStep() {
        return StrictMath.log(good / bad);
    }

    private double wrongStep() {
        return StrictMath.log((1 - good) / (1 - bad));
    }

    private double upper() {
        return StrictMath.log((1 - falseFail) / falsePass);
    }

    private double lower() {
        return StrictMath.log(falseFail / (1 - falsePass));
    }

    /** The r other than 0 with E[exp(r * step)] = 1; 0 where the mean step is 0 and there is no other. */
    private double root(double accuracy) {
        var drift = accuracy * rightStep() + (1 - accuracy) * wrongStep();
        if (Math.abs(drift) < 1e-9) {
            return 0;
        }
        var sign = drift < 0 ? 1 : -1;
        var near = 0.0;
        var far = 1.0;
        while (growth(accuracy, sign * far) < 1) {
            near = far;
            far *= 2;
        }
        for (var i = 0; i < BISECTIONS; i++) {
            var middle = (near + far) / 2;
            if (growth(accuracy, sign * middle) < 1) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return sign * far;
    }

    private double growth(double accuracy, double r) {
        return accuracy * StrictMath.exp(r * rightStep()) + (1 - accuracy) * StrictMath.exp(r * wrongStep());
    }

    private static void requireAccuracy(double accuracy) {
        if (!(accuracy > 0 && accuracy < 1)) {
            throw new IllegalArgumentException("an accuracy lies between 0 and 1, got " + accuracy);
        }
    }
}
