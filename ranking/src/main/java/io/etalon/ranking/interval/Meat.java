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

    /** Cells of all lanes together that are worth more threads: beyond, they would push each other out of the cache. */
    private static final int WARM_CELLS = 1 << 21;

    private static final int MOST_LANES = 8;
    private static final int BLOCK = 1024;
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
        var lanes =
                Math.clamp(votes.size() / LANE_ROWS, 1, Math.clamp(WARM_CELLS / (count * parameters), 2, MOST_LANES));
        var tables = new ClusterSums[lanes];
        var singles = new Sums[lanes];
        parallelism.forEach(lanes, lane -> {
            tables[lane] = new ClusterSums(column, count);
            singles[lane] = new Sums();
            tables[lane].addAll(bound(votes.size(), lane, lanes), bound(votes.size(), lane + 1, lanes), singles[lane]);
        });
        var sum = singles[0];
        for (var lane = 1; lane < lanes; lane++) {
            sum.merge(singles[lane]);
        }
        var rows = new double[count][parameters];
        var seen = new boolean[count];
        for (var table : tables) {
            for (var cluster = 0; cluster < count; cluster++) {
                seen[cluster] |= table.seen[cluster];
                table.addTo(cluster, rows[cluster]);
            }
        }
        var clusters = 0;
        for (var any : seen) {
            clusters += any ? 1 : 0;
        }
        Matrices.addGram(sum.values, rows, count, parallelism);
        return new Sum(sum.values, clusters + sum.singles);
    }

    /** One lane's sums of gradients, a row a cluster. */
    private final class ClusterSums {
        private final Clusters.Column column;
        private final boolean[] seen;
        private final double[] strengths;
        /** Style and eta apart from the strengths: few, they stay in the nearest cache. */
        private final double[] extras;

        private final int[] atA = new int[BLOCK];
        private final int[] atB = new int[BLOCK];
        private final double[] byD = new double[BLOCK];

        ClusterSums(Clusters.Column column, int count) {
            this.column = column;
            this.seen = new boolean[count];
            this.strengths = new double[count * models];
            this.extras = new double[count * (parameters - models)];
        }

        /** The table is larger than a cache: gradients first, then many cells at once, so that their delays overlap. */
        void addAll(int from, int to, Sums singles) {
            var room = Scores.room();
            for (var start = from; start < to; start += BLOCK) {
                var waiting = fill(start, Math.min(to, start + BLOCK), room, singles);
                for (var i = 0; i < waiting; i++) {
                    strengths[atA[i]] += byD[i];
                    strengths[atB[i]] -= byD[i];
                }
            }
        }

        private int fill(int from, int to, double[] room, Sums singles) {
            var waiting = 0;
            for (var vote = from; vote < to; vote++) {
                var cluster = column.of(vote);
                if (cluster == Votes.UNKNOWN) {
                    singles.addSingle(vote);
                } else {
                    var d = scores.at(vote, room);
                    seen[cluster] = true;
                    atA[waiting] = cluster * models + votes.a(vote);
                    atB[waiting] = cluster * models + votes.b(vote);
                    byD[waiting++] = d;
                    addExtras(extras, cluster * (parameters - models), vote, d, room);
                }
            }
            return waiting;
        }

        void addTo(int cluster, double[] row) {
            for (var i = 0; i < models; i++) {
                row[i] += strengths[cluster * models + i];
            }
            for (var i = models; i < parameters; i++) {
                row[i] += extras[cluster * (parameters - models) + i - models];
            }
        }
    }

    private void add(double[] u, int vote, double[] room) {
        var d = scores.at(vote, room);
        u[votes.a(vote)] += d;
        u[votes.b(vote)] -= d;
        addExtras(u, models, vote, d, room);
    }

    private void addExtras(double[] target, int start, int vote, double d, double[] room) {
        for (var k = 0; k < perUnit.length; k++) {
            target[start + k] += d * perUnit[k] * votes.style(k, vote);
        }
        if (parameters > models + perUnit.length) {
            target[start + perUnit.length] += Scores.byEta(room);
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
                for (var i = clusters.start(cluster); i < clusters.ends()[cluster]; i++) {
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
