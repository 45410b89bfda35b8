package io.etalon.ranking.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.ClusteredVotes;
import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Refit;
import io.etalon.ranking.model.Ties;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClusterBootstrapTest {
    private static final double POINTS = 400 / Math.log(10);

    @Test
    void refitsChangedCountsExactly() {
        var counts = PairCounts.of(EvaluationData.mtBenchVotes(), Parallelism.ONE_THREAD);
        for (var ties : Ties.values()) {
            var options = FitOptions.standard().withTies(ties);
            var refit = new Refit((Fit) BradleyTerry.fit(counts, options));
            var random = new SplittableRandom(3);
            for (var round = 0; round < 20; round++) {
                var changed = changed(counts, random, round < 10 ? .2 : 3);
                var exact = ((Fit) BradleyTerry.fit(changed, options)).strengths();
                assertThat(refit.strengths(changed).orElseThrow()).containsExactly(exact, within(1e-8));
            }
        }
    }

    @Test
    void spreadsLikeTheSandwichOfTheSameClusters() {
        var votes = EvaluationData.mtBenchVotes();
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard().withTies(Ties.HALF));
        for (var clustering : new Clustering[] {Clustering.ROWS, Clustering.PROMPT, Clustering.VOTER}) {
            var sandwich = Sandwich.of(fit, votes, clustering, Parallelism.ONE_THREAD);
            var bootstrap = ClusterBootstrap.of(fit, votes, clustering, 400, 11);
            assertThat(bootstrap.undefined()).isZero();
            for (var i = 0; i < 6; i++) {
                var values = bootstrap.sorted(i);
                var mean = Arrays.stream(values).average().orElseThrow();
                var deviation = Math.sqrt(
                        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 399);
                assertThat(deviation / sandwich.standardError(i))
                        .as(clustering + " " + i)
                        .isBetween(.85, 1.2);
                assertThat(POINTS * (mean - fit.strength(i)))
                        .as(clustering + " " + i)
                        .isBetween(-3.0, 3.0);
            }
        }
    }

    @Test
    void drawsWholeClustersAsIfVoteByVote() {
        var random = new SplittableRandom(5);
        var plain = new ClusteredVotes(6, 12, 9, 700, .5, .5).draw(random);
        var weights = random.doubles(plain.size(), .5, 2).toArray();
        for (var votes : List.of(plain, plain.withWeights(weights))) {
            var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
            for (var clustering : List.of(Clustering.PROMPT, Clustering.VOTER, Clustering.TWO_WAY)) {
                var resampling = new Resampling(fit, votes, clustering);
                var drawn = resampling.counts(new SplittableRandom(17));
                var byVote = votes.withWeights(resampling.weights(new SplittableRandom(17)));
                assertThat(drawn.totalWins()).isPositive();
                assertSame(drawn, PairCounts.of(byVote, Parallelism.ONE_THREAD), clustering);
            }
        }
    }

    @Test
    void givesTheSameBitsOnOneThreadAndOnAll() {
        var votes = EvaluationData.mtBenchVotes();
        for (var clustering : Clustering.values()) {
            var one = bootstrap(votes, clustering, Parallelism.ONE_THREAD);
            var all = bootstrap(votes, clustering, Parallelism.ALL_CORES);
            assertThat(all.replicates().toArray(double[][]::new))
                    .as("%s", clustering)
                    .isDeepEqualTo(one.replicates().toArray(double[][]::new));
        }
    }

    private static ClusterBootstrap bootstrap(Votes votes, Clustering clustering, Parallelism parallelism) {
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard().withParallelism(parallelism));
        return ClusterBootstrap.of(fit, votes, clustering, 100, 3);
    }

    /** Pairs that were not drawn are missing from counts of votes, and 0 in counts of a draw. */
    private static void assertSame(PairCounts drawn, PairCounts counted, Clustering clustering) {
        var other = 0;
        for (var pair = 0; pair < drawn.pairs(); pair++) {
            var met = drawn.winsFirst(pair) + drawn.winsSecond(pair) + drawn.ties(pair) > 0;
            if (met) {
                assertThat(drawn.winsFirst(pair))
                        .as("%s", clustering)
                        .isCloseTo(counted.winsFirst(other), within(1e-9));
                assertThat(drawn.winsSecond(pair)).isCloseTo(counted.winsSecond(other), within(1e-9));
                assertThat(drawn.ties(pair)).isCloseTo(counted.ties(other), within(1e-9));
                other++;
            }
        }
        assertThat(other).isEqualTo(counted.pairs());
    }

    private static PairCounts changed(PairCounts counts, SplittableRandom random, double size) {
        var changed = new double[3][counts.pairs()];
        for (var pair = 0; pair < counts.pairs(); pair++) {
            changed[0][pair] = counts.winsFirst(pair) * (1 + size * random.nextDouble());
            changed[1][pair] = counts.winsSecond(pair) * (1 + size * random.nextDouble());
            changed[2][pair] = counts.ties(pair) * (1 + size * random.nextDouble());
        }
        return counts.withCounts(changed[0], changed[1], changed[2]);
    }
}
