package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmsTest {
    private static final long SEED = 4;
    private static final Percentage RELATIVE = Percentage.withPercentage(1e-10);

    @Test
    void exponentiatesToTwelveDigits() {
        var random = new Random(SEED);
        var powers = random.doubles(100_000, -64, 64).toArray();
        var values = powers.clone();
        Logarithms.exp(values, values.length);
        for (var i = 0; i < powers.length; i++) {
            assertThat(values[i]).as("seed %d: e^%s", SEED, powers[i]).isCloseTo(StrictMath.exp(powers[i]), RELATIVE);
        }
        var ends = new double[] {0, EmSweep.NEGLIGIBLE, 7};
        Logarithms.exp(ends, 2);
        assertThat(ends[0]).isEqualTo(1);
        assertThat(ends[1]).isPositive();
        assertThat(ends[2]).isEqualTo(7);
    }

    @ParameterizedTest(name = "up to {0}")
    @ValueSource(ints = {1, 2, 3, 5, 16, 100, 1_000_000})
    void takesLogarithmsOfSumsByRoots(int greatest) {
        var random = new Random(SEED);
        var numbers =
                random.doubles(10_000).map(share -> 1 + share * (greatest - 1)).toArray();
        var values = numbers.clone();
        var roots = Logarithms.rootsFor(greatest);
        Logarithms.logRoots(values, values.length, roots);
        for (var i = 0; i < values.length; i++) {
            assertThat(values[i])
                    .as("seed %d: ln %s", SEED, numbers[i])
                    .isCloseTo(StrictMath.log(numbers[i]), within(1e-15 * Math.scalb(1.0, roots)));
        }
    }

    @Test
    void takesLogarithmsToFifteenDigits() {
        var random = new Random(SEED);
        for (var i = 0; i < 100_000; i++) {
            var x = (random.nextDouble() * 2 - 1) * (i % 2 == 0 ? 700 : 1e-3);
            var y = StrictMath.exp(x);
            var exact = StrictMath.log(y);
            assertThat(Logarithms.log(y))
                    .as("seed %d: ln %s", SEED, y)
                    .isCloseTo(exact, within(1e-15 + 4e-16 * Math.abs(exact)));
        }
        assertThat(Logarithms.log(1)).isZero();
    }

    @Test
    void takesLogarithmsOfAnArrayToTheSameBits() {
        var numbers =
                new Random(SEED).doubles(1000, -700, 700).map(StrictMath::exp).toArray();
        var values = numbers.clone();
        Logarithms.log(values, new long[values.length], values.length - 1);
        for (var i = 0; i < values.length - 1; i++) {
            assertThat(values[i]).as("seed %d: ln %s", SEED, numbers[i]).isEqualTo(Logarithms.log(numbers[i]));
        }
        assertThat(values[values.length - 1]).isEqualTo(numbers[values.length - 1]);
    }
}
