package io.etalon.quality.agreement;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Labels;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, for any number of workers, any gaps and four distances
 * (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011).
 */
final class KrippendorffAlpha implements Bootstrap.Statistic {
    private final Coincidences coincidences;
    private final Distance distance;
    private final double[] values;

    KrippendorffAlpha(Labels labels, Coincidences coincidences, Distance distance) {
        this.coincidences = coincidences;
        this.distance = distance;
        this.values = distance.values(labels);
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var classes = coincidences.classes();
        var occurrences = new double[classes];
        var observed = new double[classes * classes];
        for (var task = 0; task < coincidences.tasks(); task++) {
            if (drawn[task] > 0) {
                for (var label = 0; label < classes; label++) {
                    occurrences[label] += drawn[task] * coincidences.voices(task, label);
                }
                var weight = (double) drawn[task] / (coincidences.workers(task) - 1);
                for (var i = coincidences.start(task); i < coincidences.end(task); i++) {
                    observed[coincidences.first(i) * classes + coincidences.second(i)] +=
                            weight * coincidences.pairs(i);
                }
            }
        }
        return alpha(occurrences, observed);
    }

    private OptionalDouble alpha(double[] occurrences, double[] observed) {
        var classes = occurrences.length;
        var squared = distance.squared(values, occurrences);
        var total = 0.0;
        var seen = 0.0;
        var expected = 0.0;
        for (var c = 0; c < classes; c++) {
            total += occurrences[c];
            for (var k = 0; k < classes; k++) {
                seen += observed[c * classes + k] * squared[c][k];
                expected += occurrences[c] * occurrences[k] * squared[c][k];
            }
        }
        return expected > 0 ? OptionalDouble.of(1 - (total - 1) * seen / expected) : OptionalDouble.empty();
    }
}
