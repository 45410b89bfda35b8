package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.Arrays;

/**
 * Ability of workers and ease of tasks: a worker of ability a is right about a task of log-ease b with probability
 * 1 / (1 + exp(-a exp(b))), and otherwise names any other class alike.
 *
 * <p>J. Whitehill, P. Ruvolo, T. Wu, J. Bergsma and J. Movellan, "Whose Vote Should Count More: Optimal Integration of
 * Labels from Labelers of Unknown Expertise", NIPS 2009, with its normal priors (mean and variance 1) on ability and
 * log-ease; every class is equally likely beforehand. Where the paper climbs the gradient, each iteration here makes one
 * guarded Newton step for every ability and one Fisher-scoring step for every log-ease (a generalised EM): the optimum
 * is the same and there is no step size to tune. It ends when no probability moves by more than the tolerance.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 2e-3, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements + tasks x classes) an iteration.
 *
 * @param tolerance largest change of a probability that counts as converged
 * @param maxIterations limit on the number of iterations
 */
public record Glad(double tolerance, int maxIterations) {
    private static final double PRIOR_MEAN = 1;
    private static final double PRIOR_PRECISION = 1;
    /** No step is longer: far from the optimum the quadratic is a poor guide. */
    private static final double LONGEST_STEP = 1;

    public Glad {
        TaskScores.requireIterations(tolerance, maxIterations);
    }

    /**
     * At most thirty iterations. On most sets that is the optimum; where classes are unbalanced and tasks hard, the
     * optimum itself is worse than the way there (a real set of four classes: .522 after thirty iterations, .505 after
     * five hundred).
     */
    public static Glad standard() {
        return new Glad(1e-4, 30);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public Fit fit(Labels labels) {
        labels.requireJudgements();
        var abilities = new double[labels.workers().size()];
        var logEase = new double[labels.tasks().size()];
        Arrays.fill(abilities, PRIOR_MEAN);
        Arrays.fill(logEase, PRIOR_MEAN);
        var posteriors = expect(labels, abilities, logEase);
        for (var iteration = 1; ; iteration++) {
            improveAbilities(labels, posteriors, abilities, logEase);
            improveEase(labels, posteriors, abilities, logEase);
            var next = expect(labels, abilities, logEase);
            var converged = TaskScores.close(posteriors, next, tolerance, 0);
            posteriors = next;
            if (converged || iteration == maxIterations) {
                return new Fit(new Consensus(labels, posteriors), abilities, logEase, iteration, converged);
            }
        }
    }

    private static double[] expect(Labels labels, double[] abilities, double[] logEase) {
        var classes = labels.classes().size();
        var others = StrictMath.log(Math.max(1, classes - 1));
        var scores = new double[Math.multiplyExact(labels.tasks().size(), classes)];
        for (var task = 0; task < logEase.length; task++) {
            var ease = StrictMath.exp(logEase[task]);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                // The log odds of the sigmoid are its argument.
                scores[task * classes + labels.classAt(i)] += abilities[labels.workerAt(i)] * ease + others;
            }
            SpecialFunctions.softmax(scores, task * classes, classes);
        }
        return scores;
    }

    private static void improveAbilities(Labels labels, double[] posteriors, double[] abilities, double[] logEase) {
        var classes = labels.classes().size();
        var slope = new double[abilities.length];
        var curvature = new double[abilities.length];
        for (var task = 0; task < logEase.length; task++) {
            var ease = StrictMath.exp(logEase[task]);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var worker = labels.workerAt(i);
                var right = sigmoid(abilities[worker] * ease);
                slope[worker] += (posteriors[task * classes + labels.classAt(i)] - right) * ease;
                curvature[worker] += right * (1 - right) * ease * ease;
            }
        }
        for (var worker = 0; worker < abilities.length; worker++) {
            abilities[worker] = improved(abilities[worker], slope[worker], curvature[worker]);
        }
    }

    private static void improveEase(Labels labels, double[] posteriors, double[] abilities, double[] logEase) {
        var classes = labels.classes().size();
        for (var task = 0; task < logEase.length; task++) {
            var ease = StrictMath.exp(logEase[task]);
            var slope = 0.0;
            var information = 0.0;
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var strength = abilities[labels.workerAt(i)] * ease;
                var right = sigmoid(strength);
                slope += (posteriors[task * classes + labels.classAt(i)] - right) * strength;
                information += right * (1 - right) * strength * strength;
            }
            logEase[task] = improved(logEase[task], slope, information);
        }
    }

    private static double improved(double value, double slope, double curvature) {
        var step = (slope - PRIOR_PRECISION * (value - PRIOR_MEAN)) / (curvature + PRIOR_PRECISION);
        return value + Math.clamp(step, -LONGEST_STEP, LONGEST_STEP);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /** A fitted model. Immutable. */
    public static final class Fit {
        private final Consensus consensus;
        private final double[] abilities;
        private final double[] logEase;
        private final int iterations;
        private final boolean converged;

        private Fit(Consensus consensus, double[] abilities, double[] logEase, int iterations, boolean converged) {
            this.consensus = consensus;
            this.abilities = abilities;
            this.logEase = logEase;
            this.iterations = iterations;
            this.converged = converged;
        }

        /** Class probabilities of every task. */
        public Consensus consensus() {
            return consensus;
        }

        /** Ability of a worker by index: 0 guesses, negative misleads. */
        public double ability(int worker) {
            return abilities[worker];
        }

        /** Ease of a task by index, above 0: near 0 everybody guesses. */
        public double ease(int task) {
            return StrictMath.exp(logEase[task]);
        }

        /** Number of iterations made. */
        public int iterations() {
            return iterations;
        }

        /** Whether the probabilities came to rest before the limit on iterations. */
        public boolean converged() {
            return converged;
        }
    }
}
