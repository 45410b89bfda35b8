package io.etalon.quality.shapes;

import java.util.Arrays;
import java.util.List;

/**
 * Where things are and how much each annotator strays from there, by expectation-maximisation: observation o of annotator
 * j is normal around the truth with variance s_j^2 in every dimension, the truth has no preference of its own (a flat
 * prior), so that it is the mean with weights 1 / s_j^2. Each annotator's variance is shrunk to the pooled one with the
 * weight of two observations, which also splits the disagreement of two people evenly.
 */
final class Jitter {
    private static final double STRENGTH = 2;
    private static final double LEAST_VARIANCE = 1e-12;
    private static final double TOLERANCE = 1e-9;
    private static final int MOST_ITERATIONS = 500;

    /**
     * One thing as several annotators saw it.
     *
     * @param annotators numbers of those who saw it, in an order by content
     * @param seen by annotator, then by dimension
     * @param weight how much it counts, such as the probability that the thing exists
     */
    record Thing(int[] annotators, double[][] seen, double weight) {}

    private final List<Thing> things;
    private final double[] variances;
    private final double[][] middles;

    private Jitter(List<Thing> things, int annotators) {
        this.things = things;
        this.variances = new double[annotators];
        this.middles = new double[things.size()][];
        Arrays.fill(variances, 1);
    }

    static Jitter fit(List<Thing> things, int annotators) {
        var jitter = new Jitter(things, annotators);
        for (var iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            jitter.expect();
            if (jitter.maximise(iteration == 0) <= TOLERANCE) {
                break;
            }
        }
        jitter.expect();
        return jitter;
    }

    private void expect() {
        for (var t = 0; t < things.size(); t++) {
            var thing = things.get(t);
            var weights = new double[thing.annotators.length];
            for (var i = 0; i < weights.length; i++) {
                weights[i] = 1 / variances[thing.annotators[i]];
            }
            var total = Sums.sorted(weights.clone());
            var middle = new double[thing.seen[0].length];
            for (var d = 0; d < middle.length; d++) {
                var terms = new double[weights.length];
                for (var i = 0; i < weights.length; i++) {
                    terms[i] = weights[i] * thing.seen[i][d];
                }
                middle[d] = Sums.sorted(terms) / total;
            }
            middles[t] = middle;
        }
    }

    /** New variances from the distances to the middles; returns the largest relative change. */
    private double maximise(boolean first) {
        var squares = new double[variances.length];
        var counts = new double[variances.length];
        for (var t = 0; t < things.size(); t++) {
            var thing = things.get(t);
            if (thing.annotators.length < 2) {
                continue;
            }
            var precisions = new double[thing.annotators.length];
            for (var i = 0; i < precisions.length; i++) {
                precisions[i] = 1 / variances[thing.annotators[i]];
            }
            // At first all variances are 1 for want of a scale, and the middle's own spread is left out.
            var spread = first ? 0 : 1 / Sums.sorted(precisions);
            for (var i = 0; i < thing.annotators.length; i++) {
                for (var d = 0; d < middles[t].length; d++) {
                    var off = thing.seen[i][d] - middles[t][d];
                    squares[thing.annotators[i]] += thing.weight * (off * off + spread);
                    counts[thing.annotators[i]] += thing.weight;
                }
            }
        }
        var pooled = pooled(squares, counts);
        var change = 0.0;
        for (var j = 0; j < variances.length; j++) {
            var variance = Math.max(LEAST_VARIANCE, (squares[j] + STRENGTH * pooled) / (counts[j] + STRENGTH));
            change = Math.max(change, Math.abs(variance - variances[j]) / variance);
            variances[j] = variance;
        }
        return change;
    }

    /** The crowd's variance: the geometric mean, since an arithmetic one would be the most careless annotator's. */
    private static double pooled(double[] squares, double[] counts) {
        var logs = new double[counts.length];
        var observed = 0;
        for (var j = 0; j < counts.length; j++) {
            if (counts[j] > 0) {
                logs[observed++] = StrictMath.log(Math.max(LEAST_VARIANCE, squares[j] / counts[j]));
            }
        }
        return observed == 0 ? 1 : StrictMath.exp(Sums.sorted(logs, observed) / observed);
    }

    /** Standard deviation of an annotator; 1e-6 at least. */
    double sigma(int annotator) {
        return Math.sqrt(variances[annotator]);
    }

    /** Whether any thing was seen by two, so that the deviations rest on something. */
    boolean observed() {
        return things.stream().anyMatch(thing -> thing.annotators.length > 1);
    }

    /** The estimated place of a thing by its number. */
    double[] middle(int thing) {
        return middles[thing];
    }
}
