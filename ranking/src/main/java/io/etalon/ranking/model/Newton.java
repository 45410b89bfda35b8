package io.etalon.ranking.model;

import io.etalon.ranking.algebra.Cholesky;
import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import java.util.Optional;

/**
 * Newton's method for a concave likelihood, halving steps that do not climb. The free shift of the strengths is held by adding
 * {@code c 1 1'} to their block of the information, which keeps their sum and changes no difference.
 *
 * @param ridge weight of {@code |strengths|^2 / 2}, taken off the log-likelihood; usually 0
 */
record Newton(double ridge, Parallelism parallelism) {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    /** Relative error of a sum of many logarithms: a step that seems to lose less than this has not lost. */
    private static final double ROUNDING = 1e-10;
    /** Twice the log-likelihood still to gain; the step taken after it leaves the square of that. */
    private static final double SMALL_DECREMENT = 1e-14;

    /**
     * A maximum.
     *
     * @param information the factor of the information there, the gauge added
     */
    record Maximum(double[] at, double logLikelihood, Cholesky information, int steps) {}

    /** Climbs from the start, which is overwritten; empty when there is no maximum within reach. */
    Optional<Maximum> maximise(Likelihood likelihood, double[] start) {
        var m = likelihood.parameters();
        var at = start;
        var gradient = new double[m];
        var information = new double[m][m];
        var value = evaluate(likelihood, at, gradient, information);
        for (var taken = 1; taken <= MOST_STEPS && Double.isFinite(value); taken++) {
            hold(information, likelihood.models());
            var factor = Cholesky.inPlace(information, parallelism);
            if (factor.isEmpty()) {
                return Optional.empty();
            }
            var step = factor.get().solve(gradient);
            var decrement = Matrices.dot(gradient, step);
            if (decrement <= SMALL_DECREMENT * Math.max(1, 1e-3 * Math.abs(value))) {
                return Optional.of(new Maximum(plus(at, step, 1), value, factor.get(), taken));
            }
            var next = at;
            var climbed = Double.NEGATIVE_INFINITY;
            information = new double[m][m];
            for (var halving = 0; halving < MOST_HALVINGS; halving++) {
                next = plus(at, step, Math.scalb(1, -halving));
                climbed = evaluate(likelihood, next, gradient, information);
                if (climbed >= value - ROUNDING * Math.abs(value)) {
                    break;
                }
            }
            at = next;
            value = climbed;
        }
        return Optional.empty();
    }

    private double evaluate(Likelihood likelihood, double[] at, double[] gradient, double[][] information) {
        var value = likelihood.evaluate(at, gradient, information);
        if (ridge > 0) {
            for (var i = 0; i < likelihood.models(); i++) {
                value -= ridge / 2 * at[i] * at[i];
                gradient[i] -= ridge * at[i];
                information[i][i] += ridge;
            }
        }
        return value;
    }

    private static void hold(double[][] information, int models) {
        var trace = 0.0;
        for (var i = 0; i < models; i++) {
            trace += information[i][i];
        }
        var gauge = trace / ((double) models * models);
        for (var i = 0; i < models; i++) {
            for (var j = i; j < models; j++) {
                information[i][j] += gauge;
            }
        }
    }

    private static double[] plus(double[] at, double[] step, double share) {
        var next = at.clone();
        for (var i = 0; i < next.length; i++) {
            next[i] += share * step[i];
        }
        return next;
    }
}
