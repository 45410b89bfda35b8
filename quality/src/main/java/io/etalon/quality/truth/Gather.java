package io.etalon.quality.truth;

import static io.etalon.quality.truth.WideSweep.FOUR;
import static io.etalon.quality.truth.WideSweep.HALF;

import java.util.Arrays;

/**
 * Adds up the odds that the judgements of a batch of tasks name, for {@link WideSweep}: up to four longs of a run at a time,
 * as many as stay in registers, two scores in each.
 */
final class Gather {
    private static final int BATCH = EmSweep.BATCH;

    private final long[] odds;
    private final long[] priors;
    private final int oddsRun;
    /** Whether every task is one piece: then sums come to lie where the scores do. */
    private final boolean even;

    private final long[] scores;
    /** Sums of up to four longs, each of all pieces, where a task may have several. */
    private final long[] parts;

    private final int most;

    /** With room for as many scores as groups of four classes behind the first have, and the most pieces of a batch. */
    Gather(WideSweep sweep, long[] scores, int most) {
        this.odds = sweep.odds;
        this.priors = sweep.priors;
        this.oddsRun = sweep.oddsRun;
        this.even = sweep.even;
        this.scores = scores;
        this.parts = new long[even ? 0 : FOUR * most];
        this.most = most;
    }

    /**
     * Sets the scores of a batch, by (class, task): the prior's cost, and what the judgements cost more than under the first
     * class.
     *
     * @param cells where each judgement's run of odds begins
     * @param stops after which judgement each piece of a task ends
     * @param tasks task of each piece
     * @param size number of judgements
     */
    void scores(int[] cells, int[] stops, int[] tasks, int size) {
        Arrays.fill(scores, 0, BATCH, priors[0]);
        for (var pair = 0; pair < oddsRun; pair += FOUR) {
            var longs = oddsRun - pair <= FOUR / 2 ? FOUR / 2 : FOUR;
            add(cells, stops, size, pair, longs);
            for (var i = 0; i < longs; i++) {
                var row = 2 * (pair + i) + 1;
                if (even) {
                    takeApart(row);
                } else {
                    addParts(row, i * most, stops, tasks, size);
                }
            }
        }
        move(cells, size, -Math.max(0, (oddsRun - 1) / FOUR * FOUR));
    }

    /** Moves all judgements' places in a table: cheaper than an addition in a loop that is short of registers. */
    private static void move(int[] cells, int size, int by) {
        for (var i = 0; i < size && by != 0; i++) {
            cells[i] += by;
        }
    }

    /**
     * Sums of each piece's odds, two or four longs from {@code pair} on; the places stand at those before. One method with
     * both loops, so that it is too large for the compiler to inline: alone, its loops have all the registers.
     */
    private void add(int[] cells, int[] stops, int size, int pair, int longs) {
        move(cells, size, pair == 0 ? 0 : FOUR);
        var sums = even ? scores : parts;
        var begin = even ? (2 * pair + 1) * BATCH : 0;
        var apart = even ? 2 * BATCH : most;
        var table = odds;
        var piece = 0;
        var stop = stops[0];
        var p = 0L;
        var q = 0L;
        if (longs < FOUR) {
            var second = begin + apart;
            for (var i = 0; i < size; i++) {
                var at = cells[i];
                p += table[at];
                q += table[at + 1];
                if (i + 1 == stop) {
                    sums[begin + piece] = p;
                    sums[second + piece] = q;
                    stop = stops[++piece];
                    p = 0;
                    q = 0;
                }
            }
            return;
        }
        var to = begin;
        var r = 0L;
        var s = 0L;
        for (var i = 0; i < size; i++) {
            var at = cells[i];
            p += table[at];
            q += table[at + 1];
            r += table[at + 2];
            s += table[at + 3];
            if (i + 1 == stop) {
                sums[to] = p;
                sums[to + apart] = q;
                sums[to + 2 * apart] = r;
                sums[to + 3 * apart] = s;
                to++;
                stop = stops[++piece];
                p = 0;
                q = 0;
                r = 0;
                s = 0;
            }
        }
    }

    /** The halves of a row of sums become two rows of scores. */
    private void takeApart(int row) {
        var rows = scores;
        var low = priors[row];
        var high = priors[row + 1];
        for (var i = row * BATCH; i < (row + 1) * BATCH; i++) {
            rows[i + BATCH] = (rows[i] - (rows[i] << HALF >> HALF) >> HALF) + high;
        }
        for (var i = row * BATCH; i < (row + 1) * BATCH; i++) {
            rows[i] = (rows[i] << HALF >> HALF) + low;
        }
    }

    /** Adds the halves of the pieces' sums to two rows of scores. */
    private void addParts(int row, int from, int[] stops, int[] tasks, int size) {
        var low = row * BATCH;
        var high = low + BATCH;
        Arrays.fill(scores, low, high, priors[row]);
        Arrays.fill(scores, high, high + BATCH, priors[row + 1]);
        for (var piece = 0; piece == 0 || stops[piece - 1] < size; piece++) {
            var sum = parts[from + piece];
            var task = tasks[piece];
            scores[low + task] += (int) sum;
            scores[high + task] += sum - (int) sum >> HALF;
        }
    }
}
