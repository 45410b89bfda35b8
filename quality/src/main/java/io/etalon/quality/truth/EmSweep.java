package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One pass over all judgements that computes the posteriors of each task (E-step) and, while they are at hand, adds
 * them to the expected counts of the next M-step. {@link BinarySweep} has the form for two classes, {@link WideSweep}
 * that for any number.
 *
 * <p>All sums that run over tasks, workers or judgements are sums of 64-bit integers in fixed point, which are
 * associative: no order of input and no number of threads can change a bit. Probability mass is counted in units of
 * 2^-s, where s is as large as the number of judgements permits (50 bits for 4,000 judgements, 35 for 100 million);
 * log probabilities likewise, by the largest number of judgements on one task. Within a task the terms of a
 * normalisation are doubles, summed in class order.
 *
 * <p>Tasks go through in batches that stay in the cache: gather the scores of 256 tasks, exponentiate all of them (vector
 * instructions), scatter the posteriors. Posteriors are not stored between passes.
 */
abstract sealed class EmSweep permits BinarySweep, WideSweep {
    /** Posteriors below e^-60 are 0. */
    static final double NEGLIGIBLE = -60;

    static final int BATCH = 256;
    /** Most bits of a unit of mass. */
    static final int MASS_BITS = 50;

    private static final int BUFFER = 8192;
    private static final int CHUNK = 1 << 16;
    /** Logarithms in use lie above -64: {@link ErrorRates} keeps rates above e^-52. */
    private static final int LOG_BITS = 6;

    final Labels labels;
    final int classes;
    final int tasks;
    final double massScale;
    final double scoreScale;
    final double sumScale;
    private final Gold gold;
    private final int longest;
    final Crew crew;
    private final List<Lane> lanes = new ArrayList<>();
    private final int chunk;

    EmSweep(Labels labels, Gold gold, Crew crew, int massBits) {
        this.labels = labels;
        this.gold = gold;
        this.crew = crew;
        this.classes = labels.classes().size();
        this.tasks = labels.tasks().size();
        this.longest = IntStream.range(0, tasks)
                .map(task -> labels.end(task) - labels.start(task))
                .max()
                .orElse(0);
        var sizeBits = bits((long) labels.size() + tasks);
        this.massScale = Math.scalb(1.0, Math.min(massBits, 62 - sizeBits));
        this.scoreScale = Math.scalb(1.0, 60 - LOG_BITS - bits(longest + 1L));
        this.sumScale = Math.scalb(1.0, 62 - LOG_BITS - sizeBits);
        this.chunk = (int) Math.clamp((long) CHUNK * tasks / Math.max(1, labels.size()), 1, CHUNK);
    }

    static EmSweep of(Labels labels, Gold gold, Crew crew) {
        return labels.classes().size() == 2 ? new BinarySweep(labels, gold, crew) : new WideSweep(labels, gold, crew);
    }

    static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    static double logPrior(double marginal) {
        return Math.max(NEGLIGIBLE, StrictMath.log(marginal));
    }

    /** Counts the vote shares as if they were posteriors. */
    final void countVotes() {
        pass(lane -> lane.votes());
    }

    /** Counts the posteriors under the parameters, and returns the log likelihood. */
    final double run(ErrorRates parameters) {
        prepare(parameters);
        pass(lane -> lane.expect());
        return logLikelihood(lanes.stream().mapToLong(lane -> lane.likelihood).sum() / sumScale);
    }

    /** Posteriors under the parameters, tasks x classes. */
    final double[] posteriors(ErrorRates parameters) {
        prepare(parameters);
        var result = new double[Math.multiplyExact(tasks, classes)];
        each(lane -> {
            lane.expect();
            lane.store(result);
        });
        return result;
    }

    private void pass(Consumer<Lane> expectation) {
        lanes.forEach(Lane::clear);
        each(lane -> {
            expectation.accept(lane);
            lane.count();
        });
        merge();
    }

