package io.etalon.quality;

/** A closed interval of plausible values. */
public record Interval(double low, double high) {
    /** Two-sided 95 % point of the standard normal distribution. */
    private static final double Z95 = 1.959963984540054;

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval runs from " + low + " to " + high);
        }
    }

    /** Whether the value lies in the interval, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /**
     * The 95 % score interval of a proportion (E. B. Wilson, "Probable inference, the law of succession, and
     * statistical inference", JASA 22, 1927). Successes may be fractional (expected counts).
     *
     * @throws IllegalArgumentException unless {@code 0 <= successes <= trials} and {@code trials > 0}
     */
    public static Interval wilson(double successes, double trials) {
        if (!(trials > 0) || !(successes >= 0) || successes > trials * (1 + 1e-12)) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
        var share = Math.min(1, successes / trials);
        var z2 = Z95 * Z95;
        var centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
        var half = Z95 / (1 + z2 / trials) * Math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
