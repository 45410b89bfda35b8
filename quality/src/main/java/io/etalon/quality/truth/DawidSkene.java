package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Truth and error rates from judgements alone, by expectation-maximisation.
 *
 * <p>Model (A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM
 * Algorithm", Applied Statistics 28(1), 1979): task i has class j with probability p_j, and worker k, seeing class j,
 * says l with probability pi_jl^(k), each judgement independent of the others. EM starts from the vote shares, in which
 * tied classes share a task.
 *
 * <p>{@link #plain()} is the paper's maximum likelihood; {@link #map()} adds a Dirichlet prior to each row of each
 * worker's matrix; {@link #pooled()} shrinks each row to the one pooled over all workers with the weight of four
 * judgements (empirical Bayes, "HDS"): the better default where workers gave few judgements. {@link #vldb()} is the
 * protocol of a well-known comparison. Known answers are clamped by {@link #withGold}, and what is known of a worker
 * from earlier work is carried in by {@link #withHistory}.
 *
 * <p>A rate is (count + 1e-13) / (row + 1e-12): no answer is quite impossible, and in a row without evidence (no task the
 * worker judged has that class) every answer has probability 0.1; shown, rows sum to 1. Fitting ends when the log
 * likelihood moves by no more than the tolerance times the number of judgements. On sparse crowds the optimum of maximum
 * likelihood depends on these rules by whole points of accuracy; these are the ones under which published figures come
 * out.
 *
 * <p>One iteration costs O(judgements x classes + workers x classes^2). The result is the same to the last bit whatever
 * the order of judgements, tasks and workers, their names, and the number of threads: see {@link EmSweep}. Another order
 * of the classes may change the last digits.
 *
 * @param prior what is believed of a worker's matrix before the judgements
 * @param start where the iteration begins
 * @param gold class by task id, of tasks whose class is known; their posteriors are fixed
 * @param history what is known of the workers from earlier work, added to the expected counts at every step
 * @param tolerance change of log likelihood per judgement (nats) that counts as converged
 * @param maxIterations limit on the number of iterations
 * @param threads threads that share the work; no influence on the result
 */
public record DawidSkene(
        Prior prior,
        Start start,
        Map<String, String> gold,
        List<Evidence> history,
        double tolerance,
        int maxIterations,
        int threads) {
    private static final double POOLED_STRENGTH = 4;
    private static final double TOLERANCE = 1e-5;
    /** The pool moves slowly at the end. */
    private static final double POOLED_TOLERANCE = 1e-7;

    private static final int ITERATIONS = 1000;

    /** What is believed of each row (true class) of a worker's matrix, in judgements' worth of evidence. */
    public sealed interface Prior {
        /** Nothing: maximum likelihood. */
        record None() implements Prior {}

        /** So many judgements for each wrong class, and so many for the right one. */
        record Dirichlet(double off, double diagonal) implements Prior {
            public Dirichlet {
                requireStrength(off);
                requireStrength(diagonal);
            }
        }

        /** So many judgements distributed as all workers' together. */
        record Pooled(double strength) implements Prior {
            public Pooled {
                requireStrength(strength);
            }
        }

        private static void requireStrength(double strength) {
            if (!(strength >= 0) || strength > 1e9) {
                throw new IllegalArgumentException("strength must be between 0 and 1e9, got " + strength);
            }
        }
    }

    /** Where the iteration begins. */
    public enum Start {
        /** Posteriors are the vote shares. */
        VOTES,
        /** Classes are equally frequent and every worker is right with probability 0.7. */
        TRUST;

        private static final double RIGHT = 0.7;
    }

    public DawidSkene {
        gold = Map.copyOf(gold);
        history = List.copyOf(history);
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
        return of(new Prior.None(), TOLERANCE);
    }

    /** A Dirichlet prior of 1 for each wrong class and 4 for the right one; one thread. */
    public static DawidSkene map() {
        return map(1, 4);
    }

    /** A Dirichlet prior of {@code off} for each wrong class and {@code diagonal} for the right one; one thread. */
    public static DawidSkene map(double off, double diagonal) {
        return of(new Prior.Dirichlet(off, diagonal), TOLERANCE);
    }

    /** Workers shrunk to the pooled matrix with strength 4 (HDS); one thread. */
    public static DawidSkene pooled() {
        return of(new Prior.Pooled(POOLED_STRENGTH), POOLED_TOLERANCE);
    }

    /**
     * Maximum likelihood as Y. Zheng, G. Li, Y. Li, C. Shan and R. Cheng ran it ("Truth Inference in Crowdsourcing: Is the
     * Problem Solved?", PVLDB 10(5), 2017): from trust in every worker, 20 iterations.
     */
    public static DawidSkene vldb() {
        return new DawidSkene(new Prior.None(), Start.TRUST, Map.of(), List.of(), 0, 20, 1);
    }

    private static DawidSkene of(Prior prior, double tolerance) {
        return new DawidSkene(prior, Start.VOTES, Map.of(), List.of(), tolerance, ITERATIONS, 1);
    }

    /** The same model on several threads. */
    public DawidSkene withThreads(int count) {
        return new DawidSkene(prior, start, gold, history, tolerance, maxIterations, count);
    }

    /** The same model with another tolerance, in nats a judgement. */
    public DawidSkene withTolerance(double nats) {
        return new DawidSkene(prior, start, gold, history, nats, maxIterations, threads);
    }

    /** The same model with another limit on the number of iterations. */
    public DawidSkene withMaxIterations(int limit) {
        return new DawidSkene(prior, start, gold, history, tolerance, limit, threads);
    }

    /** The same model with the class of some tasks known. Tasks without a judgement are left out. */
    public DawidSkene withGold(Map<String, String> classByTask) {
        return new DawidSkene(prior, start, classByTask, history, tolerance, maxIterations, threads);
    }

    /**
     * The same model with evidence of earlier work; {@link Fit#history()} is such evidence. Workers and classes that the
     * labels do not have are left out.
     */
    public DawidSkene withHistory(List<Evidence> evidence) {
        return new DawidSkene(prior, start, gold, evidence, tolerance, maxIterations, threads);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement, or the class of a gold task is none of the labels'
     */
    public Fit fit(Labels labels) {
        if (labels.size() == 0) {
            throw new IllegalArgumentException("there is no judgement to learn from");
        }
        try (var crew = new Crew(threads)) {
            return fit(labels, EmSweep.of(labels, Gold.of(labels, gold), crew), crew);
        }
    }

    private Fit fit(Labels labels, EmSweep sweep, Crew crew) {
        var parameters =
                new ErrorRates(labels.workers().size(), labels.classes().size());
        var earlier = ErrorRates.counts(history, labels);
        switch (start) {
            case VOTES -> sweep.countVotes();
            case TRUST -> {
                parameters.trust(Start.RIGHT);
                sweep.run(parameters);
            }
        }
        var before = Double.NaN;
        for (var iteration = 1; ; iteration++) {
            parameters.maximise(sweep, prior, earlier, crew);
            var logLikelihood = sweep.run(parameters);
            // NaN on the first pass compares as false, so that two passes are made at least.
            var converged = Math.abs(logLikelihood - before) <= tolerance * labels.size();
            if (converged || iteration == maxIterations) {
                var counts = new Counts(sweep.counts(), sweep.unit());
                var consensus = new Consensus(labels, sweep.posteriors(parameters));
                return new Fit(consensus, parameters, counts, new Course(logLikelihood, iteration, converged));
            }
            before = logLikelihood;
        }
    }

    /** How the iteration went. */
    private record Course(double logLikelihood, int iterations, boolean converged) {}

    /** Expected counts by (worker, said, truth), in units. */
    private record Counts(long[] cells, double unit) {}

    /** A fitted model: the posteriors are those under exactly these marginals and matrices. */
    public static final class Fit {
        private final Consensus consensus;
        private final ErrorRates parameters;
        private final Counts counts;
        private final Course course;
        private final double[] pool;

        private Fit(Consensus consensus, ErrorRates parameters, Counts counts, Course course) {
            this.consensus = consensus;
            this.parameters = parameters;
            this.counts = counts;
            this.course = course;
            this.pool = ErrorRates.pooled(
                    counts.cells,
                    counts.unit,
                    new double[0],
                    consensus.labels().workers().size(),
                    parameters.classes());
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

        /**
         * A task's posterior after one more judgement, with the parameters as they are: Bayes' rule, O(classes). A worker
         * whom the fit did not see counts as the pool of all workers.
         *
         * @param posterior the task's posterior so far: {@code consensus().posterior(task)}, an earlier result of this
         *     method, or {@link #classMarginals()} for a new task; it is not changed
         * @throws IllegalArgumentException when the label is none of the classes
         */
        public double[] updated(double[] posterior, String worker, String label) {
            var labels = consensus.labels();
            var classes = parameters.classes();
            var said = labels.classIndex(label)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "label \"" + label + "\" is none of the classes " + labels.classes()));
            var known = labels.workerIndex(worker);
            var rates = known.isPresent() ? parameters.cells() : pool;
            var run = (known.orElse(0) * classes + said) * classes;
            var result = new double[classes];
            var sum = 0.0;
            for (var truth = 0; truth < classes; truth++) {
                result[truth] = posterior[truth] * Math.max(ErrorRates.TINY, rates[run + truth]);
                sum += result[truth];
            }
            for (var truth = 0; truth < classes; truth++) {
                result[truth] /= sum;
            }
            return result;
        }

        /** Expected counts of every worker, to be carried into a later fit: those above 0, by worker, truth and said. */
        public List<Evidence> history() {
            var labels = consensus.labels();
            var classes = parameters.classes();
            var history = new ArrayList<Evidence>();
            for (var worker = 0; worker < labels.workers().size(); worker++) {
                for (var row = 0; row < classes * classes; row++) {
                    var truth = row / classes;
                    var said = row % classes;
                    var count = counts.cells[(worker * classes + said) * classes + truth] * counts.unit;
                    if (count > 0) {
                        history.add(new Evidence(
                                labels.workers().get(worker),
                                labels.classes().get(truth),
                                labels.classes().get(said),
                                count));
                    }
                }
            }
            return List.copyOf(history);
        }

        /** Natural logarithm of the probability of all judgements under the fitted parameters. */
        public double logLikelihood() {
            return course.logLikelihood;
        }

        /** Number of iterations made. */
        public int iterations() {
            return course.iterations;
        }

        /** Whether the log likelihood came to rest within the tolerance before the limit on iterations. */
        public boolean converged() {
            return course.converged;
        }
    }
}
