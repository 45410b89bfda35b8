package io.etalon.quality.numeric;

import io.etalon.quality.Interval;
import io.etalon.quality.numeric.NumericConsensus.TaskNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers weighted by each worker's precision: worker k gives task i the number {@code mu_i + b_k + e}, where e is normal
 * with the worker's own variance. Values, biases and variances are found in turn until they rest (the Gaussian case of
 * V. C. Raykar et al., "Learning from crowds", JMLR 11, 2010). A worker's variance is shrunk to that of all with the
 * weight of two numbers, so that nobody who hits the others by chance on few tasks silences them.
 *
 * <p>Values are point estimates: the variances do not know how unsure the values are, so that with few workers one of
 * them can win too much weight. Better than the mean where workers differ much in care, worse where the careful ones share a fault; use it when gold
 * shows a gain. The interval of a task presumes the variances known and no fault in common; it is narrow. One iteration
 * costs O(numbers). Immutable; safe to share between threads.
 *
 * @param biasStrength numbers' worth of evidence that a worker has no bias; infinity for the model without biases
 * @param varianceStrength numbers' worth of the variance of all in that of each worker, above 0
 * @param tolerance change of a value, in standard deviations of all numbers, that counts as rest
 * @param maxIterations limit on the number of iterations
 */
public record GaussianEm(double biasStrength, double varianceStrength, double tolerance, int maxIterations) {
    private static final double Z95 = 1.959963984540054;
    private static final double VARIANCE_STRENGTH = 2;
    private static final double BIAS_STRENGTH = 4;
    private static final double TOLERANCE = 1e-7;
    private static final int ITERATIONS = 2000;

    public GaussianEm {
        if (!(biasStrength > 0) || !(varianceStrength > 0) || Double.isInfinite(varianceStrength)) {
            throw new IllegalArgumentException(
                    "strengths must be above 0, got " + biasStrength + " and " + varianceStrength);
        }
        if (!(tolerance >= 0) || maxIterations < 1) {
            throw new IllegalArgumentException(
                    "needs a tolerance from 0 and an iteration, got " + tolerance + " and " + maxIterations);
        }
    }

    /** Workers differ in precision only. */
    public static GaussianEm unbiased() {
        return new GaussianEm(Double.POSITIVE_INFINITY, VARIANCE_STRENGTH, TOLERANCE, ITERATIONS);
    }

    /** Workers differ in precision and in bias; biases are shrunk to 0 with the weight of four numbers. */
    public static GaussianEm biased() {
        return new GaussianEm(BIAS_STRENGTH, VARIANCE_STRENGTH, TOLERANCE, ITERATIONS);
    }

    /** What a worker adds to the truth on average, and the standard deviation around that. */
    public record WorkerError(String worker, double bias, double deviation) {}

    /**
     * A fitted model.
     *
     * @param workers in the order of {@link Numbers#workers()}
     * @param converged whether all values came to rest before the limit on iterations
     */
    public record Fit(NumericConsensus consensus, List<WorkerError> workers, int iterations, boolean converged) {
        public Fit {
            workers = List.copyOf(workers);
        }
    }

    /**
     * Fits the model. Numbers that are all equal have variance 0 and are their own values.
     *
     * @throws IllegalArgumentException when there is no number
     */
    public Fit fit(Numbers numbers) {
        if (numbers.size() == 0) {
            throw new IllegalArgumentException("there is no number to learn from");
        }
        var state = new State(numbers);
        var rest = tolerance * Math.sqrt(state.total);
        for (var iteration = 1; ; iteration++) {
            state.errors(this);
            var moved = state.values();
            if (moved <= rest || iteration == maxIterations) {
                return new Fit(state.consensus(), state.workerErrors(), iteration, moved <= rest);
            }
        }
    }

    private static final class State {
        private final Numbers numbers;
        private final double[] value;
        private final double[] precision;
        private final double[] bias;
        private final double[] variance;
        /** Variance of all numbers around their mean, the scale of the data. */
        private final double total;

        State(Numbers numbers) {
            this.numbers = numbers;
            this.value = new double[numbers.tasks().size()];
            this.precision = new double[value.length];
            this.bias = new double[numbers.workers().size()];
            this.variance = new double[bias.length];
            var mean = 0.0;
            for (var i = 0; i < numbers.size(); i++) {
                mean += numbers.valueAt(i) / numbers.size();
            }
            var squares = 0.0;
            for (var task = 0; task < value.length; task++) {
                for (var i = numbers.start(task); i < numbers.end(task); i++) {
                    value[task] += numbers.valueAt(i) / (numbers.end(task) - numbers.start(task));
                    squares += (numbers.valueAt(i) - mean) * (numbers.valueAt(i) - mean);
                }
            }
            this.total = squares / numbers.size();
        }

        void errors(GaussianEm model) {
            var count = new int[bias.length];
            var sums = new double[bias.length];
            for (var task = 0; task < value.length; task++) {
                for (var i = numbers.start(task); i < numbers.end(task); i++) {
                    count[numbers.workerAt(i)]++;
                    sums[numbers.workerAt(i)] += numbers.valueAt(i) - value[task];
                }
            }
            for (var worker = 0; worker < bias.length; worker++) {
                bias[worker] = sums[worker] / (count[worker] + model.biasStrength);
            }
            var squares = new double[bias.length];
            var all = 0.0;
            for (var task = 0; task < value.length; task++) {
                for (var i = numbers.start(task); i < numbers.end(task); i++) {
                    var error = numbers.valueAt(i) - value[task] - bias[numbers.workerAt(i)];
                    squares[numbers.workerAt(i)] += error * error;
                    all += error * error;
                }
            }
            var common = all / numbers.size();
            // Where nobody errs, or one worker is all there is, precision is bounded by the scale of the data.
            var least = total > 0 ? total * 1e-6 : 1;
            for (var worker = 0; worker < bias.length; worker++) {
                var own =
                        (squares[worker] + model.varianceStrength * common) / (count[worker] + model.varianceStrength);
                variance[worker] = Math.max(own, least);
            }
        }

        /** Greatest change of a value. */
        double values() {
            var moved = 0.0;
            for (var task = 0; task < value.length; task++) {
                var weights = 0.0;
                var sum = 0.0;
                for (var i = numbers.start(task); i < numbers.end(task); i++) {
                    var worker = numbers.workerAt(i);
                    weights += 1 / variance[worker];
                    // Relative to the old value, so that large numbers lose no digits.
                    sum += (numbers.valueAt(i) - bias[worker] - value[task]) / variance[worker];
                }
                precision[task] = weights;
                moved = Math.max(moved, Math.abs(sum / weights));
                value[task] += sum / weights;
            }
            return moved;
        }

        NumericConsensus consensus() {
            var estimates = new ArrayList<TaskNumber>(value.length);
            for (var task = 0; task < value.length; task++) {
                var half = total > 0 ? Z95 / Math.sqrt(precision[task]) : 0;
                estimates.add(new TaskNumber(
                        numbers.tasks().get(task),
                        value[task],
                        new Interval(value[task] - half, value[task] + half),
                        numbers.end(task) - numbers.start(task)));
            }
            return new NumericConsensus(estimates);
        }

        List<WorkerError> workerErrors() {
            var errors = new ArrayList<WorkerError>(bias.length);
            for (var worker = 0; worker < bias.length; worker++) {
                var deviation = total > 0 ? Math.sqrt(variance[worker]) : 0;
                errors.add(new WorkerError(numbers.workers().get(worker), bias[worker], deviation));
            }
            return errors;
        }
    }
}
