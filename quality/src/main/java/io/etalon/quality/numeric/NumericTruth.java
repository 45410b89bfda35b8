package io.etalon.quality.numeric;

import io.etalon.quality.Interval;
import io.etalon.quality.numeric.NumericConsensus.TaskNumber;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * Mean, trimmed mean and median of every task: each worker counts alike.
 *
 * <p>Intervals: the variance of a task is its own, shrunk to that of all tasks together with the weight of four workers,
 * so that three workers who happen to agree do not feign certainty; width by Student's t with as many degrees of freedom
 * as both have (less what was trimmed). A task of one worker has the common variance. They presume errors without a common bias. All in
 * O(numbers log redundancy). Immutable; safe to share between threads.
 */
public sealed interface NumericTruth {
    /** Weight of the variance of all tasks in that of one, in workers. */
    double PRIOR_WORKERS = 4;

    /** The arithmetic mean. */
    record Mean() implements NumericTruth {}

    /**
     * The mean without the lowest and the highest share of the numbers, rounded down.
     *
     * @param share cut off at either end, from 0 to less than 0.5
     */
    record TrimmedMean(double share) implements NumericTruth {
        public TrimmedMean {
            if (!(share >= 0 && share < .5)) {
                throw new IllegalArgumentException(
                        "the share cut off at either end must be from 0 to less than 0.5, got " + share);
            }
        }

        /** A fifth at either end. */
        public TrimmedMean() {
            this(.2);
        }
    }

    /** The middle number; of an even count the mean of the two in the middle. */
    record Median() implements NumericTruth {}

    /**
     * The number of every task.
     *
     * @throws IllegalArgumentException when there is no number
     */
    default NumericConsensus fit(Numbers numbers) {
        if (numbers.size() == 0) {
            throw new IllegalArgumentException("there is no number to learn from");
        }
        var tasks = numbers.tasks().size();
        var squares = new double[tasks];
        var degrees = 0;
        for (var task = 0; task < tasks; task++) {
            var sorted = sorted(numbers, task);
            squares[task] = squares(spread(sorted));
            degrees += sorted.length - 1;
        }
        var common = degrees == 0 ? 0 : Arrays.stream(squares).sum() / degrees;
        var estimates = new ArrayList<TaskNumber>(tasks);
        for (var task = 0; task < tasks; task++) {
            var sorted = sorted(numbers, task);
            var freedom = sorted.length - 1 + PRIOR_WORKERS;
            var variance = (squares[task] + PRIOR_WORKERS * common) / freedom;
            var half = StudentT.point(kept(sorted.length) - 1 + PRIOR_WORKERS)
                    * Math.sqrt(variance / sorted.length)
                    * widening(sorted.length);
            var value = value(sorted);
            estimates.add(new TaskNumber(
                    numbers.tasks().get(task), value, new Interval(value - half, value + half), sorted.length));
        }
        return new NumericConsensus(estimates);
    }

    private double value(double[] sorted) {
        var size = sorted.length;
        return switch (this) {
            case Mean() -> mean(sorted, 0, size);
            case TrimmedMean(var share) -> mean(sorted, (int) (share * size), size - (int) (share * size));
            case Median() -> (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
        };
    }

    /** The numbers whose squares measure the spread: for the trimmed mean those cut off count as the nearest kept. */
    private double[] spread(double[] sorted) {
        return switch (this) {
            case Mean(), Median() -> sorted;
            case TrimmedMean(var share) -> {
                var cut = (int) (share * sorted.length);
                var result = sorted.clone();
                Arrays.fill(result, 0, cut, sorted[cut]);
                Arrays.fill(result, sorted.length - cut, sorted.length, sorted[sorted.length - 1 - cut]);
                yield result;
            }
        };
    }

    private int kept(int size) {
        return switch (this) {
            case Mean(), Median() -> size;
            case TrimmedMean(var share) -> size - 2 * (int) (share * size);
        };
    }

    /**
     * How much wider than the mean's: for the trimmed mean 1 / (1 - 2 share) over the winsorised deviation (J. W. Tukey and
     * D. H. McLaughlin, Sankhya A 25, 1963), for the median the square root of pi / 2 of a normal sample.
     */
    private double widening(int size) {
        return switch (this) {
            case Mean() -> 1;
            case TrimmedMean(var share) -> size / (size - 2.0 * (int) (share * size));
            case Median() -> size < 3 ? 1 : Math.sqrt(Math.PI / 2);
        };
    }

    private static double[] sorted(Numbers numbers, int task) {
        var values = new double[numbers.end(task) - numbers.start(task)];
        for (var i = 0; i < values.length; i++) {
            values[i] = numbers.valueAt(numbers.start(task) + i);
        }
        Arrays.sort(values);
        return values;
    }

    private static double mean(double[] values, int from, int to) {
        var sum = 0.0;
        for (var i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private static double squares(double[] values) {
        var mean = mean(values, 0, values.length);
        var sum = 0.0;
        for (var value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