    private void each(Consumer<Lane> work) {
        lanes();
        crew.share(tasks, chunk, (member, from, to) -> {
            var lane = lanes.get(member);
            for (var first = from; first < to; first += lane.count) {
                lane.load(first, to);
                work.accept(lane);
            }
        });
    }

    /** One for each member of the crew. */
    final List<Lane> lanes() {
        while (lanes.size() < crew.members()) {
            lanes.add(lane());
        }
        return lanes;
    }

    /** Size of one unit of mass. */
    final double unit() {
        return 1 / massScale;
    }

    /** Mass of each class over all tasks, in units. */
    final long[] classMass() {
        var sum = new long[classes];
        lanes.forEach(lane -> addTo(sum, lane.mass(), 0, classes));
        return sum;
    }

    /** How often each worker said each class. */
    static int[] timesSaid(Labels labels) {
        var said = new int[labels.workers().size() * labels.classes().size()];
        var buffer = new int[BATCH];
        for (var from = 0; from < labels.size(); from += BATCH) {
            var size = Math.min(BATCH, labels.size() - from);
            labels.copyCells(from, from + size, buffer);
            for (var i = 0; i < size; i++) {
                said[buffer[i]]++;
            }
        }
        return said;
    }

    /** Adds up the tables of all lanes; the result is the first one's own. */
    final long[] mergedTables() {
        var first = lanes.getFirst().table;
        if (lanes.size() > 1) {
            crew.share(first.length, CHUNK, (member, from, to) -> {
                for (var lane : lanes.subList(1, lanes.size())) {
                    addTo(first, lane.table, from, to);
                }
            });
        }
        return first;
    }

    private static void addTo(long[] sum, long[] terms, int from, int to) {
        for (var i = from; i < to; i++) {
            sum[i] += terms[i];
        }
    }

    /** Turns parameters into the table of scores. */
    abstract void prepare(ErrorRates parameters);

    /** The log likelihood from the sum of the tasks' terms. */
    abstract double logLikelihood(double termsOfTasks);

    /** Adds up what the lanes counted, after a pass. */
    abstract void merge();

    /** Expected counts by (worker, said, truth), in units; see {@link ErrorRates} for the layout. */
    abstract long[] counts();

    abstract Lane lane();

    /** One thread's batch of tasks and its own sums. */
    abstract class Lane {
        /** Judgements of the batch, and where each task's end. */
        final int[] cells = new int[Math.max(BUFFER, longest)];

        final int[] ends = new int[BATCH];
        final long[] table;
        int first;
        int count;
        long likelihood;

        Lane(int tableSize) {
            this.table = new long[tableSize];
        }

        void clear() {
            Arrays.fill(table, 0);
            likelihood = 0;
        }

        /** Takes as many tasks from {@code from} on, below {@code to}, as the batch has room for. */
        final void load(int from, int to) {
            first = from;
            var start = labels.start(from);
            var room = start + cells.length;
            var most = Math.min(BATCH, to - from);
            var taken = 0;
            for (var task = 0; task < most; task++) {
                var end = labels.end(from + task);
                if (end > room) {
                    break;
                }
                ends[task] = end - start;
                taken++;
            }
            count = taken;
            read(start, start + ends[taken - 1]);
        }

        /** Puts a run of judgements at the start of {@link #cells}. */
        void read(int start, int end) {
            labels.copyCells(start, end, cells);
        }

        /** Gold tasks of the batch. */
        final void forGold(Gold.Known action) {
            gold.between(first, first + count, (task, label) -> action.is(task - first, label));
        }

        /** Sets the batch's masses to its vote shares. */
        abstract void votes();

        /** Sets the batch's masses to its posteriors and adds their terms to the log likelihood. */
        abstract void expect();

        /** Adds the batch's masses to the sums. */
        abstract void count();

        /** Writes the batch's posteriors, after {@link #expect()}. */
        abstract void store(double[] posteriors);

        /** Mass of each class. */
        abstract long[] mass();
    }
}
