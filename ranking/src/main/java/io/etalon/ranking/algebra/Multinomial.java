package io.etalon.ranking.algebra;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws with replacement from a crowd of cells, counted: a multinomial whose expected counts stay the same from draw to draw.
 * Independent Poisson counts with a little less than the total, and the rest one by one, which together have exactly that
 * distribution (totals above, one in thirty thousand, are drawn anew). Every count is one look into a table prepared by the
 * method of aliases (A. Walker, "An efficient method for generating discrete random variables", ACM TOMS 3, 1977; M. Vose,
 * IEEE Trans. Software Engineering 17, 1991). Immutable and safe to share between threads.
 */
public final class Multinomial {
    /** Entries of all tables together, 12 bytes each. */
    private static final long MOST_ENTRIES = 1 << 21;
    /** Standard deviations by which the Poisson total aims below. */
    private static final double MARGIN = 4;
    /** Standard deviations of a count on either side that its table holds, and entries beyond: what is left out is below 2^-53. */
    private static final double REACH = 9;

    private static final int SLACK = 24;

    private final long total;
    private final int size;
    private final int[] lowest;
    /** Where the table of each cell begins, and last that of the choice of a cell; then the end. */
    private final int[] starts;
    /** Each entry keeps its own place with this chance, */
    private final double[] chance;
    /** and else stands for this one. */
    private final int[] other;

    private Multinomial(double[] expected, double mean, long total) {
        this.total = total;
        this.size = expected.length;
        this.lowest = new int[size];
        this.starts = new int[size + 2];
        var scale = mean / total;
        for (var cell = 0; cell < size; cell++) {
            starts[cell + 1] = starts[cell] + entries(expected[cell] * scale);
        }
        starts[size + 1] = starts[size] + size;
        this.chance = new double[starts[size + 1]];
        this.other = new int[starts[size + 1]];
        for (var cell = 0; cell < size; cell++) {
            var own = expected[cell] * scale;
            lowest[cell] = (int) Math.max(0, own - REACH * Math.sqrt(own));
            prepare(cell, poisson(own, lowest[cell], starts[cell + 1] - starts[cell]));
        }
        prepare(size, expected);
    }

    private void prepare(int table, double[] weights) {
        var start = starts[table];
        var n = weights.length;
        var perMean = n / Arrays.stream(weights).sum();
        var queue = new int[n];
        var small = 0;
        var large = n;
        for (var i = 0; i < n; i++) {
            chance[start + i] = weights[i] * perMean;
            other[start + i] = i;
            if (chance[start + i] < 1) {
                queue[small++] = i;
            } else {
                queue[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            var poor = queue[--small];
            var rich = queue[large];
            other[start + poor] = rich;
            chance[start + rich] -= 1 - chance[start + poor];
            if (chance[start + rich] < 1) {
                large++;
                queue[small++] = rich;
            }
        }
        // What is left over is 1 but for rounding.
        while (small > 0) {
            chance[start + queue[--small]] = 1;
        }
    }

    /**
     * Prepares for draws of as many as the expected counts add up to, in O(sum of their roots) time and room.
     *
     * @return empty when that would be too much room, or the counts are none
     */
    public static Optional<Multinomial> of(double[] expected) {
        var total = Math.round(Arrays.stream(expected).sum());
        var entries = Arrays.stream(expected).mapToLong(Multinomial::entries).sum();
        var mean = Math.max(0, total - MARGIN * Math.sqrt(total));
        return total < 1 || total > Integer.MAX_VALUE || entries > MOST_ENTRIES
                ? Optional.empty()
                : Optional.of(new Multinomial(expected, mean, total));
    }

    private static int entries(double mean) {
        return mean > 0 ? (int) (2 * REACH * Math.sqrt(mean) + SLACK) : 1;
    }

    /** Poisson probabilities of {@code lowest} and what follows, up to a factor; the largest is about 1. */
    private static double[] poisson(double mean, int lowest, int entries) {
        var weights = new double[entries];
        // A mean of 0 has the one entry 0.
        var mode = Math.clamp((long) mean - lowest, 0, entries - 1);
        weights[mode] = 1;
        for (var i = mode + 1; i < entries; i++) {
            weights[i] = weights[i - 1] * mean / (lowest + i);
        }
        for (var i = mode; i > 0; i--) {
            weights[i - 1] = weights[i] * (lowest + i) / mean;
        }
        return weights;
    }

    /** Draws once: as many entries as there were expected counts. */
    public double[] draw(RandomGenerator random) {
        var drawn = new double[size];
        var left = -1L;
        while (left < 0) {
            left = total;
            for (var cell = 0; cell < size; cell++) {
                var count = lowest[cell] + place(random, cell);
                drawn[cell] = count;
                left -= count;
            }
        }
        for (; left > 0; left--) {
            drawn[place(random, size)]++;
        }
        return drawn;
    }

    private int place(RandomGenerator random, int table) {
        var start = starts[table];
        var u = random.nextDouble() * (starts[table + 1] - start);
        var place = (int) u;
        return u - place < chance[start + place] ? place : other[start + place];
    }
}
