package io.etalon.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final long SEED = 1927;

    /** The mean of n values has a known standard error; a negative control with half the level must cover less. */
    @Test
    void coversTheTrueMeanAsOftenAsItSays() {
        var random = new Random(SEED);
        var covered = 0;
        var coveredByHalf = 0;
        for (var sample = 0; sample < 400; sample++) {
            var values = random.doubles(60).toArray();
            covered += mean(values, new Bootstrap(300, .95, sample)).contains(.5) ? 1 : 0;
            coveredByHalf += mean(values, new Bootstrap(300, .5, sample)).contains(.5) ? 1 : 0;
        }
        assertThat(covered / 400.0).as("seed %d", SEED).isBetween(.91, .98);
        assertThat(coveredByHalf / 400.0).as("seed %d", SEED).isBetween(.42, .58);
    }

    /** Ten values: plain percentiles, the negative control, hold the mean too seldom. */
    @Test
    void coversTheTrueMeanOfFewUnits() {
        var random = new Random(SEED);
        var covered = 0;
        var coveredByPercentiles = 0;
        for (var sample = 0; sample < 1000; sample++) {
            var values = random.doubles(10).toArray();
            covered += mean(values, new Bootstrap(1000, .95, sample)).contains(.5) ? 1 : 0;
            // A level whose tail is moved to 2.5 %.
            coveredByPercentiles +=
                    mean(values, new Bootstrap(1000, .90409, sample)).contains(.5) ? 1 : 0;
        }
        assertThat(Bootstrap.tail(.90409, 10)).isCloseTo(.025, within(1e-5));
        assertThat(covered / 1000.0).as("seed %d", SEED).isBetween(.93, .965);
        assertThat(coveredByPercentiles / 1000.0).as("seed %d", SEED).isLessThan(.925);
    }

    @Test
    void countsTheReplicatesWithoutAValue() {
        // Exists only where the first of three units was drawn: missing in (2/3)^3 of the replicates.
        var estimate = new Bootstrap(3000, .95, SEED)
                .estimate(3, drawn -> drawn[0] > 0 ? OptionalDouble.of(drawn[0]) : OptionalDouble.empty())
                .orElseThrow();

        assertThat(estimate.value()).isEqualTo(1);
        assertThat(estimate.undefined() / 3000.0).isCloseTo(8.0 / 27, within(.03));
        assertThat(estimate.interval()).isEqualTo(new Interval(1, 3));
    }

    @Test
    void hasNoValueWhereTheSampleHasNone() {
        assertThat(Bootstrap.seeded(SEED).estimate(0, drawn -> OptionalDouble.empty()))
                .isEmpty();
        assertThatThrownBy(() -> new Bootstrap(0, .95, 1)).hasMessageContaining("one replicate");
        assertThatThrownBy(() -> new Bootstrap(1, 1, 1)).hasMessageContaining("level");
    }

    private static Interval mean(double[] values, Bootstrap bootstrap) {
        return bootstrap
                .estimate(values.length, drawn -> {
                    var sum = 0.0;
                    for (var i = 0; i < values.length; i++) {
                        sum += drawn[i] * values[i];
                    }
                    return OptionalDouble.of(sum / values.length);
                })
                .orElseThrow()
                .interval();
    }
}
