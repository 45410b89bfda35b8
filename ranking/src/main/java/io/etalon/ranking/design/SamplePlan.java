package io.etalon.ranking.design;

import io.etalon.quality.Quantiles;

/** How many votes or items a precision costs, before any are collected. */
public final class SamplePlan {
    private static final double POINTS = 400 / Math.log(10);

    private SamplePlan() {}

    /**
     * How votes depend on one another: the design effect is {@code 1 + (m - 1) ICC} (L. Kish, "Survey sampling", 1965).
     *
     * @param votesPerCluster votes on the same prompt (or by the same voter), on average
     * @param correlation intraclass correlation of their outcomes
     */
    public record Dependence(double votesPerCluster, double correlation) {
        public Dependence {
            if (!(votesPerCluster >= 1) || !(correlation >= 0 && correlation <= 1)) {
                throw new IllegalArgumentException(
                        votesPerCluster + " votes per cluster with correlation " + correlation);
            }
        }

        /** Votes that have nothing in common. */
        public static Dependence none() {
            return new Dependence(1, 0);
        }

        /** How many dependent votes tell as much as one independent one. */
        public double designEffect() {
            return 1 + (votesPerCluster - 1) * correlation;
        }
    }

    /**
     * Votes that one model needs for an interval of its rating of {@code +- halfWidth} Elo points against even opponents:
     * {@code (z 400/ln10 sqrt(Var y) / (E[p(1-p)] d))^2 DEFF}, with {@code Var y = (1 - ties) / 4} and {@code p(1-p) = 1/4}.
     *
     * @param tieShare share of ties expected, counted as half wins
     */
    public static long votesForRating(double halfWidth, double level, double tieShare, Dependence dependence) {
        requirePositive(halfWidth, "half-width");
        if (!(tieShare >= 0 && tieShare < 1)) {
            throw new IllegalArgumentException("share of ties must be 0 or more and below 1, got " + tieShare);
        }
        var deviation = Math.sqrt((1 - tieShare) / 4);
        var root = z(level) * POINTS * deviation / (.25 * halfWidth);
        return (long) Math.ceil(root * root * dependence.designEffect());
    }

    /**
     * Items that two systems must both be scored on to find a difference of {@code delta}:
     * {@code n = (z(1 - (1 - level)/2) + z(power))^2 Var(d) / delta^2} (E. Miller, "Adding error bars to evals", arXiv 2411.00640).
     *
     * @param deviation standard deviation of the paired difference
     */
    public static long itemsForDifference(double delta, double deviation, double level, double power) {
        requirePositive(delta, "difference");
        requirePositive(deviation, "deviation");
        var root = (z(level) + Quantiles.normal(power)) * deviation / delta;
        return (long) Math.ceil(root * root);
    }

    /** Upper limit of a rate after no success in n trials: 3 in n at 95 % (J. Hanley and A. Lippman-Hand, JAMA 249, 1983). */
    public static double limitAfterNone(long trials, double level) {
        if (trials < 1) {
            throw new IllegalArgumentException("needs one trial or more, got " + trials);
        }
        return -Math.expm1(Math.log(1 - level) / trials);
    }

    private static double z(double level) {
        return Quantiles.normal((1 + level) / 2);
    }

    private static void requirePositive(double value, String what) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(what + " must be above 0, got " + value);
        }
    }
}
