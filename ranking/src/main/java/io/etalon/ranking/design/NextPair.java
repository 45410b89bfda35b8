package io.etalon.ranking.design;

import io.etalon.ranking.algebra.Matrices;
import io.etalon.ranking.algebra.Parallelism;
import java.util.random.RandomGenerator;

/**
 * Chooses the pair whose next vote lowers the total variance of all strengths the most (A-optimality; the idea of active
 * sampling in W.-L. Chiang et al., "Chatbot Arena", arXiv 2403.04132), and one time in five any pair, so that every pair keeps a
 * known chance above 0: the propensity to store with the vote. Keeps its own running covariance, updated by each pair served
 * (J. Sherman and W. Morrison, 1950). O(models^2) a choice. Not safe for concurrent use.
 *
 * <p>When it helps: what can be saved is the votes on pairs of which everybody knows the winner, so it hangs on the spread of the
 * field and on nothing else. For 100 models evenly spread, the share of the votes of uniform pairs that gives the same mean interval
 * (20,000 uniform votes), beside what the best possible design would take, which knows all strengths beforehand (A-optimal, by
 * multiplicative iteration), and the same with one vote in five given to any pair:
 *
 * <pre>
 * spread in log-odds             3      6     10
 * this choice, simulated        88 %   72 %   60 %
 * best design                   84 %   62 %   48 %
 * best design, 1 in 5 uniform   85 %   66 %   52 %
 * </pre>
 *
 * <p>The public boards spread over about 3: there no choice of pairs saves more than a sixth of the votes, and uniform pairs, which keep
 * every interval valid, are the better bargain. Votes chosen by the strengths that they themselves estimated are not quite independent
 * of them: the plain intervals covered about 90 % on the widest fields instead of 95 %.
 */
public final class NextPair {
    /** Share of choices made without regard to gain. */
    public static final double UNIFORM_SHARE = .2;

    /** What a vote on each pair tells of their difference: {@code p (1 - p)}. */
    private final double[][] information;

    private final double[][] covariance;
    /** V squared: the length of {@code V (e_i - e_j)} follows from three of its entries. */
    private final double[][] squares;

    /**
     * @param strengths strengths known so far; all 0 at the start
     * @param covariance their covariance, such as the inverse information plus a prior; copied
     */
    public NextPair(double[] strengths, double[][] covariance) {
        if (strengths.length < 2 || covariance.length != strengths.length) {
            throw new IllegalArgumentException(
                    strengths.length + " strengths with a covariance of " + covariance.length + " rows");
        }
        this.information = new double[strengths.length][strengths.length];
        this.covariance = new double[covariance.length][];
        for (var i = 0; i < covariance.length; i++) {
            this.covariance[i] = covariance[i].clone();
            for (var j = 0; j < covariance.length; j++) {
                var half = Math.cosh((strengths[i] - strengths[j]) / 2);
                information[i][j] = 1 / (4 * half * half);
            }
        }
        this.squares = Matrices.product(covariance, covariance, Parallelism.ONE_THREAD);
    }

    /**
     * A pair to show.
     *
     * @param propensity chance with which this pair was chosen now
     */
    public record Choice(int first, int second, double propensity) {}

    /** Chooses a pair and counts its vote as collected. The sides are in random order. */
    public Choice choose(RandomGenerator random) {
        var n = covariance.length;
        var uniform = UNIFORM_SHARE / (n * (n - 1.0) / 2);
        var best = best();
        var i = best / n;
        var j = best % n;
        if (random.nextDouble() < UNIFORM_SHARE) {
            i = random.nextInt(n);
            j = random.nextInt(n - 1);
            j += j >= i ? 1 : 0;
        }
        var isBest = Math.min(i, j) * n + Math.max(i, j) == best;
        serve(i, j);
        var propensity = uniform + (isBest ? 1 - UNIFORM_SHARE : 0);
        return random.nextBoolean() ? new Choice(i, j, propensity) : new Choice(j, i, propensity);
    }

    /** Total variance of the strengths as planned. */
    public double totalVariance() {
        var total = 0.0;
        for (var i = 0; i < covariance.length; i++) {
            total += covariance[i][i];
        }
        return total;
    }

    private int best() {
        var n = covariance.length;
        var most = Double.NEGATIVE_INFINITY;
        var best = 1;
        for (var i = 0; i < n; i++) {
            for (var j = i + 1; j < n; j++) {
                var spread = squares[i][i] + squares[j][j] - 2 * squares[i][j];
                var gain = spread / (1 / information[i][j] + variance(i, j));
                if (gain > most) {
                    most = gain;
                    best = i * n + j;
                }
            }
        }
        return best;
    }

    private void serve(int i, int j) {
        var n = covariance.length;
        var direction = new double[n];
        for (var k = 0; k < n; k++) {
            direction[k] = covariance[k][i] - covariance[k][j];
        }
        var scale = 1 / (1 / information[i][j] + variance(i, j));
        var image = Matrices.product(covariance, direction);
        var norm = Matrices.dot(direction, direction);
        // (V - s d d')^2 = V^2 - s (V d d' + d d' V) + s^2 |d|^2 d d'.
        for (var p = 0; p < n; p++) {
            for (var q = 0; q < n; q++) {
                squares[p][q] += scale
                        * (scale * norm * direction[p] * direction[q]
                                - image[p] * direction[q]
                                - direction[p] * image[q]);
                covariance[p][q] -= scale * direction[p] * direction[q];
            }
        }
    }

    private double variance(int i, int j) {
        return covariance[i][i] + covariance[j][j] - 2 * covariance[i][j];
    }
}
