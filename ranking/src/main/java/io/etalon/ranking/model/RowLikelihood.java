package io.etalon.ranking.model;

import io.etalon.ranking.Votes;
import java.util.Arrays;

/**
 * The likelihood of single votes with style columns: strengths, style effects, then eta when ties have a parameter. One pass
 * over the votes a call, in lanes whose number depends on the number of votes alone.
 */
final class RowLikelihood implements Likelihood {
    private static final int LANE_ROWS = 1 << 18;
    private static final int MOST_LANES = 8;

    private final Votes votes;
    private final FitOptions options;
    private final Ties ties;
    private final double[] scale;
    private final double[] perScale;
    private final int lanes;

    RowLikelihood(Votes votes, FitOptions options, Ties ties, StyleScale style) {
        this.votes = votes;
        this.options = options;
        this.ties = ties;
        this.scale = style.scale();
        this.perScale = Arrays.stream(scale).map(value -> 1 / value).toArray();
        this.lanes = Math.clamp(votes.size() / LANE_ROWS, 1, MOST_LANES);
    }

    @Override
    public int models() {
        return votes.models().size();
    }

    @Override
    public int parameters() {
        return models() + scale.length + (ties == Ties.HALF ? 0 : 1);
    }

    @Override
    public double evaluate(double[] at, double[] gradient, double[][] information) {
        var sums = new Sums[lanes];
        options.parallelism().forEach(lanes, lane -> {
            var sum = new Sums(models(), scale.length);
            sum.add(at, (int) ((long) votes.size() * lane / lanes), (int) ((long) votes.size() * (lane + 1) / lanes));
            sums[lane] = sum;
        });
        Arrays.fill(gradient, 0);
        for (var row : information) {
            Arrays.fill(row, 0);
        }
        for (var lane = 1; lane < lanes; lane++) {
            sums[0].merge(sums[lane]);
        }
        sums[0].spread(gradient, information);
        return sums[0].value;
    }

    /** What one lane adds up. Style and eta share the block of "extras", eta last. */
    private final class Sums {
        private final int models;
        private final int extras;
        private final double[] strengths;
        private final double[] pairs;
        private final double[] cross;
        private final double[] extra;
        private final double[] square;
        private final double[] cell = new double[TieRule.RESULTS];
        /**
         * Curvatures on their way to the table of pairs, which is larger than a cache: added many at a time, so that the
         * processor waits for many cells at once.
         */
        private final int[] places = new int[1024];

        private final double[] curvatures = new double[1024];
        private int waiting;
        private double value;

        Sums(int models, int columns) {
            this.models = models;
            this.extras = columns + (ties == Ties.HALF ? 0 : 1);
            this.strengths = new double[models];
            this.pairs = new double[models * models];
            this.cross = new double[models * extras];
            this.extra = new double[extras];
            this.square = new double[extras * extras];
        }

        void add(double[] at, int from, int to) {
            var columns = scale.length;
            var rule = TieRule.of(ties, ties == Ties.HALF ? 0 : at[models + columns]);
            var roots = PairLikelihood.roots(at, models);
            // Looked up rather than asked for: outcomes are no pattern a processor could guess.
            var won = new double[] {1, 0, 0, 0};
            var lost = new double[] {0, 1, 0, 0};
            var tied = new double[] {0, 0, 1, options.bothBad() == BothBad.TIE ? 1 : 0};
            var apart = new double[] {0, 0, 0, 1 - tied[3]};
            var z = new double[columns];
            // A logarithm for many votes at once: the product of their likelihoods.
            var product = 1.0;
            for (var i = from; i < to; i++) {
                var shift = 0.0;
                for (var k = 0; k < columns; k++) {
                    z[k] = votes.style(k, i) * perScale[k];
                    shift += z[k] * at[models + k];
                }
                var weight = votes.weight(i);
                var code = votes.outcomeCode(i);
                var x = roots[votes.a(i)] * Math.exp(shift / 2);
                rule.slope(x, roots[votes.b(i)], weight * won[code], weight * lost[code], weight * tied[code], cell);
                rule.curve(weight * won[code], weight * lost[code], weight * tied[code], cell);
                var likelihood = won[code] * cell[TieRule.WIN]
                        + lost[code] * cell[TieRule.LOSS]
                        + tied[code] * cell[TieRule.TIE]
                        + apart[code];
                if (weight != 1 || likelihood < 1e-20) {
                    value += weight * Math.log(likelihood);
                } else {
                    product *= likelihood;
                    if (product < 1e-250) {
                        value += Math.log(product);
                        product = 1;
                    }
                }
                add(votes.a(i), votes.b(i), z);
            }
            value += Math.log(product);
            flush();
        }

        private void flush() {
            for (var i = 0; i < waiting; i++) {
                pairs[places[i]] += curvatures[i];
            }
            waiting = 0;
        }

        private void add(int a, int b, double[] z) {
            var d = cell[TieRule.BY_D];
            var curvature = cell[TieRule.D_D];
            strengths[a] += d;
            strengths[b] -= d;
            places[waiting] = a * models + b;
            curvatures[waiting++] = curvature;
            if (waiting == places.length) {
                flush();
            }
            var ofA = a * extras;
            var ofB = b * extras;
            for (var k = 0; k < z.length; k++) {
                var part = curvature * z[k];
                extra[k] += d * z[k];
                cross[ofA + k] += part;
                cross[ofB + k] -= part;
                for (var l = k; l < z.length; l++) {
                    square[k * extras + l] += part * z[l];
                }
            }
            if (extras > z.length) {
                addEta(ofA, ofB, z);
            }
        }

        private void addEta(int ofA, int ofB, double[] z) {
            var eta = z.length;
            var mixed = cell[TieRule.D_ETA];
            extra[eta] += cell[TieRule.BY_ETA];
            cross[ofA + eta] += mixed;
            cross[ofB + eta] -= mixed;
            for (var k = 0; k < eta; k++) {
                square[k * extras + eta] += mixed * z[k];
            }
            square[eta * extras + eta] += cell[TieRule.ETA_ETA];
        }

        void merge(Sums other) {
            value += other.value;
            merge(strengths, other.strengths);
            merge(pairs, other.pairs);
            merge(cross, other.cross);
            merge(extra, other.extra);
            merge(square, other.square);
        }

        private static void merge(double[] target, double[] source) {
            for (var i = 0; i < target.length; i++) {
                target[i] += source[i];
            }
        }

        void spread(double[] gradient, double[][] information) {
            var diagonal = new double[models];
            for (var i = 0; i < models; i++) {
                gradient[i] += strengths[i];
                var row = information[i];
                for (var j = i + 1; j < models; j++) {
                    var curvature = pairs[i * models + j] + pairs[j * models + i];
                    row[j] = -curvature;
                    diagonal[i] += curvature;
                    diagonal[j] += curvature;
                }
                for (var k = 0; k < extras; k++) {
                    row[models + k] += cross[i * extras + k];
                }
            }
            for (var i = 0; i < models; i++) {
                information[i][i] = diagonal[i];
            }
            for (var k = 0; k < extras; k++) {
                gradient[models + k] += extra[k];
                for (var l = k; l < extras; l++) {
                    information[models + k][models + l] += square[k * extras + l];
                }
            }
        }
    }
}
