package io.etalon.ranking.model;

import io.etalon.ranking.PairCounts;
import io.etalon.ranking.algebra.Matrices;
import java.util.Arrays;

/** The likelihood of pair counts: strengths, then eta when ties have a parameter. O(models^2 + pairs) a call. */
final class PairLikelihood implements Likelihood {
    /** Pairs at hand at a time: their numbers stay in the nearest cache. */
    private static final int BLOCK = 256;

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

    /**
     * The gradient alone, without a logarithm, in the {@link #room} of the caller: a block of pairs is gathered, computed several pairs at a time, and spread again.
     */
    void slope(double[] at, double[] gradient, TieRule.Block block) {
        var n = models();
        var tied = ties != Ties.HALF;
        var rule = TieRule.of(ties, tied ? at[n] : 0);
        var roots = roots(at, n);
        var byEta = 0.0;
        Arrays.fill(gradient, 0);
        for (var from = 0; from < counts.pairs(); from += BLOCK) {
            var size = Math.min(BLOCK, counts.pairs() - from);
            for (var k = 0; k < size; k++) {
                block.x()[k] = roots[counts.first(from + k)];
                block.y()[k] = roots[counts.second(from + k)];
            }
            counts.copy(from, size, block.wins(), block.losses(), block.ties());
            rule.slopes(block, size);
            spread(block.byD(), from, size, gradient);
            byEta += Matrices.sum(block.byEta(), 0, size);
        }
        if (tied) {
            gradient[n] = byEta;
        }
    }

    /** Pairs are sorted by their first model, whose sum is made apart; the second models of a run all differ. */
    private void spread(double[] byD, int from, int size, double[] gradient) {
        for (var start = 0; start < size; ) {
            var first = counts.first(from + start);
            var end = start + 1;
            while (end < size && counts.first(from + end) == first) {
                end++;
            }
            var second = counts.second(from + start);
            if (counts.second(from + end - 1) - second == end - 1 - start) {
                // None is missing between them.
                for (var k = start; k < end; k++) {
                    gradient[second - start + k] -= byD[k];
                }
            } else {
                for (var k = start; k < end; k++) {
                    gradient[counts.second(from + k)] -= byD[k];
                }
            }
            gradient[first] += Matrices.sum(byD, start, end);
            start = end;
        }
    }

    /** Room for {@link #slope}, which keeps nothing there; one for each thread. */
    static TieRule.Block room() {
        return TieRule.Block.of(BLOCK);
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
