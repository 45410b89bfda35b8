package io.etalon.ranking.interval;

/**
 * The covariance of a fit's coordinates under one clustering.
 *
 * @param clustering which votes were taken to depend on one another
 * @param clusters number of independent clusters; the smaller number of a two-way clustering
 * @param values coordinates by coordinates; a two-way one need not be positive semi-definite
 */
@SuppressWarnings(
        "ArrayRecordComponent") // A megabyte for a thousand models: handed over, not copied, and never compared.
public record Covariance(Clustering clustering, int clusters, double[][] values) {
    /** Variance of a coordinate; 0 where a two-way estimate falls below. */
    public double variance(int i) {
        return Math.max(0, values[i][i]);
    }

    /** Variance of the difference of two coordinates: {@code V_ii + V_jj - 2 V_ij}. */
    public double variance(int i, int j) {
        return Math.max(0, values[i][i] + values[j][j] - 2 * values[i][j]);
    }
}
