package io.etalon.ranking.interval;

import io.etalon.quality.Interval;
import io.etalon.quality.Quantiles;
import io.etalon.ranking.algebra.Cholesky;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.Fit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Ranks that hold together: with probability {@code level} every model's true rank lies in its range (1 is best). A model is
 * surely better than another when their difference exceeds {@code critical} standard errors, the quantile of the largest
 * |t| of all pairs under Gaussian multipliers of the cluster gradients (V. Chernozhukov, D. Chetverikov and K. Kato, "Gaussian
 * approximations and multiplier bootstrap", Annals of Statistics 41, 2013; M. Mogstad, J. Romano, A. Shaikh and D. Wilhelm,
 * "Inference for ranks", Review of Economic Studies 91, 2024).
 *
 * @param critical standard errors that a difference must exceed
 * @param ranges best and worst rank of each model
 */
public record RankRanges(double critical, List<Range> ranges) {
    private static final int LANES = 8;
    /** Added to the diagonal, in shares of its mean: the covariance is singular along the common shift. */
    private static final double JITTER = 1e-9;

    public RankRanges {
        ranges = List.copyOf(ranges);
    }

    /** Best and worst rank that a model may have. */
    public record Range(int best, int worst) {}

    /**
     * How to draw.
     *
     * @param draws number of draws; the quantile's own error is a few percent of a standard error at 1,000
     */
    public record Draws(int draws, double level, long seed) {
        public Draws {
            if (draws < 1 || !(level > 0 && level < 1)) {
                throw new IllegalArgumentException(draws + " draws at level " + level);
            }
        }
    }

    /**
     * Ranks as the public boards print them: 1 and the number of models whose interval lies wholly above one's own. Only to
     * compare with them: that two intervals overlap does not mean that the models are equal, nor do these ranks hold together.
     */
    public static List<Integer> bySeparation(List<Interval> intervals) {
        return intervals.stream()
                .map(own -> 1
                        + (int) intervals.stream()
                                .filter(other -> other.low() > own.high())
                                .count())
                .toList();
    }

    /** The ranges of a fit's models. O(draws models^2). */
    public static RankRanges of(Fit fit, Uncertainty uncertainty, Draws how, Parallelism parallelism) {
        var models = fit.models().size();
        var critical = models < 2 ? 0 : critical(uncertainty, how, parallelism);
        var ranges = new Range[models];
        Arrays.setAll(ranges, i -> {
            var above = 0;
            var below = 0;
            for (var j = 0; j < models; j++) {
                var difference = fit.strength(j) - fit.strength(i);
                if (Math.abs(difference) > critical * uncertainty.standardError(i, j)) {
                    above += difference > 0 ? 1 : 0;
                    below += difference < 0 ? 1 : 0;
                }
            }
            return new Range(1 + above, models - below);
        });
        return new RankRanges(critical, List.of(ranges));
    }

    /** The largest over the one-way covariances; a two-way one adds their variances, not their shape. */
    private static double critical(Uncertainty uncertainty, Draws how, Parallelism parallelism) {
        var most = 0.0;
        for (var covariance : uncertainty.covariances()) {
            var t = Uncertainty.critical(covariance, how.level);
            var normal = Quantiles.normal((1 + how.level) / 2);
            most = Math.max(most, quantile(covariance, uncertainty.models(), how, parallelism) * t / normal);
        }
        return most;
    }

    private static double quantile(Covariance covariance, int models, Draws how, Parallelism parallelism) {
        var factor = factor(covariance, models, parallelism);
        if (factor.isEmpty()) {
            // A two-way estimate that is no covariance: the bound of C. Bonferroni over all pairs.
            var pairs = models * (models - 1.0) / 2;
            return Quantiles.normal(1 - (1 - how.level) / (2 * pairs));
        }
        var perError = new double[models][models];
        for (var i = 0; i < models; i++) {
            for (var j = 0; j < models; j++) {
                var variance = covariance.variance(i, j);
                perError[i][j] = i != j && variance > 0 ? 1 / Math.sqrt(variance) : 0;
            }
        }
        var largest = new double[how.draws];
        var seeds = new SplittableRandom(how.seed);
        var randoms = new SplittableRandom[how.draws];
        Arrays.setAll(randoms, draw -> seeds.split());
        parallelism.forEach(LANES, lane -> {
            var z = new double[models];
            for (var draw = lane; draw < how.draws; draw += LANES) {
                for (var i = 0; i < models; i++) {
                    z[i] = randoms[draw].nextGaussian();
                }
                largest[draw] = largest(factor.get().timesFactor(z), perError);
            }
        });
        Arrays.sort(largest);
        return largest[Math.min(how.draws - 1, (int) Math.ceil(how.level * how.draws) - 1)];
    }

    private static Optional<Cholesky> factor(Covariance covariance, int models, Parallelism parallelism) {
        var block = new double[models][];
        var trace = 0.0;
        for (var i = 0; i < models; i++) {
            block[i] = Arrays.copyOf(covariance.values()[i], models);
            trace += block[i][i];
        }
        for (var i = 0; i < models; i++) {
            block[i][i] += JITTER * trace / models;
        }
        return Cholesky.inPlace(block, parallelism);
    }

    private static double largest(double[] errors, double[][] perError) {
        var most = 0.0;
        for (var i = 0; i < errors.length; i++) {
            var row = perError[i];
            var own = errors[i];
            for (var j = i + 1; j < errors.length; j++) {
                most = Math.max(most, Math.abs(own - errors[j]) * row[j]);
            }
        }
        return most;
    }
}
