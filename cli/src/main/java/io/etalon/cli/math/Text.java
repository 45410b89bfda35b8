package io.etalon.cli.math;

import java.util.Locale;

/** Numbers as people read them. */
final class Text {
    private Text() {}

    static String decimals(double value, int places) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }

    static String signed(double value, int places) {
        return String.format(Locale.ROOT, "%+." + places + "f", value);
    }

    /** "1 task", "2,000 tasks". */
    static String count(long number, String noun) {
        var many = noun.endsWith("s") ? noun + "es" : noun + "s";
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : many);
    }
}
