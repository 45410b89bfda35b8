package io.etalon.quality.review;

import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Notices that an annotator got worse: the cumulative sum of evidence for "bad" over "good", never below zero, raises an
 * alarm when it reaches a threshold.
 *
 * <p>E. S. Page, "Continuous Inspection Schemes", Biometrika 41, 1954, on the log likelihood ratio of an answer. On gold
 * an answer scores 1 or 0; without gold the consensus' calibrated probability of the answer stands in, best taken
 * without the annotator's own judgement. Immutable, O(answers).
 *
 * @param good accuracy as it should be
 * @param bad accuracy to be noticed, below {@code good}
 * @param threshold evidence that raises the alarm, in nats; see {@link #forFalseAlarms}
 */
public record Cusum(double good, double bad, double threshold) {
    private static final int BISECTIONS = 20;
    private static final double HIGHEST = 30;

    public Cusum {
        if (!(bad > 0 && bad < good && good < 1)) {
            throw new IllegalArgumentException("accuracies must be 0 < bad < good < 1, got " + bad + " and " + good);
        }
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold must be above 0, got " + threshold);
        }
    }

    /**
     * The state after a series of answers.
     *
     * @param evidence the sum at the end, in nats, 0 or more
     * @param alarm answers given when the threshold was first reached; empty when it was not
     * @param since answers before the rise that led to the alarm, or to the end: the likely moment of the change
     */
    public record State(double evidence, OptionalInt alarm, int since) {}

    /**
     * Follows a series of answers up to its alarm.
     *
     * @param scores how right each answer was, 0 to 1, in order of time
     */
    public State follow(double[] scores) {
        var evidence = 0.0;
        var since = 0;
        for (var i = 0; i < scores.length; i++) {
            evidence += step(scores[i]);
            if (evidence <= 0) {
                evidence = 0;
                since = i + 1;
            }
            if (evidence >= threshold) {
                return new State(evidence, OptionalInt.of(i + 1), since);
            }
        }
        return new State(evidence, OptionalInt.empty(), since);
    }

    private double step(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a score lies between 0 and 1, got " + score);
        }
        return score * StrictMath.log(bad / good) + (1 - score) * StrictMath.log((1 - bad) / (1 - good));
    }

    /**
     * How often annotators of one accuracy raise an alarm within so many answers, by simulation.
     *
     * @param accuracy their true accuracy: {@code good} gives the rate of false alarms, {@code bad} the power
     * @return share of {@code runs} with an alarm, 0 to 1; its standard error is at most 1 / (2 sqrt(runs))
     */
    public double alarmRate(double accuracy, int answers, int runs, long seed) {
        if (!(accuracy >= 0 && accuracy <= 1) || answers < 1 || runs < 1) {
            throw new IllegalArgumentException(
                    "needs an accuracy, answers and runs, got " + accuracy + ", " + answers + " and " + runs);
        }
        var random = new SplittableRandom(seed);
        var alarms = 0;
        for (var run = 0; run < runs; run++) {
            var evidence = 0.0;
            for (var i = 0; i < answers && evidence < threshold; i++) {
                evidence = Math.max(0, evidence + step(random.nextDouble() < accuracy ? 1 : 0));
            }
            alarms += evidence >= threshold ? 1 : 0;
        }
        return (double) alarms / runs;
    }

    /**
     * The chart whose good annotators raise an alarm within {@code answers} with at most the given probability, by
     * simulation of 4,000 annotators at each of twenty thresholds.
     */
    public static Cusum forFalseAlarms(double good, double bad, double rate, int answers, long seed) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("a rate lies between 0 and 1, got " + rate);
        }
        var low = 0.0;
        var high = HIGHEST;
        for (var i = 0; i < BISECTIONS; i++) {
            var middle = (low + high) / 2;
            if (new Cusum(good, bad, middle).alarmRate(good, answers, 4000, seed) > rate) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Cusum(good, bad, high);
    }
}
