package io.etalon.quality.review;

import java.util.Arrays;

/** Checks on rows of probabilities that come from outside. */
final class Distributions {
    private static final double SLACK = 1e-4;

    private Distributions() {}

    static void require(double[] row, int classes, String name) {
        var sum = 0.0;
        var negative = false;
        for (var probability : row) {
            sum += probability;
            negative |= !(probability >= 0);
        }
        if (row.length != classes || negative || !(Math.abs(sum - 1) <= SLACK)) {
            throw new IllegalArgumentException(
                    name + " is no distribution over " + classes + " classes: " + Arrays.toString(row));
        }
    }
}
