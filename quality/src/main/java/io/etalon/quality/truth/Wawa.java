package io.etalon.quality.truth;

import io.etalon.quality.Labels;

/**
 * Worker agreement with aggregate: votes weighted by how often a worker sides with the majority.
 *
 * <p>As crowd-kit defines it (D. Ustalov, N. Pavlichenko and B. Tseitlin, "Learning from Crowds with Crowd-Kit", JOSS
 * 9(96), 2024; the method is an industry one of Appen's): majority vote, each worker's share of judgements that equal
 * it, then the vote with those shares as weights. Where crowd-kit lets the order of classes break a tied majority, here
 * a judgement for one of m tied classes counts as 1/m agreement. {@link SkillFit#skill} is the share, 0 to 1. A task
 * whose voters all have weight 0 shares its probability equally.
 *
 * <p>O(judgements + tasks x classes).
 */
public record Wawa() {
    /**
     * Fits the weights and votes with them.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public SkillFit fit(Labels labels) {
        TaskScores.requireJudgements(labels);
        var skills = agreement(labels);
        return new SkillFit(new Consensus(labels, weightedVotes(labels, skills, 0)), skills, 1, true);
    }

    private static double[] agreement(Labels labels) {
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
            for (var label = 0; label < classes; label++) {
                tied += shares[row + label] >= highest - Consensus.TIE ? 1 : 0;
            }
            for (var i = labels.start(task); i < labels.end(task); i++) {
                given[labels.workerAt(i)]++;
                if (shares[row + labels.classAt(i)] >= highest - Consensus.TIE) {
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
    static double[] weightedVotes(Labels labels, double[] weights, double prior) {
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
        return shares;
    }
}
