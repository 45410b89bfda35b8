package io.etalon.quality.truth;

import io.etalon.quality.Labels;
import java.util.Arrays;

/** Dawid and Skene's model with a fixed Dirichlet prior on every row of every worker's matrix: 4 on the diagonal, 1 off. */
final class MapConfusion {
    static double DIAGONAL = 4;
    static double OFF_DIAGONAL = 1;
    private static final double TOLERANCE = 1e-7;
    private static final int ITERATIONS = 500;

    private MapConfusion() {}

    static Consensus fit(Labels labels) {
        TaskScores.requireJudgements(labels);
        var posteriors = MajorityVote.shares(labels);
        for (var iteration = 0; iteration < ITERATIONS; iteration++) {
            var next = expect(labels, posteriors, logRates(labels, posteriors));
            var converged = TaskScores.close(posteriors, next, TOLERANCE, 0);
            posteriors = next;
            if (converged) {
                break;
            }
        }
        return new Consensus(labels, posteriors);
    }

    private static double[] logRates(Labels labels, double[] posteriors) {
        var classes = labels.classes().size();
        var counts = new double[Math.multiplyExact(labels.workers().size(), classes * classes)];
        Arrays.setAll(counts, i -> i / classes % classes == i % classes ? DIAGONAL : OFF_DIAGONAL);
        for (var task = 0; task < labels.tasks().size(); task++) {
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = (labels.workerAt(i) * classes + labels.classAt(i)) * classes;
                for (var truth = 0; truth < classes; truth++) {
                    counts[cell + truth] += posteriors[task * classes + truth];
                }
            }
        }
        for (var worker = 0; worker < labels.workers().size(); worker++) {
            for (var truth = 0; truth < classes; truth++) {
                var row = 0.0;
                for (var said = 0; said < classes; said++) {
                    row += counts[(worker * classes + said) * classes + truth];
                }
                for (var said = 0; said < classes; said++) {
                    var cell = (worker * classes + said) * classes + truth;
                    counts[cell] = StrictMath.log(counts[cell] / row);
                }
            }
        }
        return counts;
    }

    private static double[] expect(Labels labels, double[] posteriors, double[] logRates) {
        var classes = labels.classes().size();
        var priors = TaskScores.columnSums(posteriors, classes);
        Arrays.setAll(priors, label -> StrictMath.log(Math.max(Double.MIN_NORMAL, priors[label])));
        var scores = new double[posteriors.length];
        for (var task = 0; task < labels.tasks().size(); task++) {
            var row = task * classes;
            System.arraycopy(priors, 0, scores, row, classes);
            for (var i = labels.start(task); i < labels.end(task); i++) {
                var cell = (labels.workerAt(i) * classes + labels.classAt(i)) * classes;
                for (var truth = 0; truth < classes; truth++) {
                    scores[row + truth] += logRates[cell + truth];
                }
            }
            TaskScores.normalise(scores, row, classes);
        }
        return scores;
    }
}
