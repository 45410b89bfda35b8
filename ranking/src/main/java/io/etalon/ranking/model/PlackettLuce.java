package io.etalon.ranking.model;

import io.etalon.ranking.Islands;
import io.etalon.ranking.Orderings;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.NoFit.Reason;
import java.util.Arrays;
import java.util.List;

/**
 * Strengths from rankings: each place goes to one of the items left with probability in proportion to its odds (R. Luce,
 * "Individual choice behavior", 1959; R. Plackett, "The analysis of permutations", Applied Statistics 24, 1975), by Newton's
 * method: O(sum of length^3 of the rankings + items^3) a step. D. Hunter ("MM algorithms for generalized Bradley-Terry models",
 * Annals of Statistics 32, 2004) gives the condition for a maximum.
 */
public final class PlackettLuce {
    private PlackettLuce() {}

    /** The result of a fit: a maximum or why there is none. */
    public sealed interface Result permits OrderingFit, Refused {}

    /** There is no maximum. */
    public record Refused(NoFit reason) implements Result {}

    /**
     * A maximum.
     *
     * @param items item ids in index order
     * @param strengths logarithms of the odds, of sum 0, in the same order
     * @param errors their standard errors under the model, rankings being independent
     */
    public record OrderingFit(List<String> items, List<Double> strengths, List<Double> errors, double logLikelihood)
            implements Result {
        public OrderingFit {
            items = List.copyOf(items);
            strengths = List.copyOf(strengths);
            errors = List.copyOf(errors);
        }
    }

    /**
     * Fits strengths to rankings.
     *
     * @param ridge weight of {@code |strengths|^2 / 2}, taken off the log-likelihood; 0 for none
     */
    public static Result fit(Orderings orderings, double ridge) {
        var islands = Islands.of(orderings.pairs());
        if (orderings.size() == 0) {
            return new Refused(new NoFit(Reason.NO_VOTES, islands, "there are no rankings"));
        }
        if (!(ridge > 0) && !islands.connected()) {
            var message = "the rankings do not connect the items: " + islands.describe()
                    + ". Leave out items that never beat or never lost to any other, or ask for a ridge";
            return new Refused(new NoFit(Reason.ISLANDS, islands, message));
        }
        var newton = new Newton(ridge, Parallelism.ONE_THREAD);
        var n = orderings.items().size();
        var maximum = newton.maximise(new Stages(orderings), new double[n])
                .orElseThrow(() -> new IllegalStateException("no maximum found though one exists, of " + n + " items"));
        var covariance = maximum.information().inverse(Parallelism.ONE_THREAD);
        var errors = new Double[n];
        // The gauge c 1 1' leaves 1 / (c n^2) in every entry of the inverse: the mean of all entries, taken off again.
        var gauge = Arrays.stream(covariance)
                .flatMapToDouble(Arrays::stream)
                .average()
                .orElse(0);
        Arrays.setAll(errors, i -> Math.sqrt(Math.max(0, covariance[i][i] - gauge)));
        return new OrderingFit(
                orderings.items(),
                Arrays.stream(maximum.at()).boxed().toList(),
                List.of(errors),
                maximum.logLikelihood());
    }

    /** The likelihood of all decided places. */
    private record Stages(Orderings orderings) implements Likelihood {
        @Override
        public int models() {
            return orderings.items().size();
        }

        @Override
        public int parameters() {
            return models();
        }

        @Override
        public double evaluate(double[] at, double[] gradient, double[][] information) {
            Arrays.fill(gradient, 0);
            for (var row : information) {
                Arrays.fill(row, 0);
            }
            var odds = Arrays.stream(at).map(Math::exp).toArray();
            var value = 0.0;
            for (var ranking = 0; ranking < orderings.size(); ranking++) {
                for (var place = 0; place < orderings.decided(ranking); place++) {
                    value += stage(ranking, place, odds, gradient, information);
                }
            }
            return value;
        }

        private double stage(int ranking, int place, double[] odds, double[] gradient, double[][] information) {
            var length = orderings.length(ranking);
            var sum = 0.0;
            for (var i = place; i < length; i++) {
                sum += odds[orderings.item(ranking, i)];
            }
            for (var i = place; i < length; i++) {
                var item = orderings.item(ranking, i);
                var share = odds[item] / sum;
                gradient[item] -= share;
                information[item][item] += share * (1 - share);
                for (var j = i + 1; j < length; j++) {
                    var other = orderings.item(ranking, j);
                    information[Math.min(item, other)][Math.max(item, other)] -= share * odds[other] / sum;
                }
            }
            var chosen = orderings.item(ranking, place);
            gradient[chosen] += 1;
            return Math.log(odds[chosen] / sum);
        }
    }
}
