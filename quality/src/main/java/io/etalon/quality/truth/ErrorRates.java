package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;
import java.util.List;

/**
 * Class marginals and the workers' confusion matrices: the M-step. Cell {@code (worker, said, truth)} lies at
 * {@code (worker * classes + said) * classes + truth}, so that a judgement reads one run of memory.
 *
 * <p>A rate is (count + {@value #TINY}) / (row + 10 x {@value #TINY}); so that a row without evidence holds 0.1, and all
 * rows with evidence sum to 1 but for rounding.
 */
final class ErrorRates {
    /** Any value from 1e-16 to 1e-12 gives the published accuracies. */
    static final double TINY = 1e-13;

    private static final int CHUNK = 1024;

    private final int workers;
    private final int classes;
    private final double[] marginals;
    private final double[] rates;

    ErrorRates(int workers, int classes) {
        this.workers = workers;
        this.classes = classes;
        this.marginals = new double[classes];
        this.rates = new double[size(workers, classes)];
    }

    /** Number of cells of all matrices. */
    static int size(int workers, int classes) {
        return Math.multiplyExact(workers, Math.multiplyExact(classes, classes));
    }

    int classes() {
        return classes;
    }

    double[] marginals() {
        return marginals;
    }

    double[] cells() {
        return rates;
    }

    /** Probability that the worker says {@code said} when the class is {@code truth}, in a row that sums to 1. */
    double rate(int worker, int truth, int said) {
        var row = 0.0;
        for (var other = 0; other < classes; other++) {
            row += rates[(worker * classes + other) * classes + truth];
        }
        return rates[(worker * classes + said) * classes + truth] / row;
    }

    /** Classes equally frequent and every worker right with the same probability, wrong ways equally likely. */
    void trust(double right) {
        Arrays.fill(marginals, 1.0 / classes);
        for (var i = 0; i < rates.length; i++) {
            var diagonal = i / classes % classes == i % classes;
            rates[i] = diagonal ? right : (1 - right) / Math.max(1, classes - 1);
        }
    }

    /** Evidence of earlier work as counts in the layout of the cells; what these labels do not know is left out. */
    static double[] counts(List<Evidence> history, Labels labels) {
        var classes = labels.classes().size();
        var counts = new double[history.isEmpty() ? 0 : size(labels.workers().size(), classes)];
        for (var evidence : history) {
            var worker = labels.workerIndex(evidence.worker());
            var truth = labels.classIndex(evidence.truth());
            var said = labels.classIndex(evidence.said());
            if (worker.isPresent() && truth.isPresent() && said.isPresent()) {
                counts[(worker.getAsInt() * classes + said.getAsInt()) * classes + truth.getAsInt()] +=
                        evidence.count();
            }
        }
        return counts;
    }

    /** Sets the parameters from the expected counts that a sweep left behind and {@code history}, which may be empty. */
    void maximise(EmSweep sweep, DawidSkene.Prior prior, double[] history, Crew crew) {
        var mass = sweep.classMass();
        var totalMass = Arrays.stream(mass).sum();
        for (var truth = 0; truth < classes; truth++) {
            marginals[truth] = (double) mass[truth] / totalMass;
        }
        var unit = sweep.unit();
        var counts = sweep.counts();
        crew.share(workers, CHUNK, (member, from, to) -> {
            var end = to * classes * classes;
            for (var i = from * classes * classes; i < end; i++) {
                rates[i] = counts[i] * unit;
            }
            for (var i = from * classes * classes; i < Math.min(end, history.length); i++) {
                rates[i] += history[i];
            }
        });
        var pseudo = pseudoCounts(prior, counts, unit, history);
        crew.share(workers, CHUNK, (member, from, to) -> {
            var rows = new double[classes];
            for (var worker = from; worker < to; worker++) {
                normalise(worker * classes * classes, pseudo, rows);
            }
        });
    }

    private void normalise(int first, double[] pseudo, double[] rows) {
        Arrays.fill(rows, 0);
        for (var i = 0; i < pseudo.length; i += classes) {
            for (var truth = 0; truth < classes; truth++) {
                var count = rates[first + i + truth] + pseudo[i + truth];
                rates[first + i + truth] = count + TINY;
                rows[truth] += count;
            }
        }
        for (var truth = 0; truth < classes; truth++) {
            rows[truth] = 1 / (rows[truth] + 10 * TINY);
        }
        for (var i = 0; i < pseudo.length; i += classes) {
            for (var truth = 0; truth < classes; truth++) {
                rates[first + i + truth] *= rows[truth];
            }
        }
    }

    private double[] pseudoCounts(DawidSkene.Prior prior, long[] counts, double unit, double[] history) {
        var pseudo = new double[classes * classes];
        switch (prior) {
            case DawidSkene.Prior.None() -> {}
            case DawidSkene.Prior.Dirichlet(var off, var diagonal) ->
                Arrays.setAll(pseudo, i -> i / classes == i % classes ? diagonal : off);
            case DawidSkene.Prior.Pooled(var strength) -> {
                var pool = pooled(counts, unit, history, workers, classes);
                Arrays.setAll(pseudo, i -> strength * pool[i]);
            }
        }
        return pseudo;
    }

    /** What all workers together say to each true class; a class without evidence is answered uniformly. */
    static double[] pooled(long[] counts, double unit, double[] history, int workers, int classes) {
        var sums = new long[classes * classes];
        var earlier = new double[sums.length];
        for (var worker = 0; worker < workers; worker++) {
            var first = worker * sums.length;
            for (var i = 0; i < sums.length; i++) {
                sums[i] += counts[first + i];
            }
            for (var i = 0; i < sums.length && history.length > 0; i++) {
                earlier[i] += history[first + i];
            }
        }
        var pool = new double[sums.length];
        for (var truth = 0; truth < classes; truth++) {
            var row = 0.0;
            for (var i = truth; i < sums.length; i += classes) {
                pool[i] = sums[i] * unit + earlier[i];
                row += pool[i];
            }
            for (var i = truth; i < sums.length; i += classes) {
                pool[i] = row > 0 ? pool[i] / row : 1.0 / classes;
            }
        }
        return pool;
    }
}
