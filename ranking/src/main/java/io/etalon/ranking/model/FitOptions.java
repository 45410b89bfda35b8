package io.etalon.ranking.model;

import io.etalon.ranking.algebra.Parallelism;

/**
 * How to fit.
 *
 * @param ridge weight of {@code |strengths|^2 / 2}, taken off the log-likelihood: 0 for honest ratings, more only to force
 *     numbers out of comparisons that do not connect. Style effects are never shrunk.
 */
public record FitOptions(Ties ties, BothBad bothBad, double ridge, Parallelism parallelism) {
    public FitOptions {
        if (!(ridge >= 0) || ridge == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("ridge must be finite and 0 or more, got " + ridge);
        }
    }

    /** Davidson's ties, both-bad apart, no ridge, all cores. */
    public static FitOptions standard() {
        return new FitOptions(Ties.DAVIDSON, BothBad.APART, 0, Parallelism.ALL_CORES);
    }

    public FitOptions withTies(Ties other) {
        return new FitOptions(other, bothBad, ridge, parallelism);
    }

    public FitOptions withBothBad(BothBad other) {
        return new FitOptions(ties, other, ridge, parallelism);
    }

    public FitOptions withRidge(double other) {
        return new FitOptions(ties, bothBad, other, parallelism);
    }

    public FitOptions withParallelism(Parallelism other) {
        return new FitOptions(ties, bothBad, ridge, other);
    }
}
