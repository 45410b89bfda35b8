package io.etalon.ranking.interval;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Cholesky;
import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.Scores;
import java.util.Optional;

/**
 * The covariance by leaving out one cluster after another: {@code (G - 1) / G sum of d d'}, d being the Newton step
 * {@code (H - H_g)^-1 u_g} that the fit takes when cluster g leaves. A cluster pulls the fit towards itself, so that its gradient
 * there is too small, the more so the fewer there are; the step undoes that, where the sandwich does not. It is CR3 of R. Bell and
 * D. McCaffrey, "Bias reduction in standard errors for linear regression with multi-stage samples", Survey Methodology 28, 2002,
 * for a likelihood: CV3L of J. MacKinnon, M. Nielsen and M. Webb, "Cluster-robust jackknife and bootstrap inference for logistic
 * regression models", arXiv 2406.00650. O(votes + clusters coordinates^3): for few clusters.
 */
final class Jackknife {
    /** A share of the information that is no more than rounding. */
    private static final double NOTHING = 1e-9;

    private final Votes votes;
    private final Scores scores;
    private final Parallelism parallelism;
    private final int models;
    private final double[][] information;
    private final double[] perUnit;

    Jackknife(Fit fit, Votes votes, Parallelism parallelism) {
        this.votes = votes;
        this.scores = fit.scores(votes);
        this.parallelism = parallelism;
        this.models = fit.models().size();
        this.information = fit.information().matrix();
        this.perUnit = new double[fit.styleColumns().size()];
        for (var k = 0; k < perUnit.length; k++) {
            perUnit[k] = 1 / fit.styleScale(k);
        }
    }

    /** The covariance under these clusters; empty when the rest of the votes has no fit once one of them leaves. */
    Optional<double[][]> covariance(Clusters clusters) {
        var count = clusters.size();
        var steps = new double[count][];
        parallelism.forEach(count, cluster -> steps[cluster] = step(clusters, cluster));
        for (var step : steps) {
            if (step.length == 0) {
                return Optional.empty();
            }
        }
        var values = new double[information.length][information.length];
        Matrices.addGram(values, steps, count, parallelism);
        for (var row : values) {
            for (var j = 0; j < row.length; j++) {
                row[j] *= (count - 1.0) / count;
            }
        }
        return Optional.of(values);
    }

    /** The change of all coordinates when a cluster leaves, its sign turned; no entries when there is none. */
    private double[] step(Clusters clusters, int cluster) {
        var left = new double[information.length][];
        for (var i = 0; i < left.length; i++) {
            left[i] = information[i].clone();
        }
        var gradient = new double[left.length];
        var room = Scores.room();
        var along = new double[perUnit.length];
        for (var i = clusters.start(cluster); i < clusters.ends()[cluster]; i++) {
            leave(clusters.order()[i], left, gradient, along, room);
        }
        for (var i = 0; i < left.length; i++) {
            if (left[i][i] <= NOTHING * information[i][i]) {
                return new double[0];
            }
        }
        return Cholesky.inPlace(left, Parallelism.ONE_THREAD)
                .map(factor -> factor.solve(gradient))
                .orElseGet(() -> new double[0]);
    }

    /** Takes a vote's curvature off the upper triangle and adds up its gradient. */
    private void leave(int vote, double[][] left, double[] gradient, double[] along, double[] room) {
        var d = scores.at(vote, room);
        scores.curve(vote, room);
        var curvature = Scores.curvature(room);
        var a = votes.a(vote);
        var b = votes.b(vote);
        gradient[a] += d;
        gradient[b] -= d;
        left[a][a] -= curvature;
        left[b][b] -= curvature;
        left[Math.min(a, b)][Math.max(a, b)] += curvature;
        for (var k = 0; k < along.length; k++) {
            along[k] = perUnit[k] * votes.style(k, vote);
            gradient[models + k] += d * along[k];
            left[a][models + k] -= curvature * along[k];
            left[b][models + k] += curvature * along[k];
            for (var l = 0; l <= k; l++) {
                left[models + l][models + k] -= curvature * along[k] * along[l];
            }
        }
        var eta = models + along.length;
        if (eta < left.length) {
            var mixed = Scores.mixed(room);
            gradient[eta] += Scores.byEta(room);
            left[a][eta] -= mixed;
            left[b][eta] += mixed;
            for (var k = 0; k < along.length; k++) {
                left[models + k][eta] -= mixed * along[k];
            }
            left[eta][eta] -= Scores.etaCurvature(room);
        }
    }
}
