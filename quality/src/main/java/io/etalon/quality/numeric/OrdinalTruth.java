package io.etalon.quality.numeric;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * Grades on an ordered scale (bad, fair, good): classes in the order of {@link Labels#classes()}, nearer ones being
 * likelier to be mistaken for one another. Immutable; safe to share between threads.
 */
public sealed interface OrdinalTruth {
    /** The middle vote: equal chances for all grades between the two middle votes of an even count, ends included. */
    record MedianVote() implements OrdinalTruth {}

    /**
     * Dawid and Skene's model with an ordered prior. The confusion matrix of all workers together has a Dirichlet prior of
     * {@code strength} judgements a row, of which a grade away from the truth gets {@code decay} times what the nearer one
     * gets; each worker's matrix is shrunk to it with the same strength. So small crowds mistake neighbours, not distant
     * grades, and workers with few judgements err like the others. MAP by EM from vote shares spread to neighbours; one
     * iteration costs O(judgements x classes + workers x classes^2).
     *
     * @param strength judgements' worth of prior on each row, above 0
     * @param decay from 0 (exclusive) to 1 (inclusive, all errors alike)
     * @param tolerance change of a probability that counts as rest
     * @param maxIterations limit on the number of iterations
     */
    record AdjacentDawidSkene(double strength, double decay, double tolerance, int maxIterations)
            implements OrdinalTruth {
        public AdjacentDawidSkene {
            if (!(strength > 0) || Double.isInfinite(strength) || !(decay > 0 && decay <= 1)) {
                throw new IllegalArgumentException(
                        "strength must be above 0 and decay above 0 and at most 1, got " + strength + " and " + decay);
            }
            if (!(tolerance >= 0) || maxIterations < 1) {
                throw new IllegalArgumentException(
                        "needs a tolerance from 0 and an iteration, got " + tolerance + " and " + maxIterations);
            }
        }

        /** Four judgements a row, each grade further away a third as likely. */
        public AdjacentDawidSkene() {
            this(4, 1 / 3.0, 1e-6, 1000);
        }
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    default OrdinalConsensus fit(Labels labels) {
        if (labels.size() == 0) {
            throw new IllegalArgumentException("there is no judgement to learn from");
        }
        return new OrdinalConsensus(
                labels,
                switch (this) {
                    case MedianVote() -> medians(labels);
                    case AdjacentDawidSkene model -> new OrderedEm(labels, model).posteriors();
                });
    }

    private static double[][] medians(Labels labels) {
        var classes = labels.classes().size();
        var result = new double[labels.tasks().size()][classes];
        for (var task = 0; task < result.length; task++) {
            var votes = new int[labels.end(task) - labels.start(task)];
            for (var i = 0; i < votes.length; i++) {
                votes[i] = labels.classAt(labels.start(task) + i);
            }
            Arrays.sort(votes);
            var low = votes.length == 0 ? 0 : votes[(votes.length - 1) / 2];
            var high = votes.length == 0 ? classes - 1 : votes[votes.length / 2];
            Arrays.fill(result[task], low, high + 1, 1.0 / (high + 1 - low));
        }
        return result;
    }
}
