package io.etalon.quality.numeric;

import io.etalon.quality.Labels;
import java.util.Arrays;

/** The EM of {@link OrdinalTruth.AdjacentDawidSkene}. */
final class OrderedEm {
    private final Labels labels;
    private final OrdinalTruth.AdjacentDawidSkene model;
    private final int classes;
    private final double[][] prior;
    private final double[][] posteriors;
    /** Logarithms of worker x truth x said. */
    private final double[][][] logRate;

    private final double[] logShare;

    OrderedEm(Labels labels, OrdinalTruth.AdjacentDawidSkene model) {
        this.labels = labels;
        this.model = model;
        this.classes = labels.classes().size();
        this.prior = new double[classes][classes];
        this.posteriors = new double[labels.tasks().size()][classes];
        this.logRate = new double[labels.workers().size()][classes][classes];
        this.logShare = new double[classes];
        for (var truth = 0; truth < classes; truth++) {
            var sum = 0.0;
            for (var said = 0; said < classes; said++) {
                prior[truth][said] = StrictMath.pow(model.decay(), Math.abs(truth - said));
                sum += prior[truth][said];
            }
            for (var said = 0; said < classes; said++) {
                prior[truth][said] *= model.strength() / sum;
            }
        }
    }

    double[][] posteriors() {
        start();
        for (var iteration = 0; iteration < model.maxIterations(); iteration++) {
            maximise();
            if (expect() <= model.tolerance()) {
                break;
            }
        }
        return posteriors;
    }

    /** Votes smoothed by the prior, as if every worker were a fresh one. */
    private void start() {
        for (var task = 0; task < posteriors.length; task++) {
            var sum = 0.0;
            for (var grade = 0; grade < classes; grade++) {
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    posteriors[task][grade] += prior[grade][labels.classAt(i)];
                }
                sum += posteriors[task][grade];
            }
            for (var grade = 0; grade < classes; grade++) {
                posteriors[task][grade] = sum > 0 ? posteriors[task][grade] / sum : 1.0 / classes;
            }
        }
    }

    private void maximise() {
        var counts = logRate;
        var pooled = new double[classes][classes];
        var shares = new double[classes];
        for (var matrix : counts) {
            for (var row : matrix) {
                Arrays.fill(row, 0);
            }
        }
        for (var task = 0; task < posteriors.length; task++) {
            for (var grade = 0; grade < classes; grade++) {
                shares[grade] += posteriors[task][grade];
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    counts[labels.workerAt(i)][grade][labels.classAt(i)] += posteriors[task][grade];
                    pooled[grade][labels.classAt(i)] += posteriors[task][grade];
                }
            }
        }
        for (var truth = 0; truth < classes; truth++) {
            var sum = model.strength();
            for (var said = 0; said < classes; said++) {
                sum += pooled[truth][said];
            }
            for (var said = 0; said < classes; said++) {
                var share = (pooled[truth][said] + prior[truth][said]) / sum;
                for (var matrix : counts) {
                    matrix[truth][said] += model.strength() * share;
                }
            }
        }
        for (var matrix : counts) {
            for (var row : matrix) {
                var sum = 0.0;
                for (var count : row) {
                    sum += count;
                }
                for (var said = 0; said < classes; said++) {
                    row[said] = StrictMath.log(row[said] / sum);
                }
            }
        }
        for (var grade = 0; grade < classes; grade++) {
            // One task's worth over all grades, so that an unused grade stays possible.
            logShare[grade] = StrictMath.log((shares[grade] + 1.0 / classes) / (posteriors.length + 1));
        }
    }

    /** Greatest change of a probability. */
    private double expect() {
        var moved = 0.0;
        var logs = new double[classes];
        for (var task = 0; task < posteriors.length; task++) {
            var highest = Double.NEGATIVE_INFINITY;
            for (var grade = 0; grade < classes; grade++) {
                logs[grade] = logShare[grade];
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    logs[grade] += logRate[labels.workerAt(i)][grade][labels.classAt(i)];
                }
                highest = Math.max(highest, logs[grade]);
            }
            var sum = 0.0;
            for (var grade = 0; grade < classes; grade++) {
                logs[grade] = StrictMath.exp(logs[grade] - highest);
                sum += logs[grade];
            }
            for (var grade = 0; grade < classes; grade++) {
                moved = Math.max(moved, Math.abs(logs[grade] / sum - posteriors[task][grade]));
                posteriors[task][grade] = logs[grade] / sum;
            }
        }
        return moved;
    }
}
