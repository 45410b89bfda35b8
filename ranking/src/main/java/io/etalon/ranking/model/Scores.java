package io.etalon.ranking.model;

import io.etalon.ranking.Outcome;
import io.etalon.ranking.Votes;

/**
 * Gradients of single votes' log-likelihoods at a fit, in weight. The gradient in full is {@code +d} at the first model,
 * {@code -d} at the second, {@code d z(k)} at style column k and {@code e} at eta. Safe to share between threads.
 */
public final class Scores {
    private final Votes votes;
    private final TieRule rule;
    private final boolean bothBadTies;
    private final double[] roots;
    private final double[] perUnit;

    Scores(Fit fit, Votes votes) {
        this.votes = votes;
        this.rule = TieRule.of(fit.ties(), fit.eta());
        this.bothBadTies = fit.options().bothBad() == BothBad.TIE;
        this.roots = PairLikelihood.roots(fit.at(), fit.models().size());
        this.perUnit = new double[fit.styleColumns().size()];
        for (var k = 0; k < perUnit.length; k++) {
            perUnit[k] = fit.styleEffect(k) / fit.styleScale(k);
        }
    }

    /** An array for {@link #at}; one for each thread. */
    public static double[] room() {
        return new double[TieRule.RESULTS];
    }

    /** Computes the gradient of a vote into the room and returns d. */
    public double at(int vote, double[] room) {
        var outcome = votes.outcome(vote);
        if (outcome == Outcome.BOTH_BAD && bothBadTies) {
            outcome = Outcome.TIE;
        }
        var x = roots[votes.a(vote)];
        if (perUnit.length > 0) {
            var shift = 0.0;
            for (var k = 0; k < perUnit.length; k++) {
                shift += perUnit[k] * votes.style(k, vote);
            }
            x *= Math.exp(shift / 2);
        }
        rule.score(x, roots[votes.b(vote)], outcome, room);
        if (votes.hasWeights()) {
            room[TieRule.BY_D] *= votes.weight(vote);
            room[TieRule.BY_ETA] *= votes.weight(vote);
        }
        return room[TieRule.BY_D];
    }

    /** The e of the vote last computed into the room. */
    public static double byEta(double[] room) {
        return room[TieRule.BY_ETA];
    }
}
