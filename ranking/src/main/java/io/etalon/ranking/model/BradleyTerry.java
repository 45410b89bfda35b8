package io.etalon.ranking.model;

import io.etalon.ranking.Islands;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.model.NoFit.Reason;
import java.util.Arrays;
import java.util.List;

/**
 * Strengths from comparisons: {@code P(a beats b) = e^a / (e^a + e^b)} (R. Bradley and M. Terry, "Rank analysis of incomplete
 * block designs", Biometrika 39, 1952), ties by {@link Ties}, by Newton's method on pair counts: about five steps of
 * O(pairs + models^3 / 3). With style columns each step is a pass over the votes.
 */
public final class BradleyTerry {
    private BradleyTerry() {}

    /** Fits strengths, and the effects of style columns when the votes have any. */
    public static Fitting fit(Votes votes, FitOptions options) {
        var plain = fit(PairCounts.of(votes, options.parallelism()), options);
        return plain instanceof Fit start && !votes.styleColumns().isEmpty() ? styled(votes, options, start) : plain;
    }

    /** Fits strengths to counts. */
    public static Fitting fit(PairCounts counts, FitOptions options) {
        var used = switch (options.bothBad()) {
            case APART -> counts;
            case TIE -> counts.bothBadAsTies();
        };
        var refusal = Existence.refusal(used, options);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var ties = used.totalTies() > 0 ? options.ties() : Ties.HALF;
        var newton = new Newton(options.ridge(), options.parallelism());
        var maximum = newton.maximise(new PairLikelihood(used, ties), start(used, ties));
        if (maximum.isEmpty()) {
            throw new IllegalStateException("no maximum found though one exists: " + used.pairs() + " pairs");
        }
        return new Fit(counts.models(), options, ties, maximum.get(), StyleScale.NONE);
    }

    private static Fitting styled(Votes votes, FitOptions options, Fit start) {
        var style = StyleScale.of(votes);
        for (var k = 0; k < style.scale().length; k++) {
            if (style.scale()[k] == 0) {
                return noStyle(start, "style column \"" + style.names().get(k) + "\" is 0 in every vote");
            }
        }
        var n = votes.models().size();
        var columns = style.scale().length;
        var at = new double[start.parameters() + columns];
        System.arraycopy(start.at(), 0, at, 0, n);
        System.arraycopy(start.at(), n, at, n + columns, start.parameters() - n);
        var newton = new Newton(options.ridge(), options.parallelism());
        var maximum = newton.maximise(new RowLikelihood(votes, options, start.ties(), style), at);
        return maximum.isPresent()
                ? new Fit(votes.models(), options, start.ties(), maximum.get(), style)
                : noStyle(
                        start,
                        "the style columns " + style.names()
                                + " follow from one another or from who meets whom, or separate winners from losers");
    }

    private static NoFit noStyle(Fit start, String message) {
        return new NoFit(Reason.STYLE, new Islands(List.of(start.models())), message);
    }

    /** Half-way odds of each model's own wins and losses: where Newton's steps need no halving. */
    private static double[] start(PairCounts counts, Ties ties) {
        var n = counts.models().size();
        var wins = new double[n];
        var losses = new double[n];
        for (var pair = 0; pair < counts.pairs(); pair++) {
            var half = counts.ties(pair) / 2;
            wins[counts.first(pair)] += counts.winsFirst(pair) + half;
            losses[counts.first(pair)] += counts.winsSecond(pair) + half;
            wins[counts.second(pair)] += counts.winsSecond(pair) + half;
            losses[counts.second(pair)] += counts.winsFirst(pair) + half;
        }
        var start = new double[n + (ties == Ties.HALF ? 0 : 1)];
        for (var i = 0; i < n; i++) {
            start[i] = Math.log((wins[i] + .5) / (losses[i] + .5));
        }
        var mean = Arrays.stream(start, 0, n).average().orElse(0);
        for (var i = 0; i < n; i++) {
            start[i] -= mean;
        }
        if (ties != Ties.HALF) {
            start[n] = TieRule.etaOf(ties, counts.totalTies() / (counts.totalTies() + counts.totalWins()));
        }
        return start;
    }
}
