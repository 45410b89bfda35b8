package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * The sweep for any number of classes K. What a judgement needs lies in two runs of memory, short enough to stay near: the
 * log odds of (worker, said), and the expected counts.
 *
 * <p><b>Odds.</b> The cost of each true class, the negated log rate with a step of 2^-{@value #COST_BITS}, less that of the
 * first class: K - 1 signed numbers, two in each long. Longs are added whole, up to {@value #SEGMENT} of them before the
 * halves, by then 32 bits wide, must be taken apart. What the step costs the log likelihood is paid back: the expected count
 * of a cell times what rounding took from its logarithm, summed over all cells, leaves an error of second order.
 *
 * <p><b>Counts.</b> A task's posteriors are added up class by class and then rounded, so that the mass of the classes below k
 * is one whole number for each k from 1 to K - 1, and below K is exactly one. These K - 1 numbers are what is counted: a
 * class's mass is a difference, the last class's what is missing from the number of judgements. A class whose posterior is 0
 * counts exactly 0. Of many judgements, of which no worker gave a class more than a thousand, two counts share a long: half
 * the additions in half the memory, and a mass still has as fine a step as the costs have. Otherwise each has its own.
 *
 * <p>Runs are walked in groups that stay in registers. A group may reach past the end of a run: what is read there is
 * ignored, and what is added is 0.
 */
final class WideSweep extends EmSweep {
    private static final int SEGMENT = 8;
    private static final int COST_BITS = 22;
    private static final double COST_SCALE = 1 << COST_BITS;
    /** Rates below e^-64 do not occur; the sum of eight differences of costs below it has 31 bits and a sign. */
    private static final long GREATEST = (64L << COST_BITS) - 1;

    static final int HALF = 32;
    private static final long LOW_HALF = (1L << HALF) - 1;
    /** Fewer judgements take no time worth a coarser step. */
    private static final int LARGE = 1 << 16;

    static final int FOUR = 4;
    private static final int GROUP = 8;
    private static final double LEAST = leastWeight();
    /** The cost that is as good as any greater one. */
    private static final long FAR = cost(-NEGLIGIBLE);
    /** Cost of what is no class, but stands behind the last one in a group: never the least, and far from an overflow. */
    private static final long NEVER = 1L << 60;
    /** Large arrays begin 16 bytes behind the start of a line of the cache; runs of a power of two shall not cross one. */
    static final int ALIGN = 6;

    private static final int RUNS = 256;
    private static final int AHEAD = 1 << 14;

    private final boolean narrow;
    /** Whether every task is one piece. */
    final boolean even;

    private final int runs;
    private final int roots;
    /** Longs of a run of odds, and of counts. */
    final int oddsRun;

    private final int countsRun;
    final long[] odds;
    /** Costs of the classes by the prior; behind them {@link #NEVER}. */
    final long[] priors;
    /** How often each worker said each class. */
    private final int[] said;
    /** What rounding to the step took from each cost. */
    private final float[] lost;

    /** Room for each member of the crew to prepare some runs in. */
    private final double[][] logs;

    private final long[][] costs;
    private final double[] lostOfPriors;
    private final long[] counts;
    private double underFirst;

    WideSweep(Labels labels, Gold gold, Crew crew) {
        this(labels, gold, crew, LARGE);
    }

    /** With the number of judgements from which on two counts may share a long. */
    WideSweep(Labels labels, Gold gold, Crew crew, int large) {
        var said = timesSaid(labels);
        var bits = HALF - bits(Arrays.stream(said).max().orElse(0));
        var narrow = bits >= COST_BITS && labels.size() >= large;
        super(labels, gold, crew, narrow ? bits : MASS_BITS);
        this.narrow = narrow;
        this.even = IntStream.range(0, tasks).allMatch(task -> {
            var judgements = labels.end(task) - labels.start(task);
            return judgements > 0 && judgements <= SEGMENT;
        });
        this.runs = said.length;
        this.roots = Logarithms.rootsFor(classes);
        this.oddsRun = classes / 2;
        this.countsRun = narrow ? oddsRun : 2 * oddsRun;
        this.odds = new long[Math.addExact(Math.multiplyExact(runs, oddsRun), ALIGN + FOUR)];
        this.priors = new long[classes + GROUP];
        Arrays.fill(priors, NEVER);
        this.said = said;
        this.lost = new float[Math.multiplyExact(runs, classes)];
        this.logs = new double[crew.members()][RUNS * classes];
        this.costs = new long[crew.members()][RUNS * classes];
        this.lostOfPriors = new double[classes];
        this.counts = new long[lost.length];
    }

    private static double leastWeight() {
        var weight = new double[] {NEGLIGIBLE};
        Logarithms.exp(weight, 1);
        return weight[0];
    }

    @Override
    void prepare(ErrorRates parameters) {
        var rates = parameters.cells();
        var first = new LongAdder();
        crew.share(runs, RUNS, (member, from, to) -> {
            first.add(prepare(rates, from, to, logs[member], costs[member]));
        });
        for (var truth = 0; truth < classes; truth++) {
            var exact = -logPrior(parameters.marginals()[truth]);
            priors[truth] = cost(exact);
            lostOfPriors[truth] = exact - priors[truth] / COST_SCALE;
        }
        underFirst = first.sum() / COST_SCALE;
    }

    /** Prepares some runs; returns the cost of their judgements under the first class. */
    private long prepare(double[] rates, int from, int to, double[] logs, long[] costs) {
        var begin = from * classes;
        var size = (to - from) * classes;
        System.arraycopy(rates, begin, logs, 0, size);
        Logarithms.log(logs, costs, size);
        for (var i = 0; i < size; i++) {
            costs[i] = cost(-logs[i]);
        }
        for (var i = 0; i < size; i++) {
            lost[begin + i] = (float) (-logs[i] - costs[i] / COST_SCALE);
        }
        var sum = 0L;
        for (var run = from; run < to; run++) {
            var at = (run - from) * classes;
            var ofFirst = costs[at];
            sum += said[run] * ofFirst;
            for (var pair = 0; pair < oddsRun; pair++) {
                var low = costs[at + 2 * pair + 1] - ofFirst;
                var high = 2 * pair + 2 < classes ? costs[at + 2 * pair + 2] - ofFirst : 0;
                odds[ALIGN + run * oddsRun + pair] = low + (high << HALF);
            }
        }
        return sum;
    }

    private static long cost(double exact) {
        return Math.clamp((long) Math.rint(exact * COST_SCALE), 0, GREATEST);
    }

    @Override
    double logLikelihood(double termsOfTasks) {
        var unpaid = new LongAdder();
        crew.share(runs, RUNS, (member, from, to) -> {
            var sum = 0L;
            for (var run = from; run < to; run++) {
                var ofRun = 0.0;
                for (var i = run * classes; i < (run + 1) * classes; i++) {
                    ofRun += counts[i] * (double) lost[i];
                }
                sum += (long) Math.rint(ofRun * (sumScale / massScale));
            }
            unpaid.add(sum);
        });
        var mass = classMass();
        var ofPriors = 0.0;
        for (var truth = 0; truth < classes; truth++) {
            ofPriors += mass[truth] / massScale * lostOfPriors[truth];
        }
        return termsOfTasks - underFirst - unpaid.sum() / sumScale - ofPriors;
    }

    @Override
    void merge() {
        var one = (long) massScale;
        var tables = lanes().stream().map(lane -> lane.table).toArray(long[][]::new);
        crew.share(runs, RUNS, (member, from, to) -> {
            for (var run = from; run < to; run++) {
                var below = 0L;
                for (var truth = 0; truth < classes - 1; truth++) {
                    var within = 0L;
                    for (var table : tables) {
                        within += counted(table, run, truth);
                    }
                    counts[run * classes + truth] = within - below;
                    below = within;
                }
                counts[(run + 1) * classes - 1] = said[run] * one - below;
            }
        });
    }

    private long counted(long[] table, int run, int truth) {
        if (narrow) {
            return table[ALIGN + run * countsRun + truth / 2] >>> truth % 2 * HALF & LOW_HALF;
        }
        return table[ALIGN + run * countsRun + truth];
    }

    @Override
    long[] counts() {
        return counts;
    }

    @Override
    Lane lane() {
        return new Scores();
    }

    /** Arrays by (truth, task of the batch), so that a class is a run of memory. */
    private final class Scores extends Lane {
        /** Costs of the judgements less those of the first class, and the prior; then above the least of the task. */
        private final long[] scores = new long[(classes + GROUP) * BATCH];

        private final double[] lowest = new double[BATCH];
        private final double[] weights = new double[classes * BATCH];
        /** Weight of each class and those before it; behind the last, what a weight must be multiplied by for units. */
        private final double[] upTo = new double[(classes + 1) * BATCH];

        /** Mass of each class and those before it, in the columns in which it is counted. */
        private final long[] units = new long[(classes + GROUP) * BATCH];

        private final double[] terms = new double[BATCH];
        /** Judgements read ahead: a long run of far memory comes in several times as fast as the same in short ones. */
        private final int[] ahead = new int[Math.max(AHEAD, cells.length)];

        private int aheadFrom;
        private int aheadTo;
        private final long[] mass = new long[classes];
        private final Gather gather;
        private final Scatter scatter;
        private final int[] pieceEnds = new int[cells.length / SEGMENT + BATCH + 1];
        private final int[] pieceTasks = new int[pieceEnds.length];

        Scores() {
            super(Math.addExact(Math.multiplyExact(runs, countsRun), ALIGN + FOUR));
            this.scatter = new Scatter(table, units, narrow, classes);
            this.gather = new Gather(WideSweep.this, scores, pieceEnds.length);
            Arrays.setAll(pieceTasks, piece -> piece);
        }

        @Override
        void clear() {
            super.clear();
            Arrays.fill(mass, 0);
        }

        @Override
        void read(int start, int end) {
            if (start < aheadFrom || end > aheadTo) {
                aheadFrom = start;
                aheadTo = (int) Math.min(labels.size(), (long) start + ahead.length);
                labels.copyCells(aheadFrom, aheadTo, ahead);
            }
            System.arraycopy(ahead, start - aheadFrom, cells, 0, end - start);
        }

        @Override
        void votes() {
            Arrays.fill(weights, 0);
            var i = 0;
            for (var task = 0; task < count; task++) {
                var begin = i;
                for (; i < ends[task]; i++) {
                    weights[cells[i] % classes * BATCH + task]++;
                }
                for (var truth = 0; begin == i && truth < classes; truth++) {
                    weights[truth * BATCH + task] = 1;
                }
            }
            forGold(this::know);
            cut();
            toUnits();
        }

        @Override
        void expect() {
            cut();
            gather.scores(cells, pieceEnds, pieceTasks, ends[count - 1]);
            exponentiate();
            forGold((task, label) -> {
                lowest[task] += scores[label * BATCH + task];
                know(task, label);
            });
            toUnits();
            addTerms();
        }

        /** Cuts the batch's judgements into pieces of one task and no more than the halves of a long can add up. */
        private void cut() {
            if (even) {
                System.arraycopy(ends, 0, pieceEnds, 0, count);
                pieceEnds[count] = 0;
            } else {
                cutLong();
            }
            var size = ends[count - 1];
            for (var at = 0; at < size; at++) {
                cells[at] = cells[at] * oddsRun + ALIGN;
            }
        }

        private void cutLong() {
            var i = 0;
            var size = 0;
            for (var task = 0; task < count; task++) {
                while (i < ends[task]) {
                    i = Math.min(ends[task], i + SEGMENT);
                    pieceEnds[size] = i;
                    pieceTasks[size++] = task;
                }
            }
            pieceEnds[size] = 0;
            pieceTasks[size] = 0;
        }

        // The compiler makes vector instructions of a loop that stores into an array only where no other array of its
        // type is read, or the same one at a constant distance: hence the types and the shape of what follows.

        private void exponentiate() {
            Arrays.fill(lowest, priors[0]);
            for (var row = BATCH; row < classes * BATCH; row += FOUR * BATCH) {
                lower(row);
            }
            for (var task = 0; task < BATCH; task++) {
                scores[task] -= (long) lowest[task];
            }
            for (var row = BATCH; row < classes * BATCH; row += FOUR * BATCH) {
                subtract(row);
            }
            var back = -1 / COST_SCALE;
            for (var i = 0; i < weights.length; i++) {
                weights[i] = Math.min(scores[i], FAR) * back;
            }
            Logarithms.exp(weights, weights.length);
            for (var i = 0; i < weights.length; i++) {
                weights[i] -= LEAST;
            }
        }

        /** Takes the least of four rows of scores into account. */
        private void lower(int row) {
            for (var task = 0; task < BATCH; task++) {
                var i = row + task;
                var some = Math.min(scores[i], scores[i + BATCH]);
                var others = Math.min(scores[i + 2 * BATCH], scores[i + 3 * BATCH]);
                lowest[task] = Math.min(lowest[task], (double) Math.min(some, others));
            }
        }

        private void subtract(int row) {
            for (var task = 0; task < BATCH; task++) {
                var least = (long) lowest[task];
                scores[row + task] -= least;
                scores[row + task + BATCH] -= least;
                scores[row + task + 2 * BATCH] -= least;
                scores[row + task + 3 * BATCH] -= least;
            }
        }

        private void know(int task, int label) {
            for (var truth = 0; truth < classes; truth++) {
                weights[truth * BATCH + task] = truth == label ? 1 : 0;
            }
        }

        private void toUnits() {
            System.arraycopy(weights, 0, upTo, 0, weights.length);
            for (var i = BATCH; i < weights.length; i++) {
                upTo[i] += upTo[i - BATCH];
            }
            var last = (classes - 1) * BATCH;
            for (var task = 0; task < BATCH; task++) {
                upTo[last + BATCH + task] = massScale / upTo[last + task];
            }
            if (narrow) {
                for (var column = 0; column < countsRun; column++) {
                    toPairs(column);
                }
            } else {
                for (var column = 0; column < classes - 1; column++) {
                    toUnits(column);
                }
            }
        }

        private void toUnits(int column) {
            var scale = classes * BATCH;
            for (var task = 0; task < BATCH; task++) {
                units[column * BATCH + task] = (long) Math.rint(upTo[column * BATCH + task] * upTo[scale + task]);
            }
        }

        /** Two classes in one long, or the last but one alone. */
        private void toPairs(int column) {
            var scale = classes * BATCH;
            var row = 2 * column * BATCH;
            if (2 * column + 2 == classes) {
                for (var task = 0; task < BATCH; task++) {
                    units[column * BATCH + task] = (long) Math.rint(upTo[row + task] * upTo[scale + task]);
                }
                return;
            }
            for (var task = 0; task < BATCH; task++) {
                var low = (long) Math.rint(upTo[row + task] * upTo[scale + task]);
                var high = (long) Math.rint(upTo[row + BATCH + task] * upTo[scale + task]);
                units[column * BATCH + task] = low + (high << HALF);
            }
        }

        private void addTerms() {
            var back = 1 / COST_SCALE;
            System.arraycopy(upTo, (classes - 1) * BATCH, terms, 0, BATCH);
            Logarithms.logRoots(terms, BATCH, roots);
            var sum = 0L;
            for (var task = 0; task < count; task++) {
                sum += (long) Math.rint((terms[task] - lowest[task] * back) * sumScale);
            }
            likelihood += sum;
        }

        @Override
        void count() {
            for (var truth = 0; truth < classes - 1; truth++) {
                var sum = narrow ? sumOfHalves(truth / 2 * BATCH, truth % 2 * HALF) : sum(units, truth * BATCH, count);
                mass[truth] += sum;
                mass[truth + 1] -= sum;
            }
            mass[classes - 1] += count * (long) massScale;
            scatter.add(cells, pieceEnds, pieceTasks, ends[count - 1]);
        }

        private long sumOfHalves(int from, int shift) {
            var sum = 0L;
            for (var i = from; i < from + count; i++) {
                sum += units[i] >>> shift & LOW_HALF;
            }
            return sum;
        }

        /** Sum of a row; four sums that do not wait for each other. */
        private static long sum(long[] numbers, int from, int size) {
            var a = 0L;
            var b = 0L;
            var c = 0L;
            var d = 0L;
            var i = from;
            for (; i < from + size - 3; i += 4) {
                a += numbers[i];
                b += numbers[i + 1];
                c += numbers[i + 2];
                d += numbers[i + 3];
            }
            for (; i < from + size; i++) {
                a += numbers[i];
            }
            return a + b + c + d;
        }

        @Override
        void store(double[] posteriors) {
            var last = (classes - 1) * BATCH;
            for (var task = 0; task < count; task++) {
                for (var truth = 0; truth < classes; truth++) {
                    posteriors[(first + task) * classes + truth] = weights[truth * BATCH + task] / upTo[last + task];
                }
            }
        }

        @Override
        long[] mass() {
            return mass;
        }
    }
}
