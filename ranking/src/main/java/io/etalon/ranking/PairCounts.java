package io.etalon.ranking;

import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import java.util.List;

/**
 * How often each two models met and with what outcomes, in weight: all that a rating without style columns needs to know of
 * the votes. Counts of parts of the votes ({@link Slices}) add up to those of the whole.
 *
 * <p>Pairs that never met take no room; the pair {@code k} is that of the models {@code first(k) < second(k)}, and pairs are
 * sorted. Immutable. Forty bytes a pair that met.
 */
public final class PairCounts {
    /** Parts into which weighted votes are cut, whatever the number of threads, so that sums are the same to the bit. */
    private static final int WEIGHTED_LANES = 2;

    private final List<String> models;
    private final int[] first;
    private final int[] second;
    private final double[] winsFirst;
    private final double[] winsSecond;
    private final double[] ties;
    private final double[] bothBad;

    private PairCounts(List<String> models, int[] first, int[] second, double[][] counts) {
        this.models = models;
        this.first = first;
        this.second = second;
        this.winsFirst = counts[0];
        this.winsSecond = counts[1];
        this.ties = counts[2];
        this.bothBad = counts[3];
    }

    /** Counts the votes, in one pass and O(models^2) memory. */
    public static PairCounts of(Votes votes, Parallelism parallelism) {
        var n = votes.models().size();
        var cells = Math.multiplyExact(Math.multiplyExact(n, n), 4);
        var table = votes.hasWeights() ? weighted(votes, cells, parallelism) : plain(votes, cells, parallelism);
        return fromTable(votes.models(), table);
    }

    /**
     * Counts that others made: {@code wins[i][j]} is how often i beat j, {@code ties[i][j]} (read for i < j) how often they tied.
     *
     * @throws IllegalArgumentException when the tables are not square, or an entry is negative or not finite
     */
    public static PairCounts of(List<String> models, double[][] wins, double[][] ties) {
        var n = models.size();
        var table = new double[n * n * 4];
        if (wins.length != n || ties.length != n) {
            throw new IllegalArgumentException(
                    "tables of " + wins.length + " and " + ties.length + " rows for " + n + " models");
        }
        for (var i = 0; i < n; i++) {
            for (var j = 0; j < n; j++) {
                if (i != j) {
                    table[(i * n + j) * 4] = requireCount(wins[i][j]);
                    table[(i * n + j) * 4 + Outcome.TIE.ordinal()] = i < j ? requireCount(ties[i][j]) : 0;
                }
            }
        }
        return fromTable(List.copyOf(models), table);
    }

    private static double requireCount(double count) {
        if (!(count >= 0) || count == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("counts must be finite and 0 or more, got " + count);
        }
        return count;
    }

    /** These pairs with other counts, each array one entry a pair; the arrays are taken over. */
    public PairCounts withCounts(double[] newWinsFirst, double[] newWinsSecond, double[] newTies) {
        var tables = new double[][] {newWinsFirst, newWinsSecond, newTies, new double[pairs()]};
        return new PairCounts(models, first, second, tables);
    }

    /**
     * The counts of two parts of the votes together, in O(pairs).
     *
     * @throws IllegalArgumentException when the parts are of different models
     */
    public PairCounts plus(PairCounts other) {
        if (!models.equals(other.models)) {
            throw new IllegalArgumentException("counts of " + models + " and " + other.models + " do not add up");
        }
        var pairs = 0;
        for (var at = new int[2]; at[0] < pairs() || at[1] < other.pairs(); pairs++) {
            step(other, at);
        }
        var sum = new PairCounts(models, new int[pairs], new int[pairs], new double[4][pairs]);
        var at = new int[2];
        for (var pair = 0; pair < pairs; pair++) {
            var mine = at[0];
            var theirs = at[1];
            step(other, at);
            if (at[0] > mine) {
                sum.add(pair, this, mine);
            }
            if (at[1] > theirs) {
                sum.add(pair, other, theirs);
            }
        }
        return sum;
    }

    /** Moves both places past the lower of the pairs they are at. */
    private void step(PairCounts other, int[] at) {
        var mine = place(at[0]);
        var theirs = other.place(at[1]);
        at[0] += mine <= theirs ? 1 : 0;
        at[1] += theirs <= mine ? 1 : 0;
    }

    private long place(int pair) {
        return pair < pairs() ? (long) first[pair] * models.size() + second[pair] : Long.MAX_VALUE;
    }

    private void add(int pair, PairCounts from, int source) {
        first[pair] = from.first[source];
        second[pair] = from.second[source];
        winsFirst[pair] += from.winsFirst[source];
        winsSecond[pair] += from.winsSecond[source];
        ties[pair] += from.ties[source];
        bothBad[pair] += from.bothBad[source];
    }

