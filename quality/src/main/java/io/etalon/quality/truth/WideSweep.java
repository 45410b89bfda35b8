package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * The sweep for any number of classes. What a judgement needs lies in one run of memory, which for up to five classes is
 * as long as a line of the cache: the counts of (worker, said) by true class, 64 bits each, and behind them the costs,
 * the negated log rates, two in 64 bits with a step of 1.5e-8. The sweep adds up a judgement's costs, and adds to its
 * counts while the run is still in the cache. Every thread has a table of its own, costs and all.
 *
 * <p>Runs are walked with the true classes in groups of four, five or eight that stay in registers. A group may reach past
 * the end of a run: what is read there is ignored, and what is added is 0.
 */
final class WideSweep extends EmSweep {
    private static final int GROUP = 8;
    private static final int SMALL = 4;
    /** Costs lie below 64. */
    private static final double COST_SCALE = 1L << 26;

    private static final int HALF = 32;
    private static final long LOW = (1L << HALF) - 1;
    private static final double LEAST = leastWeight();
    /** The cost that is as good as any greater one. */
    private static final long FAR = cost(NEGLIGIBLE);

    private static final int RUNS = 1024;

    private final int groups;
    private final int roots;
    /** Length of a run. */
    private final int stride;

    private final long[] priors;
    private long[] merged = new long[0];

    WideSweep(Labels labels, Gold gold, Crew crew) {
        super(labels, gold, crew);
        this.groups = (classes + GROUP - 1) / GROUP;
        this.roots = Logarithms.rootsFor(classes);
        this.stride = classes + (classes + 1) / 2;
        this.priors = new long[classes];
    }

    private static double leastWeight() {
        var weight = new double[] {NEGLIGIBLE};
        Logarithms.exp(weight, 1);
        return weight[0];
    }

    private int runs() {
        return labels.workers().size() * classes;
    }

    @Override
    void prepare(ErrorRates parameters) {
        var rates = parameters.cells();
        crew.share(runs(), RUNS, (member, from, to) -> {
            var costs = new long[classes + 1];
            for (var said = from; said < to; said++) {
                for (var truth = 0; truth < classes; truth++) {
                    costs[truth] = cost(Logarithms.log(rates[said * classes + truth]));
                }
                for (var truth = 0; truth < classes; truth += 2) {
                    var pair = costs[truth] | costs[truth + 1] << HALF;
                    for (var lane : lanes()) {
                        lane.table[said * stride + classes + truth / 2] = pair;
                    }
                }
            }
        });
        for (var truth = 0; truth < classes; truth++) {
            priors[truth] = cost(logPrior(parameters.marginals()[truth]));
        }
    }

    private static long cost(double logarithm) {
        return (long) Math.rint(Math.max(0, -logarithm) * COST_SCALE);
    }

    @Override
    double logLikelihood(double termsOfTasks) {
        return termsOfTasks;
    }

    @Override
    long[] counts() {
        if (merged.length == 0) {
            merged = new long[runs() * classes];
        }
        crew.share(runs(), RUNS, (member, from, to) -> {
            Arrays.fill(merged, from * classes, to * classes, 0);
            for (var lane : lanes()) {
                for (var said = from; said < to; said++) {
                    for (var truth = 0; truth < classes; truth++) {
                        merged[said * classes + truth] += lane.table[said * stride + truth];
                    }
                }
            }
        });
        return merged;
    }

    @Override
    Lane lane() {
        return new Scores();
    }

    /** Arrays by (truth, task of the batch), so that a class is a run of memory. */
    private final class Scores extends Lane {
        /** Costs of the judgements and the prior. */
        private final long[] scores = new long[groups * GROUP * BATCH];

        private final double[] weights = new double[classes * BATCH];
        private final long[] units = new long[groups * GROUP * BATCH];
        private final long[] lowest = new long[BATCH];
        private final double[] sums = new double[BATCH];
        private final double[] scales = new double[BATCH];
        private final long[] mass = new long[classes];

        Scores() {
            super(Math.addExact(Math.multiplyExact(runs(), stride), GROUP));
        }

