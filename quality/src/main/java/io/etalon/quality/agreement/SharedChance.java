package io.etalon.quality.agreement;

import java.util.OptionalDouble;

/**
 * Agreement beyond chance where chance follows from the class shares of all workers together. With a varying number of
 * workers every task counts alike: the observed agreement is the mean over tasks with two workers or more, the class
 * shares are the mean over all tasks (K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th ed., 2014).
 */
final class SharedChance implements TaskStatistic {
    private final Coincidences coincidences;
    private final Weighting.Weights weights;
    private final Chance chance;
    private final double[] agreement;

    /** What two workers would agree on by chance. */
    enum Chance {
        /**
         * Two voices drawn from the class shares (J. L. Fleiss, "Measuring nominal scale agreement among many raters",
         * Psychological Bulletin 76, 1971).
         */
        FLEISS,
        /**
         * Guessing only where the class is uncertain: AC1, with weights AC2 (K. L. Gwet, "Computing inter-rater
         * reliability and its variance in the presence of high agreement", British Journal of Mathematical and
         * Statistical Psychology 61, 2008). Counts every class of the labels, one that nobody chose too.
         */
        GWET
    }

    /** Wants all tasks with one worker or more. */
    SharedChance(Coincidences coincidences, Weighting.Weights weights, Chance chance) {
        this.coincidences = coincidences;
        this.weights = weights;
        this.chance = chance;
        this.agreement = coincidences.agreements(weights);
    }

    @Override
    public int tasks() {
        return coincidences.tasks();
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var times = coincidences.times(drawn);
        var shares = new double[coincidences.classes()];
        var tasks = 0;
        var paired = 0;
        var observed = 0.0;
        for (var pattern = 0; pattern < times.length; pattern++) {
            if (times[pattern] > 0) {
                tasks += times[pattern];
                var workers = coincidences.workers(pattern);
                if (workers > 1) {
                    paired += times[pattern];
                    observed += times[pattern] * agreement[pattern];
                }
                coincidences.addVoices(pattern, (double) times[pattern] / workers, shares);
            }
        }
        if (paired == 0) {
            return OptionalDouble.empty();
        }
        for (var label = 0; label < shares.length; label++) {
            shares[label] /= tasks;
        }
        return switch (chance) {
            case FLEISS -> TaskStatistic.beyondChance(observed / paired, weights.ofShares(shares, shares));
            case GWET ->
                shares.length < 2
                        ? OptionalDouble.empty()
                        : TaskStatistic.beyondChance(observed / paired, gwet(shares));
        };
    }

    private double gwet(double[] shares) {
        var uncertainty = 0.0;
        for (var share : shares) {
            uncertainty += share * (1 - share);
        }
        return totalWeight(shares.length) * uncertainty / ((double) shares.length * (shares.length - 1));
    }

    private double totalWeight(int classes) {
        if (weights.identity()) {
            return classes;
        }
        var sum = 0.0;
        for (var c = 0; c < classes; c++) {
            for (var k = 0; k < classes; k++) {
                sum += weights.between().of(c, k);
            }
        }
        return sum;
    }
}
