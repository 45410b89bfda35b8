package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import java.util.OptionalDouble;

/**
 * Fleiss' kappa: mean agreement of the tasks beyond that of chance, chance being the mean shares of the classes
 * (J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971). With a varying
 * number of workers every task counts alike: the observed agreement is the mean over tasks with two workers or more,
 * the class shares are the mean over all tasks (K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th ed., 2014).
 */
final class FleissKappa implements Bootstrap.Statistic {
    private final Coincidences coincidences;
    private final double[] agreement;

    FleissKappa(Coincidences coincidences) {
        this.coincidences = coincidences;
        this.agreement = agreements(coincidences);
    }

    /** Share of the pairs of workers on each task that agree; 0 where there is no pair. */
    static double[] agreements(Coincidences coincidences) {
        var agreement = new double[coincidences.tasks()];
        for (var task = 0; task < agreement.length; task++) {
            for (var i = coincidences.start(task); i < coincidences.end(task); i++) {
                if (coincidences.first(i) == coincidences.second(i)) {
                    agreement[task] += coincidences.pairs(i);
                }
            }
            var workers = coincidences.workers(task);
            agreement[task] /= Math.max(1.0, (double) workers * (workers - 1));
        }
        return agreement;
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var shares = new double[coincidences.classes()];
        var tasks = 0;
        var paired = 0;
        var observed = 0.0;
        for (var task = 0; task < agreement.length; task++) {
            tasks += drawn[task];
            if (coincidences.workers(task) > 1) {
                paired += drawn[task];
                observed += drawn[task] * agreement[task];
            }
            for (var label = 0; label < shares.length; label++) {
                shares[label] += drawn[task] * coincidences.voices(task, label) / coincidences.workers(task);
            }
        }
        if (paired == 0) {
            return OptionalDouble.empty();
        }
        var chance = 0.0;
        for (var share : shares) {
            chance += share / tasks * (share / tasks);
        }
        return Agreement.beyondChance(observed / paired, chance);
    }
}
