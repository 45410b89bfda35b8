package io.etalon.ranking.model;

import io.etalon.quality.Quantiles;
import java.util.Arrays;
import java.util.List;

/**
 * TrueSkill for single players (R. Herbrich, T. Minka and T. Graepel, "TrueSkill: a Bayesian skill rating system", NIPS 19,
 * 2007): Gaussian skills, updated after each game by expectation propagation along the chain of neighbours in the result. Like
 * Elo it depends on the order of games; for compatibility.
 *
 * @param beta standard deviation of a performance about the skill
 * @param tau standard deviation that a skill gains before each game
 * @param drawProbability chance that equals draw
 */
public record TrueSkill(double beta, double tau, double drawProbability) {
    private static final int MOST_SWEEPS = 200;
    private static final double SMALL_CHANGE = 1e-10;

    public TrueSkill {
        if (!(beta > 0) || !(tau >= 0) || !(drawProbability >= 0 && drawProbability < 1)) {
            throw new IllegalArgumentException("beta " + beta + ", tau " + tau + ", draws " + drawProbability);
        }
    }

    /** A Gaussian skill. */
    public record Skill(double mean, double deviation) {
        /** Mean 25, deviation 25/3. */
        public static Skill fresh() {
            return new Skill(25, 25.0 / 3);
        }
    }

    /** Beta 25/6, tau 25/300, draws 10 %. */
    public static TrueSkill standard() {
        return new TrueSkill(25.0 / 6, 25.0 / 300, .1);
    }

    /** How even a game of two would be: its draw probability relative to that of certain equals. */
    public double quality(Skill left, Skill right) {
        var noise = 2 * beta * beta;
        var variance = noise + left.deviation * left.deviation + right.deviation * right.deviation;
        var distance = left.mean - right.mean;
        return Math.sqrt(noise / variance) * Math.exp(-distance * distance / (2 * variance));
    }

    /**
     * Skills after a game.
     *
     * @param players skills before it, best placed first
     * @param draws for each player but the last, whether the next one did equally well
     * @throws IllegalArgumentException unless there are two players or more and one draw less
     */
    public List<Skill> rate(List<Skill> players, List<Boolean> draws) {
        if (players.size() < 2 || draws.size() != players.size() - 1) {
            throw new IllegalArgumentException(
                    players.size() + " players with " + draws.size() + " draws between them");
        }
        var chain = new Chain(players, draws);
        chain.settle();
        return chain.posterior(players);
    }

    /** The factor graph of one game: performances in order, and the truncated differences between neighbours. */
    private final class Chain {
        private final int n;
        private final List<Boolean> draws;
        private final double margin = Quantiles.normal((drawProbability + 1) / 2) * Math.sqrt(2) * beta;
        /** Natural parameters (precision, precision times mean): of priors, and of messages from either neighbour. */
        private final double[][] prior;

        private final double[][] fromAbove;
        private final double[][] fromBelow;
        private final double[][] truncated;

        Chain(List<Skill> players, List<Boolean> draws) {
            this.n = players.size();
            this.draws = draws;
            this.prior = new double[n][];
            this.fromAbove = new double[n][2];
            this.fromBelow = new double[n][2];
            this.truncated = new double[n - 1][2];
            for (var i = 0; i < n; i++) {
                var skill = players.get(i);
                var variance = skill.deviation * skill.deviation + tau * tau + beta * beta;
                prior[i] = new double[] {1 / variance, skill.mean / variance};
            }
        }

        void settle() {
            for (var sweep = 0; sweep < MOST_SWEEPS; sweep++) {
                var change = 0.0;
                for (var k = 0; k < n - 1; k++) {
                    change = Math.max(change, update(k));
                }
                for (var k = n - 3; k >= 0; k--) {
                    change = Math.max(change, update(k));
                }
                if (change < SMALL_CHANGE) {
                    break;
                }
            }
        }

        /** Passes messages through the difference of players k and k + 1; returns how much its message changed. */
        private double update(int k) {
            var upper = sum(prior[k], fromAbove[k]);
            var lower = sum(prior[k + 1], fromBelow[k + 1]);
            var mean = upper[1] / upper[0] - lower[1] / lower[0];
            var variance = 1 / upper[0] + 1 / lower[0];
            var deviation = Math.sqrt(variance);
            var moments = draws.get(k)
                    ? within(mean / deviation, margin / deviation)
                    : beyond(mean / deviation, margin / deviation);
            var left = Math.max(1e-12, 1 - moments[1]);
            var precision = 1 / (variance * left) - 1 / variance;
            var shifted = (mean + deviation * moments[0]) / (variance * left) - mean / variance;
            var change = Math.abs(precision - truncated[k][0]) + Math.abs(shifted - truncated[k][1]);
            truncated[k] = new double[] {precision, shifted};
            fromBelow[k] = shifted(truncated[k], lower, 1);
            fromAbove[k + 1] = shifted(truncated[k], upper, -1);
            return change;
        }

        List<Skill> posterior(List<Skill> players) {
            var skills = new Skill[n];
            Arrays.setAll(skills, i -> {
                var message = sum(fromAbove[i], fromBelow[i]);
                var skill = players.get(i);
                var own = 1 / (skill.deviation * skill.deviation + tau * tau);
                // The message loses the performance's noise on its way to the skill.
                var precision = message[0] / (1 + beta * beta * message[0]);
                var pull = message[1] / (1 + beta * beta * message[0]);
                var total = own + precision;
                return new Skill((own * skill.mean + pull) / total, Math.sqrt(1 / total));
            });
            return List.of(skills);
        }
    }

    private static double[] sum(double[] left, double[] right) {
        return new double[] {left[0] + right[0], left[1] + right[1]};
    }

    /** The message to one side of a difference: the other side plus (or minus) the truncated difference. */
    private static double[] shifted(double[] difference, double[] other, int sign) {
        if (!(difference[0] > 0)) {
            return new double[] {0, 0};
        }
        var mean = other[1] / other[0] + sign * difference[1] / difference[0];
        var precision = 1 / (1 / other[0] + 1 / difference[0]);
        return new double[] {precision, precision * mean};
    }

    /** First moment and variance lost when a standard normal about t is cut below e. */
    private static double[] beyond(double t, double e) {
        var below = Quantiles.normalBelow(t - e);
        var v = below > 1e-300 ? Quantiles.density(t - e) / below : e - t;
        return new double[] {v, v * (v + t - e)};
    }

    /** The same when it is cut outside of -e and e. */
    private static double[] within(double t, double e) {
        var size = Math.abs(t);
        var mass = Quantiles.normalBelow(e - size) - Quantiles.normalBelow(-e - size);
        if (!(mass > 1e-300)) {
            return new double[] {Math.copySign(e - size, t), 1};
        }
        var v = (Quantiles.density(-e - size) - Quantiles.density(e - size)) / mass;
        var w = v * v + ((e - size) * Quantiles.density(e - size) + (e + size) * Quantiles.density(e + size)) / mass;
        return new double[] {t < 0 ? -v : v, w};
    }
}
