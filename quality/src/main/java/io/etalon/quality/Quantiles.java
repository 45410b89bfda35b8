package io.etalon.quality;

/** Quantiles and densities of the normal distribution and of Student's. */
public final class Quantiles {
    private static final double SQRT_2PI = Math.sqrt(2 * Math.PI);
    private static final int MOST_STEPS = 60;

    private Quantiles() {}

    /** Density of the standard normal distribution. */
    public static double density(double x) {
        return StrictMath.exp(-x * x / 2) / SQRT_2PI;
    }

    /**
     * Distribution function of the standard normal distribution, relative error below 1e-13 (series and continued fraction of
     * W. Gautschi, "Efficient computation of the complex error function", SIAM J. Numerical Analysis 7, 1970).
     */
    public static double normalBelow(double x) {
        var size = Math.abs(x);
        var upper = size < 2.5 ? .5 - series(size) : tail(size);
        return x > 0 ? 1 - upper : upper;
    }

    /** The integral of the density from 0 to x: {@code density(x) (x + x^3/3 + x^5/15 + ...)}. */
    private static double series(double x) {
        var term = x;
        var sum = x;
        for (var k = 3; Math.abs(term) > 1e-18 * sum; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return sum * density(x);
    }

    /** The integral of the density from x up, by Laplace's continued fraction, evaluated backwards. */
    private static double tail(double x) {
        var fraction = x;
        for (var k = 200; k >= 1; k--) {
            fraction = x + k / fraction;
        }
        return density(x) / fraction;
    }

    /**
     * Quantile of the standard normal distribution: Hastings' start, then Halley's steps.
     *
     * @throws IllegalArgumentException unless {@code 0 < share < 1}
     */
    public static double normal(double share) {
        requireShare(share);
        if (share > .5) {
            return -normal(1 - share);
        }
        var t = Math.sqrt(-2 * StrictMath.log(share));
        // Hastings' approximation, 26.2.23 of Abramowitz and Stegun: good to 4.5e-4.
        var x = -(t - (2.515517 + t * (.802853 + t * .010328)) / (1 + t * (1.432788 + t * (.189269 + t * .001308))));
        for (var step = 0; step < MOST_STEPS; step++) {
            var by = (normalBelow(x) - share) / density(x);
            // Halley's correction: the second derivative of the distribution is -x times the density.
            by /= 1 + x * by / 2;
            x -= by;
            if (Math.abs(by) < 1e-14 * Math.max(1, Math.abs(x))) {
                break;
            }
        }
        return x;
    }

    /**
     * Quantile of Student's distribution, by bisection of its distribution function; the normal one from 1e7 degrees on.
     *
     * @throws IllegalArgumentException unless {@code 0 < share < 1} and {@code degrees >= 1}
     */
    public static double student(double share, double degrees) {
        requireShare(share);
        if (!(degrees >= 1)) {
            throw new IllegalArgumentException("needs one degree of freedom or more, got " + degrees);
        }
        if (share < .5) {
            return -student(1 - share, degrees);
        }
        if (degrees >= 1e7) {
            return normal(share);
        }
        var low = 0.0;
        var high = 1.0;
        while (studentAbove(high, degrees) > 1 - share) {
            high *= 2;
        }
        while (high - low > 1e-13 * high) {
            var middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (studentAbove(middle, degrees) > 1 - share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Probability that Student's variable is above t, for t of 0 or more. */
    static double studentAbove(double t, double degrees) {
        return SpecialFunctions.betaCdf(degrees / (degrees + t * t), degrees / 2, .5) / 2;
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share must be between 0 and 1, got " + share);
        }
    }
}
