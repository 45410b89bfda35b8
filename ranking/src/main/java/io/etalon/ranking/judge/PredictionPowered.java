package io.etalon.ranking.judge;

import io.etalon.quality.Interval;
import io.etalon.quality.Quantiles;

/**
 * A mean of human labels sharpened by a judge that has seen more items, valid however bad the judge is: PPI++ (A. Angelopoulos, J.
 * Duchi and T. Zrnic, "PPI++: efficient prediction-powered inference", arXiv 2311.01453). With n items that both labelled and N
 * more that the judge alone saw: {@code mean(Y - l f) + l mean_N(f)}, variance
 * {@code l^2 Var(f) / N + Var(Y - l f) / n}, and the l that makes it least, {@code Cov(Y, f) / ((1 + n/N) Var f)}.
 *
 * @param estimate the mean
 * @param trust the l used: 0 ignores the judge
 * @param humanOnly the interval from the human labels alone, for comparison
 */
public record PredictionPowered(
        double estimate, double standardError, Interval interval, double trust, Interval humanOnly) {
    /** Half-width relative to that of the human labels alone: what the judge was worth. */
    public double widthRatio() {
        var alone = humanOnly.high() - humanOnly.low();
        return alone > 0 ? (interval.high() - interval.low()) / alone : 1;
    }

    /**
     * The mean of the human labels.
     *
     * @param human labels by people, n of them
     * @param judged the judge's for the same items, in the same order
     * @param unlabelled the judge's for other items drawn from the same population, N of them
     * @throws IllegalArgumentException when there are fewer than two of either, lengths differ or a value is not finite
     */
    public static PredictionPowered mean(double[] human, double[] judged, double[] unlabelled, double level) {
        if (human.length != judged.length || human.length < 2 || unlabelled.length < 2) {
            throw new IllegalArgumentException(
                    human.length + " human labels, " + judged.length + " verdicts on the same items and "
                            + unlabelled.length + " on others; two or more of each are wanted");
        }
        var n = human.length;
        var more = unlabelled.length;
        var meanHuman = average(human);
        var meanJudged = average(judged);
        var meanMore = average(unlabelled);
        var covariance = covariance(human, judged, meanHuman, meanJudged) / (n - 1);
        // The variance of the judge's verdicts is that of all of them.
        var all = (meanJudged * n + meanMore * more) / (n + more);
        var spread = (covariance(judged, judged, all, all) + covariance(unlabelled, unlabelled, all, all))
                / (n + more - 1.0);
        var trust = spread > 0 ? covariance / ((1 + (double) n / more) * spread) : 0;
        var residuals = new double[n];
        for (var i = 0; i < n; i++) {
            residuals[i] = human[i] - trust * judged[i];
        }
        var meanResidual = average(residuals);
        var estimate = meanResidual + trust * meanMore;
        var ofResiduals = covariance(residuals, residuals, meanResidual, meanResidual) / (n - 1);
        var error = Math.sqrt(trust * trust * spread / more + ofResiduals / n);
        var z = Quantiles.normal((1 + level) / 2);
        var alone = Math.sqrt(covariance(human, human, meanHuman, meanHuman) / (n - 1) / n);
        return new PredictionPowered(estimate, error, around(estimate, z * error), trust, around(meanHuman, z * alone));
    }

    private static Interval around(double centre, double half) {
        if (!Double.isFinite(centre) || !Double.isFinite(half)) {
            throw new IllegalArgumentException("values must be finite");
        }
        return new Interval(centre - half, centre + half);
    }

    private static double average(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double covariance(double[] x, double[] y, double meanX, double meanY) {
        var sum = 0.0;
        for (var i = 0; i < x.length; i++) {
            sum += (x[i] - meanX) * (y[i] - meanY);
        }
        return sum;
    }
}
