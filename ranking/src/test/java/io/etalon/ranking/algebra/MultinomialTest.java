package io.etalon.ranking.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MultinomialTest {
    @Test
    void drawsTheWholeTotalWithTheMomentsOfAMultinomial() {
        var expected = new double[] {0, 1, 3, 40, 700, 256, 0, 1000};
        var total = 2000.0;
        var multinomial = Multinomial.of(expected).orElseThrow();
        var random = new SplittableRandom(4);
        var draws = 40_000;
        var sums = new double[expected.length][expected.length];
        for (var i = 0; i < draws; i++) {
            var drawn = multinomial.draw(random);
            assertThat(Arrays.stream(drawn).sum()).isEqualTo(total);
            for (var j = 0; j < expected.length; j++) {
                for (var k = 0; k < expected.length; k++) {
                    sums[j][k] += (drawn[j] - expected[j]) * (drawn[k] - expected[k]) / draws;
                }
            }
        }
        for (var j = 0; j < expected.length; j++) {
            for (var k = 0; k < expected.length; k++) {
                var covariance = expected[j] * ((j == k ? 1 : 0) - expected[k] / total);
                var spread = Math.sqrt(expected[j] * expected[k]);
                assertThat(sums[j][k]).as("%d, %d", j, k).isCloseTo(covariance, within(.035 * spread));
            }
        }
    }

    @Test
    void drawsAFewFromAFew() {
        var multinomial = Multinomial.of(new double[] {1, 2}).orElseThrow();
        var random = new SplittableRandom(4);
        var seen = new int[4];
        for (var i = 0; i < 27_000; i++) {
            var drawn = multinomial.draw(random);
            assertThat(drawn[0] + drawn[1]).isEqualTo(3);
            seen[(int) drawn[0]]++;
        }
        var shares = new double[] {8, 12, 6, 1};
        for (var k = 0; k < 4; k++) {
            assertThat((double) seen[k]).isCloseTo(1000 * shares[k], within(4.5 * Math.sqrt(1000 * shares[k])));
        }
        assertThat(Multinomial.of(new double[] {0, 0})).isEmpty();
        assertThat(Multinomial.of(new double[] {1e18})).isEmpty();
    }
}
