package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * Bayesian weighted average: every class is a number between 0 and 1 that workers report with a precision of their own.
 *
 * <p>Y. Li, B. I. P. Rubinstein and T. Cohn, "Truth Inference at Scale: A Bayesian Model for Adjudicating Highly
 * Redundant Crowd Annotations", WWW 2019, algorithm 1, with its prior correction for more than two classes. For each
 * class on its own: the truth of a task is normal about the class mean with precision {@code anchor}; a judgement (1
 * when it names the class, else 0) is normal about the truth with the worker's precision, which has a Gamma prior whose
 * mean comes from the spread of the votes. Coordinate ascent from the vote shares ends as in the authors' code, when
 * each number moves by no more than {@code tolerance} of itself. The numbers of a task are divided by their sum.
 *
 * <p>A class on which every task is unanimous keeps its vote shares: the limit of infinite precision. {@link
 * SkillFit#skill} is the worker's mean precision over the classes that were in dispute, 0 where none was.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 2e-3, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements x classes) an iteration.
 *
 * @param shape shape of the Gamma prior of a worker's precision: prior judgements' worth
 * @param anchor precision of a truth about the class mean: prior judgements' worth
 * @param tolerance relative change that counts as converged
 * @param maxIterations limit on the number of iterations for each class
 */
public record Bwa(double shape, double anchor, double tolerance, int maxIterations) {
    /** What numpy's allclose adds to the relative tolerance. */
    private static final double ABSOLUTE = 1e-8;

    public Bwa {
        if (!(shape > 0 && anchor > 0) || shape + anchor > 1e9) {
            throw new IllegalArgumentException(
                    "shape and anchor must be above 0 and below 1e9, got " + shape + " and " + anchor);
        }
        TaskScores.requireIterations(tolerance, maxIterations);
    }

    /** The paper's values: shape 15, anchor 1. */
    public static Bwa standard() {
        return new Bwa(15, 1, 1e-3, 500);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public SkillFit fit(Labels labels) {
        labels.requireJudgements();
        var classes = labels.classes().size();
        var shares = MajorityVote.shares(labels);
        var result = shares.clone();
        var skills = new double[labels.workers().size()];
        var disputed = 0;
        var iterations = 0;
        var converged = true;
        for (var label = 0; label < classes; label++) {
            var fit = new OneClass(labels, label, shares);
            if (fit.rate > 0) {
                converged &= fit.run();
                disputed++;
                iterations = Math.max(iterations, fit.iterations);
                for (var task = 0; task < fit.truth.length; task++) {
                    result[task * classes + label] = fit.truth[task];
                }
                for (var worker = 0; worker < skills.length; worker++) {
                    skills[worker] += fit.precision[worker];
                }
            }
        }
        for (var task = 0; task < labels.tasks().size(); task++) {
            TaskScores.share(result, task * classes, classes);
        }
        for (var worker = 0; worker < skills.length; worker++) {
            skills[worker] = disputed == 0 ? 0 : skills[worker] / disputed;
        }
        return new SkillFit(new Consensus(labels, result), skills, iterations, converged);
    }

    /** The model of one class against all others. */
    private final class OneClass {
        private final Labels labels;
        private final int label;
        private final double rate;
        private final double[] precision;
        private double[] truth;
        private int iterations;

        OneClass(Labels labels, int label, double[] shares) {
            this.labels = labels;
            this.label = label;
            var classes = labels.classes().size();
            this.truth = new double[labels.tasks().size()];
            this.precision = new double[labels.workers().size()];
            var spread = 0.0;
            for (var task = 0; task < truth.length; task++) {
                truth[task] = shares[task * classes + label];
                spread += (labels.end(task) - labels.start(task)) * truth[task] * (1 - truth[task]);
            }
            this.rate = shape * spread / labels.size() * 4 * (1 - 1.0 / classes);
        }

        boolean run() {
            while (iterations < maxIterations) {
                iterations++;
                estimatePrecision();
                var next = average();
                var converged = TaskScores.close(truth, next, ABSOLUTE, tolerance);
                truth = next;
                if (converged) {
                    return true;
                }
            }
            return false;
        }

        private void estimatePrecision() {
            var given = new int[precision.length];
            Arrays.fill(precision, rate);
            for (var task = 0; task < truth.length; task++) {
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    var error = truth[task] - (labels.classAt(i) == label ? 1 : 0);
                    precision[labels.workerAt(i)] += error * error;
                    given[labels.workerAt(i)]++;
                }
            }
            for (var worker = 0; worker < precision.length; worker++) {
                precision[worker] = (shape + given[worker]) / precision[worker];
            }
        }

        private double[] average() {
            var mean = Arrays.stream(truth).sum() / truth.length;
            var next = new double[truth.length];
            for (var task = 0; task < truth.length; task++) {
                var total = anchor;
                var named = anchor * mean;
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    var weight = precision[labels.workerAt(i)];
                    total += weight;
                    named += labels.classAt(i) == label ? weight : 0;
                }
                next[task] = named / total;
            }
            return next;
        }
    }
}
