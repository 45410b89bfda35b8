package io.etalon.ranking.model;

import io.etalon.ranking.Votes;

/**
 * Gradients of single votes' log-likelihoods at a fit, in weight. The gradient in full is {@code +d} at the first model,
 * {@code -d} at the second, {@code d z(k)} at style column k and {@code e} at eta. Safe to share between threads.
 */
public final class Scores {
    private final Votes votes;
    private final TieRule rule;
    /** Weight of each outcome as a win, a loss and a tie: looked up, since outcomes are no pattern a processor could guess. */
    private final double[] won = {1, 0, 0, 0};

    private final double[] lost = {0, 1, 0, 0};
    private final double[] tied;
    private final double[] roots;
    private final double[] perUnit;

    Scores(Fit fit, Votes votes) {
        this.votes = votes;
        this.rule = TieRule.of(fit.ties(), fit.eta());
        this.tied = new double[] {0, 0, 1, fit.options().bothBad() == BothBad.TIE ? 1 : 0};
        this.roots = PairLikelihood.roots(fit.at(), fit.models().size());
        this.perUnit = new double[fit.styleColumns().size()];
        for (var k = 0; k < perUnit.length; k++) {
            perUnit[k] = fit.styleEffect(k) / fit.styleScale(k);
        }
    }

    /** Gradients (d, e) of one vote of weight 1 between two models that the first won, the second won, and that tied. */
    public static double[][] ofPair(Fit fit, int first, int second) {
        var rule = TieRule.of(fit.ties(), fit.eta());
        var x = Math.exp(fit.strength(first) / 2);
        var y = Math.exp(fit.strength(second) / 2);
        var room = room();
        var slopes = new double[3][2];
        for (var outcome = 0; outcome < slopes.length; outcome++) {
            rule.slope(x, y, outcome == 0 ? 1 : 0, outcome == 1 ? 1 : 0, outcome == 2 ? 1 : 0, room);
            slopes[outcome][0] = room[TieRule.BY_D];
            slopes[outcome][1] = room[TieRule.BY_ETA];
        }
        return slopes;
    }

    /** An array for {@link #at}; one for each thread. */
    public static double[] room() {
        return new double[TieRule.RESULTS];
    }

    /** Computes the gradient of a vote into the room and returns d. */
    public double at(int vote, double[] room) {
        var code = votes.outcomeCode(vote);
        var x = roots[votes.a(vote)];
        if (perUnit.length > 0) {
            var shift = 0.0;
            for (var k = 0; k < perUnit.length; k++) {
                shift += perUnit[k] * votes.style(k, vote);
            }
            x *= Math.exp(shift / 2);
        }
        var weight = votes.weight(vote);
        var y = roots[votes.b(vote)];
        rule.slope(x, y, weight * won[code], weight * lost[code], weight * tied[code], room);
        return room[TieRule.BY_D];
    }

    /** The e of the vote last computed into the room. */
    public static double byEta(double[] room) {
        return room[TieRule.BY_ETA];
    }

    /** Computes minus the second derivatives of the vote last computed into the room, which must be this one. */
    public void curve(int vote, double[] room) {
        var code = votes.outcomeCode(vote);
        var weight = votes.weight(vote);
        rule.curve(weight * won[code], weight * lost[code], weight * tied[code], room);
    }

    /** Minus the second derivative by the difference, after {@link #curve}. */
    public static double curvature(double[] room) {
        return room[TieRule.D_D];
    }

    /** Minus the mixed derivative by the difference and eta, after {@link #curve}. */
    public static double mixed(double[] room) {
        return room[TieRule.D_ETA];
    }

    /** Minus the second derivative by eta, after {@link #curve}. */
    public static double etaCurvature(double[] room) {
        return room[TieRule.ETA_ETA];
    }
}
