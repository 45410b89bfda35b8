package io.etalon.quality.choice;

import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far confidence is from accuracy on gold: the reliability diagram and its summary.
 *
 * <p>Expected calibration error over fifteen bins of equal width (Guo et al., ICML 2017): the mean over gold tasks of
 * |accuracy - mean confidence| of the task's bin, 0 to 1. A tie of m classes is right by 1/m.
 *
 * @param error expected calibration error
 * @param tasks gold tasks it rests on
 * @param bins bins with at least one task, by rising confidence
 */
public record Reliability(double error, int tasks, List<Bin> bins) {
    private static final int BINS = 15;

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * One bar of the diagram.
     *
     * @param low lowest confidence of the bin
     * @param high highest confidence of the bin
     * @param tasks gold tasks in it
     * @param confidence their mean confidence
     * @param accuracy the share of them that is right
     */
    public record Bin(double low, double high, int tasks, double confidence, double accuracy) {}

    /**
     * Compares a consensus with gold.
     *
     * @throws IllegalArgumentException when no gold task carries a judgement
     */
    public static Reliability of(Consensus consensus, Map<String, String> gold) {
        var tasks = GoldTasks.of(consensus.labels(), gold);
        var confidences = new double[tasks.size()];
        var scores = new double[tasks.size()];
        for (var i = 0; i < tasks.size(); i++) {
            confidences[i] = consensus.confidence(tasks.task(i));
            scores[i] = tasks.score(consensus, i);
        }
        return of(confidences, scores);
    }

    /**
     * Compares confidences with what came true.
     *
     * @param confidences 0 to 1 each
     * @param scores how right each was, 0 to 1
     * @throws IllegalArgumentException when there are none, or the lengths differ
     */
    public static Reliability of(double[] confidences, double[] scores) {
        if (confidences.length == 0 || confidences.length != scores.length) {
            throw new IllegalArgumentException(
                    "needs as many scores as confidences, got " + scores.length + " and " + confidences.length);
        }
        var counts = new int[BINS];
        var confidence = new double[BINS];
        var right = new double[BINS];
        for (var i = 0; i < scores.length; i++) {
            var bin = Math.clamp((int) (confidences[i] * BINS), 0, BINS - 1);
            counts[bin]++;
            confidence[bin] += confidences[i];
            right[bin] += scores[i];
        }
        var bins = new ArrayList<Bin>();
        var error = 0.0;
        for (var bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                error += Math.abs(confidence[bin] - right[bin]) / scores.length;
                bins.add(new Bin(
                        (double) bin / BINS,
                        (bin + 1.0) / BINS,
                        counts[bin],
                        confidence[bin] / counts[bin],
                        right[bin] / counts[bin]));
            }
        }
        return new Reliability(error, scores.length, bins);
    }
}
