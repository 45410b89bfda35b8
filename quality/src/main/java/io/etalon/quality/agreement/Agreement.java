package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Labels;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far workers agree with one another, each figure with a bootstrap interval over tasks.
 *
 * <p>Repeated judgements: a worker who judged a task several times has one voice there, divided among the classes in
 * proportion to their judgements. Agreement is always between different workers. Tasks with one worker carry no
 * information about agreement and are left out, except from the class shares of Fleiss' kappa.
 *
 * <p>A figure is empty when it does not exist: no task with two workers, or (kappa, alpha) agreement that chance alone
 * makes certain, as when all say the same class.
 */
public final class Agreement {
    private Agreement() {}

    /** Mean over tasks of the share of pairs of workers that agree. */
    public static Optional<Estimate> raw(Labels labels, Bootstrap bootstrap) {
        var agreement = FleissKappa.agreements(new Coincidences(labels, 2));
        return bootstrap.estimate(agreement.length, drawn -> {
            var tasks = 0;
            var sum = 0.0;
            for (var task = 0; task < agreement.length; task++) {
                tasks += drawn[task];
                sum += drawn[task] * agreement[task];
            }
            return tasks == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tasks);
        });
    }

    /**
     * Cohen's kappa (1960) of two workers over the tasks that both judged.
     *
     * @throws IllegalArgumentException when a worker is unknown or both are the same
     */
    public static Optional<Estimate> cohen(Labels labels, String left, String right, Bootstrap bootstrap) {
        if (left.equals(right)) {
            throw new IllegalArgumentException("worker \"" + left + "\" cannot be compared with themselves");
        }
        var kappa = new CohenKappa(labels, worker(labels, left), worker(labels, right));
        return bootstrap.estimate(kappa.tasks(), kappa);
    }

    /**
     * Fleiss' kappa (1971); the number of workers may vary from task to task, and every task counts alike (Gwet, 2014).
     * Tasks with one worker take part in the class shares only.
     */
    public static Optional<Estimate> fleiss(Labels labels, Bootstrap bootstrap) {
        var coincidences = new Coincidences(labels, 1);
        return bootstrap.estimate(coincidences.tasks(), new FleissKappa(coincidences));
    }

    /**
     * Krippendorff's alpha (2011). Ordinal takes the classes in the order of {@link Labels#classes()}; interval and
     * ratio read the class ids as numbers.
     *
     * @throws IllegalArgumentException when the distance needs numbers and a class is none, or a negative one for ratio
     */
    public static Optional<Estimate> krippendorff(Labels labels, Distance distance, Bootstrap bootstrap) {
        var coincidences = new Coincidences(labels, 2);
        return bootstrap.estimate(coincidences.tasks(), new KrippendorffAlpha(labels, coincidences, distance));
    }

    /** Raw agreement of every pair of workers. */
    public static AgreementMatrix matrix(Labels labels) {
        return new AgreementMatrix(labels);
    }

    /** Share of the agreement that chance leaves possible; empty when chance leaves nothing. */
    static OptionalDouble beyondChance(double observed, double chance) {
        return chance < 1 - 1e-12 ? OptionalDouble.of((observed - chance) / (1 - chance)) : OptionalDouble.empty();
    }

    private static int worker(Labels labels, String id) {
        return labels.workerIndex(id).orElseThrow(() -> new IllegalArgumentException("no worker \"" + id + "\""));
    }
}
