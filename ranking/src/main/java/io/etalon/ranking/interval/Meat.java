package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.Scores;

/**
 * The middle of the sandwich: the sum over clusters of u u', u being the sum of the cluster's gradients. Few clusters are
 * added up in one table while the votes go by in their order; many are visited one by one, each with the models it touches.
 * Lanes depend on the sizes alone.
 */
final class Meat {
    /** Cells of a table of cluster sums that a lane may hold: 128 MB. */
    private static final int TABLE_CELLS = 1 << 24;

    private static final int MOST_LANES = 8;
    private static final int LANE_ROWS = 1 << 18;

    private final Votes votes;
    private final Scores scores;
    private final Parallelism parallelism;
    private final int models;
    private final int parameters;
    private final double[] perUnit;

    Meat(Fit fit, Votes votes, Parallelism parallelism) {
        this.votes = votes;
        this.scores = fit.scores(votes);
        this.parallelism = parallelism;
        this.models = fit.models().size();
        this.parameters = fit.parameters();
        this.perUnit = new double[fit.styleColumns().size()];
        for (var k = 0; k < perUnit.length; k++) {
            perUnit[k] = 1 / fit.styleScale(k);
        }
    }

    /**
     * A sum and what it is of.
     *
     * @param clusters number of clusters
     */
    @SuppressWarnings("ArrayRecordComponent") // Internal, handed over, never compared.
    record Sum(double[][] values, int clusters) {}

    /** The sum over the clusters of one column with numbers below {@code count}. */
    Sum byColumn(Clusters.Column column, int count) {
        var small = (long) count * parameters <= TABLE_CELLS && (long) count * parameters <= 4L * votes.size();
        return small ? byTable(column, count) : bySorting(Clusters.of(votes, column, count));
    }

    Sum byPromptAndVoter() {
        return bySorting(Clusters.ofBoth(votes));
    }

    /** Each vote for itself. */
    Sum byRows() {
        return bySorting(Clusters.of(votes, vote -> Votes.UNKNOWN, 0));
    }

    private Sum byTable(Clusters.Column column, int count) {
        var affordable = Math.max(1, TABLE_CELLS / Math.max(1, count * parameters));
        var lanes = Math.clamp(votes.size() / LANE_ROWS, 1, Math.min(MOST_LANES, affordable));
        var tables = new double[lanes][][];
        var singles = new Sums[lanes];
        var seen = new boolean[lanes][count];
        parallelism.forEach(lanes, lane -> {
            tables[lane] = new double[count][parameters];
            singles[lane] = new Sums();
            var room = Scores.room();
            var end = bound(votes.size(), lane + 1, lanes);
            for (var vote = bound(votes.size(), lane, lanes); vote < end; vote++) {
                var cluster = column.of(vote);
                if (cluster == Votes.UNKNOWN) {
                    singles[lane].addSingle(vote);
                } else {
                    seen[lane][cluster] = true;
                    add(tables[lane][cluster], vote, room);
                }
            }
        });
        var clusters = 0;
        for (var cluster = 0; cluster < count; cluster++) {
            var any = seen[0][cluster];
            for (var lane = 1; lane < lanes; lane++) {
                any |= seen[lane][cluster];
                for (var i = 0; i < parameters; i++) {
                    tables[0][cluster][i] += tables[lane][cluster][i];
                }
            }
            clusters += any ? 1 : 0;
        }
        var sum = singles[0];
        for (var lane = 1; lane < lanes; lane++) {
            sum.merge(singles[lane]);
        }
        Matrices.addGram(sum.values, tables[0], count, parallelism);
        return new Sum(sum.values, clusters + sum.singles);
    }

    private void add(double[] u, int vote, double[] room) {
        var d = scores.at(vote, room);
        u[votes.a(vote)] += d;
        u[votes.b(vote)] -= d;
        for (var k = 0; k < perUnit.length; k++) {
            u[models + k] += d * perUnit[k] * votes.style(k, vote);
        }
        if (parameters > models + perUnit.length) {
            u[parameters - 1] += Scores.byEta(room);
        }
    }

    private Sum bySorting(Clusters clusters) {
        var lanes = Math.clamp(votes.size() / LANE_ROWS, 1, MOST_LANES);
        var sums = new Sums[lanes];
        parallelism.forEach(lanes, lane -> {
            var sum = new Sums();
            var from = bound(clusters.size(), lane, lanes);
            var to = bound(clusters.size(), lane + 1, lanes);
            for (var cluster = from; cluster < to; cluster++) {
                var start = cluster == 0 ? 0 : clusters.ends()[cluster - 1];
                for (var i = start; i < clusters.ends()[cluster]; i++) {
                    sum.touch(clusters.order()[i]);
                }
                sum.close();
            }
            sums[lane] = sum;
        });
        for (var lane = 1; lane < lanes; lane++) {
            sums[0].merge(sums[lane]);
        }
        Matrices.mirror(sums[0].values);
        return new Sum(sums[0].values, clusters.size());
    }

    private static int bound(int size, int lane, int lanes) {
        return (int) ((long) size * lane / lanes);
    }

    /** A running sum of u u', upper triangle, with room for the u at hand. */
    private final class Sums {
        private final double[][] values = new double[parameters][parameters];
        private final double[] u = new double[parameters];
        private final boolean[] touched = new boolean[parameters];
        private final int[] places = new int[parameters];
        private final double[] room = Scores.room();
        private int size;
        private int singles;

        void addSingle(int vote) {
            touch(vote);
            close();
            singles++;
        }

        void touch(int vote) {
            add(u, vote, room);
            mark(votes.a(vote));
            mark(votes.b(vote));
            for (var extra = models; extra < parameters; extra++) {
                mark(extra);
            }
        }

        private void mark(int place) {
            if (!touched[place]) {
                touched[place] = true;
                places[size++] = place;
            }
        }

        /** Adds u u' and clears u. */
        void close() {
            for (var p = 0; p < size; p++) {
                var i = places[p];
                var ui = u[i];
                for (var q = p; q < size; q++) {
                    var j = places[q];
                    values[Math.min(i, j)][Math.max(i, j)] += ui * u[j];
                }
            }
            for (var p = 0; p < size; p++) {
                u[places[p]] = 0;
                touched[places[p]] = false;
            }
            size = 0;
        }

        void merge(Sums other) {
            for (var i = 0; i < parameters; i++) {
                for (var j = i; j < parameters; j++) {
                    values[i][j] += other.values[i][j];
                }
            }
            singles += other.singles;
        }
    }
}
