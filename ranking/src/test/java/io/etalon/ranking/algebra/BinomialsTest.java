package io.etalon.ranking.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BinomialsTest {
    @Test
    void drawsBinomialsOfTheRightMeanAndVariance() {
        var random = new SplittableRandom(1);
        for (var p : new double[] {.002, .3, .9}) {
            var n = 1000;
            var draws = 20_000;
            var sum = 0.0;
            var squares = 0.0;
            for (var i = 0; i < draws; i++) {
                var k = Binomials.draw(random, n, p);
                sum += k;
                squares += (double) k * k;
            }
            var mean = sum / draws;
            var variance = squares / draws - mean * mean;
            assertThat(mean).isCloseTo(n * p, within(4 * Math.sqrt(n * p * (1 - p) / draws)));
            assertThat(variance / (n * p * (1 - p))).isBetween(.95, 1.05);
        }
    }

    @Test
    void drawsBinomialsOfTheRightShape() {
        var random = new SplittableRandom(5);
        var n = 1000;
        var p = .033;
        var seen = new int[n + 1];
        var draws = 400_000;
        for (var i = 0; i < draws; i++) {
            seen[(int) Binomials.draw(random, n, p)]++;
        }
        var chance = Math.pow(1 - p, n);
        for (var k = 0; k < n; k++) {
            var expected = draws * chance;
            assertThat((double) seen[k]).as("%d", k).isCloseTo(expected, within(4.5 * Math.sqrt(expected) + 2));
            chance *= p / (1 - p) * (n - k) / (k + 1);
        }
    }
}
