package io.etalon.ranking.algebra;

import java.util.random.RandomGenerator;

/** Draws from the binomial distribution, in constant expected time for any size. */
public final class Binomials {
    private static final double SMALL_MEAN = 10;

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
        var logOdds = StrictMath.log(p / (1 - p));
        var mode = Math.floor((trials + 1) * p);
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
            var log = StrictMath.log(v * alpha / (a / (us * us) + b));
            var bound = Quantiles.logGamma(mode + 1)
                    + Quantiles.logGamma(trials - mode + 1)
                    - Quantiles.logGamma(k + 1)
                    - Quantiles.logGamma(trials - k + 1)
                    + (k - mode) * logOdds;
            if (log <= bound) {
                return (long) k;
            }
        }
    }
}
