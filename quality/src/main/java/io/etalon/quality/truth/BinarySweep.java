package io.etalon.quality.truth;

import io.etalon.quality.Labels;

/**
 * The sweep for two classes, in log odds: one number for each (worker, said) tells all, both ways. A task's score is the
 * log odds of the second class; only the mass of the second class is added up, since the first has the rest of the
 * worker's judgements, whose number is known.
 *
 * <p>The log likelihood of a task is the log probability of its judgements under the first class, summed over all tasks
 * beforehand from the numbers of judgements, and log(1 + e^odds).
 */
final class BinarySweep extends EmSweep {
    /** How often each worker said each class. */
    private final int[] said;

    private final long[] odds;
    private final long[] counts;
    private long priorOdds;
    private double underFirst;

    BinarySweep(Labels labels, Gold gold, Crew crew) {
        super(labels, gold, crew, MASS_BITS);
        this.said = timesSaid(labels);
        this.odds = new long[said.length];
        this.counts = new long[2 * said.length];
    }

    @Override
    void prepare(ErrorRates parameters) {
        var rates = parameters.cells();
        var sum = 0L;
        for (var cell = 0; cell < odds.length; cell++) {
            var first = Logarithms.log(rates[2 * cell]);
            var second = Logarithms.log(rates[2 * cell + 1]);
            odds[cell] = (long) Math.rint((second - first) * scoreScale);
            sum += said[cell] * (long) Math.rint(first * sumScale);
        }
        var first = logPrior(parameters.marginals()[0]);
        priorOdds = (long) Math.rint((logPrior(parameters.marginals()[1]) - first) * scoreScale);
        underFirst = sum / sumScale + tasks * first;
    }

    @Override
    double logLikelihood(double termsOfTasks) {
        return underFirst + termsOfTasks;
    }

    @Override
    void merge() {
        var second = mergedTables();
        var one = (long) massScale;
        for (var cell = 0; cell < second.length; cell++) {
            counts[2 * cell] = said[cell] * one - second[cell];
            counts[2 * cell + 1] = second[cell];
        }
    }

    @Override
    long[] counts() {
        return counts;
    }

    @Override
    Lane lane() {
        return new Odds();
    }

    private final class Odds extends Lane {
        private final double[] scores = new double[BATCH];
        private final double[] seconds = new double[BATCH];
        private final double[] terms = new double[BATCH];
        private final long[] units = new long[BATCH];
        private long mass;
        private long tasksCounted;

        Odds() {
            super(odds.length);
        }

        @Override
        void clear() {
            super.clear();
            mass = 0;
            tasksCounted = 0;
        }

        @Override
        void votes() {
            var i = 0;
            for (var task = 0; task < count; task++) {
                var votes = ends[task] - i;
                var second = 0;
                for (; i < ends[task]; i++) {
                    second += cells[i] & 1;
                }
                seconds[task] = votes == 0 ? 0.5 : (double) second / votes;
            }
            forGold((task, label) -> seconds[task] = label);
            toUnits();
        }

        @Override
        void expect() {
            gather();
            exponentiate();
            forGold((task, label) -> {
                seconds[task] = label;
                terms[task] = label * scores[task];
            });
            toUnits();
            addTerms();
        }

        private void gather() {
            var table = odds;
            var judgements = cells;
            var back = 1 / scoreScale;
            var i = 0;
            for (var task = 0; task < count; task++) {
                var end = ends[task];
                var score = priorOdds;
                for (; i < end; i++) {
                    score += table[judgements[i]];
                }
                scores[task] = score * back;
            }
        }

        private void exponentiate() {
            for (var task = 0; task < BATCH; task++) {
                seconds[task] = -Math.max(NEGLIGIBLE, Math.min(-NEGLIGIBLE, scores[task]));
            }
            Logarithms.exp(seconds, BATCH);
            for (var task = 0; task < BATCH; task++) {
                seconds[task] = 1 / (1 + seconds[task]);
            }
            // ln(1 + e^x) = max(0, x) - ln(the greater of both posteriors).
            for (var task = 0; task < BATCH; task++) {
                terms[task] = 2 / (1 + Math.abs(2 * seconds[task] - 1));
            }
            Logarithms.logRoots(terms, BATCH, 1);
            for (var task = 0; task < BATCH; task++) {
                terms[task] += 0.5 * (scores[task] + Math.abs(scores[task]));
            }
        }

        private void toUnits() {
            for (var task = 0; task < BATCH; task++) {
                units[task] = (long) Math.rint(seconds[task] * massScale);
            }
        }

        private void addTerms() {
            var sum = 0L;
            for (var task = 0; task < count; task++) {
                sum += (long) Math.rint(terms[task] * sumScale);
            }
            likelihood += sum;
        }

        @Override
        void count() {
            var sums = table;
            var judgements = cells;
            var i = 0;
            var total = 0L;
            for (var task = 0; task < count; task++) {
                var end = ends[task];
                var unit = units[task];
                total += unit;
                for (; i < end; i++) {
                    sums[judgements[i]] += unit;
                }
            }
            mass += total;
            tasksCounted += count;
        }

        @Override
        void store(double[] posteriors) {
            for (var task = 0; task < count; task++) {
                var second = Math.abs(scores[task]) < -NEGLIGIBLE ? seconds[task] : Math.rint(seconds[task]);
                posteriors[2 * (first + task)] = 1 - second;
                posteriors[2 * (first + task) + 1] = second;
            }
        }

        @Override
        long[] mass() {
            return new long[] {tasksCounted * (long) massScale - mass, mass};
        }
    }
}
