package io.etalon.cli.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps values to places on the sheet, with round numbers to mark. */
record Scale(double low, double high, double from, double to, double step) {
    /** A scale from the largest round number below all values to the smallest above them, with about so many steps. */
    static Scale round(double lowest, double highest, double from, double to, int steps) {
        var span = highest > lowest ? highest - lowest : 1;
        var power = Math.pow(10, Math.floor(Math.log10(span / steps)));
        var step = power;
        for (var factor : new double[] {1, 2, 5, 10}) {
            step = factor * power;
            if (span / step <= steps) {
                break;
            }
        }
        return new Scale(Math.floor(lowest / step) * step, Math.ceil(highest / step) * step, from, to, step);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        var count = Math.round((high - low) / step);
        for (var i = 0; i <= count; i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    String label(double value) {
        var decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        var text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (text.matches("-0(\\.0*)?") ? text.substring(1) : text).replace("-", "−");
    }
}
