package io.etalon.quality;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Percentile intervals by resampling whole units (tasks, assets) with replacement (B. Efron, "Bootstrap methods", Annals
 * of Statistics 7, 1979). Of few units ({@link #tail}) the percentiles are moved outwards, since resamples of them vary too
 * little. Equal arguments give equal intervals, on every machine.
 *
 * @param replicates number of resamples
 * @param level coverage aimed at, such as 0.95
 * @param seed seed of the generator, which is made anew for every estimate
 */
public record Bootstrap(int replicates, double level, long seed) {
    private static final int DEFAULT_REPLICATES = 1000;
    private static final double DEFAULT_LEVEL = 0.95;
    /** Units below which the percentiles are moved: from here on they would move by less than a tenth of the interval. */
    private static final int FEW = 30;

    public Bootstrap {
        if (replicates < 1) {
            throw new IllegalArgumentException("needs one replicate or more, got " + replicates);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be between 0 and 1, got " + level);
        }
    }

    /** 1,000 replicates at the 95 % level. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(DEFAULT_REPLICATES, DEFAULT_LEVEL, seed);
    }

    /** A statistic of a resample, given how often each unit was drawn; empty when it does not exist there. */
    @FunctionalInterface
    public interface Statistic {
        OptionalDouble of(int[] drawn);
    }

    /**
     * The statistic of the sample as it is (every unit once) and its interval. Replicates where the statistic does not
     * exist are left out and counted.
     *
     * @return empty when the statistic does not exist for the sample itself
     */
    public Optional<Estimate> estimate(int units, Statistic statistic) {
        var drawn = new int[units];
        Arrays.fill(drawn, 1);
        var value = statistic.of(drawn);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var random = new SplittableRandom(seed);
        var values = new double[replicates];
        var defined = 0;
        for (var replicate = 0; replicate < replicates; replicate++) {
            Arrays.fill(drawn, 0);
            for (var i = 0; i < units; i++) {
                drawn[random.nextInt(units)]++;
            }
            var resampled = statistic.of(drawn);
            if (resampled.isPresent()) {
                values[defined++] = resampled.getAsDouble();
            }
        }
        var undefined = replicates - defined;
        if (defined == 0) {
            values[defined++] = value.getAsDouble();
        }
        Arrays.sort(values, 0, defined);
        var tail = units < FEW ? tail(level, units) : (1 - level) / 2;
        return Optional.of(new Estimate(
                value.getAsDouble(),
                new Interval(quantile(values, defined, tail), quantile(values, defined, 1 - tail)),
                units,
                undefined));
    }

    /**
     * The share of replicates to leave out at either end so that the interval of a mean of this many independent units has the
     * width of Student's: {@code Phi(-sqrt(n / (n - 1)) t)}, t being the quantile with n - 1 degrees of freedom (T. Hesterberg,
     * "What teachers should know about the bootstrap", The American Statistician 69, 2015, section 5.3: the expanded percentile
     * interval). Less than {@code (1 - level) / 2}, which it approaches.
     *
     * @param level coverage aimed at, such as 0.95
     * @param units 1 or more, not necessarily whole; of fewer than 2 nothing is known, and none is left out
     */
    public static double tail(double level, double units) {
        return units < 2
                ? 0
                : Quantiles.normalBelow(
                        -Math.sqrt(units / (units - 1)) * Quantiles.student((1 + level) / 2, units - 1));
    }

    /** Linear interpolation between order statistics (definition 7 of Hyndman and Fan, 1996). */
    private static double quantile(double[] sorted, int size, double share) {
        var position = share * (size - 1);
        var below = (int) position;
        var above = Math.min(below + 1, size - 1);
        var result = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        return Math.clamp(result, sorted[below], sorted[above]);
    }
}
