package io.etalon.ranking.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void matchesPrintedTables() {
        assertThat(Quantiles.normal(.975)).isCloseTo(1.959963984540054, within(1e-12));
        assertThat(Quantiles.normal(.5)).isCloseTo(0, within(1e-12));
        assertThat(Quantiles.normal(1e-9)).isCloseTo(-5.997807015007687, within(1e-9));
        assertThat(Quantiles.normalBelow(-2.5)).isCloseTo(0.006209665325776132, within(1e-15));
        assertThat(Quantiles.student(.975, 1)).isCloseTo(12.706204736, within(1e-8));
        assertThat(Quantiles.student(.975, 10)).isCloseTo(2.228138852, within(1e-8));
        assertThat(Quantiles.student(.025, 79)).isCloseTo(-1.990450210, within(1e-8));
        assertThat(Quantiles.student(.975, 1e8)).isCloseTo(1.959963984540054, within(1e-12));
    }

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
