package io.etalon.quality.agreement;

import io.etalon.quality.Labels;

/**
 * Krippendorff's coincidence matrix of all tasks in one pass over the judgements, for up to 128 classes. The voices of a
 * task with up to 8 classes are counted in the bytes of one long, which stays in a register, unless a worker judged a task
 * twice.
 */
final class QuickPairs {
    static final int MOST_CLASSES = 128;

    private static final int PACKED_CLASSES = 8;
    private static final int MOST_COUNT = 255;
    /** Tasks with so many workers that wait to be added up. */
    private static final int WORDS = 64;

    private static final int BUFFER = 8192;

    private final Labels labels;
    private final int classes;
    private final Tally tally;
    private final double[] occurrences;
    /** Pairs by class of either voice, the lower first, over workers - 1. */
    private final double[] pairs;

    /** Judgements from {@code first} to {@code taken} (exclusive). */
    private final int[] cells = new int[BUFFER];

    private int first;
    private int taken;

    /** Where in a long a cell's class is counted, in bits. */
    private final byte[] places;

    /** Counts of tasks that wait to be added up, by number of workers. */
    private final long[] words;

    private final int[] filled;
    /** Pairs of voices by number of workers and the classes of either voice. */
    private final long[] products;

    QuickPairs(Labels labels) {
        this.labels = labels;
        this.classes = labels.classes().size();
        this.tally = new Tally(labels);
        this.occurrences = new double[classes];
        this.pairs = new double[classes * classes];
        var cellsOfAll = labels.workers().size() * classes;
        var packable = classes > 1 && classes <= PACKED_CLASSES && cellsOfAll <= labels.size();
        this.places = new byte[packable ? cellsOfAll : 0];
        for (var cell = 0; cell < places.length; cell++) {
            places[cell] = (byte) (cell % classes * Byte.SIZE);
        }
        this.words = new long[packable ? (MOST_COUNT + 1) * WORDS : 0];
        this.filled = new int[MOST_COUNT + 1];
        this.products = new long[packable ? (MOST_COUNT + 1) * pairs.length : 0];
        for (var task = 0; task < labels.tasks().size(); task++) {
            if (!packable || !packed(task)) {
                counted(task);
            }
        }
        if (packable) {
            addRest();
        }
    }

    /** Counts a task in a long; false, and nothing done, when it has repetitions or too many judgements. */
    private boolean packed(int task) {
        var start = labels.start(task);
        var workers = labels.end(task) - start;
        if (workers < 2) {
            return true;
        }
        if (workers > MOST_COUNT) {
            return false;
        }
        if (start + workers > taken) {
            first = start;
            taken = Math.min(labels.size(), start + cells.length);
            labels.copyCells(first, taken, cells);
        }
        var judgements = cells;
        var place = places;
        var stop = start - first + workers;
        if (labels.repeats() && repeated(start - first, stop)) {
            return false;
        }
        var counts = 0L;
        for (var i = start - first; i < stop; i++) {
            counts += 1L << place[judgements[i]];
        }
        words[workers * WORDS + filled[workers]++] = counts;
        if (filled[workers] == WORDS) {
            addWords(workers);
        }
        return true;
    }

    private boolean repeated(int from, int to) {
        var ascending = -1;
        for (var i = from + 1; i < to; i++) {
            // Below 0 as long as the judgement before is another worker's, whose cells are all lower.
            ascending &= cells[i - 1] - (cells[i] - places[cells[i]] / Byte.SIZE);
        }
        return ascending >= 0;
    }

    /** Adds up the tasks that wait with so many workers: whole numbers, in loops that become vector instructions. */
    private void addWords(int workers) {
        var from = workers * WORDS;
        var to = from + filled[workers];
        for (var c = 0; c < classes; c++) {
            var low = c * Byte.SIZE;
            occurrences[c] += sum(words, from, to, low);
            for (var k = c + 1; k < classes; k++) {
                products[(workers * classes + c) * classes + k] += sum(words, from, to, low, k * Byte.SIZE);
            }
        }
        filled[workers] = 0;
    }

    private static long sum(long[] words, int from, int to, int place) {
        var sum = 0L;
        for (var i = from; i < to; i++) {
            sum += words[i] >>> place & MOST_COUNT;
        }
        return sum;
    }

    private static long sum(long[] words, int from, int to, int place, int other) {
        var sum = 0L;
        for (var i = from; i < to; i++) {
            sum += (words[i] >>> place & MOST_COUNT) * (words[i] >>> other & MOST_COUNT);
        }
        return sum;
    }

    private void addRest() {
        for (var workers = 2; workers <= MOST_COUNT; workers++) {
            addWords(workers);
            for (var cell = 0; cell < pairs.length; cell++) {
                pairs[cell] += (double) products[workers * pairs.length + cell] / (workers - 1);
            }
        }
    }

    private void counted(int task) {
        tally.count(task);
        if (tally.workers() < 2) {
            return;
        }
        var share = 1.0 / (tally.workers() - 1);
        for (var i = 0; i < tally.distinct(); i++) {
            var c = tally.label(i);
            occurrences[c] += tally.voices(c);
            for (var j = i + 1; j < tally.distinct(); j++) {
                var k = tally.label(j);
                pairs[Math.min(c, k) * classes + Math.max(c, k)] += share * tally.pairs(c, k);
            }
        }
    }

    /** How often each class occurs among pairable values. */
    double[] occurrences() {
        return occurrences;
    }

    /** Sum of the squared distances of all ordered pairs. */
    double disagreement(Distance distance, double[] places) {
        var sum = 0.0;
        for (var c = 0; c < classes; c++) {
            for (var k = c + 1; k < classes; k++) {
                var weight = pairs[c * classes + k];
                sum += weight == 0 ? 0 : 2 * weight * distance.squared(places[c], places[k]);
            }
        }
        return sum;
    }
}
