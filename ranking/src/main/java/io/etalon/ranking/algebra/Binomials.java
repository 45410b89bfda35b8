package io.etalon.ranking.algebra;

import io.etalon.quality.SpecialFunctions;
import java.util.random.RandomGenerator;

/** Draws from the binomial distribution, in constant expected time for any size. */
public final class Binomials {
    private static final double SMALL_MEAN = 10;
    /** Steps from the mode that are walked one by one: products of so many counts below 2^31 stay far from infinity. */
    private static final int NEAR = 20;

    private Binomials() {}

    /**
     * Number of successes in {@code trials} with this probability: by inversion when few are expected, else by transformed
     * rejection (W. Hoermann, "The generation of binomial random variates", J. Statistical Computation and Simulation 46,
     * 1993, algorithm BTRS).
     */
    public static long draw(RandomGenerator random, long trials, double probability) {
        if (trials <= 0 || probability <= 0) {
            return 0;
        }
        if (probability >= 1) {
            return trials;
        }
        if (probability > .5) {
            return trials - draw(random, trials, 1 - probability);
        }
        return trials * probability < SMALL_MEAN
                ? inversion(random, trials, probability)
                : rejection(random, trials, probability);
    }

    private static long inversion(RandomGenerator random, long trials, double p) {
        var odds = p / (1 - p);
        var chance = StrictMath.exp(trials * StrictMath.log1p(-p));
        var left = random.nextDouble();
        var k = 0L;
        while (left > chance && k < trials) {
            left -= chance;
            k++;
            chance *= odds * (trials - k + 1) / k;
        }
        return k;
    }

    private static long rejection(RandomGenerator random, long trials, double p) {
        var spread = Math.sqrt(trials * p * (1 - p));
        var b = 1.15 + 2.53 * spread;
        var a = -.0873 + .0248 * b + .01 * p;
        var c = trials * p + .5;
        var sure = .92 - 4.2 / b;
        var alpha = (2.83 + 5.1 / b) * spread;
        var odds = p / (1 - p);
        var mode = (long) ((trials + 1) * p);
        while (true) {
            var u = random.nextDouble() - .5;
            var v = random.nextDouble();
            var us = .5 - Math.abs(u);
            var k = Math.floor((2 * a / us + b) * u + c);
            if (k < 0 || k > trials) {
                continue;
            }
            if (us >= .07 && v <= sure) {
                return (long) k;
            }
            var height = v * alpha / (a / (us * us) + b);
            if (Math.abs(k - mode) <= NEAR
                    ? height <= ratio(trials, odds, mode, (long) k)
                    : below(height, trials, odds, mode, k)) {
                return (long) k;
            }
        }
    }

    /** {@code P(k) / P(mode)} from one success to the next: no logarithm, and one rounding a step. */
    private static double ratio(long trials, double odds, long mode, long k) {
        var above = 1.0;
        var below = 1.0;
        for (var i = Math.min(mode, k) + 1; i <= Math.max(mode, k); i++) {
            above *= (trials + 1 - i) * odds;
            below *= i;
        }
        return k > mode ? above / below : below / above;
    }

    private static boolean below(double height, long trials, double odds, double mode, double k) {
        var bound = SpecialFunctions.logGamma(mode + 1)
                + SpecialFunctions.logGamma(trials - mode + 1)
                - SpecialFunctions.logGamma(k + 1)
                - SpecialFunctions.logGamma(trials - k + 1)
                + (k - mode) * StrictMath.log(odds);
        return StrictMath.log(height) <= bound;
    }
}
