package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far apart two classes are: the difference functions of Krippendorff's alpha, and the weights of kappa and AC2. */
public enum Distance {
    /** Any two different classes are equally far apart. */
    NOMINAL,
    /** Classes are ranks in the order of {@link Labels#classes()}. */
    ORDINAL,
    /** Classes are numbers; differences mean the same everywhere. */
    INTERVAL,
    /** Classes are numbers from 0 up; proportions mean the same everywhere. */
    RATIO;

    /**
     * The distance of a name as commands know it: {@code nominal}, {@code ordinal}, {@code interval}, {@code ratio}.
     *
     * @throws IllegalArgumentException naming the four when it is another
     */
    public static Distance parse(String name) {
        return Arrays.stream(values())
                .filter(distance -> distance.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no distance \"" + name + "\"; one of "
                        + Arrays.stream(values()).map(Distance::label).collect(Collectors.joining(", "))));
    }

    /** The name that {@link #parse} reads. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The numbers that the classes stand for; their positions where only order or identity counts. */
    double[] values(Labels labels) {
        return switch (this) {
            case NOMINAL, ORDINAL -> positions(labels.classes().size());
            case INTERVAL -> ClassNumbers.of(labels, "the interval distance");
            case RATIO -> ClassNumbers.fromZero(labels, "the ratio distance");
        };
    }

    /**
     * Where the classes lie, so that {@link #squared} needs two places only. Ordinal is interval on middle ranks: the
     * number of values between two classes, half of each included, is the difference of their middle ranks.
     */
    double[] places(double[] values, double[] occurrences) {
        return switch (this) {
            case NOMINAL, INTERVAL, RATIO -> values;
            case ORDINAL -> middleRanks(occurrences);
        };
    }

    /** Squared difference of two places. */
    double squared(double left, double right) {
        return switch (this) {
            case NOMINAL -> left == right ? 0 : 1;
            case ORDINAL, INTERVAL -> (left - right) * (left - right);
            case RATIO -> {
                var share = left == right ? 0 : (left - right) / (left + right);
                yield share * share;
            }
        };
    }

    /** Whether places depend on how often classes occur, so that a resample has its own. */
    boolean movesWithData() {
        return this == ORDINAL;
    }

    private static double[] positions(int classes) {
        var positions = new double[classes];
        Arrays.setAll(positions, i -> i);
        return positions;
    }

    private static double[] middleRanks(double[] occurrences) {
        var places = new double[occurrences.length];
        var before = 0.0;
        for (var label = 0; label < places.length; label++) {
            places[label] = before + occurrences[label] / 2;
            before += occurrences[label];
        }
        return places;
    }
}
