package io.etalon.quality.agreement;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;

/** Class ids read as numbers. */
final class ClassNumbers {
    private ClassNumbers() {}

    /**
     * The number of every class.
     *
     * @throws IllegalArgumentException naming the class that is no plain decimal number (NaN and words are none)
     */
    static double[] of(Labels labels, String who) {
        var numbers = new double[labels.classes().size()];
        for (var i = 0; i < numbers.length; i++) {
            var id = labels.classes().get(i);
            if (!IdOrder.isNumber(id)) {
                throw new IllegalArgumentException(who + " needs classes that are decimal numbers, got \"" + id + "\"");
            }
            numbers[i] = Double.parseDouble(id);
        }
        return numbers;
    }

    static double[] fromZero(Labels labels, String who) {
        var numbers = of(labels, who);
        for (var i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                throw new IllegalArgumentException(who + " needs numbers from 0 up, got "
                        + labels.classes().get(i));
            }
        }
        return numbers;
    }
}
