package io.etalon.ranking.model;

import io.etalon.ranking.Outcome;
import io.etalon.ranking.Votes;
import java.util.Arrays;

/**
 * Elo's running rating (A. Elo, "The rating of chessplayers", 1978), one vote after the other. The result depends on the order of
 * the votes and never settles: for live display and compatibility, not for publishing.
 *
 * @param step points at stake in one vote (K), such as 4 on the first Chatbot Arena
 * @param scale points for odds of 10 to 1, usually 400
 * @param start rating before the first vote
 */
public record Elo(double step, double scale, double start) {
    public Elo {
        if (!(step > 0) || !(scale > 0) || !Double.isFinite(start)) {
            throw new IllegalArgumentException(
                    "step and scale must be above 0, got " + step + ", " + scale + ", " + start);
        }
    }

    /** K of 4, scale of 400, start at 1000. */
    public static Elo standard() {
        return new Elo(4, 400, 1000);
    }

    /** Ratings after all votes in their order, models in index order; votes that both were bad change nothing. */
    public double[] rate(Votes votes) {
        var ratings = new double[votes.models().size()];
        Arrays.fill(ratings, start);
        for (var i = 0; i < votes.size(); i++) {
            var outcome = votes.outcome(i);
            if (outcome != Outcome.BOTH_BAD) {
                var a = votes.a(i);
                var b = votes.b(i);
                var expected = 1 / (1 + StrictMath.pow(10, (ratings[b] - ratings[a]) / scale));
                var got = outcome == Outcome.A ? 1 : outcome == Outcome.B ? 0 : .5;
                var change = step * votes.weight(i) * (got - expected);
                ratings[a] += change;
                ratings[b] -= change;
            }
        }
        return ratings;
    }
}
