package io.etalon.quality.agreement;

import io.etalon.quality.Labels;

/**
 * Krippendorff's coincidence matrix of all tasks in one pass over the judgements, for up to 128 classes. The voices of a
 * task with up to 8 classes are counted in the bytes of one long, which stays in a register.
 */
final class QuickPairs {
    static final int MOST_CLASSES = 128;

    private static final int PACKED_CLASSES = 8;
    private static final int MOST_COUNT = 255;
    private static final int SHIFT = 34;
    private static final int BUFFER = 8192;

    private final Labels labels;
    private final int classes;
    private final Tally tally;
    private final double[] occurrences;
    /** Pairs by class of either voice, the lower first, over workers - 1. */
    private final double[] pairs;

    /** 2^34 / classes, rounded up: its product with a number of 31 bits is the quotient for 2 to 8 classes. */
    private final long perClass;

    /** Judgements from {@code first} to {@code taken} (exclusive). */
    private final int[] cells = new int[BUFFER];

    private int first;
    private int taken;

    private final double[] perOther = new double[MOST_COUNT + 1];

    QuickPairs(Labels labels) {
        this.labels = labels;
        this.classes = labels.classes().size();
        this.tally = new Tally(labels);
        this.occurrences = new double[classes];
        this.pairs = new double[classes * classes];
        for (var workers = 2; workers <= MOST_COUNT; workers++) {
            perOther[workers] = 1.0 / (workers - 1);
        }
        this.perClass = ((1L << SHIFT) + classes - 1) / classes;
        var packable = classes > 1 && classes <= PACKED_CLASSES;
        for (var task = 0; task < labels.tasks().size(); task++) {
            if (!packable || !packed(task)) {
                counted(task);
            }
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
        var counts = 0L;
        var last = -1;
        var repeated = false;
        for (var i = start - first; i < start - first + workers; i++) {
            var worker = (int) (cells[i] * perClass >>> SHIFT);
            repeated |= worker == last;
            last = worker;
            counts += 1L << (cells[i] - worker * classes << 3);
        }
        if (repeated) {
            return false;
        }
        addPairs(counts, perOther[workers]);
        return true;
    }

    private void addPairs(long ofTask, double share) {
        var counts = ofTask;
        for (var c = 0; counts != 0; c++, counts >>>= 8) {
            var voices = (int) counts & MOST_COUNT;
            if (voices > 0) {
                occurrences[c] += voices;
                var weight = share * voices;
                var rest = counts >>> 8;
                for (var cell = c * classes + c + 1; rest != 0; cell++, rest >>>= 8) {
                    pairs[cell] += weight * ((int) rest & MOST_COUNT);
                }
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
