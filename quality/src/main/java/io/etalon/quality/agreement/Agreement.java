package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Labels;
import java.util.Optional;

/**
 * How far workers agree with one another, each figure with a bootstrap interval over tasks. {@link AgreementMetric} has
 * the same figures by name.
 *
 * <p>Repeated judgements, one rule for all figures: a worker who judged a task several times has one voice there, divided
 * among the classes in proportion to their judgements, so that the order of judgements does not matter. Whoever wants the
 * first to stand alone collects through {@link FirstJudgements}. Agreement is always between different workers. Tasks
 * with one worker carry no information about agreement and are left out, except from the class shares of Fleiss' kappa
 * and of Gwet's coefficients.
 *
 * <p>A figure is empty when it does not exist: no task with two workers, or (kappa, alpha, AC) agreement that chance
 * alone makes certain, as when all say the same class; {@link Measured#reason()} has it in words. A bootstrap replicate
 * costs O(tasks x classes^2) at worst and never looks at a judgement again.
 */
public final class Agreement {
    private Agreement() {}

    /** Mean over tasks of the share of pairs of workers that agree. */
    public static Optional<Estimate> raw(Labels labels, Bootstrap bootstrap) {
        return AgreementMetric.RAW.statistic(labels, Distance.NOMINAL).estimate(bootstrap);
    }

    /**
     * Cohen's kappa (1960) of two workers over the tasks that both judged.
     *
     * @throws IllegalArgumentException when a worker is unknown or both are the same
     */
    public static Optional<Estimate> cohen(Labels labels, String left, String right, Bootstrap bootstrap) {
        return weightedCohen(labels, left, right, Weighting.identity(), bootstrap);
    }

    /** Cohen's weighted kappa (1968) of two workers over the tasks that both judged; refuses as {@link #cohen} does. */
    public static Optional<Estimate> weightedCohen(
            Labels labels, String left, String right, Weighting weighting, Bootstrap bootstrap) {
        var both = AgreementMatrix.of(labels, left, right);
        return new PairwiseKappa(both, weighting.on(both)).estimate(bootstrap);
    }

    /** Weighted kappa, mean over the pairs of workers for which it exists, each counting by its common tasks. */
    public static Optional<Estimate> weightedCohen(Labels labels, Weighting weighting, Bootstrap bootstrap) {
        return new PairwiseKappa(labels, weighting.on(labels)).estimate(bootstrap);
    }

    /**
     * Any metric between two workers over the tasks that both judged.
     *
     * @throws IllegalArgumentException when a worker is unknown, both are the same, or {@link AgreementMetric#measure}
     *     refuses
     */
    public static Measured between(
            Labels labels, String left, String right, AgreementMetric metric, Distance distance, Bootstrap bootstrap) {
        return metric.measure(AgreementMatrix.of(labels, left, right), distance, bootstrap);
    }

    /**
     * Fleiss' kappa (1971); the number of workers may vary from task to task, and every task counts alike (Gwet, 2014).
     * Tasks with one worker take part in the class shares only.
     */
    public static Optional<Estimate> fleiss(Labels labels, Bootstrap bootstrap) {
        return AgreementMetric.FLEISS.statistic(labels, Distance.NOMINAL).estimate(bootstrap);
    }

    /**
     * Krippendorff's alpha (2011). Ordinal takes the classes in the order of {@link Labels#classes()}; interval and
     * ratio read the class ids as numbers. {@link KrippendorffAlpha#of} gives the value alone, faster.
     *
     * @throws IllegalArgumentException when the distance needs numbers and a class is none, or a negative one for ratio
     */
    public static Optional<Estimate> krippendorff(Labels labels, Distance distance, Bootstrap bootstrap) {
        return AgreementMetric.KRIPPENDORFF.statistic(labels, distance).estimate(bootstrap);
    }

    /** Gwet's AC1, or with another weighting than identity AC2 (2008, 2014). Every class of the labels counts. */
    public static Optional<Estimate> gwet(Labels labels, Weighting weighting, Bootstrap bootstrap) {
        return new SharedChance(new Coincidences(labels, 1), weighting.on(labels), SharedChance.Chance.GWET)
                .estimate(bootstrap);
    }

    /** Raw agreement of every pair of workers. */
    public static AgreementMatrix matrix(Labels labels) {
        return matrix(labels, AgreementMetric.RAW, Distance.NOMINAL);
    }

    /** Any metric for every pair of workers, without intervals; {@link #between} has the interval of a pair. */
    public static AgreementMatrix matrix(Labels labels, AgreementMetric metric, Distance distance) {
        return new AgreementMatrix(labels, metric, distance);
    }
}
