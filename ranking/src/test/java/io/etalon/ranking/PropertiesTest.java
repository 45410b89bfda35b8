package io.etalon.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.board.Leaderboard;
import io.etalon.ranking.board.Leaderboards;
import io.etalon.ranking.board.RankOptions;
import io.etalon.ranking.board.Ranking;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.Sandwich;
import io.etalon.ranking.model.BradleyTerry;
import io.etalon.ranking.model.Fit;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PropertiesTest {
    private static final long SEED = 7;

    @Test
    void permutingVotesSidesAndNamesChangesNothing() {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var drawn = votes(new ClusteredVotes(6, 20, 15, 800, .5, .5).draw(new SplittableRandom(SEED)));
        var board = board(drawn);
        var shuffled = new ArrayList<Vote>();
        for (var vote : drawn) {
            var swapped = random.nextBoolean();
            shuffled.add(new Vote(
                    renamed(swapped ? vote.modelB() : vote.modelA()),
                    renamed(swapped ? vote.modelA() : vote.modelB()),
                    swapped ? swap(vote.outcome()) : vote.outcome(),
                    "p" + vote.prompt(),
                    "v" + vote.voter(),
                    1,
                    vote.style().stream().map(z -> swapped ? -z : z).toList()));
        }
        Collections.shuffle(shuffled, random);
        var other = board(shuffled);
        assertThat(other.logLikelihood()).isCloseTo(board.logLikelihood(), within(1e-9));
        for (var standing : board.standings()) {
            var same = other.standings().stream()
                    .filter(s -> s.model().equals(renamed(standing.model())))
                    .findFirst()
                    .orElseThrow();
            assertThat(same.rating()).isCloseTo(standing.rating(), within(1e-9));
            assertThat(same.standardError()).isCloseTo(standing.standardError(), within(1e-9));
            assertThat(same.rank()).isEqualTo(standing.rank());
        }
        for (var k = 0; k < 2; k++) {
            assertThat(other.style().get(k).effect())
                    .isCloseTo(board.style().get(k).effect(), within(1e-9));
        }
    }

    @Test
    void givesTheSameBitsOnOneThreadAndOnAll() {
        var world = new ClusteredVotes(70, 40, 5000, 540_000, .5, .5);
        var plain = world.draw(new SplittableRandom(SEED));
        var weights = new double[plain.size()];
        var style = new float[1][plain.size()];
        var random = new SplittableRandom(SEED);
        for (var i = 0; i < weights.length; i++) {
            weights[i] = .5 + random.nextDouble();
            style[0][i] = (float) random.nextGaussian();
        }
        var weighted = plain.withWeights(weights).withStyle(List.of("length"), style);
        for (var votes : List.of(plain, weighted)) {
            var one = strengthsAndErrors(votes, Parallelism.ONE_THREAD);
            var all = strengthsAndErrors(votes, Parallelism.ALL_CORES);
            assertThat(all).containsExactly(one);
        }
    }

    @Test
    void neverPublishesANumberThatIsNone() {
        System.out.println("seed " + SEED);
        var random = new SplittableRandom(SEED);
        var boards = 0;
        for (var round = 0; round < 400; round++) {
            var builder = Votes.builder();
            var models = 2 + random.nextInt(4);
            var size = 1 + random.nextInt(12);
            for (var i = 0; i < size; i++) {
                var a = random.nextInt(models);
                var b = (a + 1 + random.nextInt(models - 1)) % models;
                builder.add(Vote.of("m" + a, "m" + b, Outcome.values()[random.nextInt(4)])
                        .onPrompt(random.nextBoolean() ? "p" + random.nextInt(3) : "")
                        .by("v" + random.nextInt(2))
                        .weighing(1 + random.nextInt(3)));
            }
            var ties = Ties.values()[random.nextInt(3)];
            var options = RankOptions.standard()
                    .withFit(FitOptions.standard().withTies(ties))
                    .withBootstrap(5);
            var ranking = Leaderboards.rank(builder.build(), options);
            boards += ranking instanceof Leaderboard ? 1 : 0;
            assertFinite(ranking);
        }
        assertThat(boards).isGreaterThan(40);
    }

    private static void assertFinite(Ranking ranking) {
        if (ranking instanceof Leaderboard board) {
            for (var line : board.standings()) {
                assertThat(List.of(
                                line.rating(),
                                line.standardError(),
                                line.interval().low(),
                                line.interval().high(),
                                line.winRate(),
                                line.bothBad()))
                        .as(board.toString())
                        .allMatch(Double::isFinite);
            }
        }
    }

    private static double[] strengthsAndErrors(Votes votes, Parallelism parallelism) {
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard().withParallelism(parallelism));
        var uncertainty = Sandwich.of(fit, votes, Clustering.LARGEST, parallelism);
        return IntStream.range(0, 2 * fit.models().size())
                .mapToDouble(i -> i % 2 == 0 ? fit.strength(i / 2) : uncertainty.standardError(i / 2))
                .toArray();
    }

    private static Leaderboard board(List<Vote> votes) {
        var builder = Votes.builder(List.of("length", "side"));
        votes.forEach(builder::add);
        return (Leaderboard) Leaderboards.rank(builder.build(), RankOptions.standard());
    }

    private static List<Vote> votes(Votes votes) {
        var random = new SplittableRandom(SEED);
        return IntStream.range(0, votes.size())
                .mapToObj(i -> Vote.of(
                                votes.models().get(votes.a(i)), votes.models().get(votes.b(i)), votes.outcome(i))
                        .onPrompt(Integer.toString(votes.prompt(i)))
                        .by(Integer.toString(votes.voter(i)))
                        .styled(List.of((double) (float) random.nextGaussian(), 1.0)))
                .toList();
    }

    private static String renamed(String model) {
        return "z" + (9 - Integer.parseInt(model));
    }

    private static Outcome swap(Outcome outcome) {
        return switch (outcome) {
            case A -> Outcome.B;
            case B -> Outcome.A;
            case TIE, BOTH_BAD -> outcome;
        };
    }
}
