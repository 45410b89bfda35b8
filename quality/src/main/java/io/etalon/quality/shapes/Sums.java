package io.etalon.quality.shapes;

import java.util.Arrays;

/** Sums and middles that do not show the order of their terms. */
public final class Sums {
    private Sums() {}

    /** The sum from the least term upwards; sorts the array. */
    public static double sorted(double[] terms) {
        return sorted(terms, terms.length);
    }

    /** The sum of the first terms from the least upwards; sorts them. */
    static double sorted(double[] terms, int size) {
        Arrays.sort(terms, 0, size);
        var sum = 0.0;
        for (var i = 0; i < size; i++) {
            sum += terms[i];
        }
        return sum;
    }

    /** Mean of one or two values, median of more; sorts the array, which must not be empty. */
    static double median(double[] values) {
        Arrays.sort(values);
        var size = values.length;
        var low = values[(size - 1) / 2];
        return low + (values[size / 2] - low) / 2;
    }
}
