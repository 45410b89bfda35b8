package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/**
 * The sweep for any number of classes. A judgement reads one run of the table of log rates, and adds to one run of the
 * table of counts; both are walked with the true classes in groups of four or eight that stay in registers. A group may
 * reach past the end of a run: what is read there is ignored, and what is added is 0.
 */
final class WideSweep extends EmSweep {
    private static final int GROUP = 8;
    private static final int SMALL = 4;
    /** Logarithms of rates lie above -64. */
    private static final double SCORE_SCALE = Integer.MAX_VALUE / 64.0;

    private final int groups;
    /** In 32 bits, with a step of 3e-8: half the memory traffic of the sweep goes through this table. */
    private final int[] logRates;

    private final long[] logPriors;

    WideSweep(Labels labels, Gold gold, Crew crew) {
        super(labels, gold, crew);
        this.groups = (classes + GROUP - 1) / GROUP;
        this.logRates = new int[ErrorRates.size(labels.workers().size(), classes) + GROUP];
        this.logPriors = new long[groups * GROUP];
    }

    @Override
    void prepare(ErrorRates parameters) {
        var rates = parameters.cells();
        for (var i = 0; i < rates.length; i++) {
            logRates[i] = (int) Math.rint(Logarithms.log(rates[i]) * SCORE_SCALE);
        }
        for (var truth = 0; truth < classes; truth++) {
            logPriors[truth] = (long) Math.rint(logPrior(parameters.marginals()[truth]) * SCORE_SCALE);
        }
    }

    @Override
    double logLikelihood(double termsOfTasks) {
        return termsOfTasks;
    }

    @Override
    long[] counts() {
        return mergedTables();
    }

    @Override
    Lane lane() {
        return new Scores();
    }

    /** Arrays by (truth, task of the batch), so that a class is a run of memory. */
    private final class Scores extends Lane {
        private final long[] scores = new long[groups * GROUP * BATCH];
        private final double[] weights = new double[classes * BATCH];
        private final long[] units = new long[groups * GROUP * BATCH];
        private final long[] highest = new long[BATCH];
        private final double[] sums = new double[BATCH];
        private final long[] mass = new long[classes];

        Scores() {
            super(logRates.length);
        }

        @Override
        void clear() {
            super.clear();
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
                } else {
                    gatherEight(truth);
                }
            }
            exponentiate();
            addTerms();
            toUnits();
        }

        private void gatherFour(int truth) {
            var rates = logRates;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var a = logPriors[truth];
                var b = logPriors[truth + 1];
                var c = logPriors[truth + 2];
                var d = logPriors[truth + 3];
                var end = ends[task];
                for (; i < end; i++) {
                    var run = cells[i] * classes + truth;
                    a += rates[run];
                    b += rates[run + 1];
                    c += rates[run + 2];
                    d += rates[run + 3];
                }
                var to = truth * BATCH + task;
                scores[to] = a;
                scores[to + BATCH] = b;
                scores[to + 2 * BATCH] = c;
                scores[to + 3 * BATCH] = d;
            }
        }

        private void gatherEight(int truth) {
            var rates = logRates;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var a = logPriors[truth];
                var b = logPriors[truth + 1];
                var c = logPriors[truth + 2];
                var d = logPriors[truth + 3];
                var e = logPriors[truth + 4];
                var f = logPriors[truth + 5];
                var g = logPriors[truth + 6];
                var h = logPriors[truth + 7];
                var end = ends[task];
                for (; i < end; i++) {
                    var run = cells[i] * classes + truth;
                    a += rates[run];
                    b += rates[run + 1];
                    c += rates[run + 2];
                    d += rates[run + 3];
                    e += rates[run + 4];
                    f += rates[run + 5];
                    g += rates[run + 6];
                    h += rates[run + 7];
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
            System.arraycopy(scores, 0, highest, 0, BATCH);
            for (var truth = 1; truth < classes; truth++) {
                raise(truth * BATCH);
            }
            Arrays.fill(sums, 0);
            for (var truth = 0; truth < classes; truth++) {
                weigh(truth * BATCH);
            }
        }

        private void raise(int row) {
            for (var task = 0; task < BATCH; task++) {
                highest[task] = Math.max(highest[task], scores[row + task]);
            }
        }

        private void weigh(int row) {
            var back = 1 / SCORE_SCALE;
            var least = Logarithms.exp(NEGLIGIBLE);
            for (var task = 0; task < BATCH; task++) {
                var difference = Math.max(NEGLIGIBLE, (scores[row + task] - highest[task]) * back);
                var weight = Logarithms.exp(difference) - least;
                weights[row + task] = weight;
                sums[task] += weight;
            }
        }

        private void addTerms() {
            var back = 1 / SCORE_SCALE;
            forGold((task, label) -> {
                highest[task] = scores[label * BATCH + task];
                know(task, label);
            });
            var sum = 0L;
            for (var task = 0; task < count; task++) {
                sum += (long) Math.rint((highest[task] * back + Logarithms.log(sums[task])) * sumScale);
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
            for (var truth = 0; truth < classes; truth++) {
                toUnits(truth * BATCH);
            }
        }

        private void toUnits(int row) {
            for (var task = 0; task < BATCH; task++) {
                units[row + task] = (long) Math.rint(weights[row + task] / sums[task] * massScale);
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
                    var run = cells[i] * classes + truth;
                    counts[run] += a;
                    counts[run + 1] += b;
                    counts[run + 2] += c;
                    counts[run + 3] += d;
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
                    var run = cells[i] * classes + truth;
                    counts[run] += a;
                    counts[run + 1] += b;
                    counts[run + 2] += c;
                    counts[run + 3] += d;
                    counts[run + 4] += e;
                    counts[run + 5] += f;
                    counts[run + 6] += g;
                    counts[run + 7] += h;
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
