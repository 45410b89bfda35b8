package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import io.etalon.quality.SpecialFunctions;
import java.util.Arrays;

/**
 * Independent Bayesian classifier combination: Dawid and Skene's model with Dirichlet priors, by variational inference.
 *
 * <p>H.-C. Kim and Z. Ghahramani, "Bayesian Classifier Combination", AISTATS 2012; mean-field updates as in E. Simpson,
 * S. Roberts, I. Psorakis and A. Smith, "Dynamic Bayesian Combination of Multiple Imperfect Classifiers", 2013. Starts
 * from the vote shares and ends when no probability moves by more than the tolerance.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 2e-3, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements x classes + workers x classes^2 digammas) an iteration.
 *
 * @param diagonal prior count of a worker naming the true class
 * @param offDiagonal prior count of a worker naming each other class
 * @param classCount prior count of each class
 * @param tolerance largest change of a probability that counts as converged
 * @param maxIterations limit on the number of iterations
 */
public record Ibcc(double diagonal, double offDiagonal, double classCount, double tolerance, int maxIterations) {
    /** What numpy's allclose adds by default, so that the authors' stop is reproduced. */
    private static final double RELATIVE = 1e-5;

    public Ibcc {
        if (!(diagonal > 0 && offDiagonal > 0 && classCount > 0) || diagonal + offDiagonal + classCount > 1e9) {
            throw new IllegalArgumentException("prior counts must be above 0 and below 1e9, got " + diagonal + ", "
                    + offDiagonal + " and " + classCount);
        }
        TaskScores.requireIterations(tolerance, maxIterations);
    }

    /** Priors 4 on the diagonal, 1 beside it, 1 for each class; stops at a change of 0.001. */
    public static Ibcc standard() {
        return new Ibcc(4, 1, 1, 1e-3, 500);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public Fit fit(Labels labels) {
        labels.requireJudgements();
        var posteriors = MajorityVote.shares(labels);
        for (var iteration = 1; ; iteration++) {
            var counts = counts(labels, posteriors);
            var next = expect(labels, posteriors, counts);
            var converged = TaskScores.close(posteriors, next, tolerance, RELATIVE);
            posteriors = next;
            if (converged || iteration == maxIterations) {
                return new Fit(new Consensus(labels, posteriors), counts, iteration, converged);
            }
        }
    }

    /** Posterior counts by (worker, said, truth), prior included. */
    private double[] counts(Labels labels, double[] posteriors) {
        var classes = labels.classes().size();
        var square = classes * classes;
        var counts = new double[Math.multiplyExact(labels.workers().size(), square)];
        Arrays.fill(counts, offDiagonal);
        for (var diagonalCell = 0; diagonalCell < counts.length; diagonalCell += square) {
            for (var label = 0; label < classes; label++) {
                counts[diagonalCell + label * (classes + 1)] = diagonal;
            }
        }
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = (labels.workerAt(i) * classes + labels.classAt(i)) * classes;
                for (var truth = 0; truth < classes; truth++) {
                    counts[cell + truth] += posteriors[task * classes + truth];
                }
            }
        }
        return counts;
    }

    private double[] expect(Labels labels, double[] posteriors, double[] counts) {
        var classes = labels.classes().size();
        var rates = expectedLogs(counts, classes);
        var priors = TaskScores.columnSums(posteriors, classes);
        for (var label = 0; label < classes; label++) {
            priors[label] = SpecialFunctions.digamma(priors[label] + classCount);
        }
        var scores = new double[posteriors.length];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            System.arraycopy(priors, 0, scores, row, classes);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = (labels.workerAt(i) * classes + labels.classAt(i)) * classes;
                for (var truth = 0; truth < classes; truth++) {
                    scores[row + truth] += rates[cell + truth];
                }
            }
            SpecialFunctions.softmax(scores, row, classes);
        }
        return scores;
    }

    private static double[] expectedLogs(double[] counts, int classes) {
        var square = classes * classes;
        var logs = new double[counts.length];
        for (var first = 0; first < counts.length; first += square) {
            for (var truth = 0; truth < classes; truth++) {
                var row = 0.0;
                for (var said = 0; said < classes; said++) {
                    row += counts[first + said * classes + truth];
                }
                var total = SpecialFunctions.digamma(row);
                for (var said = 0; said < classes; said++) {
                    var cell = first + said * classes + truth;
                    logs[cell] = SpecialFunctions.digamma(counts[cell]) - total;
                }
            }
        }
        return logs;
    }

    /** A fitted model. Immutable. */
    public static final class Fit {
        private final Consensus consensus;
        private final double[] counts;
        private final int iterations;
        private final boolean converged;

        private Fit(Consensus consensus, double[] counts, int iterations, boolean converged) {
            this.consensus = consensus;
            this.counts = counts;
            this.iterations = iterations;
            this.converged = converged;
        }

        /** Class probabilities of every task. */
        public Consensus consensus() {
            return consensus;
        }

        /** Posterior mean of the probability that a worker (by index) says {@code said} when the class is {@code truth}. */
        public double errorRate(int worker, int truth, int said) {
            var classes = consensus.labels().classes().size();
            var row = 0.0;
            for (var other = 0; other < classes; other++) {
                row += counts[(worker * classes + other) * classes + truth];
            }
            return counts[(worker * classes + said) * classes + truth] / row;
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
