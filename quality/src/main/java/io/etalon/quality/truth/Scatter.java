package io.etalon.quality.truth;

import static io.etalon.quality.truth.WideSweep.ALIGN;
import static io.etalon.quality.truth.WideSweep.FOUR;

/**
 * Adds the masses of a batch of tasks to the runs of counts that their judgements name, for {@link WideSweep}: up to four
 * columns of a run at a time, as many as stay in registers. A column of the table is one long, in which one class is counted
 * or two.
 */
final class Scatter {
    private static final int BATCH = EmSweep.BATCH;
    /** A table of more longs than these, half a megabyte, does not stay in the second cache. */
    private static final int NEAR = 1 << 16;

    private final long[] table;
    /** Mass of each class and those before it, by (column, task of the batch); 0 from the last class on. */
    private final long[] units;

    private final boolean narrow;
    private final int columns;
    /** Has no meaning, but that it is kept keeps the compiler from leaving out the reading. */
    private long fetched;

    /** Wants four columns of units that are 0 behind the last. */
    Scatter(long[] table, long[] units, boolean narrow, int classes) {
        this.table = table;
        this.units = units;
        this.narrow = narrow;
        this.columns = narrow ? classes / 2 : classes / 2 * 2;
    }

    /**
     * Adds a batch; the cells are not to be read any more.
     *
     * @param cells where each judgement's run of odds begins
     * @param stops after which judgement each piece of a task ends
     * @param tasks task of each piece
     * @param size number of judgements
     */
    void add(int[] cells, int[] stops, int[] tasks, int size) {
        if (table.length > NEAR) {
            fetch(cells, size);
        }
        for (var column = 0; column < columns; column += FOUR) {
            addColumns(cells, stops, tasks, size, column);
        }
    }

    /**
     * Reads a word of each run, which brings it near. So short a loop waits for far more lines of memory at once than the
     * additions behind it would: three times as fast where the table is larger than the second cache.
     */
    private void fetch(int[] cells, int size) {
        var sums = table;
        var read = 0L;
        var longer = narrow ? 0 : 1;
        var from = narrow ? 0 : ALIGN;
        for (var i = 0; i < size; i++) {
            read += sums[(cells[i] << longer) - from];
        }
        fetched = read;
    }

    /**
     * Adds up to four columns, to which it moves the cells: cheaper than an addition in a loop that is short of registers. One
     * method with all loops, so that it is too large for the compiler to inline: alone, they have all the registers.
     */
    private void addColumns(int[] cells, int[] stops, int[] tasks, int size, int column) {
        for (var i = 0; column == 0 && !narrow && i < size; i++) {
            cells[i] = 2 * cells[i] - ALIGN;
        }
        for (var i = 0; column > 0 && i < size; i++) {
            cells[i] += FOUR;
        }
        var sums = table;
        var mine = units;
        var first = column * BATCH;
        var second = first + BATCH;
        var piece = 0;
        var stop = 0;
        var a = 0L;
        var b = 0L;
        if (columns - column <= FOUR / 2) {
            for (var i = 0; i < size; i++) {
                if (i == stop) {
                    var task = tasks[piece];
                    stop = stops[piece++];
                    a = mine[first + task];
                    b = mine[second + task];
                }
                var at = cells[i];
                sums[at] += a;
                sums[at + 1] += b;
            }
            return;
        }
        var c = 0L;
        var d = 0L;
        for (var i = 0; i < size; i++) {
            if (i == stop) {
                var task = tasks[piece];
                stop = stops[piece++];
                a = mine[first + task];
                b = mine[second + task];
                c = mine[second + BATCH + task];
                d = mine[second + 2 * BATCH + task];
            }
            var at = cells[i];
            sums[at] += a;
            sums[at + 1] += b;
            sums[at + 2] += c;
            sums[at + 3] += d;
        }
    }
}
