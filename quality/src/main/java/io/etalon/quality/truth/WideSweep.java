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
    /** Large arrays begin 16 bytes behind the start of a line of the cache; runs of a power of two shall not cross one. */
    static final int ALIGN = 6;

    private static final int RUNS = 1024;

    private final boolean narrow;
    /** Whether every task is one piece. */
    private final boolean even;

    private final int runs;
    private final int roots;
    /** Longs of a run of odds, and of counts. */
    private final int oddsRun;

    private final int countsRun;
    private final long[] odds;
    private final long[] priors;
    /** How often each worker said each class. */
    private final int[] said;
    /** What rounding to the step took from each cost. */
    private final float[] lost;

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
        this.priors = new long[classes];
        this.said = said;
        this.lost = new float[Math.multiplyExact(runs, classes)];
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
            var costs = new long[classes + 1];
            var sum = 0L;
            for (var run = from; run < to; run++) {
                for (var truth = 0; truth < classes; truth++) {
                    var exact = -Logarithms.log(rates[run * classes + truth]);
                    costs[truth] = cost(exact);
                    lost[run * classes + truth] = (float) (exact - costs[truth] / COST_SCALE);
                }
                costs[classes] = costs[0];
                sum += said[run] * costs[0];
                for (var pair = 0; pair < oddsRun; pair++) {
                    var low = costs[2 * pair + 1] - costs[0];
                    var high = costs[2 * pair + 2] - costs[0];
                    odds[ALIGN + run * oddsRun + pair] = low + (high << HALF);
                }
            }
            first.add(sum);
        });
        for (var truth = 0; truth < classes; truth++) {
            var exact = -logPrior(parameters.marginals()[truth]);
            priors[truth] = cost(exact);
            lostOfPriors[truth] = exact - priors[truth] / COST_SCALE;
        }
        underFirst = first.sum() / COST_SCALE;
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

        /** Mass of each class and those before it. */
        private final long[] units = new long[(classes + GROUP) * BATCH];

        private final double[] terms = new double[BATCH];
        private final long[] mass = new long[classes];
        private final Scatter scatter;
        private final int[] pieceEnds = new int[cells.length / SEGMENT + BATCH + 1];
        private final int[] pieceTasks = new int[pieceEnds.length];

        Scores() {
            super(Math.addExact(Math.multiplyExact(runs, countsRun), ALIGN + FOUR));
            this.scatter = new Scatter(table, units, narrow, classes);
            Arrays.setAll(pieceTasks, piece -> piece);
        }

        @Override
        void clear() {
            super.clear();
            Arrays.fill(mass, 0);
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
            Arrays.fill(scores, 0, even ? BATCH : scores.length, 0);
            for (var pair = 0; pair < oddsRun; pair += FOUR) {
                if (oddsRun - pair <= FOUR / 2) {
                    gatherTwo(pair);
                } else {
                    gatherFour(pair);
                }
            }
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
                cells[at] *= oddsRun;
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

        /** Scores of four classes from the one behind twice {@code pair} on. */
        private void gatherTwo(int pair) {
            var table = odds;
            var judgements = cells;
            var stops = pieceEnds;
            var begin = ALIGN + pair;
            var size = ends[count - 1];
            var piece = 0;
            var stop = stops[0];
            var p = 0L;
            var q = 0L;
            for (var i = 0; i < size; i++) {
                var at = judgements[i] + begin;
                p += table[at];
                q += table[at + 1];
                if (i + 1 == stop) {
                    var to = (2 * pair + 1) * BATCH + pieceTasks[piece++];
                    stop = stops[piece];
                    addHalves(p, to);
                    addHalves(q, to + 2 * BATCH);
                    p = 0;
                    q = 0;
                }
            }
        }

        /** Scores of eight classes from the one behind twice {@code pair} on. */
        private void gatherFour(int pair) {
            var table = odds;
            var judgements = cells;
            var stops = pieceEnds;
            var begin = ALIGN + pair;
            var size = ends[count - 1];
            var piece = 0;
            var stop = stops[0];
            var p = 0L;
            var q = 0L;
            var r = 0L;
            var s = 0L;
            for (var i = 0; i < size; i++) {
                var at = judgements[i] + begin;
                p += table[at];
                q += table[at + 1];
                r += table[at + 2];
                s += table[at + 3];
                if (i + 1 == stop) {
                    var to = (2 * pair + 1) * BATCH + pieceTasks[piece++];
                    stop = stops[piece];
                    addHalves(p, to);
                    addHalves(q, to + 2 * BATCH);
                    addHalves(r, to + 4 * BATCH);
                    addHalves(s, to + 6 * BATCH);
                    p = 0;
                    q = 0;
                    r = 0;
                    s = 0;
                }
            }
        }

        private void addHalves(long pair, int to) {
            if (even) {
                scores[to] = (int) pair;
                scores[to + BATCH] = pair - (int) pair >> HALF;
            } else {
                scores[to] += (int) pair;
                scores[to + BATCH] += pair - (int) pair >> HALF;
            }
        }

        // The compiler makes vector instructions of a loop that stores into an array only where no other array of its
        // type is
        // read, or the same one at a constant distance: hence the types and the shape of what follows.

        private void exponentiate() {
            Arrays.fill(lowest, Double.POSITIVE_INFINITY);
            for (var truth = 0; truth < classes; truth++) {
                lower(truth * BATCH, priors[truth]);
            }
            for (var truth = 0; truth < classes; truth++) {
                subtract(truth * BATCH);
            }
            Logarithms.exp(weights, weights.length);
            for (var i = 0; i < weights.length; i++) {
                weights[i] -= LEAST;
            }
        }

        private void lower(int row, long prior) {
            for (var task = 0; task < BATCH; task++) {
                scores[row + task] += prior;
            }
            for (var task = 0; task < BATCH; task++) {
                lowest[task] = Math.min(lowest[task], (double) scores[row + task]);
            }
        }

        private void subtract(int row) {
            var back = -1 / COST_SCALE;
            for (var task = 0; task < BATCH; task++) {
                scores[row + task] -= (long) lowest[task];
            }
            for (var task = 0; task < BATCH; task++) {
                weights[row + task] = Math.min(scores[row + task], FAR) * back;
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
            for (var row = 0; row < last; row += BATCH) {
                toUnits(row);
            }
        }

        private void toUnits(int row) {
            var scale = classes * BATCH;
            for (var task = 0; task < BATCH; task++) {
                units[row + task] = (long) Math.rint(upTo[row + task] * upTo[scale + task]);
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
                var sum = sum(units, truth * BATCH, count);
                mass[truth] += sum;
                mass[truth + 1] -= sum;
            }
            mass[classes - 1] += count * (long) massScale;
            scatter.add(cells, pieceEnds, pieceTasks, ends[count - 1]);
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
