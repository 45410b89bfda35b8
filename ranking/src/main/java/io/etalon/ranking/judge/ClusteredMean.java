package io.etalon.ranking.judge;

import io.etalon.quality.Interval;
import io.etalon.quality.Quantiles;
import java.util.HashMap;
import java.util.List;

/**
 * A mean whose values come in clusters (prompts, conversations), with the error {@code sqrt(G/(G-1) sum over clusters of
 * (sum of deviations)^2) / n} (E. Miller, "Adding error bars to evals", arXiv 2411.00640, appendix A).
 *
 * @param interval at 95 %, Student's quantile with one degree fewer than clusters
 */
public record ClusteredMean(double mean, double standardError, Interval interval, int values, int clusters) {
    private static final double LEVEL = .95;

    /** A value and the cluster it belongs to. */
    public record Value(String cluster, double value) {}

    /**
     * The mean of these values.
     *
     * @throws IllegalArgumentException when there are fewer than two clusters, or a value is not finite
     */
    public static ClusteredMean of(List<Value> values) {
        var mean = values.stream().mapToDouble(Value::value).average().orElse(0);
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("values must be finite");
        }
        var sums = new HashMap<String, Double>();
        values.forEach(v -> sums.merge(v.cluster, v.value - mean, Double::sum));
        var clusters = sums.size();
        if (clusters < 2) {
            throw new IllegalArgumentException("an error needs two or more clusters, got " + clusters);
        }
        var squares = sums.values().stream().mapToDouble(u -> u * u).sorted().sum();
        var error = Math.sqrt(squares * clusters / (clusters - 1.0)) / values.size();
        var half = Quantiles.student((1 + LEVEL) / 2, clusters - 1) * error;
        return new ClusteredMean(mean, error, new Interval(mean - half, mean + half), values.size(), clusters);
    }
}
