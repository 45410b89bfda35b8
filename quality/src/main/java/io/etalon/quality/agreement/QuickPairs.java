package io.etalon.quality.agreement;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Krippendorff's coincidence matrix of all tasks in one pass over the judgements, for up to 128 classes. The voices of a
 * task with up to 8 classes are counted in the bytes of one long, unless a worker judged a task twice. Tasks are divided among
 * threads of the common pool, each with sums of its own in whole numbers, and what cannot be counted in whole numbers follows
 * in the order of tasks: the same bits for any number of threads.
 */
final class QuickPairs {
    static final int MOST_CLASSES = 128;

    private static final int PACKED_CLASSES = 8;
    private static final int MOST_COUNT = 255;
    /** Judgements below which another thread gains nothing. */
    private static final int WORTH_A_THREAD = 1 << 17;

    private final Labels labels;
    private final int classes;
    private final Tally tally;
    private final double[] occurrences;
    /** Pairs by class of either voice, the lower first, over workers - 1. */
    private final double[] pairs;

    /** Where in a long a cell's class is counted, in bits; empty where voices are not counted in a long. */
    private final byte[] places;

    QuickPairs(Labels labels, int threads) {
        this.labels = labels;
        this.classes = labels.classes().size();
        this.tally = new Tally(labels);
        this.occurrences = new double[classes];
        this.pairs = new double[classes * classes];
        var cells = labels.workers().size() * classes;
        this.places = new byte[classes > 1 && classes <= PACKED_CLASSES && cells <= labels.size() ? cells : 0];
        if (places.length == 0) {
            for (var task = 0; task < labels.tasks().size(); task++) {
                counted(task);
            }
        } else {
            for (var cell = 0; cell < cells; cell++) {
                places[cell] = (byte) (cell % classes * Byte.SIZE);
            }
            packed(Math.clamp(labels.size() / WORTH_A_THREAD, 1, threads));
        }
    }

    private void packed(int threads) {
        var tasks = (long) labels.tasks().size();
        var lanes = IntStream.range(0, threads)
                .parallel()
                .mapToObj(i -> new Lane((int) (tasks * i / threads), (int) (tasks * (i + 1) / threads)))
                .toList();
        for (var lane : lanes) {
            Arrays.stream(lane.others, 0, lane.left).forEach(this::counted);
        }
        var products = lanes.getFirst().products;
        for (var lane : lanes) {
            for (var c = 0; c < classes; c++) {
                occurrences[c] += lane.voices[c];
            }
            for (var i = 0; i < products.length && lane != lanes.getFirst(); i++) {
                products[i] += lane.products[i];
            }
        }
        for (var workers = 2; workers <= MOST_COUNT; workers++) {
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

    /** A run of tasks, counted by one thread. */
    private final class Lane {
        private static final int BUFFER = 2048;
        /** Tasks with so many workers that wait to be added up. */
        private static final int WORDS = 256;

        /** How often each class occurs. */
        private final long[] voices = new long[classes];
        /** Pairs of voices by number of workers and the classes of either voice. */
        private final long[] products = new long[(MOST_COUNT + 1) * classes * classes];
        /** Tasks with repetitions or too many judgements, not counted here. */
        private int[] others = new int[16];

        private int left;

        private final int[] cells = new int[BUFFER];
        /** Voices of all judgements before, carried from byte to byte: the difference of two is what lies between. */
        private final long[] before = new long[BUFFER + 1];

        private final long[][] words = new long[MOST_COUNT + 1][];
        private final int[] filled = new int[MOST_COUNT + 1];

        Lane(int from, int to) {
            for (var task = from; task < to; ) {
                task = next(task, to);
            }
            for (var workers = 2; workers <= MOST_COUNT; workers++) {
                add(workers);
            }
        }

        /** Counts tasks as far as the buffer reaches, at least one, and returns the next. */
        private int next(int first, int to) {
            var start = labels.start(first);
            var size = Math.min(BUFFER, labels.size() - start);
            labels.copyCells(start, start + size, cells);
            sumUp(size);
            var task = first;
            var begin = 0;
            while (task < to && labels.end(task) - start <= size) {
                var end = labels.end(task) - start;
                var workers = end - begin;
                if (workers > MOST_COUNT || labels.repeats() && repeated(begin, end)) {
                    leave(task);
                } else if (workers > 1) {
                    put(workers, before[end] - before[begin]);
                }
                begin = end;
                task++;
            }
            if (task == first) {
                leave(task++);
            }
            return task;
        }

        /** One loop over tasks short and long, in which nothing depends on where they end. */
        private void sumUp(int size) {
            var judgements = cells;
            var place = places;
            var sums = before;
            var sum = 0L;
            for (var i = 0; i < size; i++) {
                sum += 1L << place[judgements[i]];
                sums[i + 1] = sum;
            }
        }

        private boolean repeated(int from, int to) {
            var ascending = -1;
            for (var i = from + 1; i < to; i++) {
                // Below 0 as long as the judgement before is another worker's, whose cells are all lower.
                ascending &= cells[i - 1] - (cells[i] - places[cells[i]] / Byte.SIZE);
            }
            return ascending >= 0;
        }

        private void leave(int task) {
            others = left == others.length ? Arrays.copyOf(others, left * 2) : others;
            others[left++] = task;
        }

        private void put(int workers, long counts) {
            var row = words[workers];
            if (row == null) {
                row = new long[WORDS];
                words[workers] = row;
            }
            row[filled[workers]++] = counts;
            if (filled[workers] == WORDS) {
                add(workers);
            }
        }

        /** Adds up the tasks that wait with so many workers, in loops that become vector instructions. */
        private void add(int workers) {
            var size = filled[workers];
            for (var c = 0; c < classes && size > 0; c++) {
                var low = c * Byte.SIZE;
                voices[c] += sum(words[workers], size, low);
                for (var k = c + 1; k < classes; k++) {
                    products[(workers * classes + c) * classes + k] += sum(words[workers], size, low, k * Byte.SIZE);
                }
            }
            filled[workers] = 0;
        }

        private static long sum(long[] words, int size, int place) {
            var sum = 0L;
            for (var i = 0; i < size; i++) {
                sum += words[i] >>> place & MOST_COUNT;
            }
            return sum;
        }

        private static long sum(long[] words, int size, int place, int other) {
            var sum = 0L;
            for (var i = 0; i < size; i++) {
                sum += (words[i] >>> place & MOST_COUNT) * (words[i] >>> other & MOST_COUNT);
            }
            return sum;
        }
    }
}