    private static double[] plain(Votes votes, int cells, Parallelism parallelism) {
        var lanes = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), votes.size() / 1_000_000));
        var tables = new Tally[lanes];
        parallelism.forEach(lanes, lane -> {
            var tally = new Tally(cells);
            tally.add(votes, bound(votes.size(), lane, lanes), bound(votes.size(), lane + 1, lanes));
            tables[lane] = tally;
        });
        var sum = new double[cells];
        for (var table : tables) {
            table.addTo(sum);
        }
        return sum;
    }

    /**
     * Counts in a byte each, so that the cells in use stay in the cache; whenever one comes round to 0, another array keeps its
     * 256. Pairs are counted with the lower model first.
     */
    private static final class Tally {
        private final byte[] low;
        private final int[] rounds;

        Tally(int cells) {
            this.low = new byte[cells];
            this.rounds = new int[cells];
        }

        void add(Votes votes, int from, int to) {
            var n = votes.models().size();
            // The outcome seen from the other side: A and B change places.
            var flipped = new int[] {
                Outcome.B.ordinal(), Outcome.A.ordinal(), Outcome.TIE.ordinal(), Outcome.BOTH_BAD.ordinal()
            };
            for (var i = from; i < to; i++) {
                var a = votes.a(i);
                var b = votes.b(i);
                var code = votes.outcomeCode(i);
                var cell = (Math.min(a, b) * n + Math.max(a, b)) * 4 + (a < b ? code : flipped[code]);
                if (++low[cell] == 0) {
                    rounds[cell]++;
                }
            }
        }

        void addTo(double[] sum) {
            for (var i = 0; i < sum.length; i++) {
                sum[i] += rounds[i] * 256.0 + (low[i] & 0xff);
            }
        }
    }

    private static double[] weighted(Votes votes, int cells, Parallelism parallelism) {
        var tables = new double[WEIGHTED_LANES][];
        var n = votes.models().size();
        parallelism.forEach(WEIGHTED_LANES, lane -> {
            var sums = new double[cells];
            var end = bound(votes.size(), lane + 1, WEIGHTED_LANES);
            for (var i = bound(votes.size(), lane, WEIGHTED_LANES); i < end; i++) {
                sums[(votes.a(i) * n + votes.b(i)) * 4 + votes.outcomeCode(i)] += votes.weight(i);
            }
            tables[lane] = sums;
        });
        for (var i = 0; i < cells; i++) {
            tables[0][i] += tables[1][i];
        }
        return tables[0];
    }

    private static int bound(int size, int lane, int lanes) {
        return (int) ((long) size * lane / lanes);
    }

    private static PairCounts fromTable(List<String> models, double[] table) {
        var n = models.size();
        var pairs = 0;
        for (var i = 0; i < n; i++) {
            for (var j = i + 1; j < n; j++) {
                pairs += met(table, i * n + j) || met(table, j * n + i) ? 1 : 0;
            }
        }
        var counts = new PairCounts(models, new int[pairs], new int[pairs], new double[4][pairs]);
        var pair = 0;
        for (var i = 0; i < n; i++) {
            for (var j = i + 1; j < n; j++) {
                if (met(table, i * n + j) || met(table, j * n + i)) {
                    counts.set(pair++, i, j, table);
                }
            }
        }
        return counts;
    }

    private static boolean met(double[] table, int cell) {
        return table[cell * 4] + table[cell * 4 + 1] + table[cell * 4 + 2] + table[cell * 4 + 3] > 0;
    }

    private void set(int pair, int i, int j, double[] table) {
        var n = models.size();
        var forth = (i * n + j) * 4;
        var back = (j * n + i) * 4;
        first[pair] = i;
        second[pair] = j;
        winsFirst[pair] = table[forth] + table[back + 1];
        winsSecond[pair] = table[forth + 1] + table[back];
        ties[pair] = table[forth + 2] + table[back + 2];
        bothBad[pair] = table[forth + 3] + table[back + 3];
    }

    /** Model ids in index order, unmodifiable. */
    public List<String> models() {
        return models;
    }

    /** Number of pairs that met. */
    public int pairs() {
        return first.length;
    }

    /** The lower model index of a pair. */
    public int first(int pair) {
        return first[pair];
    }

    /** The higher model index of a pair. */
    public int second(int pair) {
        return second[pair];
    }

    /** How often the first model of the pair won. */
    public double winsFirst(int pair) {
        return winsFirst[pair];
    }

    /** How often the second model of the pair won. */
    public double winsSecond(int pair) {
        return winsSecond[pair];
    }

    /** How often the pair tied. */
    public double ties(int pair) {
        return ties[pair];
    }

    /** How often both were bad. */
    public double bothBad(int pair) {
        return bothBad[pair];
    }

    /** Copies the counts of {@code size} pairs from {@code from} on to the beginnings of three arrays, for tight loops. */
    public void copy(int from, int size, double[] toWinsFirst, double[] toWinsSecond, double[] toTies) {
        System.arraycopy(winsFirst, from, toWinsFirst, 0, size);
        System.arraycopy(winsSecond, from, toWinsSecond, 0, size);
        System.arraycopy(ties, from, toTies, 0, size);
    }

    /** All wins together. */
    public double totalWins() {
        return sum(winsFirst) + sum(winsSecond);
    }

    /** All ties together. */
    public double totalTies() {
        return sum(ties);
    }

    /** All votes that neither was good. */
    public double totalBothBad() {
        return sum(bothBad);
    }

    /** The same counts where "both bad" counts as a tie, as the Chatbot Arena does. */
    public PairCounts bothBadAsTies() {
        var merged = ties.clone();
        for (var i = 0; i < merged.length; i++) {
            merged[i] += bothBad[i];
        }
        return withCounts(winsFirst, winsSecond, merged);
    }

    private static double sum(double[] values) {
        return Matrices.sum(values, 0, values.length);
    }
}
