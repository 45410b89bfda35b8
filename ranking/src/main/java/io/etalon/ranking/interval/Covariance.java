package io.etalon.ranking.interval;

/**
 * The covariance of a fit's coordinates under one clustering.
 *
 * @param clustering which votes were taken to depend on one another
 * @param estimator how it was estimated; of a two-way one, how the smaller of its numbers of clusters was met
 * @param clusters number of independent clusters; the smaller number of a two-way clustering
 * @param degrees degrees of freedom of Student's quantile: one fewer than the clusters, and of few clusters one fewer than
 *     clusters of equal size would have to be to weigh as much (A. Carter, K. Schnepel and D. Steigerwald, "Asymptotic behavior of
 *     a t-test robust to cluster heterogeneity", Review of Economics and Statistics 99, 2017)
 * @param values coordinates by coordinates; a two-way one need not be positive semi-definite
 */
@SuppressWarnings(
        "ArrayRecordComponent") // A megabyte for a thousand models: handed over, not copied, and never compared.
public record Covariance(Clustering clustering, Estimator estimator, int clusters, double degrees, double[][] values) {
    /** How a covariance is estimated. */
    public enum Estimator {
        /** From the gradients of the clusters at the fit. */
        SANDWICH,
        /** From the fits without one cluster after another. */
        JACKKNIFE
    }

    /** Variance of a coordinate; 0 where a two-way estimate falls below. */
    public double variance(int i) {
        return Math.max(0, values[i][i]);
    }

    /** Variance of the difference of two coordinates: {@code V_ii + V_jj - 2 V_ij}. */
    public double variance(int i, int j) {
        return Math.max(0, values[i][i] + values[j][j] - 2 * values[i][j]);
    }
}
