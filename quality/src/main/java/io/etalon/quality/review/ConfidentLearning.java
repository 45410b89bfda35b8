package io.etalon.quality.review;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Labels that are probably wrong, and how wrong labels are distributed, from a model's predictions.
 *
 * <p>C. G. Northcutt, L. Jiang and I. L. Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels", JAIR
 * 70, 2021. A prediction is confident in a class when it reaches the mean prediction of that class among examples that
 * carry its label; the table of (given label, confident class), scaled to the counts of the given labels, estimates the
 * joint distribution of given and true labels. For each cell off its diagonal as many examples are suspected as it
 * counts, those with the largest margin of the other class over the given one ("prune by noise rate").
 *
 * <p>Predictions must be out of sample (cross-validation): a model that has seen a label repeats it. O(n x classes +
 * n log n). Immutable.
 */
public final class ConfidentLearning {
    private final double[] thresholds;
    private final double[][] joint;
    private final List<Suspect> suspects;

    private ConfidentLearning(double[] thresholds, double[][] joint, List<Suspect> suspects) {
        this.thresholds = thresholds;
        this.joint = joint;
        this.suspects = List.copyOf(suspects);
    }

    /**
     * A label that is probably wrong.
     *
     * @param example index of the example
     * @param given class it carries
     * @param suggested class the model is confident in
     * @param selfConfidence predicted probability of the given class: the lower, the more likely an error
     * @param margin predicted probability of the suggested class less that of the given one
     */
    public record Suspect(int example, int given, int suggested, double selfConfidence, double margin) {}

    /**
     * Looks for errors.
     *
     * @param given class of each example
     * @param predicted examples x classes, out-of-sample probabilities
     * @throws IllegalArgumentException when there is no example, the shapes differ, a class is unknown, or a row is no
     *     distribution
     */
    public static ConfidentLearning of(int[] given, double[][] predicted) {
        var classes = classes(given, predicted);
        var thresholds = thresholds(given, predicted, classes);
        var joint = calibrated(confidentJoint(given, predicted, thresholds), given);
        return new ConfidentLearning(thresholds, joint, suspects(given, predicted, joint));
    }

    private static int classes(int[] given, double[][] predicted) {
        if (given.length == 0 || given.length != predicted.length) {
            throw new IllegalArgumentException(
                    "needs a prediction for each label, got " + given.length + " and " + predicted.length);
        }
        var classes = predicted[0].length;
        for (var i = 0; i < given.length; i++) {
            Distributions.require(predicted[i], classes, "prediction " + i);
            if (given[i] < 0 || given[i] >= classes) {
                throw new IllegalArgumentException(
                        "label " + given[i] + " at " + i + " is outside [0, " + classes + ")");
            }
        }
        return classes;
    }

    /** A class without a label has no threshold anybody can reach. */
    private static double[] thresholds(int[] given, double[][] predicted, int classes) {
        var sums = new double[classes];
        var counts = new int[classes];
        for (var i = 0; i < given.length; i++) {
            sums[given[i]] += predicted[i][given[i]];
            counts[given[i]]++;
        }
        for (var label = 0; label < classes; label++) {
            sums[label] = counts[label] == 0 ? Double.POSITIVE_INFINITY : sums[label] / counts[label];
        }
        return sums;
    }

    private static double[][] confidentJoint(int[] given, double[][] predicted, double[] thresholds) {
        var joint = new double[thresholds.length][thresholds.length];
        for (var i = 0; i < given.length; i++) {
            var confident = -1;
            for (var label = 0; label < thresholds.length; label++) {
                if (predicted[i][label] >= thresholds[label] - 1e-6
                        && (confident < 0 || predicted[i][label] > predicted[i][confident])) {
                    confident = label;
                }
            }
            if (confident >= 0) {
                joint[given[i]][confident]++;
            }
        }
        for (var label = 0; label < joint.length; label++) {
            joint[label][label] = Math.max(1, joint[label][label]);
        }
        return joint;
    }

    /** Scales each row to the number of labels given, so that the table counts examples. */
    private static double[][] calibrated(double[][] joint, int[] given) {
        var counts = new double[joint.length];
        for (var label : given) {
            counts[label]++;
        }
        for (var label = 0; label < joint.length; label++) {
            var row = Arrays.stream(joint[label]).sum();
            for (var truth = 0; truth < joint.length; truth++) {
                joint[label][truth] *= counts[label] / row;
            }
        }
        return joint;
    }

    private static List<Suspect> suspects(int[] given, double[][] predicted, double[][] joint) {
        var found = new Suspect[given.length];
        var byLabel = new ArrayList<List<Integer>>();
        for (var label = 0; label < joint.length; label++) {
            byLabel.add(new ArrayList<>());
        }
        for (var i = 0; i < given.length; i++) {
            byLabel.get(given[i]).add(i);
        }
        for (var label = 0; label < joint.length; label++) {
            var carried = label;
            for (var truth = 0; truth < joint.length; truth++) {
                var other = truth;
                var count = other == carried ? 0 : (int) Math.round(joint[carried][other]);
                byLabel.get(carried).stream()
                        .map(i -> new Suspect(
                                i, carried, other, predicted[i][carried], predicted[i][other] - predicted[i][carried]))
                        .sorted(Comparator.comparingDouble((Suspect suspect) -> -suspect.margin())
                                .thenComparingInt(Suspect::example))
                        .limit(count)
                        .filter(suspect -> suspect.margin() > 0)
                        .forEach(suspect -> keepWidest(found, suspect));
            }
        }
        return Arrays.stream(found)
                .filter(suspect -> suspect != null)
                .sorted(Comparator.comparingDouble((Suspect suspect) -> -suspect.margin())
                        .thenComparingInt(Suspect::example))
                .toList();
    }

    private static void keepWidest(Suspect[] found, Suspect suspect) {
        var known = found[suspect.example()];
        if (known == null || suspect.margin() > known.margin()) {
            found[suspect.example()] = suspect;
        }
    }

    /** Probability of a class from which a prediction counts as confident; infinite for a class nobody was given. */
    public double threshold(int label) {
        return thresholds[label];
    }

    /** Estimated number of examples with this given label and this true class. */
    public double joint(int given, int truth) {
        return joint[given][truth];
    }

    /** Estimated probability that an example of this true class carries the given label; empty evidence gives 0. */
    public double noise(int given, int truth) {
        var column = Arrays.stream(joint).mapToDouble(row -> row[truth]).sum();
        return column == 0 ? 0 : joint[given][truth] / column;
    }

    /** Estimated share of wrong labels, 0 to 1. */
    public double errorRate() {
        var all = Arrays.stream(joint).flatMapToDouble(Arrays::stream).sum();
        var right = 0.0;
        for (var label = 0; label < joint.length; label++) {
            right += joint[label][label];
        }
        return 1 - right / all;
    }

    /** Labels that are probably wrong, the most suspicious first. */
    public List<Suspect> suspects() {
        return suspects;
    }
}
