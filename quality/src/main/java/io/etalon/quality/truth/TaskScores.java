package io.etalon.quality.truth;

/** What the iterative methods share: rows of scores, one for each task, that become probabilities. */
final class TaskScores {
    private TaskScores() {}

    static void requireIterations(double tolerance, int maxIterations) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("tolerance must not be negative, got " + tolerance);
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("needs an iteration, got " + maxIterations);
        }
    }

    /** Divides a row of weights by their sum in place; a row without weight becomes uniform. */
    static void share(double[] weights, int from, int count) {
        var sum = 0.0;
        for (var i = from; i < from + count; i++) {
            sum += weights[i];
        }
        for (var i = from; i < from + count; i++) {
            weights[i] = sum > 0 ? weights[i] / sum : 1.0 / count;
        }
    }

    /** Whether all values lie within {@code absolute + relative * |new value|} of those before. */
    static boolean close(double[] before, double[] after, double absolute, double relative) {
        for (var i = 0; i < before.length; i++) {
            if (Math.abs(before[i] - after[i]) > absolute + relative * Math.abs(after[i])) {
                return false;
            }
        }
        return true;
    }

    /** Sums of the columns of a matrix held row by row: the mass of each class. */
    static double[] columnSums(double[] rows, int count) {
        var sums = new double[count];
        for (var i = 0; i < rows.length; i++) {
            sums[i % count] += rows[i];
        }
        return sums;
    }
}
