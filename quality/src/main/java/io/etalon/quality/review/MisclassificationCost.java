package io.etalon.quality.review;

import java.util.Arrays;

/**
 * What an annotator's mistakes cost once their habits are known and undone.
 *
 * <p>P. G. Ipeirotis, F. Provost and J. Wang, "Quality Management on Amazon Mechanical Turk", HCOMP 2010: what is left
 * of each answer is the distribution of true classes behind it; the cheapest decision on that distribution has an
 * expected cost; averaged over the answers it is the annotator's. One who always swaps two classes costs nothing; one who
 * answers whatever the class costs as much as no answer at all.
 *
 * @param cost expected cost of a task decided on this annotator's answer alone
 * @param ignorance expected cost of a task decided without any answer: the cost of a spammer
 */
public record MisclassificationCost(double cost, double ignorance) {
    /**
     * Computes the cost, in O(classes^3).
     *
     * @param confusion row = true class, column = answer; rows sum to 1
     * @param shares share of each true class; sums to 1
     * @param costs what it costs when a true class (row) is taken for another (column); 0 on the diagonal, never negative
     * @throws IllegalArgumentException when the shapes differ or a row is no distribution
     */
    public static MisclassificationCost of(double[][] confusion, double[] shares, double[][] costs) {
        var classes = shares.length;
        Distributions.require(shares, classes, "the class shares");
        if (confusion.length != classes || costs.length != classes || classes == 0) {
            throw new IllegalArgumentException(
                    "needs " + classes + " rows, got " + confusion.length + " and " + costs.length);
        }
        for (var truth = 0; truth < classes; truth++) {
            Distributions.require(confusion[truth], classes, "confusion row " + truth);
            if (costs[truth].length != classes
                    || costs[truth][truth] != 0
                    || !(Arrays.stream(costs[truth]).min().orElse(0) >= 0)) {
                throw new IllegalArgumentException("cost row " + truth + " must have " + classes
                        + " entries, none negative and 0 on the diagonal: " + Arrays.toString(costs[truth]));
            }
        }
        var cost = 0.0;
        for (var said = 0; said < classes; said++) {
            var answer = said;
            var behind = new double[classes];
            Arrays.setAll(behind, truth -> shares[truth] * confusion[truth][answer]);
            cost += cheapest(behind, costs);
        }
        return new MisclassificationCost(cost, cheapest(shares, costs));
    }

    /** Cost 1 for every mistake. */
    public static MisclassificationCost of(double[][] confusion, double[] shares) {
        var costs = new double[shares.length][shares.length];
        for (var truth = 0; truth < shares.length; truth++) {
            Arrays.fill(costs[truth], 1);
            costs[truth][truth] = 0;
        }
        return of(confusion, shares, costs);
    }

    private static double cheapest(double[] weights, double[][] costs) {
        var least = Double.POSITIVE_INFINITY;
        for (var decision = 0; decision < weights.length; decision++) {
            var cost = 0.0;
            for (var truth = 0; truth < weights.length; truth++) {
                cost += weights[truth] * costs[truth][decision];
            }
            least = Math.min(least, cost);
        }
        return least;
    }

    /** Share of the cost of ignorance that the annotator saves: 1 is perfect, 0 a spammer; 1 where ignorance is free. */
    public double quality() {
        return ignorance == 0 ? 1 : Math.max(0, 1 - cost / ignorance);
    }
}
