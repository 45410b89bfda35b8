package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.SplittableRandom;

/**
 * Enhanced Bayesian classifier combination: each class is a mixture of groups of tasks, and each worker has a confusion
 * row for every group, so that workers may share mistakes on kinds of tasks.
 *
 * <p>Y. Li, B. I. P. Rubinstein and T. Cohn, "Exploiting Worker Correlation for Label Aggregation in Crowdsourcing",
 * ICML 2019; mean-field updates, priors and stop of the authors' code. Starts at the vote shares with random groups;
 * of several starts the one with the highest evidence lower bound is kept. On small sets that choice is unstable
 * (bluebirds: .80 to .87 by start), so give it many restarts and check it against gold.
 *
 * <p>A start draws the groups of a task by the task's position alone, the same for every class: renaming workers or
 * classes changes nothing.
 *
 * <p>Exact only up to where it stops: one more vote for the class that
 * all voters of a task named may lower that class by up to 2e-3, and the order of workers or classes moves a
 * probability by up to 1e-9. The same judgements in any order of rows give the same bits.
 *
 * <p>O(judgements x classes x groups + workers x classes^2 x groups digammas) an iteration of a start; memory O(tasks x
 * classes x groups).
 *
 * @param groups groups of tasks in a class
 * @param restarts number of starts
 * @param diagonal prior count of a worker naming the true class
 * @param offDiagonal prior count of a worker naming each other class
 * @param tolerance largest change of a class probability that counts as converged
 * @param maxIterations limit on the number of iterations of a start
 * @param seed seed of the starts
 */
public record Ebcc(
        int groups, int restarts, double diagonal, double offDiagonal, double tolerance, int maxIterations, long seed) {
    private static final long DEFAULT_SEED = 1234;

    public Ebcc {
        if (groups < 1 || restarts < 1) {
            throw new IllegalArgumentException("needs a group and a start, got " + groups + " and " + restarts);
        }
        if (!(diagonal > 0 && offDiagonal > 0) || diagonal + offDiagonal > 1e9) {
            throw new IllegalArgumentException(
                    "prior counts must be above 0 and below 1e9, got " + diagonal + " and " + offDiagonal);
        }
        TaskScores.requireIterations(tolerance, maxIterations);
    }

    /** The authors' ten groups and priors 4 and 1; ten starts. */
    public static Ebcc standard() {
        return new Ebcc(10, 10, 4, 1, 1e-3, 500, DEFAULT_SEED);
    }

    /** The same model with another number of starts. */
    public Ebcc withRestarts(int count) {
        return new Ebcc(groups, count, diagonal, offDiagonal, tolerance, maxIterations, seed);
    }

    /**
     * Fits the model.
     *
     * @throws IllegalArgumentException when there is no judgement
     */
    public Fit fit(Labels labels) {
        labels.requireJudgements();
        var best = start(labels, 0);
        for (var restart = 1; restart < restarts; restart++) {
            var next = start(labels, restart);
            best = next.lowerBound() > best.lowerBound() ? next : best;
        }
        return best;
    }

    private Fit start(Labels labels, int number) {
        var random = new SplittableRandom(new SplittableRandom(seed + number).nextLong());
        var field = new EbccField(this, labels, randomGroups(labels.tasks().size(), random));
        var iteration = 0;
        var converged = false;
        while (iteration < maxIterations && !converged) {
            iteration++;
            converged = field.update(tolerance);
        }
        return new Fit(new Consensus(labels, field.posteriors()), field.lowerBound(), iteration, converged);
    }

    /** For every task a point drawn uniformly from the simplex of groups. */
    private double[] randomGroups(int tasks, SplittableRandom random) {
        var shares = new double[Math.multiplyExact(tasks, groups)];
        for (var i = 0; i < shares.length; i++) {
            shares[i] = -StrictMath.log(1 - random.nextDouble());
        }
        for (var task = 0; task < tasks; task++) {
            TaskScores.share(shares, task * groups, groups);
        }
        return shares;
    }

    /**
     * A fitted model.
     *
     * @param consensus class probabilities of every task
     * @param lowerBound evidence lower bound of the start that was kept, up to a constant of the data's shape
     * @param iterations iterations that start made
     * @param converged whether its probabilities came to rest before the limit
     */
    public record Fit(Consensus consensus, double lowerBound, int iterations, boolean converged) {}
}
