package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha: 1 - observed / expected disagreement, for any number of workers, any gaps and four distances
 * (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011). Repeated
 * judgements count as {@link Agreement} says. Immutable; safe to share between threads.
 */
public final class KrippendorffAlpha implements TaskStatistic {
    private static final int THREADS = 4;

    private final Coincidences coincidences;
    private final Distance distance;
    private final double[] values;
    /** Where the distance is fixed, the disagreement of each pattern of voices. */
    private final double[] disagreement;

    /** Wants the tasks with two workers or more. */
    KrippendorffAlpha(Labels labels, Coincidences coincidences, Distance distance) {
        this.coincidences = coincidences;
        this.distance = distance;
        this.values = distance.values(labels);
        this.disagreement = new double[distance.movesWithData() ? 0 : coincidences.patterns()];
        for (var pattern = 0; pattern < disagreement.length; pattern++) {
            disagreement[pattern] = disagreement(pattern, values);
        }
    }

    /**
     * Alpha without an interval, in one pass over the judgements (for more than 128 classes and ordinal in two) and
     * without tables by task: for millions of judgements. Up to {@value #THREADS} threads, where the machine has them.
     *
     * @return empty when it does not exist: no task with two workers, or one class only
     * @throws IllegalArgumentException when the distance needs numbers and a class is none, or a negative one for ratio
     */
    public static OptionalDouble of(Labels labels, Distance distance) {
        return of(labels, distance, Math.min(THREADS, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * The same on at most so many threads, the caller's and those of the common pool; equal bits for any number. With up to
     * 8 classes and some hundred thousand judgements more than one is made use of.
     *
     * @throws IllegalArgumentException also when there is to be no thread
     */
    public static OptionalDouble of(Labels labels, Distance distance, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("needs a thread, got " + threads);
        }
        var values = distance.values(labels);
        if (values.length <= QuickPairs.MOST_CLASSES) {
            var quick = new QuickPairs(labels, threads);
            var places = distance.places(values, quick.occurrences());
            return alpha(distance, places, quick.occurrences(), quick.disagreement(distance, places));
        }
        return ofManyClasses(labels, distance, values);
    }

    static OptionalDouble ofManyClasses(Labels labels, Distance distance, double[] values) {
        var occurrences = new double[values.length];
        var tally = new Tally(labels);
        if (distance.movesWithData()) {
            for (var task = 0; task < labels.tasks().size(); task++) {
                tally.count(task);
                addOccurrences(tally, occurrences);
            }
        }
        var places = distance.places(values, occurrences);
        var observed = 0.0;
        for (var task = 0; task < labels.tasks().size(); task++) {
            tally.count(task);
            if (!distance.movesWithData()) {
                addOccurrences(tally, occurrences);
            }
            if (tally.workers() > 1 && tally.distinct() > 1) {
                observed += disagreement(tally, distance, places);
            }
        }
        return alpha(distance, places, occurrences, observed);
    }

    private static void addOccurrences(Tally tally, double[] occurrences) {
        for (var i = 0; tally.workers() > 1 && i < tally.distinct(); i++) {
            occurrences[tally.label(i)] += tally.voices(tally.label(i));
        }
    }

    private static double disagreement(Tally tally, Distance distance, double[] places) {
        var sum = 0.0;
        for (var i = 0; i < tally.distinct(); i++) {
            for (var j = i + 1; j < tally.distinct(); j++) {
                var c = tally.label(i);
                var k = tally.label(j);
                sum += tally.pairs(c, k) * distance.squared(places[c], places[k]);
            }
        }
        return 2 * sum / (tally.workers() - 1);
    }

    @Override
    public int tasks() {
        return coincidences.tasks();
    }

    @Override
    public OptionalDouble of(int[] drawn) {
        var times = coincidences.times(drawn);
        var occurrences = new double[coincidences.classes()];
        for (var pattern = 0; pattern < times.length; pattern++) {
            if (times[pattern] > 0) {
                coincidences.addVoices(pattern, times[pattern], occurrences);
            }
        }
        var places = distance.places(values, occurrences);
        var observed = 0.0;
        for (var pattern = 0; pattern < times.length; pattern++) {
            if (times[pattern] > 0) {
                observed += times[pattern]
                        * (distance.movesWithData() ? disagreement(pattern, places) : disagreement[pattern]);
            }
        }
        return alpha(distance, places, occurrences, observed);
    }

    private double disagreement(int pattern, double[] places) {
        var sum = 0.0;
        for (var i = coincidences.start(pattern); i < coincidences.end(pattern); i++) {
            sum += coincidences.pairs(i)
                    * distance.squared(places[coincidences.first(i)], places[coincidences.second(i)]);
        }
        return sum / (coincidences.workers(pattern) - 1);
    }

    private static OptionalDouble alpha(Distance distance, double[] places, double[] occurrences, double observed) {
        var total = 0.0;
        var expected = 0.0;
        for (var c = 0; c < occurrences.length; c++) {
            total += occurrences[c];
            for (var k = c + 1; occurrences[c] > 0 && k < occurrences.length; k++) {
                expected += 2 * occurrences[c] * occurrences[k] * distance.squared(places[c], places[k]);
            }
        }
        return expected > 0 ? OptionalDouble.of(1 - (total - 1) * observed / expected) : OptionalDouble.empty();
    }
}
