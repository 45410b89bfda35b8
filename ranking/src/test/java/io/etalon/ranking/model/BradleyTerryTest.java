package io.etalon.ranking.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.PairCounts;
import io.etalon.ranking.Vote;
import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.model.NoFit.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BradleyTerryTest {
    private static final FitOptions STANDARD = FitOptions.standard();
    private static final double POINTS = 400 / Math.log(10);

    @Test
    void givesTheScoresOfTheMtBenchVotes() {
        var fit = fit(EvaluationData.mtBenchVotes(), STANDARD.withTies(Ties.HALF));
        Map.of(
                        "gpt-4", 1177.3909,
                        "claude-v1", 1111.6746,
                        "gpt-3.5-turbo", 1104.1625,
                        "vicuna-13b-v1.2", 990.1212,
                        "alpaca-13b", 867.6885,
                        "llama-13b", 748.9622)
                .forEach((model, elo) -> assertThat(1000 + POINTS * strength(fit, model))
                        .as(model)
                        .isCloseTo(elo, within(1e-3)));
    }

    @Test
    void fitsDavidsonAndRaoKupperToTheMtBenchVotes() {
        var votes = EvaluationData.mtBenchVotes();
        var davidson = fit(votes, STANDARD);
        assertThat(davidson.logLikelihood()).isCloseTo(-2886.844020, within(1e-5));
        assertThat(davidson.tieParameter().orElseThrow()).isCloseTo(0.860033, within(1e-6));
        assertThat(strength(davidson, "gpt-4")).isCloseTo(1.4975, within(1e-4));
        assertThat(strength(davidson, "llama-13b")).isCloseTo(-2.13633, within(1e-5));
        var raoKupper = fit(votes, STANDARD.withTies(Ties.RAO_KUPPER));
        assertThat(raoKupper.logLikelihood()).isCloseTo(-2882.260490, within(1e-5));
        assertThat(raoKupper.tieParameter().orElseThrow()).isCloseTo(1.990788, within(1e-6));
        assertThat(strength(raoKupper, "gpt-4")).isCloseTo(1.13288, within(1e-5));
        assertThat(strength(raoKupper, "llama-13b")).isCloseTo(-1.56296, within(1e-5));
    }

    @Test
    void reproducesDavidsonsPuddings() {
        var counts = pudding();
        var fit = fit(counts, STANDARD);
        var published = new double[] {0.13880338, 0.17300150, 0.16174743, 0.16537296, 0.15868539, 0.20238934};
        var worths = worths(fit);
        for (var i = 0; i < published.length; i++) {
            assertThat(worths[i]).isCloseTo(published[i], within(2e-5));
        }
        var nu = fit.tieParameter().orElseThrow();
        assertThat(nu).isCloseTo(0.74682299, within(2e-5));
        // The vignette's constant: log-likelihood of sqrt(xy) ties, so deviance 1619.4 is minus twice it.
        assertThat(-2 * fit.logLikelihood()).isCloseTo(1619.41902, within(1e-4));
        var covariance = fit.information().inverse(Parallelism.ONE_THREAD);
        var logs = new double[] {0.2202, 0.1530, 0.1753, 0.1339, 0.3771};
        var errors = new double[] {0.1872, 0.1935, 0.1882, 0.1927, 0.1924};
        for (var i = 1; i < 6; i++) {
            assertThat(fit.strength(i) - fit.strength(0)).isCloseTo(logs[i - 1], within(5e-4));
            var variance = covariance[i][i] + covariance[0][0] - 2 * covariance[i][0];
            assertThat(Math.sqrt(variance)).isCloseTo(errors[i - 1], within(5e-4));
        }
        assertThat(Math.log(nu)).isCloseTo(-0.2919, within(5e-4));
        assertThat(Math.sqrt(covariance[6][6])).isCloseTo(0.0825, within(5e-4));
        var raoKupper = fit(counts, STANDARD.withTies(Ties.RAO_KUPPER));
        assertThat(raoKupper.tieParameter().orElseThrow()).isCloseTo(1.74845725, within(1e-7));
        assertThat(raoKupper.logLikelihood()).isCloseTo(-809.697133, within(1e-5));
    }

    @Test
    void reproducesTheWikipediaExample() {
        var fit = fit(wins("AB AB BA BA BA AD DA DA DA DA BC BC BC BC BC CB CB CB CD DC DC DC"), STANDARD);
        var expected = Map.of("A", 0.639835, "B", 1.043314, "C", 0.659810, "D", 2.270377);
        expected.forEach((model, odds) ->
                assertThat(Math.exp(strength(fit, model))).as(model).isCloseTo(odds, within(1e-6)));
    }

    @Test
    void reproducesTheCasesOfChoix() {
        assertStrengths(fit(wins("01 12 20"), STANDARD), 0, 0, 0);
        assertStrengths(fit(wins("01 01 12 20"), STANDARD), 0.419617624, -0.419617624, 0);
        var penalised = fit(wins("73 20 52 42 21 45 63 54 70 23 40 04 65 32 34 34 52 73 76 65"), STANDARD.withRidge(1));
        assertStrengths(
                penalised,
                -0.51974039,
                -0.46280878,
                -0.31376862,
                -0.06854694,
                -0.3185146,
                -0.00346107,
                0.63032783,
                1.05651257);
    }

    @Test
    void namesTheIslandsThatForbidAMaximum() {
        var apart = BradleyTerry.fit(wins("ab ba bc cb xy yx"), STANDARD);
        assertThat(apart).isInstanceOfSatisfying(NoFit.class, none -> {
            assertThat(none.reason()).isEqualTo(Reason.ISLANDS);
            assertThat(none.islands().groups()).containsExactlyInAnyOrder(List.of("a", "b", "c"), List.of("x", "y"));
        });
        var topDown = BradleyTerry.fit(wins("ax ab ba bx xy yx"), STANDARD);
        assertThat(topDown).isInstanceOfSatisfying(NoFit.class, none -> {
            assertThat(none.islands().groups()).containsExactly(List.of("a", "b"), List.of("x", "y"));
            assertThat(none.message()).contains("2 islands: a, b; x, y");
        });
        assertThat(BradleyTerry.fit(wins("ax ab ba bx xy yx"), STANDARD.withRidge(.1)))
                .isInstanceOf(Fit.class);
    }

    @Test
    void refusesTiesWithoutBoundAndVotesThatCompareNothing() {
        // c ties with both, a beats b: as nu grows, c in the middle explains all.
        var unbounded = Votes.builder()
                .add(Vote.of("a", "b", Outcome.A))
                .add(Vote.of("a", "c", Outcome.TIE))
                .add(Vote.of("b", "c", Outcome.TIE))
                .build();
        assertReason(unbounded, Reason.TIES);
        assertThat(BradleyTerry.fit(unbounded, STANDARD.withTies(Ties.HALF))).isInstanceOf(Fit.class);
        // Two wins in a row and one tie back: more wins than ties in a cycle, so there is a maximum.
        var bounded = Votes.builder()
                .add(Vote.of("a", "b", Outcome.A))
                .add(Vote.of("b", "c", Outcome.A))
                .add(Vote.of("a", "c", Outcome.TIE))
                .build();
        assertThat(BradleyTerry.fit(bounded, STANDARD)).isInstanceOf(Fit.class);
        assertThat(BradleyTerry.fit(bounded, STANDARD.withTies(Ties.RAO_KUPPER)))
                .isInstanceOf(Fit.class);
        assertReason(Votes.builder().add(Vote.of("a", "b", Outcome.TIE)).build(), Reason.TIES);
        assertReason(Votes.builder().add(Vote.of("a", "b", Outcome.BOTH_BAD)).build(), Reason.NO_VOTES);
        assertReason(Votes.builder().build(), Reason.NO_VOTES);
    }

    @Test
    void keepsBothBadApartUnlessToldToCountItAsATie() {
        var with = wins("ab ab ba").select(new int[] {0, 1, 2});
        var builder = Votes.builder();
        for (var i = 0; i < with.size(); i++) {
            builder.add(Vote.of(with.models().get(with.a(i)), with.models().get(with.b(i)), with.outcome(i)));
        }
        builder.add(Vote.of("a", "b", Outcome.BOTH_BAD));
        var votes = builder.build();
        assertThat(fit(votes, STANDARD).strength(0)).isCloseTo(Math.log(2) / 2, within(1e-12));
        var half = STANDARD.withTies(Ties.HALF).withBothBad(BothBad.TIE);
        assertThat(fit(votes, half).strength(0)).isCloseTo(Math.log(2.5 / 1.5) / 2, within(1e-12));
    }

    private static void assertReason(Votes votes, Reason reason) {
        assertThat(BradleyTerry.fit(votes, STANDARD))
                .isInstanceOfSatisfying(
                        NoFit.class, none -> assertThat(none.reason()).isEqualTo(reason));
    }

    private static void assertStrengths(Fit fit, double... expected) {
        for (var i = 0; i < expected.length; i++) {
            assertThat(fit.strength(i)).isCloseTo(expected[i], within(1e-6));
        }
    }

    private static PairCounts pudding() {
        var wins = new double[6][6];
        var ties = new double[6][6];
        EvaluationData.lines("davidson_pudding", "pudding.csv").stream().skip(1).forEach(line -> {
            var cells = line.split(",", -1);
            var i = Integer.parseInt(cells[0]) - 1;
            var j = Integer.parseInt(cells[1]) - 1;
            wins[i][j] = Double.parseDouble(cells[3]);
            wins[j][i] = Double.parseDouble(cells[4]);
            ties[i][j] = Double.parseDouble(cells[5]);
        });
        return PairCounts.of(List.of("1", "2", "3", "4", "5", "6"), wins, ties);
    }

    /** Words of two letters, winner first. */
    private static Votes wins(String words) {
        var builder = Votes.builder();
        for (var word : words.split(" ")) {
            builder.add(Vote.of(word.substring(0, 1), word.substring(1), Outcome.A));
        }
        return builder.build();
    }

    private static double[] worths(Fit fit) {
        var odds = Arrays.stream(fit.strengths()).map(Math::exp).toArray();
        var sum = Arrays.stream(odds).sum();
        return Arrays.stream(odds).map(odd -> odd / sum).toArray();
    }

    private static double strength(Fit fit, String model) {
        return fit.strength(fit.models().indexOf(model));
    }

    private static Fit fit(Votes votes, FitOptions options) {
        return (Fit) BradleyTerry.fit(votes, options);
    }

    private static Fit fit(PairCounts counts, FitOptions options) {
        return (Fit) BradleyTerry.fit(counts, options);
    }
}
