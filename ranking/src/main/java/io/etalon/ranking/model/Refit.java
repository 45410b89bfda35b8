package io.etalon.ranking.model;

import io.etalon.ranking.PairCounts;
import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import java.util.Arrays;
import java.util.Optional;

/**
 * Fits to counts that differ a little from those of a fit: resamples, or the votes without a few. Steps reuse the information of the
 * first fit, so each costs O(pairs + models^2); when they do not shrink fast, Newton's method takes over. Exact either way.
 * Safe to share between threads.
 */
public final class Refit {
    private static final int MOST_STEPS = 60;
    /** Twice the log-likelihood that may be left after the last step: ratings are right to a hundred-millionth of their error. */
    private static final double SMALL_REST = 1e-16;
    /** Steps must shrink by this factor at least. */
    private static final double SHRINKING = .6;

    private final Fit fit;
    private final FitOptions options;
    private final double[][] inverse;

    /**
     * Inverts the information, in O(models^3): make one for many counts.
     *
     * @throws IllegalArgumentException when the fit has style columns, which counts know nothing of
     */
    public Refit(Fit fit) {
        if (!fit.styleColumns().isEmpty()) {
            throw new IllegalArgumentException("a fit with style columns cannot be repeated on counts");
        }
        this.fit = fit;
        this.options = fit.options().withParallelism(Parallelism.ONE_THREAD).withTies(fit.ties());
        this.inverse = fit.information().inverse(fit.options().parallelism());
    }

    /** Strengths of these counts, of sum 0; empty when their likelihood has no maximum. */
    public Optional<double[]> strengths(PairCounts counts) {
        var used = options.bothBad() == BothBad.TIE ? counts.bothBadAsTies() : counts;
        if (Existence.refusal(used, options).isPresent()) {
            return Optional.empty();
        }
        var sameShape = fit.ties() == Ties.HALF || used.totalTies() > 0;
        var quick = sameShape && options.ridge() == 0 ? chord(used) : Optional.<double[]>empty();
        return quick.isPresent() ? quick : exact(used);
    }

    private Optional<double[]> chord(PairCounts counts) {
        var likelihood = new PairLikelihood(counts, fit.ties());
        var at = fit.at().clone();
        var gradient = new double[at.length];
        var room = PairLikelihood.room();
        var last = Double.POSITIVE_INFINITY;
        for (var taken = 0; taken < MOST_STEPS; taken++) {
            likelihood.slope(at, gradient, room);
            var step = Matrices.symmetric(inverse, gradient);
            var decrement = Matrices.dot(gradient, step);
            if (!(decrement <= last * SHRINKING * SHRINKING)) {
                return Optional.empty();
            }
            for (var i = 0; i < at.length; i++) {
                at[i] += step[i];
            }
            if (fit.ties() == Ties.RAO_KUPPER && at[at.length - 1] <= 0) {
                return Optional.empty();
            }
            // Steps shrink by a constant factor, so this is what the next one would find.
            var rest = Double.isFinite(last) ? decrement * (decrement / last) : decrement;
            if (rest <= SMALL_REST) {
                return Optional.of(Arrays.copyOf(at, fit.models().size()));
            }
            last = decrement;
        }
        return Optional.empty();
    }

    private Optional<double[]> exact(PairCounts counts) {
        // Both-bad votes are merged already.
        return switch (BradleyTerry.fit(counts, options.withBothBad(BothBad.APART))) {
            case Fit other -> Optional.of(other.strengths());
            case NoFit none -> Optional.empty();
        };
    }
}
