package io.etalon.ranking.interval;

import io.etalon.quality.Quantiles;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the errors of a fit: one covariance or several, of which the widest counts for each number. Errors of a
 * strength are against the mean of the field; an anchor moves numbers and no error. Immutable.
 */
public final class Uncertainty {
    private final int models;
    private final List<Covariance> covariances;
    private final Optional<String> warning;

    Uncertainty(int models, List<Covariance> covariances, Optional<String> warning) {
        this.models = models;
        this.covariances = List.copyOf(covariances);
        this.warning = warning;
    }

    /** Number of models, the first coordinates. */
    public int models() {
        return models;
    }

    /** The covariances in use, one or more. */
    public List<Covariance> covariances() {
        return covariances;
    }

    /** The one-way clustering (or {@link Clustering#ROWS}) of the largest total variance: what a bootstrap should resample. */
    public Clustering widest() {
        return widestCovariance().clustering();
    }

    /** Clusters of equal size that would weigh as much as those of {@link #widest}. */
    public double widestClusters() {
        return widestCovariance().degrees() + 1;
    }

    private Covariance widestCovariance() {
        var widest = covariances.getFirst();
        var most = -1.0;
        for (var covariance : covariances) {
            var total = 0.0;
            for (var i = 0; i < models; i++) {
                total += covariance.variance(i);
            }
            if (total > most && covariance.clustering() != Clustering.TWO_WAY) {
                widest = covariance;
                most = total;
            }
        }
        return widest;
    }

    /** Why these errors are not to be trusted, if so. */
    public Optional<String> warning() {
        return warning;
    }

    /** Standard error of a coordinate. */
    public double standardError(int i) {
        return Math.sqrt(
                covariances.stream().mapToDouble(v -> v.variance(i)).max().orElse(0));
    }

    /** Standard error of the difference of two coordinates. */
    public double standardError(int i, int j) {
        var most = 0.0;
        for (var covariance : covariances) {
            most = Math.max(most, covariance.variance(i, j));
        }
        return Math.sqrt(most);
    }

    /**
     * Half the width of a coordinate's interval: Student's quantile with the covariance's degrees of freedom, times the error.
     */
    public double halfWidth(int i, double level) {
        var most = 0.0;
        for (var covariance : covariances) {
            most = Math.max(most, critical(covariance, level) * Math.sqrt(covariance.variance(i)));
        }
        return most;
    }

    /** Half the width of the interval of the difference of two coordinates. */
    public double halfWidth(int i, int j, double level) {
        var most = 0.0;
        for (var covariance : covariances) {
            most = Math.max(most, critical(covariance, level) * Math.sqrt(covariance.variance(i, j)));
        }
        return most;
    }

    static double critical(Covariance covariance, double level) {
        return Quantiles.student((1 + level) / 2, covariance.degrees());
    }
}
