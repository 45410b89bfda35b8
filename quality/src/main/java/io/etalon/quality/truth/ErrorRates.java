package io.etalon.quality.truth;

/**
 * Class marginals and the workers' confusion matrices: the M-step. Cell {@code (worker, said, truth)} lies at
 * {@code (worker * classes + said) * classes + truth}, so that a judgement reads one run of memory.
 */
final class ErrorRates {
    private final int workers;
    private final int classes;
    private final double[] marginals;
    private final double[] rates;

    ErrorRates(int workers, int classes) {
        this.workers = workers;
        this.classes = classes;
        this.marginals = new double[classes];
        this.rates = new double[Math.multiplyExact(workers, Math.multiplyExact(classes, classes))];
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

    double rate(int worker, int truth, int said) {
        return rates[(worker * classes + said) * classes + truth];
    }

    /** Sets the parameters from the expected counts that a sweep left behind. */
    void maximise(EmSweep sweep, double strength) {
        var mass = sweep.classMass();
        var totalMass = 0L;
        for (var cell : mass) {
            totalMass += cell;
        }
        for (var truth = 0; truth < classes; truth++) {
            marginals[truth] = (double) mass[truth] / totalMass;
        }
        var counts = sweep.counts();
        var pool = strength > 0 ? pooledRates(counts) : new double[classes * classes];
        for (var worker = 0; worker < workers; worker++) {
            for (var truth = 0; truth < classes; truth++) {
                maximiseRow(counts, worker, truth, sweep.unit(), pool, strength);
            }
        }
    }

    private void maximiseRow(long[] counts, int worker, int truth, double unit, double[] pool, double strength) {
        var first = worker * classes * classes + truth;
        var row = 0L;
        for (var said = 0; said < classes; said++) {
            row += counts[first + said * classes];
        }
        var evidence = row * unit + strength;
        for (var said = 0; said < classes; said++) {
            var cell = counts[first + said * classes] * unit + strength * pool[said * classes + truth];
            rates[first + said * classes] = evidence > 0 ? cell / evidence : 1.0 / classes;
        }
    }

    /** What all workers together say to each true class; a class without evidence is answered uniformly. */
    private double[] pooledRates(long[] counts) {
        var sums = new long[classes * classes];
        for (var i = 0; i < counts.length; i++) {
            sums[i % sums.length] += counts[i];
        }
        var pool = new double[sums.length];
        for (var truth = 0; truth < classes; truth++) {
            var row = 0L;
            for (var said = 0; said < classes; said++) {
                row += sums[said * classes + truth];
            }
            for (var said = 0; said < classes; said++) {
                var cell = said * classes + truth;
                pool[cell] = row == 0 ? 1.0 / classes : (double) sums[cell] / row;
            }
        }
        return pool;
    }
}
