package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Binomials;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What each cluster adds to each cell of a table. Sixteen bytes a vote at most; votes of one cluster in one cell are one entry.
 * Immutable.
 */
final class ClusterCells {
    /** Trials of which one is expected to succeed: the number of successes is Poisson's. */
    private static final int MANY = 1 << 20;

    /** First entry of each cluster, those of no cluster before; then the end. */
    private final int[] starts;
    /** The other cluster of each entry, or {@link Votes#UNKNOWN}; none without a second clustering. */
    private final int[] others;

    private final int[] cells;
    private final double[] weights;
    private final int otherClusters;
    private final int size;

    private ClusterCells(int[] starts, int[] others, int[] cells, double[] weights, int otherClusters, int size) {
        this.starts = starts;
        this.others = others;
        this.cells = cells;
        this.weights = weights;
        this.otherClusters = otherClusters;
        this.size = size;
    }

    /** A clustering with clusters numbered below {@code count}. */
    record By(Clusters.Column column, int count) {}

    /** Of votes in these cells, {@link Votes#UNKNOWN} for those in none, by one clustering or two. */
    static ClusterCells of(Votes votes, By cell, By by, Optional<By> other) {
        var order = Clusters.sorted(votes, Clusters.identity(votes.size()), cell.column, cell.count);
        if (other.isPresent()) {
            order = Clusters.sorted(votes, order, other.get().column, other.get().count);
        }
        order = Clusters.sorted(votes, order, by.column, by.count);
        var starts = new int[by.count + 2];
        var others = new int[other.isPresent() ? votes.size() : 0];
        var cells = new int[votes.size()];
        var weights = new double[votes.size()];
        var entries = 0;
        var last = -1;
        for (var vote : order) {
            var cellOf = cell.column.of(vote);
            if (cellOf == Votes.UNKNOWN) {
                continue;
            }
            if (last < 0 || cell.column.of(last) != cellOf || !together(last, vote, by, other)) {
                starts[by.column.of(vote) + 2]++;
                cells[entries] = cellOf;
                if (other.isPresent()) {
                    others[entries] = other.get().column.of(vote);
                }
                entries++;
            }
            weights[entries - 1] += votes.weight(vote);
            last = vote;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return new ClusterCells(
                starts,
                Arrays.copyOf(others, Math.min(others.length, entries)),
                Arrays.copyOf(cells, entries),
                Arrays.copyOf(weights, entries),
                other.map(By::count).orElse(0),
                cell.count);
    }

    /** Votes without a cluster are drawn one by one, so they stay apart. */
    private static boolean together(int vote, int next, By by, Optional<By> other) {
        return Clusters.together(vote, next, by.column)
                && (other.isEmpty() || Clusters.together(vote, next, other.get().column));
    }

    /** The table of one draw of whole clusters: of as many as there are, and of each of two clusterings by itself. */
    double[] draw(SplittableRandom random) {
        var drawn = Resampling.multiplicities(random, starts.length - 2);
        var drawnOthers = others.length > 0 ? Resampling.multiplicities(random, otherClusters) : new int[0];
        var table = new double[size];
        for (var i = 0; i < starts[1]; i++) {
            table[cells[i]] += poisson(random) * times(random, drawnOthers, i) * weights[i];
        }
        for (var cluster = 0; cluster < drawn.length; cluster++) {
            var end = drawn[cluster] == 0 ? 0 : starts[cluster + 2];
            for (var i = starts[cluster + 1]; i < end; i++) {
                table[cells[i]] += drawn[cluster] * times(random, drawnOthers, i) * weights[i];
            }
        }
        return table;
    }

    private double times(SplittableRandom random, int[] drawnOthers, int entry) {
        if (others.length == 0) {
            return 1;
        }
        return others[entry] == Votes.UNKNOWN ? poisson(random) : drawnOthers[others[entry]];
    }

    /** How often a vote without a cluster is drawn: the limit of many clusters. */
    static int poisson(SplittableRandom random) {
        return (int) Binomials.draw(random, MANY, 1.0 / MANY);
    }
}
