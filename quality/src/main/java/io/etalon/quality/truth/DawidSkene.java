package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * Truth and error rates from judgements alone, by expectation-maximisation.
 *
 * <p>Model (A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM
 * Algorithm", Applied Statistics 28(1), 1979): task i has class j with probability p_j, and worker k, seeing class j,
 * says l with probability pi_jl^(k), each judgement independent of the others. EM starts from the vote shares.
 *
 * <p>{@link #plain()} is the paper's maximum likelihood. {@link #pooled()} shrinks each worker's matrix to the one
 * pooled over all workers with the weight of four judgements a row (empirical Bayes, "HDS"): the better default where
 * workers gave few judgements. A row of a worker's matrix for which there is no evidence (no task the worker judged
 * has that class) is uniform under maximum likelihood: it says nothing about the class.
 *
 * <p>Fitting ends when the log likelihood per task moves by no more than the tolerance. One iteration costs
 * O(judgements x classes). The result is the same to the last bit whatever the order of judgements, tasks and workers,
 * their names, and the number of threads: see {@link EmSweep}.
 *
 * @param strength judgements' worth of pooled evidence added to each row of each worker's matrix; 0 for none
 * @param tolerance change of log likelihood per task (nats) that counts as converged
 * @param maxIterations limit on the number of iterations
 * @param threads threads that share the work; no influence on the result
 */
public record DawidSkene(double strength, double tolerance, int maxIterations, int threads) {
    private static final double POOLED_STRENGTH = 4;
    private static final double DEFAULT_TOLERANCE = 1e-7;
    private static final int DEFAULT_ITERATIONS = 1000;

    public DawidSkene {
        if (!(strength >= 0) || strength > 1e9) {
            throw new IllegalArgumentException("strength must be between 0 and 1e9, got " + strength);
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance must not be negative, got " + tolerance);
        }
        if (maxIterations < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "needs an iteration and a thread, got " + maxIterations + " and " + threads);
        }
    }

    /** Maximum likelihood as in the paper; one thread. */
    public static DawidSkene plain() {
        return new DawidSkene(0, DEFAULT_TOLERANCE, DEFAULT_ITERATIONS, 1);
    }

    /** Workers shrunk to the pooled matrix with strength 4 (HDS); one thread. */
    public static DawidSkene pooled() {
        return new DawidSkene(POOLED_STRENGTH, DEFAULT_TOLERANCE, DEFAULT_ITERATIONS, 1);
    }

    /** The same model on several threads. */
    public DawidSkene withThreads(int count) {
        return new DawidSkene(strength, tolerance, maxIterations, count);
    }

    /** The same model with another tolerance. */
    public DawidSkene withTolerance(double nats) {
        return new DawidSkene(strength, nats, maxIterations, threads);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public Fit fit(Labels labels) {
        if (labels.size() == 0) {
            throw new IllegalArgumentException("there is no judgement to learn from");
        }
        try (var sweep = new EmSweep(labels, threads)) {
            var parameters =
                    new ErrorRates(labels.workers().size(), labels.classes().size());
            sweep.fromVoteShares();
            var before = Double.NaN;
            for (var iteration = 1; ; iteration++) {
                parameters.maximise(sweep, strength);
                var logLikelihood = sweep.run(parameters);
                // NaN on the first pass compares as false, so that two passes are made at least.
                var converged = Math.abs(logLikelihood - before)
                        <= tolerance * labels.tasks().size();
                if (converged || iteration == maxIterations) {
                    var consensus = new Consensus(labels, sweep.posteriors());
                    return new Fit(consensus, parameters, logLikelihood, iteration, converged);
                }
                before = logLikelihood;
            }
        }
    }

    /** A fitted model: the posteriors are those under exactly these marginals and matrices. */
    public static final class Fit {
        private final Consensus consensus;
        private final ErrorRates parameters;
        private final double logLikelihood;
        private final int iterations;
        private final boolean converged;

        private Fit(
                Consensus consensus, ErrorRates parameters, double logLikelihood, int iterations, boolean converged) {
            this.consensus = consensus;
            this.parameters = parameters;
            this.logLikelihood = logLikelihood;
            this.iterations = iterations;
            this.converged = converged;
        }

        /** Class probabilities of every task. */
        public Consensus consensus() {
            return consensus;
        }

        /** Estimated share of each class among the tasks; a copy. */
        public double[] classMarginals() {
            return parameters.marginals().clone();
        }

        /** Probability that a worker (by index) says {@code said} when the class is {@code truth}. */
        public double errorRate(int worker, int truth, int said) {
            return parameters.rate(worker, truth, said);
        }

        /** Confusion matrix of a worker by index: row = true class, column = what the worker says; rows sum to 1. */
        public double[][] confusion(int worker) {
            var classes = parameters.classes();
            var matrix = new double[classes][classes];
            for (var truth = 0; truth < classes; truth++) {
                var row = truth;
                Arrays.setAll(matrix[truth], said -> parameters.rate(worker, row, said));
            }
            return matrix;
        }

        /** Natural logarithm of the probability of all judgements under the fitted parameters. */
        public double logLikelihood() {
            return logLikelihood;
        }

        /** Number of iterations made. */
        public int iterations() {
            return iterations;
        }

        /** Whether the log likelihood came to rest within the tolerance before the limit on iterations. */
        public boolean converged() {
            return converged;
        }
    }
}