        @Override
        void clear() {
            for (var said = 0; said < runs(); said++) {
                Arrays.fill(table, said * stride, said * stride + classes, 0);
            }
            likelihood = 0;
            Arrays.fill(mass, 0);
        }

        @Override
        void votes() {
            Arrays.fill(weights, 0);
            Arrays.fill(sums, 1);
            var i = 0;
            for (var task = 0; task < count; task++) {
                sums[task] = ends[task] - i;
                for (; i < ends[task]; i++) {
                    weights[cells[i] % classes * BATCH + task]++;
                }
                if (sums[task] == 0) {
                    for (var truth = 0; truth < classes; truth++) {
                        weights[truth * BATCH + task] = 1;
                    }
                    sums[task] = classes;
                }
            }
            forGold(this::know);
            toUnits();
        }

        @Override
        void expect() {
            for (var truth = 0; truth < classes; truth += GROUP) {
                if (classes - truth <= SMALL) {
                    gatherFour(truth);
                } else if (classes - truth == SMALL + 1) {
                    gatherFive(truth);
                } else {
                    gatherEight(truth);
                }
            }
            exponentiate();
            addTerms();
            toUnits();
        }

        private void gatherFour(int truth) {
            var costs = table;
            var begin = classes + truth / 2;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var a = 0L;
                var b = 0L;
                var c = 0L;
                var d = 0L;
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + begin;
                    var p = costs[at];
                    var q = costs[at + 1];
                    a += p & LOW;
                    b += p >>> HALF;
                    c += q & LOW;
                    d += q >>> HALF;
                }
                var to = truth * BATCH + task;
                scores[to] = a;
                scores[to + BATCH] = b;
                scores[to + 2 * BATCH] = c;
                scores[to + 3 * BATCH] = d;
            }
        }

        private void gatherFive(int truth) {
            var costs = table;
            var begin = classes + truth / 2;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var a = 0L;
                var b = 0L;
                var c = 0L;
                var d = 0L;
                var e = 0L;
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + begin;
                    var p = costs[at];
                    var q = costs[at + 1];
                    var r = costs[at + 2];
                    a += p & LOW;
                    b += p >>> HALF;
                    c += q & LOW;
                    d += q >>> HALF;
                    e += r & LOW;
                }
                var to = truth * BATCH + task;
                scores[to] = a;
                scores[to + BATCH] = b;
                scores[to + 2 * BATCH] = c;
                scores[to + 3 * BATCH] = d;
                scores[to + 4 * BATCH] = e;
            }
        }

        private void gatherEight(int truth) {
            var costs = table;
            var begin = classes + truth / 2;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var a = 0L;
                var b = 0L;
                var c = 0L;
                var d = 0L;
                var e = 0L;
                var f = 0L;
                var g = 0L;
                var h = 0L;
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + begin;
                    var p = costs[at];
                    var q = costs[at + 1];
                    var r = costs[at + 2];
                    var s = costs[at + 3];
                    a += p & LOW;
                    b += p >>> HALF;
                    c += q & LOW;
                    d += q >>> HALF;
                    e += r & LOW;
                    f += r >>> HALF;
                    g += s & LOW;
                    h += s >>> HALF;
                }
                var to = truth * BATCH + task;
                scores[to] = a;
                scores[to + BATCH] = b;
                scores[to + 2 * BATCH] = c;
                scores[to + 3 * BATCH] = d;
                scores[to + 4 * BATCH] = e;
                scores[to + 5 * BATCH] = f;
                scores[to + 6 * BATCH] = g;
                scores[to + 7 * BATCH] = h;
            }
        }

        private void exponentiate() {
            Arrays.fill(lowest, Long.MAX_VALUE);
            for (var truth = 0; truth < classes; truth++) {
                lower(truth * BATCH, priors[truth]);
            }
            for (var truth = 0; truth < classes; truth++) {
                subtract(truth * BATCH);
            }
            Logarithms.exp(weights, weights.length);
            Arrays.fill(sums, 0);
            for (var truth = 0; truth < classes; truth++) {
                weigh(truth * BATCH);
            }
        }

        private void lower(int row, long prior) {
            for (var task = 0; task < BATCH; task++) {
                scores[row + task] += prior;
                lowest[task] = Math.min(lowest[task], scores[row + task]);
            }
        }

        private void subtract(int row) {
            var back = -1 / COST_SCALE;
            for (var task = 0; task < BATCH; task++) {
                weights[row + task] = Math.min(scores[row + task] - lowest[task], FAR) * back;
            }
        }

        private void weigh(int row) {
            for (var task = 0; task < BATCH; task++) {
                weights[row + task] -= LEAST;
                sums[task] += weights[row + task];
            }
        }

        private void addTerms() {
            var back = 1 / COST_SCALE;
            forGold((task, label) -> {
                lowest[task] = scores[label * BATCH + task];
                know(task, label);
            });
            System.arraycopy(sums, 0, scales, 0, BATCH);
            Logarithms.logRoots(scales, BATCH, roots);
            var sum = 0L;
            for (var task = 0; task < count; task++) {
                sum += (long) Math.rint((scales[task] - lowest[task] * back) * sumScale);
            }
            likelihood += sum;
        }

        private void know(int task, int label) {
            for (var truth = 0; truth < classes; truth++) {
                weights[truth * BATCH + task] = truth == label ? 1 : 0;
            }
            sums[task] = 1;
        }

        private void toUnits() {
            for (var task = 0; task < BATCH; task++) {
                scales[task] = massScale / sums[task];
            }
            for (var truth = 0; truth < classes; truth++) {
                toUnits(truth * BATCH);
            }
        }

        private void toUnits(int row) {
            for (var task = 0; task < BATCH; task++) {
                units[row + task] = (long) Math.rint(weights[row + task] * scales[task]);
            }
        }

        @Override
        void count() {
            for (var truth = 0; truth < classes; truth++) {
                var sum = 0L;
                for (var task = 0; task < count; task++) {
                    sum += units[truth * BATCH + task];
                }
                mass[truth] += sum;
            }
            for (var truth = 0; truth < classes; truth += GROUP) {
                if (classes - truth <= SMALL) {
                    scatterFour(truth);
                } else if (classes - truth == SMALL + 1) {
                    scatterFive(truth);
                } else {
                    scatterEight(truth);
                }
            }
        }

        private void scatterFour(int truth) {
            var counts = table;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var from = truth * BATCH + task;
                var a = units[from];
                var b = units[from + BATCH];
                var c = units[from + 2 * BATCH];
                var d = units[from + 3 * BATCH];
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + truth;
                    counts[at] += a;
                    counts[at + 1] += b;
                    counts[at + 2] += c;
                    counts[at + 3] += d;
                }
            }
        }

        private void scatterFive(int truth) {
            var counts = table;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var from = truth * BATCH + task;
                var a = units[from];
                var b = units[from + BATCH];
                var c = units[from + 2 * BATCH];
                var d = units[from + 3 * BATCH];
                var e = units[from + 4 * BATCH];
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + truth;
                    counts[at] += a;
                    counts[at + 1] += b;
                    counts[at + 2] += c;
                    counts[at + 3] += d;
                    counts[at + 4] += e;
                }
            }
        }

        private void scatterEight(int truth) {
            var counts = table;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var from = truth * BATCH + task;
                var a = units[from];
                var b = units[from + BATCH];
                var c = units[from + 2 * BATCH];
                var d = units[from + 3 * BATCH];
                var e = units[from + 4 * BATCH];
                var f = units[from + 5 * BATCH];
                var g = units[from + 6 * BATCH];
                var h = units[from + 7 * BATCH];
                var end = ends[task];
                for (; i < end; i++) {
                    var at = cells[i] * stride + truth;
                    counts[at] += a;
                    counts[at + 1] += b;
                    counts[at + 2] += c;
                    counts[at + 3] += d;
                    counts[at + 4] += e;
                    counts[at + 5] += f;
                    counts[at + 6] += g;
                    counts[at + 7] += h;
                }
            }
        }

        @Override
        void store(double[] posteriors) {
            for (var task = 0; task < count; task++) {
                for (var truth = 0; truth < classes; truth++) {
                    posteriors[(first + task) * classes + truth] = weights[truth * BATCH + task] / sums[task];
                }
            }
        }

        @Override
        long[] mass() {
            return mass;
        }
    }
}
