package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/** Each judgement is one vote; the probability of a class is its share of the task's votes. Ties stay ties. */
public final class MajorityVote {
    private MajorityVote() {}

    /**
     * Vote shares of every task, in O(judgements). A task without judgements (possible only through
     * {@link Labels#ofIndices}) has no information: all classes share it equally.
     */
    public static Consensus of(Labels labels) {
        return new Consensus(labels, shares(labels));
    }

    /**
     * Vote shares that know doubt: each task has some votes split evenly among the classes besides, so that a unanimous
     * pair is not certain. The order of the classes of a task stays.
     *
     * @param prior votes split evenly, 0 or more
     * @throws IllegalArgumentException when {@code prior} is negative or no number
     */
    public static Consensus smoothed(Labels labels, double prior) {
        var weights = new double[labels.workers().size()];
        Arrays.fill(weights, 1);
        return Wawa.vote(labels, weights, prior);
    }

    static double[] shares(Labels labels) {
        var classes = labels.classes().size();
        var shares = new double[Math.multiplyExact(labels.tasks().size(), classes)];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            var votes = labels.end(task) - labels.start(task);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                shares[row + labels.classAt(i)]++;
            }
            for (var label = 0; label < classes; label++) {
                shares[row + label] = votes == 0 ? 1.0 / classes : shares[row + label] / votes;
            }
        }
        return shares;
    }
}
