package io.etalon.ranking.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.Votes;
import io.etalon.ranking.algebra.Parallelism;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.Sandwich;
import io.etalon.ranking.model.NoFit.Reason;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StyleTest {
    private static final double[] PLANTED = {.4, -.2, .1};

    @Test
    void recoversPlantedEffectsWithinTwoErrors() {
        var votes = planted(120_000, 12, 4);
        var fit = (Fit) BradleyTerry.fit(votes, FitOptions.standard());
        var uncertainty = Sandwich.of(fit, votes, Clustering.PROMPT, Parallelism.ALL_CORES);
        for (var k = 0; k < PLANTED.length; k++) {
            var error = uncertainty.standardError(12 + k);
            assertThat(error).isBetween(.001, .03);
            assertThat(fit.styleEffect(k))
                    .as("effect %d", k)
                    .isCloseTo(PLANTED[k] * fit.styleScale(k), within(2 * error));
        }
        for (var i = 0; i < 12; i++) {
            assertThat(fit.strength(i)).isCloseTo((i - 5.5) / 6, within(4 * uncertainty.standardError(i)));
        }
    }

    @Test
    void refusesColumnsThatSayNothingOrTheSame() {
        var votes = planted(500, 4, 9);
        var zero = votes.withStyle(List.of("nothing"), new float[1][votes.size()]);
        assertRefused(zero, "\"nothing\" is 0");
        var twice = new float[2][votes.size()];
        for (var i = 0; i < votes.size(); i++) {
            twice[0][i] = votes.style(0, i);
            twice[1][i] = 2 * votes.style(0, i);
        }
        assertRefused(votes.withStyle(List.of("x", "y"), twice), "follow from one another");
        // The winner has always been the longer answer.
        var separating = new float[1][votes.size()];
        for (var i = 0; i < votes.size(); i++) {
            separating[0][i] = votes.outcomeCode(i) == 0 ? 1 : votes.outcomeCode(i) == 1 ? -1 : 0;
        }
        assertRefused(votes.withStyle(List.of("longer"), separating), "separate");
    }

    private static void assertRefused(Votes votes, String message) {
        assertThat(BradleyTerry.fit(votes, FitOptions.standard())).isInstanceOfSatisfying(NoFit.class, none -> {
            assertThat(none.reason()).isEqualTo(Reason.STYLE);
            assertThat(none.message()).contains(message);
        });
    }

    private static Votes planted(int size, int models, long seed) {
        var random = new SplittableRandom(seed);
        var a = new char[size];
        var b = new char[size];
        var outcome = new byte[size];
        var prompt = new int[size];
        var style = new float[PLANTED.length][size];
        for (var i = 0; i < size; i++) {
            a[i] = (char) random.nextInt(models);
            b[i] = (char) ((a[i] + 1 + random.nextInt(models - 1)) % models);
            prompt[i] = random.nextInt(size / 10);
            var difference = (a[i] - b[i]) / 6.0;
            for (var k = 0; k < PLANTED.length; k++) {
                // Better models are longer too: leaving style out would credit them for it.
                style[k][i] = (float) (random.nextGaussian() + (a[i] - b[i]) / 12.0);
                difference += PLANTED[k] * style[k][i];
            }
            var win = Math.exp(difference / 2);
            var u = random.nextDouble() * (win + 1 / win + .5);
            outcome[i] = (byte) (u < win ? 0 : u < win + 1 / win ? 1 : 2);
        }
        var names = IntStream.range(0, models).mapToObj(Integer::toString).toList();
        return Votes.dense(names, a, b, outcome)
                .withPrompts(prompt)
                .withStyle(List.of("tokens", "headers", "bold"), style);
    }
}
