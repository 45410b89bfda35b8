package io.etalon.quality;

import java.util.OptionalDouble;

/**
 * Fleiss' kappa: mean agreement of the tasks beyond that of chance, chance being the pooled shares of the classes
 * (J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76, 1971). With a varying
 * number of workers each task has its own agreement among pairs, and each voice counts once in the pooled shares.
 */
final class FleissKappa implements Bootstrap.Statistic {
    private final Coincidences coincidences;
    private final double[] agreement;

    FleissKappa(Coincidences coincidences) {
        this.coincidences = coincidences;
        this.agreement = agreements(coincidences);
    }

    /** Share of the pairs of workers on each task that agree. */
    static double[] agreements(Coincidences coincidences) {
        var agreement = new double[coincidences.tasks()];
        for (var task = 0; task < agreement.length; task++) {
            for (var i = coincidences.start(task); i < coincidences.end(task); i++) {
                if (coincidences.first(i) == coincidences.second(i)) {
                    agreement[task] += coincidences.pairs(i);
                }
            }
            var workers = coincidences.workers(task);
            agreement[task] /= (double) workers * (workers - 1);
        }
        return agreement;
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var voices = new double[coincidences.classes()];
        var tasks = 0;
        var total = 0.0;
        var observed = 0.0;
        for (var task = 0; task < agreement.length; task++) {
            tasks += drawn[task];
            observed += drawn[task] * agreement[task];
            total += (double) drawn[task] * coincidences.workers(task);
            for (var label = 0; label < voices.length; label++) {
                voices[label] += drawn[task] * coincidences.voices(task, label);
            }
        }
        if (tasks == 0) {
            return OptionalDouble.empty();
        }
        var chance = 0.0;
        for (var voice : voices) {
            chance += voice / total * (voice / total);
        }
        return Agreement.beyondChance(observed / tasks, chance);
    }
}
