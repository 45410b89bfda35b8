package io.etalon.ranking.algebra;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws with replacement from a crowd of cells, counted: a multinomial whose expected counts stay the same from draw to draw.
 * Independent Poisson counts with a little less than the total, and the rest one by one, which together have exactly that
 * distribution (totals above, one in seven hundred, are drawn anew). Every count is one look into a table prepared by the
 * method of aliases (A. Walker, "An efficient method for generating discrete random variables", ACM TOMS 3, 1977; M. Vose,
 * IEEE Trans. Software Engineering 17, 1991). Cells that expect the same share a table, so that all tables of a crowd of whole
 * counts stay in the cache. Immutable and safe to share between threads.
 */
public final class Multinomial {
    /** Entries of all tables together, 8 bytes each. */
    private static final long MOST_ENTRIES = 1 << 21;
    /** Standard deviations by which the Poisson total aims below. */
    private static final double MARGIN = 3;
    /** Standard deviations of a count on either side that its table holds, and entries beyond: what is left out is below 2^-53. */
    private static final double REACH = 9;

    private static final int SLACK = 24;

    /** Low bits of an entry: what it else stands for. The bits above are the chance to stand for itself, in units of 2^-43. */
    private static final int ALIAS_BITS = 21;

    private static final long ALIAS = (1L << ALIAS_BITS) - 1;
    private static final double CERTAIN = 1L << (Long.SIZE - ALIAS_BITS);

    private final long total;
    private final int size;
    /** Cells that expect something, those of equal expectation side by side. */
    private final int[] cells;
    /** Position in {@link #cells} after the last of each group. */
    private final int[] ends;
    /** Lowest count in the table of each group. */
    private final int[] lowest;
    /** Where the table of each group begins, and last that of the choice of a cell; then the end. */
    private final int[] starts;

    private final long[] entries;

    private Multinomial(double[] expected, int[] cells, int[] ends, double mean, long total) {
        this.total = total;
        this.size = expected.length;
        this.cells = cells;
        this.ends = ends;
        this.lowest = new int[ends.length];
        this.starts = new int[ends.length + 2];
        var scale = mean / total;
        for (var group = 0; group < ends.length; group++) {
            starts[group + 1] = starts[group] + entries(expected[cells[ends[group] - 1]] * scale);
        }
        starts[ends.length + 1] = starts[ends.length] + cells.length;
        this.entries = new long[starts[ends.length + 1]];
        for (var group = 0; group < ends.length; group++) {
            var own = expected[cells[ends[group] - 1]] * scale;
            lowest[group] = (int) Math.max(0, own - REACH * Math.sqrt(own));
            prepare(starts[group], poisson(own, lowest[group], starts[group + 1] - starts[group]));
        }
        prepare(
                starts[ends.length],
                IntStream.of(cells).mapToDouble(cell -> expected[cell]).toArray());
    }

    private void prepare(int start, double[] weights) {
        var n = weights.length;
        var chance = new double[n];
        var alias = new int[n];
        var perMean = n / Arrays.stream(weights).sum();
        var queue = new int[n];
        var small = 0;
        var large = n;
        for (var i = 0; i < n; i++) {
            chance[i] = weights[i] * perMean;
            alias[i] = i;
            if (chance[i] < 1) {
                queue[small++] = i;
            } else {
                queue[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            var poor = queue[--small];
            var rich = queue[large];
            alias[poor] = rich;
            chance[rich] -= 1 - chance[poor];
            if (chance[rich] < 1) {
                large++;
                queue[small++] = rich;
            }
        }
        // What is left over is 1 but for rounding, and stands for itself either way.
        for (var i = 0; i < n; i++) {
            var own = alias[i] == i ? 0 : (long) (chance[i] * CERTAIN);
            entries[start + i] = own << ALIAS_BITS | alias[i];
        }
    }

    /**
     * Prepares for draws of as many as the expected counts add up to, in O(cells log cells + sum of the roots of different
     * counts) time.
     *
     * @return empty when that would be too much room, or the counts are none
     */
    public static Optional<Multinomial> of(double[] expected) {
        var total = Math.round(Arrays.stream(expected).sum());
        var cells = IntStream.range(0, expected.length)
                .filter(cell -> expected[cell] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(cell -> expected[cell]))
                .mapToInt(Integer::intValue)
                .toArray();
        var ends = IntStream.rangeClosed(1, cells.length)
                .filter(end -> end == cells.length || expected[cells[end]] != expected[cells[end - 1]])
                .toArray();
        var room = cells.length
                + IntStream.of(ends)
                        .mapToLong(end -> entries(expected[cells[end - 1]]))
                        .sum();
        var mean = Math.max(0, total - MARGIN * Math.sqrt(total));
        return total < 1 || total > Integer.MAX_VALUE || room > MOST_ENTRIES
                ? Optional.empty()
                : Optional.of(new Multinomial(expected, cells, ends, mean, total));
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
            left = total - poissons(random, drawn);
        }
        var start = starts[ends.length];
        for (; left > 0; left--) {
            drawn[cells[place(random.nextLong(), start, cells.length)]]++;
        }
        return drawn;
    }

    private long poissons(RandomGenerator random, double[] drawn) {
        var sum = 0L;
        var position = 0;
        for (var group = 0; group < ends.length; group++) {
            var start = starts[group];
            var n = starts[group + 1] - start;
            for (; position < ends[group]; position++) {
                var count = lowest[group] + place(random.nextLong(), start, n);
                drawn[cells[position]] = count;
                sum += count;
            }
        }
        return sum;
    }

    /** The upper half of {@code random x n} is a place, the lower half the share of it to compare with. */
    private int place(long random, int start, int n) {
        var place = Math.unsignedMultiplyHigh(random, n);
        var entry = entries[start + (int) place];
        // Chances are no pattern a processor could guess: all ones where the alias counts.
        var mask = (entry >>> ALIAS_BITS) - 1 - (random * n >>> ALIAS_BITS) >> (Long.SIZE - 1);
        return (int) (place ^ (place ^ entry) & mask & ALIAS);
    }
}
