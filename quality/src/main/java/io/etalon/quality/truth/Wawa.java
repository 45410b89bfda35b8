package io.etalon.quality.truth;

import io.etalon.quality.Labels;

/**
 * Worker agreement with aggregate: votes weighted by how often a worker sides with the majority.
 *
 * <p>As crowd-kit defines it (D. Ustalov, N. Pavlichenko and B. Tseitlin, "Learning from Crowds with Crowd-Kit", JOSS
 * 9(96), 2024; the method is an industry one of Appen's): majority vote, each worker's share of judgements that equal
 * it, then the vote with those shares as weights. {@link SkillFit#skill} is the share, 0 to 1. A task whose voters all
 * have weight 0 shares its probability equally.
 *
 * <p>The order of rows, workers and tasks moves a probability by 1e-9 at most, and with {@link #standard()} the order of
 * classes as well; with {@link #likeCrowdKit()} it may decide a tied majority. One more vote for the class that all voters
 * of a task named never lowers it by more than 1e-9.
 *
 * <p>O(judgements + tasks x classes).
 *
 * @param tiesToFirstClass what a judgement on a tied task agrees with: the first class among the tied ones, as crowd-kit
 *     has it, so that the order of classes matters; otherwise a judgement for one of m tied classes agrees by 1/m
 */
public record Wawa(boolean tiesToFirstClass) {
    /** Ties shared: the order of classes has no influence. */
    public static Wawa standard() {
        return new Wawa(false);
    }

    /** Ties broken by class order, for comparison with figures of crowd-kit. */
    public static Wawa likeCrowdKit() {
        return new Wawa(true);
    }

    /**
     * Fits the weights and votes with them.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public SkillFit fit(Labels labels) {
        return fit(labels, 0);
    }

    /**
     * The same with some votes split evenly among the classes of each task besides, so that a unanimous pair is not
     * certain. The weights and the order of the classes of a task stay.
     *
     * @param prior votes split evenly, 0 or more
     * @throws IllegalArgumentException when there is no judgement, or {@code prior} is negative or no number
     */
    public SkillFit fit(Labels labels, double prior) {
        labels.requireJudgements();
        var skills = agreement(labels);
        return new SkillFit(vote(labels, skills, prior), skills, 1, true);
    }

    private double[] agreement(Labels labels) {
        var classes = labels.classes().size();
        var shares = MajorityVote.shares(labels);
        var agreed = new double[labels.workers().size()];
        var given = new int[agreed.length];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            var highest = 0.0;
            for (var label = 0; label < classes; label++) {
                highest = Math.max(highest, shares[row + label]);
            }
            var tied = 0;
            var first = 0;
            for (var label = classes - 1; label >= 0; label--) {
                var wins = shares[row + label] >= highest - Consensus.TIE;
                tied += wins ? 1 : 0;
                first = wins ? label : first;
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                given[labels.workerAt(i)]++;
                if (tiesToFirstClass) {
                    agreed[labels.workerAt(i)] += labels.classAt(i) == first ? 1 : 0;
                } else if (shares[row + labels.classAt(i)] >= highest - Consensus.TIE) {
                    agreed[labels.workerAt(i)] += 1.0 / tied;
                }
            }
        }
        for (var worker = 0; worker < agreed.length; worker++) {
            agreed[worker] = given[worker] == 0 ? 0 : agreed[worker] / given[worker];
        }
        return agreed;
    }

    /** Shares of the weighted votes, each task having {@code prior} votes split evenly among the classes besides. */
    static Consensus vote(Labels labels, double[] weights, double prior) {
        if (!(prior >= 0)) {
            throw new IllegalArgumentException("prior votes must not be negative, got " + prior);
        }
        var classes = labels.classes().size();
        var shares = new double[Math.multiplyExact(labels.tasks().size(), classes)];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            for (var label = 0; label < classes; label++) {
                shares[row + label] = prior / classes;
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                shares[row + labels.classAt(i)] += weights[labels.workerAt(i)];
            }
            TaskScores.share(shares, row, classes);
        }
        return new Consensus(labels, shares);
    }
}
