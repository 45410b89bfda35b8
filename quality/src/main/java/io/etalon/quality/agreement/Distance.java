package io.etalon.quality.agreement;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;

/** How far apart two classes are: the difference functions of Krippendorff's alpha. */
public enum Distance {
    /** Any two different classes are equally far apart. */
    NOMINAL,
    /** Classes are ranks in the order of {@link Labels#classes()}. */
    ORDINAL,
    /** Classes are numbers; differences mean the same everywhere. */
    INTERVAL,
    /** Classes are numbers from 0 up; proportions mean the same everywhere. */
    RATIO;

    /** Squared differences between all classes, given how often each occurs among pairable values. */
    double[][] squared(double[] values, double[] occurrences) {
        var classes = occurrences.length;
        var squared = new double[classes][classes];
        for (var c = 0; c < classes; c++) {
            for (var k = c + 1; k < classes; k++) {
                var difference = switch (this) {
                    case NOMINAL -> 1;
                    case ORDINAL -> ranksBetween(occurrences, c, k);
                    case INTERVAL -> values[c] - values[k];
                    case RATIO -> (values[c] - values[k]) / (values[c] + values[k]);
                };
                squared[c][k] = difference * difference;
                squared[k][c] = squared[c][k];
            }
        }
        return squared;
    }

    private static double ranksBetween(double[] occurrences, int c, int k) {
        var ranks = -(occurrences[c] + occurrences[k]) / 2;
        for (var g = c; g <= k; g++) {
            ranks += occurrences[g];
        }
        return ranks;
    }

    /** The numbers that the classes stand for; zeros where only their order or identity counts. */
    double[] values(Labels labels) {
        var values = new double[labels.classes().size()];
        switch (this) {
            case NOMINAL, ORDINAL -> {}
            case INTERVAL, RATIO -> {
                for (var i = 0; i < values.length; i++) {
                    values[i] = number(labels.classes().get(i));
                }
            }
        }
        return values;
    }

    private double number(String label) {
        if (!IdOrder.isNumber(label)) {
            throw new IllegalArgumentException(
                    "the " + this + " distance needs classes that are decimal numbers, got \"" + label + "\"");
        }
        var value = Double.parseDouble(label);
        if (this == RATIO && value < 0) {
            throw new IllegalArgumentException("the RATIO distance needs numbers from 0 up, got " + label);
        }
        return value;
    }
}
