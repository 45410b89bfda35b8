package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.ClusteredVotes;
import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten to twenty prompts, of equal size and not. */
class FewClustersTest {
    private static final long SEED = 20261122;
    private static final int ROUNDS = 1000;
    private static final FitOptions OPTIONS = FitOptions.standard().withParallelism(Parallelism.ONE_THREAD);

    @Test
    void coverWhatIsTrueAndTheSandwichDoesNotWhenTheirSizesDiffer() {
        assertThat(coverage(10, 0, Sandwich.FEW)).isBetween(.94, .965);
        assertThat(coverage(15, .7, Sandwich.FEW)).isBetween(.94, .965);
        assertThat(coverage(20, .7, Sandwich.FEW)).isBetween(.94, .965);
        // The negative control.
        assertThat(coverage(15, .7, 0)).isLessThan(.94);
    }

    /** Share of ratings' intervals that hold the truth; prompt p keeps a share (p + 1)^-skew of its votes. */
    private static double coverage(int prompts, double skew, int few) {
        var world = new ClusteredVotes(5, prompts, 200, 500, .9, 0);
        var truth = world.limit(OPTIONS);
        var random = new SplittableRandom(SEED);
        var intervals = 0;
        var held = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var all = world.draw(random);
            var votes = all.select(IntStream.range(0, all.size())
                    .filter(i -> random.nextDouble() < Math.pow(all.prompt(i) + 1, -skew))
                    .toArray());
            var fit = (Fit) BradleyTerry.fit(votes, OPTIONS);
            var uncertainty = Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ONE_THREAD, few);
            for (var i = 0; i < fit.models().size(); i++) {
                intervals++;
                held += Math.abs(fit.strength(i) - truth.strength(i)) <= uncertainty.halfWidth(i, .95) ? 1 : 0;
            }
        }
        var coverage = (double) held / intervals;
        System.out.printf(
                "coverage of 95 %% intervals (seed %d), %d prompts, skew %.1f, few below %d: %.4f%n",
                SEED, prompts, skew, few, coverage);
        return coverage;
    }

    @Test
    void areLeftOutOneByOneAlmostAsIfRefitted() {
        var plain = EvaluationData.mtBenchVotes();
        var groups =
                IntStream.range(0, plain.size()).map(i -> plain.prompt(i) % 12).toArray();
        var random = new SplittableRandom(SEED);
        var style = new float[2][plain.size()];
        var weights = new double[plain.size()];
        for (var i = 0; i < weights.length; i++) {
            style[0][i] = (float) random.nextGaussian();
            style[1][i] = (float) random.nextGaussian();
            weights[i] = .5 + random.nextDouble();
        }
        var votes = plain.withPrompts(groups).withWeights(weights).withStyle(List.of("length", "lists"), style);
        for (var ties : Ties.values()) {
            assertLeftOut(votes, OPTIONS.withTies(ties));
        }
    }

    private static void assertLeftOut(Votes votes, FitOptions options) {
        var fit = (Fit) BradleyTerry.fit(votes, options);
        var uncertainty = Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ONE_THREAD);
        assertThat(uncertainty.covariances().getFirst().estimator()).isEqualTo(Covariance.Estimator.JACKKNIFE);
        var exact = new double[fit.models().size() + 2];
        for (var group = 0; group < 12; group++) {
            var left = group;
            var rest = (Fit) BradleyTerry.fit(
                    votes.select(IntStream.range(0, votes.size())
                            .filter(i -> votes.prompt(i) != left)
                            .toArray()),
                    options);
            for (var i = 0; i < exact.length; i++) {
                var before = i < 6 ? fit.strength(i) : fit.styleEffect(i - 6) / fit.styleScale(i - 6);
                var after = i < 6 ? rest.strength(i) : rest.styleEffect(i - 6) / rest.styleScale(i - 6);
                exact[i] += (after - before) * (after - before) * 11 / 12;
            }
        }
        for (var i = 0; i < exact.length; i++) {
            var unit = i < 6 ? 1 : fit.styleScale(i - 6);
            assertThat(uncertainty.standardError(i) / (unit * Math.sqrt(exact[i])))
                    .as("%s, coordinate %d", options.ties(), i)
                    .isCloseTo(1, within(.02));
        }
    }

    @Test
    void areSaidToBeFew() {
        var few = new ClusteredVotes(4, 12, 40, 600, .5, .5).draw(new SplittableRandom(SEED));
        var fit = (Fit) BradleyTerry.fit(few, OPTIONS);
        assertThat(warning(fit, few)).contains("12 prompts, fewer than 30").contains("widened");
        assertThat(warning(fit, few.withPrompts(IntStream.range(0, few.size()).toArray())))
                .isEmpty();
    }

    @Test
    void keepTheSandwichWhereOneOfThemIsAllThatIsKnownOfAModel() {
        var builder = Votes.builder();
        for (var i = 0; i < 60; i++) {
            builder.add(Vote.of("a", "b", i % 3 == 0 ? Outcome.A : Outcome.B).onPrompt("p" + i % 6));
            builder.add(Vote.of("b", "c", i % 2 == 0 ? Outcome.A : Outcome.B).onPrompt("p0"));
        }
        var votes = builder.build();
        var fit = (Fit) BradleyTerry.fit(votes, OPTIONS);
        var uncertainty = Sandwich.of(fit, votes, Clustering.LARGEST, Parallelism.ONE_THREAD);
        assertThat(uncertainty.covariances().getFirst().estimator()).isEqualTo(Covariance.Estimator.SANDWICH);
        assertThat(warning(fit, votes)).contains("6 prompts").contains("too narrow");
    }

    private static String warning(Fit fit, Votes votes) {
        return Sandwich.of(fit, votes, Clustering.LARGEST, Parallelism.ONE_THREAD)
                .warning()
                .orElse("");
    }
}
