package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * How much agreement two different classes still are, from 0 to 1 (1 for a class with itself): what turns kappa into
 * weighted kappa and AC1 into AC2.
 *
 * <p>{@link #linear()} and {@link #quadratic()} count positions in the order of {@link Labels#classes()}; the weightings
 * of {@link Distance#INTERVAL} and {@link Distance#RATIO} read class ids as numbers. Immutable.
 */
public final class Weighting {
    private final Shape shape;
    private final double[][] matrix;

    private Weighting(Shape shape, double[][] matrix) {
        this.shape = shape;
        this.matrix = matrix;
    }

    private enum Shape {
        IDENTITY,
        LINEAR,
        QUADRATIC,
        ORDINAL,
        INTERVAL,
        RATIO,
        MATRIX
    }

    /** Only equal classes agree. */
    public static Weighting identity() {
        return new Weighting(Shape.IDENTITY, new double[0][]);
    }

    /** {@code 1 - |i - j| / (classes - 1)} of positions (Cicchetti and Allison, 1971). */
    public static Weighting linear() {
        return new Weighting(Shape.LINEAR, new double[0][]);
    }

    /** {@code 1 - (i - j)^2 / (classes - 1)^2} of positions (Fleiss and Cohen, 1973). */
    public static Weighting quadratic() {
        return new Weighting(Shape.QUADRATIC, new double[0][]);
    }

    /**
     * Weights of one's own, classes x classes in class order; copied.
     *
     * @throws IllegalArgumentException unless the matrix is square and symmetric, with 1 on the diagonal and 0 to 1
     *     elsewhere
     */
    public static Weighting of(double[][] weights) {
        var copy = Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
        for (var i = 0; i < copy.length; i++) {
            if (copy[i].length != copy.length) {
                throw new IllegalArgumentException("weights must be square; row " + i + " has " + copy[i].length
                        + " of " + copy.length + " entries");
            }
            for (var j = 0; j < copy.length; j++) {
                var sound = i == j ? copy[i][j] == 1 : copy[i][j] >= 0 && copy[i][j] <= 1 && copy[i][j] == copy[j][i];
                if (!sound) {
                    throw new IllegalArgumentException(
                            "weights must be symmetric, 1 on the diagonal and 0 to 1 elsewhere; at " + i + ", " + j
                                    + " stands " + copy[i][j]);
                }
            }
        }
        return new Weighting(Shape.MATRIX, copy);
    }

    /**
     * The weights that belong to a distance: identity; for ordinal {@code 1 - C(|i-j|+1, 2) / C(classes, 2)} (K. L. Gwet,
     * "Handbook of Inter-Rater Reliability", 4th ed., 2014, section 3.5); for interval and ratio the squared difference or
     * proportion of the numbers, the largest counting as no agreement.
     */
    public static Weighting of(Distance distance) {
        return switch (distance) {
            case NOMINAL -> identity();
            case ORDINAL -> new Weighting(Shape.ORDINAL, new double[0][]);
            case INTERVAL -> new Weighting(Shape.INTERVAL, new double[0][]);
            case RATIO -> new Weighting(Shape.RATIO, new double[0][]);
        };
    }

    /** The weighting for the classes of these labels. */
    Weights on(Labels labels) {
        var last = Math.max(1, labels.classes().size() - 1);
        return switch (shape) {
            case IDENTITY -> new Weights((c, k) -> c == k ? 1 : 0, true);
            case LINEAR -> new Weights((c, k) -> 1 - (double) Math.abs(c - k) / last, false);
            case QUADRATIC -> new Weights((c, k) -> 1 - (double) (c - k) * (c - k) / ((double) last * last), false);
            case ORDINAL -> new Weights((c, k) -> 1 - choose2(Math.abs(c - k) + 1.0) / choose2(last + 1.0), false);
            case INTERVAL -> scaled(Distance.INTERVAL, labels);
            case RATIO -> scaled(Distance.RATIO, labels);
            case MATRIX -> {
                if (matrix.length != labels.classes().size()) {
                    throw new IllegalArgumentException("weights for " + matrix.length + " classes, but there are "
                            + labels.classes().size());
                }
                yield new Weights((c, k) -> matrix[c][k], false);
            }
        };
    }

    private static Weights scaled(Distance distance, Labels labels) {
        var values = distance.values(labels);
        var greatest = 0.0;
        var lowest = Arrays.stream(values).min().orElse(0);
        // Both distances grow with the difference, so that one end of the widest pair is the lowest value.
        for (var value : values) {
            greatest = Math.max(greatest, distance.squared(lowest, value));
        }
        var most = greatest == 0 ? 1 : greatest;
        return new Weights((c, k) -> 1 - distance.squared(values[c], values[k]) / most, false);
    }

    private static double choose2(double n) {
        return n * (n - 1) / 2;
    }

    /** Agreement of two classes by index. */
    @FunctionalInterface
    interface Between {
        double of(int left, int right);
    }

    /** Resolved for one set of classes; identity is known as such, because sums over it are cheap. */
    record Weights(Between between, boolean identity) {
        /** Sum over all ordered pairs of classes of weight times shares: the agreement of two random voices. */
        double ofShares(double[] left, double[] right) {
            var sum = 0.0;
            for (var c = 0; c < left.length; c++) {
                if (identity) {
                    sum += left[c] * right[c];
                } else if (left[c] != 0) {
                    for (var k = 0; k < right.length; k++) {
                        sum += left[c] * right[k] * between.of(c, k);
                    }
                }
            }
            return sum;
        }
    }
}
