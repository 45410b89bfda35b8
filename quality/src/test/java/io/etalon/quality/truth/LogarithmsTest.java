package io.etalon.quality.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LogarithmsTest {
    private static final long SEED = 4;
    private static final Percentage RELATIVE = Percentage.withPercentage(1e-12);

    @Test
    void exponentiatesToFourteenDigits() {
        var random = new Random(SEED);
        for (var i = 0; i < 100_000; i++) {
            var x = (random.nextDouble() * 2 - 1) * (i % 2 == 0 ? 700 : 1);
            assertThat(Logarithms.exp(x)).as("seed %d: e^%s", SEED, x).isCloseTo(StrictMath.exp(x), RELATIVE);
        }
        assertThat(Logarithms.exp(0)).isEqualTo(1);
        assertThat(Logarithms.exp(EmSweep.NEGLIGIBLE)).isPositive();
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
}
