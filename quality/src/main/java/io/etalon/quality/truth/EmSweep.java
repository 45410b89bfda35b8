package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One pass over all judgements that computes the posteriors of each task (E-step) and, while they are at hand, adds
 * them to the expected counts of the next M-step.
 *
 * <p>All sums that run over tasks, workers or judgements are sums of 64-bit integers in fixed point, which are
 * associative: no order of input and no number of threads can change a bit. Probability mass is counted in units of
 * 2^-s, where s is as large as the number of judgements permits (50 bits for 4,000 judgements, 35 for 100 million);
 * log probabilities likewise, by the largest number of judgements on one task. Impossible (probability 0) is a floor
 * far below every possible sum, and a sum that reaches the floor stays on it. Within a task the K terms of a
 * normalisation are doubles, summed in class order.
 */
final class EmSweep implements AutoCloseable {
    private static final long FLOOR = -(1L << 61);
    /** Logarithms in use lie above -64: a rate is at least one unit in 2^62. */
    private static final int LOG_BITS = 6;
    /** Below this difference of logarithms the exponential adds less than the smallest unit. */
    private static final double NEGLIGIBLE = -60;

    private final Labels labels;
    private final int classes;
    private final int[] offsets;
    /** worker * classes + class said, for each judgement. */
    private final int[] cells;

    private final double[] posteriors;
    private final double massScale;
    private final double scoreScale;
    private final double sumScale;
    private final long[] logPriors;
    private final long[] logRates;
    private final List<Part> parts = new ArrayList<>();
    private final ExecutorService executor;

    EmSweep(Labels labels, int threads) {
        this.labels = labels;
        this.classes = labels.classes().size();
        var tasks = labels.tasks().size();
        this.offsets = new int[tasks + 1];
        this.cells = new int[labels.size()];
        var longest = 0;
        for (var task = 0; task < tasks; task++) {
            offsets[task + 1] = labels.end(task);
            longest = Math.max(longest, labels.end(task) - labels.start(task));
        }
        for (var i = 0; i < cells.length; i++) {
            cells[i] = labels.workerAt(i) * classes + labels.classAt(i);
        }
        var sizeBits = bits((long) labels.size() + tasks);
        this.massScale = Math.scalb(1.0, 62 - sizeBits);
        this.scoreScale = Math.scalb(1.0, 61 - LOG_BITS - bits(longest + 1L));
        this.sumScale = Math.scalb(1.0, 62 - LOG_BITS - sizeBits);
        this.posteriors = new double[Math.multiplyExact(tasks, classes)];
        this.logPriors = new long[classes];
        this.logRates = new long[labels.workers().size() * classes * classes];
        var count = Math.clamp(tasks, 1, threads);
        for (var i = 0; i < count; i++) {
            parts.add(new Part((int) ((long) tasks * i / count), (int) ((long) tasks * (i + 1) / count)));
        }
        this.executor = Executors.newFixedThreadPool(count);
    }

    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }

    /** Sets the posteriors to the vote shares and counts them. */
    void fromVoteShares() {
        var shares = MajorityVote.shares(labels);
        System.arraycopy(shares, 0, posteriors, 0, shares.length);
        forEachPart(Part::count);
    }

    /** Sets the posteriors to those under the parameters, counts them, and returns the log likelihood. */
    double run(ErrorRates parameters) {
        toLogs(parameters.marginals(), logPriors);
        toLogs(parameters.cells(), logRates);
        forEachPart(Part::expectAndCount);
        return parts.stream().mapToLong(part -> part.logLikelihood).sum() / sumScale;
    }

    /** Posteriors of the last pass, tasks x classes. */
    double[] posteriors() {
        return posteriors;
    }

    /** Size of one unit of mass. */
    double unit() {
        return 1 / massScale;
    }

    /** Mass of each class over all tasks, in units. */
    long[] classMass() {
        var sum = new long[classes];
        parts.forEach(part -> addTo(sum, part.mass));
        return sum;
    }

    /** Expected counts by (worker, said, truth), in units; see {@link ErrorRates} for the layout. */
    long[] counts() {
        if (parts.size() == 1) {
            return parts.getFirst().counts;
        }
        var sum = new long[logRates.length];
        parts.forEach(part -> addTo(sum, part.counts));
        return sum;
    }

    private static void addTo(long[] sum, long[] terms) {
        for (var i = 0; i < sum.length; i++) {
            sum[i] += terms[i];
        }
    }

    private void toLogs(double[] probabilities, long[] logs) {
        for (var i = 0; i < logs.length; i++) {
            logs[i] = probabilities[i] > 0 ? Math.round(StrictMath.log(probabilities[i]) * scoreScale) : FLOOR;
        }
    }

    private void forEachPart(Consumer<Part> work) {
        if (parts.size() == 1) {
            work.accept(parts.getFirst());
            return;
        }
        var running = new ArrayList<Future<?>>();
        parts.forEach(part -> running.add(executor.submit(() -> work.accept(part))));
        try {
            for (var future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fitting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of the sweep failed", e.getCause());
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** A run of tasks with its own sums. */
    private final class Part {
        private final int from;
        private final int to;
        private final long[] mass = new long[classes];
        private final long[] counts = new long[logRates.length];
        private final long[] scores = new long[classes];
        private final long[] units = new long[classes];
        private long logLikelihood;

        Part(int from, int to) {
            this.from = from;
            this.to = to;
        }

        void count() {
            clear();
            for (var task = from; task < to; task++) {
                count(task);
            }
        }

        void expectAndCount() {
            clear();
            for (var task = from; task < to; task++) {
                expect(task);
                count(task);
            }
        }

        private void clear() {
            Arrays.fill(mass, 0);
            Arrays.fill(counts, 0);
            logLikelihood = 0;
        }

        private void expect(int task) {
            System.arraycopy(logPriors, 0, scores, 0, classes);
            for (var i = offsets[task]; i < offsets[task + 1]; i++) {
                var cell = cells[i] * classes;
                for (var truth = 0; truth < classes; truth++) {
                    scores[truth] = Math.max(FLOOR, scores[truth] + logRates[cell + truth]);
                }
            }
            var highest = FLOOR;
            for (var score : scores) {
                highest = Math.max(highest, score);
            }
            var row = task * classes;
            var sum = 0.0;
            for (var truth = 0; truth < classes; truth++) {
                var weight = weight(scores[truth], highest);
                posteriors[row + truth] = weight;
                sum += weight;
            }
            for (var truth = 0; truth < classes; truth++) {
                posteriors[row + truth] /= sum;
            }
            logLikelihood += Math.round((highest / scoreScale + StrictMath.log(sum)) * sumScale);
        }

        private double weight(long score, long highest) {
            if (score == highest) {
                return 1;
            }
            var difference = (score - highest) / scoreScale;
            return score == FLOOR || difference < NEGLIGIBLE ? 0 : StrictMath.exp(difference);
        }

        private void count(int task) {
            var row = task * classes;
            for (var truth = 0; truth < classes; truth++) {
                units[truth] = Math.round(posteriors[row + truth] * massScale);
                mass[truth] += units[truth];
            }
            for (var i = offsets[task]; i < offsets[task + 1]; i++) {
                var cell = cells[i] * classes;
                for (var truth = 0; truth < classes; truth++) {
                    counts[cell + truth] += units[truth];
                }
            }
        }
    }
}
