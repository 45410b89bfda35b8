package io.etalon.ranking.model;

import io.etalon.ranking.PairCounts;
import java.util.Arrays;

/** The likelihood of pair counts: strengths, then eta when ties have a parameter. O(models^2 + pairs) a call. */
final class PairLikelihood implements Likelihood {
    private final PairCounts counts;
    private final Ties ties;

    PairLikelihood(PairCounts counts, Ties ties) {
        this.counts = counts;
        this.ties = ties;
    }

    @Override
    public int models() {
        return counts.models().size();
    }

    @Override
    public int parameters() {
        return models() + (ties == Ties.HALF ? 0 : 1);
    }

    @Override
    public double evaluate(double[] at, double[] gradient, double[][] information) {
        var n = models();
        var tied = ties != Ties.HALF;
        var rule = TieRule.of(ties, tied ? at[n] : 0);
        var roots = roots(at, n);
        var cell = new double[TieRule.RESULTS];
        var value = 0.0;
        Arrays.fill(gradient, 0);
        for (var row : information) {
            Arrays.fill(row, 0);
        }
        for (var pair = 0; pair < counts.pairs(); pair++) {
            var i = counts.first(pair);
            var j = counts.second(pair);
            rule.evaluate(roots[i], roots[j], counts.winsFirst(pair), counts.winsSecond(pair), counts.ties(pair), cell);
            value += cell[TieRule.LOG];
            gradient[i] += cell[TieRule.BY_D];
            gradient[j] -= cell[TieRule.BY_D];
            information[i][i] += cell[TieRule.D_D];
            information[j][j] += cell[TieRule.D_D];
            information[i][j] -= cell[TieRule.D_D];
            if (tied) {
                gradient[n] += cell[TieRule.BY_ETA];
                information[i][n] += cell[TieRule.D_ETA];
                information[j][n] -= cell[TieRule.D_ETA];
                information[n][n] += cell[TieRule.ETA_ETA];
            }
        }
        return value;
    }

    /** The gradient alone, without a logarithm: a tenth of the work. */
    void slope(double[] at, double[] gradient) {
        var n = models();
        var tied = ties != Ties.HALF;
        var rule = TieRule.of(ties, tied ? at[n] : 0);
        var roots = roots(at, n);
        var cell = new double[TieRule.RESULTS];
        var byEta = 0.0;
        Arrays.fill(gradient, 0);
        var pairs = counts.pairs();
        for (var pair = 0; pair < pairs; ) {
            // Pairs are sorted by their first model: its sum stays in a register.
            var i = counts.first(pair);
            var x = roots[i];
            var sum = gradient[i];
            for (; pair < pairs && counts.first(pair) == i; pair++) {
                var j = counts.second(pair);
                rule.slope(x, roots[j], counts.winsFirst(pair), counts.winsSecond(pair), counts.ties(pair), cell);
                sum += cell[TieRule.BY_D];
                gradient[j] -= cell[TieRule.BY_D];
                byEta += cell[TieRule.BY_ETA];
            }
            gradient[i] = sum;
        }
        if (tied) {
            gradient[n] = byEta;
        }
    }

    /** Square roots of the odds. */
    static double[] roots(double[] at, int models) {
        var roots = new double[models];
        for (var i = 0; i < models; i++) {
            roots[i] = Math.exp(at[i] / 2);
        }
        return roots;
    }
}
